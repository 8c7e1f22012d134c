"""No act goes by the log: each one stores one event with its changes, and none can be done while reading."""

import ast
import inspect
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

import rop_facilitator
from rop_facilitator.planning.calendar import parse_closure
from rop_facilitator.planning.course_fit import OFFERS
from rop_facilitator.planning.planned_sessions import join
from rop_facilitator.records.calendar import closures
from rop_facilitator.records.group import archived_groups, groups, groups_overview
from rop_facilitator.records.group.group_changes import GroupChange, change_group
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action, action_text
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting import attendance, held_meetings, meetings
from rop_facilitator.records.membership import membership_changes, membership_periods
from rop_facilitator.records.models import AuditChange, AuditEvent, Group, MeetingState, Outcome, PracticeResult, Way
from rop_facilitator.records.plan import group_plan
from rop_facilitator.records.progress import call_list, progress
from rop_facilitator.records.storage.database import Database
from tests.records.factories import TUESDAYS, make_curriculum, make_group

TODAY = date(2026, 11, 24)
PACKAGE = Path(rop_facilitator.__file__).parent
Act = Callable[[Session, Group], object]

READS = {
    "archived_groups",
    "free_name",
    "load_group",
    "find_group",
    "load_meeting",
    "attendance_row",
    "groups_of",
    "rows_by_id",
    "groups_to_move_to",
}
# These take a loaded group and no session, so that they can be tried on one that was only read.
PLAN_READS = {
    "calendar_of",
    "fixed_meetings",
    "item_title",
    "key_of",
    "planned_sessions_in",
    "pattern_of",
    "plan_left",
    "plan_of",
    "preview",
    "schedule_of",
}


def held(db: Session, group: Group) -> None:
    """So that there are rows of attendance, and a cancelled meeting."""
    meetings.start_meeting(db, group, group.meetings[0], today=TODAY)
    group_plan.cancel_meeting(group, group.meetings[1])


def row(group: Group) -> attendance.Attendance:
    return group.meetings[0].attendance[0]


def save_plan(_db: Session, group: Group) -> object:
    left = group_plan.plan_left(group, today=TODAY)
    return group_plan.save_plan(group, replace(left, sessions=join(left.sessions, left.sessions[-1].key)), today=TODAY)


def change_meeting(group: Group) -> object:
    planned = group.meetings[-1]
    return group_plan.change_meeting(
        group, planned, on=planned.on, start=planned.start, minutes=60, place="Library", today=TODAY
    )


def make_up(db: Session, group: Group) -> object:
    return progress.make_up(db, group.memberships[0], group.sessions[0], way=Way.PHONE, on=TODAY, today=TODAY)


def take_back_make_up(db: Session, group: Group) -> object:
    return progress.take_back_make_up(db, group.memberships[1], group.sessions[1])


def bring_back(group: Group) -> None:
    archived_groups.archive_group(group, today=TODAY)
    archived_groups.unarchive_group(group)
    group.leaders = ["Per"]


def move_to(db: Session, group: Group) -> object:
    other = groups.create_group(db, "Other", [make_curriculum()], TUESDAYS, first_date=TODAY)
    return membership_changes.move_to(db, group, group.memberships[0], other, first_day=date(2026, 12, 1))


def replan(_db: Session, group: Group) -> object:
    group.weekdays = [2]
    return group_plan.replan(group, after=TODAY)


def marked_whole(group: Group) -> int:
    """A meeting that is past and in which everybody was marked, unseen by the rule of what is held."""
    first = group.meetings[0]
    first.state, first.started = MeetingState.PLANNED, False
    for row in first.attendance:
        row.mark = Mark.ABSENT
    return first.id


def settle_meeting(db: Session, group: Group) -> object:
    marked_whole(group)
    return attendance.settle_meeting(db, group, group.meetings[0], today=TODAY)


