"""Taking back, and what cannot be taken back."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from rop_facilitator.errors import UserError
from rop_facilitator.planning.calendar import parse_closure
from rop_facilitator.records.calendar.closures import add_closure
from rop_facilitator.records.erasure.erase import erase_participant
from rop_facilitator.records.group.groups import load_group, rename_participant, take_out
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.log.undo import NoLongerAsItWasError, next_undo, undo_last
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.attendance import mark_attendance
from rop_facilitator.records.models import (
    Attendance,
    AuditEvent,
    Group,
    GroupSession,
    MeetingSession,
    Membership,
    Participant,
    Period,
)
from rop_facilitator.records.plan.group_plan import cancel_meeting
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.opening import unlock_database
from tests.records.conftest import PASSPHRASE, clock
from tests.records.factories import make_group
from tests.records.steps import rows

TODAY = date(2026, 11, 24)


@pytest.fixture
def group_id(database: Database, leader_id: int) -> int:
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        return make_group(db, people=3).id


def everything(database: Database) -> dict[tuple[str, int], dict[str, object]]:
    with database.read() as db:
        return rows(db)


def mark(db: Session, group: Group, mark: Mark = Mark.PRESENT, person: int = 0) -> None:
    mark_attendance(db, group.meetings[0].id, group.memberships[person].id, mark, today=TODAY)


def swap(db: Session, group: Group) -> None:
    """Two rows trade a value that must be unique: no order of single updates but the reverse one is allowed."""
    first, two = group.memberships[0], group.memberships[1]
    numbers = first.number, two.number
    for row, number in ((first, 900), (two, numbers[0]), (first, numbers[1])):
        row.number = number
        db.flush()


def replace_session(db: Session, group: Group) -> None:
    old = group.sessions[0]
    session_id = old.session_id
    db.delete(old)
    db.flush()
    db.add(GroupSession(group_id=group.id, session_id=session_id, position=0, title="Again"))


ACTIONS: dict[Action, Callable[[Session, Group], object]] = {
    Action.ATTENDANCE_MARKED: mark,
    Action.PERSON_TAKEN_OUT: lambda db, group: take_out(db, group.memberships[0], on=TODAY),
    Action.PERSON_RENAMED: lambda db, group: rename_participant(db, group, group.memberships[0], "Annet navn"),
    Action.MEETING_CANCELLED: lambda db, group: cancel_meeting(group, group.meetings[2]),
    Action.CLOSURE_ADDED: lambda db, group: add_closure(group, parse_closure("2026-W48"), today=TODAY),
    Action.GROUP_DELETED_FOR_GOOD: lambda db, group: db.delete(group),
    Action.PLAN_CHANGED: replace_session,
    Action.GROUP_CHANGED: swap,
    Action.PERSON_ADDED: lambda db, group: db.add(
        Participant(name="Ny", memberships=[Membership(group=group, number=77, periods=[Period(first_day=TODAY)])])
    ),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_each_action_can_be_taken_back_to_the_letter(
    database: Database, leader_id: int, group_id: int, action: Action
) -> None:
    before = everything(database)
    with database.write(action, by=leader_id) as db:
        ACTIONS[action](db, load_group(db, group_id))
    assert everything(database) != before
    offered = next_undo(database, leader_id)
    assert offered is not None
    assert offered.action == action
    after = everything(database)
    assert undo_last(database, leader_id, preview=True).id == offered.id
    assert everything(database) == after, "what is only shown is tried on a copy"
    assert undo_last(database, leader_id).id == offered.id
    assert everything(database) == before


def test_newest_first_and_none_twice(database: Database, leader_id: int, group_id: int) -> None:
    for action in (Action.CLOSURE_ADDED, Action.GROUP_CHANGED):
        with database.write(action, by=leader_id) as db:
            group = db.get(Group, group_id)
            assert group is not None
            group.place = action.value
    assert [undo_last(database, leader_id).action for _ in range(3)] == [
        "group changed",
        "closure added",
        "group created",
    ]
    assert next_undo(database, leader_id) is None
    with pytest.raises(UserError, match="nothing to take back"):
        undo_last(database, leader_id)
    with database.read() as db:
        undos = db.scalars(select(AuditEvent).where(AuditEvent.undoes.is_not(None)).order_by(AuditEvent.id)).all()
        assert [event.arguments["action"] for event in undos] == ["group changed", "closure added", "group created"]
        assert db.scalars(select(Participant)).all() == []


def test_only_ones_own_and_only_since_unlocking(database: Database, leader_id: int, group_id: int) -> None:
    other = database.add_leader("Jonas", "jonas sin setning")
    assert next_undo(database, other) is None
    database.close()
    again = unlock_database(database.path, None, PASSPHRASE, clock=clock)
    assert next_undo(again, leader_id) is None
    again.close()


def test_a_leader_is_not_undone(database: Database, leader_id: int) -> None:
    database.add_leader("Jonas", "jonas sin setning")
    assert next_undo(database, leader_id) is None


def conflict_field(db: Session, group: Group) -> None:
    group.memberships[0].periods[0].last_day = date(2026, 12, 24)


def conflict_delete(db: Session, group: Group) -> None:
    db.delete(group.memberships[0])


@pytest.mark.parametrize("preview", [False, True])
@pytest.mark.parametrize("meddle", [conflict_field, conflict_delete])
def test_what_has_been_changed_since_is_refused(
    database: Database, leader_id: int, group_id: int, meddle: Callable[[Session, Group], None], preview: bool
) -> None:
    with database.write(Action.PERSON_TAKEN_OUT, by=leader_id) as db:
        group = load_group(db, group_id)
        take_out(db, group.memberships[0], on=TODAY)
    other = database.add_leader("Jonas", "jonas sin setning")
    with database.write(Action.GROUP_CHANGED, by=other) as db:
        meddle(db, load_group(db, group_id))
    before = everything(database)
    with pytest.raises(NoLongerAsItWasError, match="changed since"):
        undo_last(database, leader_id, preview=preview)
    assert everything(database) == before


@pytest.mark.parametrize("preview", [False, True])
def test_a_new_group_with_somebody_elses_marks_is_not_taken_back(
    database: Database, leader_id: int, group_id: int, preview: bool
) -> None:
    other = database.add_leader("Jonas", "jonas sin setning")
    with database.write(Action.ATTENDANCE_MARKED, by=other) as db:
        db.add(Attendance(meeting_id=1, membership_id=1))
    before = everything(database)
    with pytest.raises(NoLongerAsItWasError):
        undo_last(database, leader_id, preview=preview)
    assert everything(database) == before


@pytest.mark.parametrize("preview", [False, True])
def test_a_name_that_was_taken_since_is_a_sentence(
    database: Database, leader_id: int, group_id: int, preview: bool
) -> None:
    with database.write(Action.GROUP_DELETED_FOR_GOOD, by=leader_id) as db:
        db.delete(db.get(Group, group_id))
    other = database.add_leader("Jonas", "jonas sin setning")
    with database.write(Action.GROUP_CREATED, by=other) as db:
        make_group(db, people=1)
    with pytest.raises(NoLongerAsItWasError):
        undo_last(database, leader_id, preview=preview)


def test_deleting_for_good_cannot_be_taken_back(database: Database, leader_id: int, group_id: int) -> None:
    with database.write(Action.GROUP_CHANGED, by=leader_id) as db:
        load_group(db, group_id).place = "Annet rom"
    erase_participant(database, 1, by=leader_id)
    offered = next_undo(database, leader_id)
    assert offered is not None
    assert offered.action == "group changed"
    undo_last(database, leader_id)
    assert next_undo(database, leader_id) is None
    with database.read() as db:
        assert db.get(Participant, 1) is None
        assert len(db.scalars(select(MeetingSession)).all()) == 5
