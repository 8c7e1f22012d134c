"""Groups and their people."""

from dataclasses import replace
from datetime import date

import pytest

from rop_facilitator.errors import UserError
from rop_facilitator.planning.course_fit import twice
from rop_facilitator.planning.meeting_days import GroupCalendar
from rop_facilitator.planning.planned_sessions import divide, join, planned_sessions_of, skip
from rop_facilitator.planning.schedule import Plan
from rop_facilitator.records.group.groups import (
    add_participant,
    clean_name,
    create_group,
    find_group,
    load_group,
    rename_participant,
    shown_name,
    take_out,
)
from rop_facilitator.records.group.groups_overview import group_summaries
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.meeting.meetings import expected_at, open_meeting
from rop_facilitator.records.models import MembershipStatus, NamesShown
from rop_facilitator.records.plan.group_plan import item_title, plan_left
from rop_facilitator.records.storage.database import Database
from tests.records.factories import TUESDAYS, make_curriculum, make_group

TODAY = date(2026, 11, 24)
HOSTILE = [
    "*x*",
    '#read("/etc/passwd")',
    "<b>bold</b>",
    "{{ 7*7 }}",
    "a | b",
    "O'Brien",
    "%s",
    "{name}",
    "👩‍👩‍👧",
    "‮abc",
    "=1+1",
]


def test_a_group_has_a_meeting_a_session(database: Database, leader_id: int) -> None:
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        group_id = make_group(db, people=8, sessions=5).id
    with database.read() as db:
        group = load_group(db, group_id)
        assert [m.on.isoformat() for m in group.meetings] == [
            "2026-11-10",
            "2026-11-17",
            "2026-11-24",
            "2026-12-01",
            "2026-12-08",
        ]
        assert [m.sessions[0].title for m in group.meetings] == [f"Session {n}" for n in range(1, 6)]
        (summary,) = group_summaries(db, today=TODAY)
    assert (summary.members, summary.held, summary.planned, summary.next_meeting) == (8, 0, 5, TODAY)


def test_a_new_group_takes_over_the_plan_that_was_wanted(database: Database, leader_id: int) -> None:
    course = make_curriculum(6)
    until = date(2026, 12, 1)
    plan = Plan(planned_sessions_of(course, 90), GroupCalendar(TUESDAYS, date(2026, 11, 10), until), theme_minutes=80)
    plan = replace(plan, sessions=divide(skip(plan.sessions, "course/session-2"), "course/session-6", 2))
    wanted = twice(replace(plan, sessions=join(plan.sessions, "course/session-4")), 3, weeks=2)
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        group_id = create_group(
            db, "Wanted", [course], TUESDAYS, first_date=date(2026, 11, 10), until=until, wanted=wanted
        ).id
    with database.read() as db:
        group = load_group(db, group_id)
    titles = [
        (meeting.on.isoformat()[5:], "+".join(item_title(row.title, row) for row in meeting.sessions))
        for meeting in group.meetings
    ]
    assert titles == [
        ("11-10", "Session 1"),
        ("11-12", "Session 3+Session 4"),
        ("11-17", "Session 5"),
        ("11-19", "Session 6, part 1 of 2"),
        ("11-24", "Session 6, part 2 of 2"),
    ]
    assert plan_left(group, today=date(2026, 11, 10)).calendar.extra == wanted.calendar.extra
    assert (group.until, [session.skipped for session in group.sessions].count(True)) == (until, 1)


@pytest.mark.parametrize("name", HOSTILE)
def test_odd_names_are_kept_as_they_are(database: Database, leader_id: int, name: str) -> None:
    with database.write(Action.PERSON_ADDED, by=leader_id) as db:
        group = make_group(db)
        add_participant(db, group, name, joined=TODAY)
        group_id = group.id
    with database.read() as db:
        assert load_group(db, group_id).memberships[-1].participant.name == clean_name(name, what="Name")


@pytest.mark.parametrize(("given", "kept"), [("  Kari \t B. ", "Kari B."), ("A\u030ase", "Åse"), ("a\x07b", "ab")])
def test_names_are_tidied(given: str, kept: str) -> None:
    assert clean_name(given, what="Name") == kept


@pytest.mark.parametrize("name", ["", "   ", "\n", "\x00", "x" * 501])
def test_no_name_or_too_long_a_one_is_refused(name: str) -> None:
    with pytest.raises(UserError):
        clean_name(name, what="Name")


def test_display_names_are_unique_in_a_group_only(database: Database, leader_id: int) -> None:
    with database.write(Action.PERSON_ADDED, by=leader_id) as db:
        group = make_group(db)
        other = make_group(db, name="Wednesdays")
        with pytest.raises(UserError, match="already"):
            add_participant(db, group, "amund", joined=TODAY)
        with pytest.raises(UserError, match="already"):
            rename_participant(db, group, group.memberships[1], "AMUND")
        rename_participant(db, group, group.memberships[0], "Amund A.", "Bjørk")
        assert shown_name(group.memberships[0], NamesShown.ALIAS) == "Bjørk"
        assert shown_name(group.memberships[1], NamesShown.ALIAS) == "Participant 2"
        assert shown_name(other.memberships[0], NamesShown.NUMBER) == "Participant 1"


def test_late_joiners_and_leavers_count_from_their_own_dates(database: Database, leader_id: int) -> None:
    with database.write(Action.PERSON_ADDED, by=leader_id) as db:
        group = make_group(db)
        third = group.meetings[2]
        open_meeting(db, group, group.meetings[0])
        add_participant(db, group, "Sara", joined=third.on)
        take_out(db, group.memberships[0], on=third.on)
        assert group.memberships[0].status is MembershipStatus.LEFT
        names = [[m.participant.name for m in expected_at(group, meeting)] for meeting in group.meetings[:3]]
        with pytest.raises(UserError):
            take_out(db, group.memberships[0], on=third.on)
    assert names == [["Amund", "Berit", "Daniel"], ["Amund", "Berit", "Daniel"], ["Berit", "Daniel", "Sara"]]


def test_a_group_is_found_by_its_name_or_its_beginning(database: Database, leader_id: int) -> None:
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        make_group(db, name="Tuesdays")
        make_group(db, name="Wednesdays")
        with pytest.raises(UserError, match="already"):
            make_group(db, name="Tuesdays")
    with database.read() as db:
        assert find_group(db, "wed").name == "Wednesdays"
        for name in ("x", "", "s"):
            with pytest.raises(UserError, match="Tuesdays, Wednesdays"):
                find_group(db, name)