# Each function of the records that changes rows. A new one belongs here.
ACTS: dict[str, Act] = {
    "create_group": lambda db, _g: groups.create_group(db, "New", [make_curriculum()], TUESDAYS, first_date=TODAY),
    "add_participant": lambda db, g: groups.add_participant(db, g, "Nina", joined=TODAY),
    "rename_participant": lambda db, g: groups.rename_participant(db, g, g.memberships[0], "Nina"),
    "take_out": lambda db, g: groups.take_out(db, g.memberships[0], on=TODAY),
    "save_periods": lambda db, g: membership_changes.save_periods(
        db, g, g.memberships[0], membership_periods.paused(g.memberships[0], date(2026, 12, 1))
    ),
    "move_to": move_to,
    "mark_attendance": lambda db, g: attendance.mark_attendance(
        db, g.meetings[0].id, g.memberships[0].id, Mark.LATE, today=TODAY
    ),
    "mark_rest": lambda db, g: attendance.mark_rest(db, g.meetings[0].id, Mark.PRESENT, today=TODAY),
    "settle_meeting": lambda db, g: settle_meeting(db, g),
    "settle_meetings": lambda db, g: held_meetings.settle_meetings(db, [marked_whole(g)], today=TODAY),
    "settle_past_meetings": lambda db, g: (marked_whole(g), held_meetings.settle_past_meetings(db, today=TODAY)),
    "take_back_held": lambda db, g: held_meetings.take_back_held(db, g, g.meetings[0], today=TODAY),
    "set_practice": lambda db, g: attendance.set_practice(db, row(g), result=PracticeResult.DONE),
    "agree_practice": lambda db, g: attendance.agree_practice(db, row(g), "Walk."),
    "give_handout": lambda db, g: attendance.give_handout(db, row(g), given=True),
    "open_meeting": lambda db, g: meetings.open_meeting(db, g, g.meetings[2]),
    "start_meeting": lambda db, g: meetings.start_meeting(db, g, g.meetings[2], today=TODAY),
    "set_outcome": lambda db, g: group_plan.set_outcome(g, g.meetings[0].sessions[0], Outcome.DONE),
    "cancel_meeting": lambda db, g: group_plan.cancel_meeting(g, g.meetings[2]),
    "reinstate_meeting": lambda db, g: group_plan.reinstate_meeting(g, g.meetings[1]),
    "replan": replan,
    "add_closures": lambda db, g: closures.add_closures(g, [parse_closure("2026-W50")], today=TODAY),
    "add_closure": lambda db, g: closures.add_closure(g, parse_closure("2026-W49"), today=TODAY),
    "remove_closure": lambda db, g: closures.remove_closure(g, "2026-W52", today=TODAY),
    "save_plan": save_plan,
    "skip_session": lambda db, g: group_plan.skip_session(g, g.sessions[4], reason="No time", today=TODAY),
    "take_in_session": lambda db, g: group_plan.take_in_session(g, g.sessions[3], today=TODAY),
    "repeat_session": lambda db, g: group_plan.repeat_session(g, g.sessions[0], today=TODAY),
    "change_meeting": lambda db, g: change_meeting(g),
    "set_end": lambda db, g: group_plan.set_end(g, date(2026, 12, 15), today=TODAY),
    "change_group": lambda db, g: change_group(g, GroupChange(TODAY, name="New", weekdays=(3,)), today=TODAY),
    "archive_group": lambda db, g: archived_groups.archive_group(g, today=TODAY),
    "unarchive_group": lambda db, g: bring_back(g),
    "make_up": make_up,
    "take_back_make_up": take_back_make_up,
    "follow_up": lambda db, g: call_list.follow_up(db, g.memberships[0], on=TODAY),
    "set_contact": lambda db, g: call_list.set_contact(db, g.memberships[0], "SMS"),
    "set_call_after": lambda db, g: call_list.set_call_after(db, g, 3),
}


@pytest.fixture
def group_id(database: Database, leader_id: int) -> int:
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        group = make_group(db)
        held(db, load_group(db, group.id))
        closures.add_closure(group, parse_closure("2026-W52"), today=TODAY)
        group_plan.skip_session(group, group.sessions[3], reason="", today=TODAY)
        progress.make_up(db, group.memberships[1], group.sessions[1], way=Way.PHONE, on=TODAY, today=TODAY)
        return group.id


def stored(database: Database) -> tuple[int, int]:
    """Events and changes in the log."""
    with database.read() as db:
        events, changes = (db.scalar(select(func.count()).select_from(kind)) for kind in (AuditEvent, AuditChange))
    return events or 0, changes or 0


def test_every_act_is_tried_here() -> None:
    """What begins with an underscore is a part of these."""
    public = {
        name
        for module in (
            groups,
            meetings,
            attendance,
            held_meetings,
            membership_changes,
            progress,
            call_list,
            group_plan,
            closures,
            archived_groups,
        )
        for name, function in inspect.getmembers(module, inspect.isfunction)
        if function.__module__ == module.__name__
        and not name.startswith("_")
        and (module in (group_plan, closures, archived_groups) or "db" in inspect.signature(function).parameters)
    }
    assert public - READS - PLAN_READS == set(ACTS) - {"change_group"}
    assert public > READS


@pytest.mark.parametrize("name", list(ACTS))
def test_an_act_leaves_one_event_with_its_changes(database: Database, leader_id: int, group_id: int, name: str) -> None:
    events, changes = stored(database)
    with database.write(Action.GROUP_CHANGED, by=leader_id) as db:
        ACTS[name](db, load_group(db, group_id))
    after = stored(database)
    assert after[0] == events + 1
    assert after[1] > changes
    with database.read() as db:
        newest = db.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
        assert newest is not None
        assert (newest.action, newest.leader_id) == (Action.GROUP_CHANGED, leader_id)


@pytest.mark.parametrize("name", list(ACTS))
def test_an_act_while_reading_is_an_error(database: Database, group_id: int, name: str) -> None:
    before = stored(database)
    with pytest.raises(RuntimeError, match=r"open write\(\)"), database.read() as db:
        ACTS[name](db, load_group(db, group_id))
    assert stored(database) == before


def test_reading_leaves_nothing(database: Database, group_id: int) -> None:
    """The control: what only reads may be done while reading."""
    before = stored(database)
    with database.read() as db:
        group = groups.find_group(db, load_group(db, group_id).name)
        assert meetings.load_meeting(db, group.meetings[0].id)
        assert groups_overview.meetings_between(db, TODAY, TODAY)
    assert stored(database) == before


SOURCES = {
    file: file.read_text(encoding="utf-8") for file in PACKAGE.rglob("*.py") if file != Path(inspect.getfile(Action))
}


def test_every_action_has_words() -> None:
    assert [action for action in Action if action_text(action, {}) == action] == []


def test_every_action_is_stored_somewhere() -> None:
    offers = {Action(f"offer {kind}") for kind in (*OFFERS, "split")}
    named = set(re.findall(r"\bAction\.([A-Z_]+)", "\n".join(SOURCES.values())))
    assert [action.name for action in Action if action not in offers and action.name not in named] == []


def test_an_action_is_written_as_a_member_of_the_enumeration() -> None:
    words = set(Action)
    assert [
        (file.name, node.lineno)
        for file, text in SOURCES.items()
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and node.value in words
    ] == []


def test_the_tests_too_write_only_what_is_an_action() -> None:
    """mypy holds that in the program, and does not read the tests."""
    folder = Path(__file__).parents[2]
    free = [
        (file.name, node.lineno)
        for file in folder.rglob("*.py")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in ("write", "log_event")
        and ast.unparse(node.func.value).endswith(("database", "context", "copy", "beside"))
        and isinstance(node.args[0], ast.Constant)
    ]
    assert free == []
