"""Every change leaves its trace, with its action, and says whose rows they were."""

import contextlib
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.log.audit_log import change_now, decode, encode, events_about, values_of
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.attendance import mark_attendance
from rop_facilitator.records.models import (
    Attendance,
    AuditChange,
    AuditEvent,
    Base,
    Group,
    Meeting,
    Membership,
    NamesShown,
    Participant,
    Period,
)
from rop_facilitator.records.storage.database import Database
from tests.records.conftest import NOW
from tests.records.factories import NAMES, make_group
from tests.records.steps import AUDITED, rows

TODAY = date(2026, 11, 24)


def newest(db: Session) -> AuditEvent:
    query = select(AuditEvent).order_by(AuditEvent.id.desc()).limit(1).options(selectinload(AuditEvent.changes))
    return db.scalars(query).one()


def replayed(db: Session) -> dict[tuple[str, int], dict[str, object]]:
    """Everything that the log says is in the file."""
    rows: dict[tuple[str, int], dict[str, object]] = {}
    for change in db.scalars(select(AuditChange).order_by(AuditChange.id)):
        place = (change.row_table, change.row_id)
        if change.field is not None:
            assert rows[place][change.field] == change.old
            rows[place][change.field] = change.new
        elif change.new is not None:
            assert place not in rows
            rows[place] = dict(change.new)  # type: ignore[call-overload]
        else:
            assert rows.pop(place) == change.old
    return rows


@pytest.fixture
def group_id(database: Database, leader_id: int) -> int:
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        return make_group(db, people=3).id


def test_one_action_is_one_event(database: Database, leader_id: int, group_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id, arguments={"group": group_id}) as db:
        group = load_group(db, group_id)
        row = mark_attendance(db, group.meetings[0].id, group.memberships[1].id, Mark.LATE, today=TODAY)
    with database.read() as db:
        event = newest(db)
        assert (event.action, event.arguments, event.leader_id, event.at, event.undoes) == (
            "attendance marked",
            {"group": group_id},
            leader_id,
            NOW,
            None,
        )
        changes = [change for change in event.changes if change.row_table == "attendance"]
        assert [c.participant_id for c in changes if c.field is None] == [m.participant_id for m in group.memberships]
        marked = [(c.row_id, c.participant_id, c.field, c.old, c.new) for c in changes if c.field is not None]
        assert marked == [(row.id, group.memberships[1].participant_id, "mark", None, "late")]
        held = [(c.field, c.old, c.new) for c in event.changes if c.row_table == "meeting" and c.field == "state"]
        assert held == [("state", "planned", "held")]


def test_a_row_that_was_never_read_still_tells_what_it_held(database: Database, leader_id: int, group_id: int) -> None:
    with database.read() as db:
        meeting = db.scalars(select(Meeting)).first()
    assert meeting is not None
    with database.write(Action.PERSON_RENAMED, by=leader_id) as db:
        stale = db.merge(meeting, load=False)
        db.expire(stale)
        stale.place = "Room 3"
    with database.read() as db:
        assert [(c.field, c.old, c.new) for c in newest(db).changes] == [("place", "Room 2", "Room 3")]


def test_what_is_set_to_what_it_was_is_no_change(database: Database, leader_id: int, group_id: int) -> None:
    with database.write(Action.PERSON_RENAMED, by=leader_id) as db:
        group = db.get(Group, group_id)
        assert group is not None
        group.place = "Room 2"
        group.closures = list(group.closures)
    with database.read() as db:
        assert newest(db).action == "group created"


def test_what_is_changed_at_once_is_told_as_well(database: Database, leader_id: int, group_id: int) -> None:
    with database.write(Action.GROUP_CHANGED, by=leader_id) as db:
        group = db.get(Group, group_id)
        assert group is not None
        group.place = "Room 3"
        change_now(db, group, place="Room 4", minutes=group.minutes, names_shown=NamesShown.ALIAS)
        group.minutes = 60
    with database.read() as db:
        changes = [(c.row_id, c.field, c.old, c.new) for c in newest(db).changes]
        assert changes == [
            (group_id, "place", "Room 2", "Room 3"),
            (group_id, "place", "Room 3", "Room 4"),
            (group_id, "names_shown", "display", "alias"),
            (group_id, "minutes", 90, 60),
        ]
        assert rows(db) == replayed(db)


def test_what_is_changed_at_once_is_rolled_back_with_the_rest(
    database: Database, leader_id: int, group_id: int
) -> None:
    with contextlib.suppress(ZeroDivisionError), database.write(Action.GROUP_CHANGED, by=leader_id) as db:
        group = db.get(Group, group_id)
        assert group is not None
        change_now(db, group, place="Room 4")
        raise ZeroDivisionError
    with database.read() as db:
        assert newest(db).action == "group created"
        assert rows(db) == replayed(db)


def test_rows_that_vanish_with_their_parent_are_told_one_by_one(
    database: Database, leader_id: int, group_id: int
) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = load_group(db, group_id)
        mark_attendance(db, group.meetings[0].id, group.memberships[0].id, Mark.PRESENT, today=TODAY)
    with database.write(Action.GROUP_DELETED_FOR_GOOD, by=leader_id) as db:
        db.delete(db.get(Group, group_id))
    with database.read() as db:
        gone = [change for change in newest(db).changes if change.new is None]
        counted = {table: sum(c.row_table == table for c in gone) for table in {c.row_table for c in gone}}
        assert counted == {
            "attendance": 3,
            "meeting_session": 5,
            "meeting": 5,
            "group_session": 5,
            "membership": 3,
            "period": 3,
            "group": 1,
        }
        assert {c.participant_id for c in gone if c.row_table == "attendance"} == {1, 2, 3}
        assert rows(db) == replayed(db)


def test_nothing_vanishes_by_the_database_alone() -> None:
    """A cascade in the file would leave no trace; cascades are the ORM's."""
    keys = [key for table in Base.metadata.tables.values() for key in table.foreign_keys]
    assert keys
    assert [key for key in keys if key.ondelete or key.onupdate] == []
    assert not any(rel.passive_deletes for mapper in Base.registry.mappers for rel in mapper.relationships)


def test_every_relationship_refuses_to_load_by_itself() -> None:
    ways = {rel.lazy for mapper in Base.registry.mappers for rel in mapper.relationships}
    assert ways == {"raise"}


def test_events_without_changes(database: Database, leader_id: int, group_id: int) -> None:
    notices: list[frozenset[str]] = []
    database.on_change(notices.append)
    database.log_event(Action.PERSON_DELETED_FOR_GOOD, by=leader_id, arguments={"participant": 2})
    with database.read() as db:
        assert (newest(db).action, newest(db).changes, newest(db).at) == (Action.PERSON_DELETED_FOR_GOOD, [], NOW)
        assert [event.action for event in events_about(db, 2)] == [Action.PERSON_DELETED_FOR_GOOD, "group created"]
        assert [event.action for event in events_about(db, 1)] == ["group created"]
    assert notices == []


def test_no_name_is_in_an_events_arguments(database: Database, leader_id: int, group_id: int) -> None:
    with database.read() as db:
        words = " ".join(f"{e.action} {e.arguments}" for e in db.scalars(select(AuditEvent)))
    assert not any(name in words for name in NAMES)


def test_an_id_is_never_given_twice(database: Database, leader_id: int, group_id: int) -> None:
    with database.write(Action.PERSON_RENAMED, by=leader_id) as db:
        db.add(last := Participant(name="Last"))
    with database.write(Action.PERSON_RENAMED, by=leader_id) as db:
        db.delete(db.get(Participant, last.id))
    with database.write(Action.PERSON_RENAMED, by=leader_id) as db:
        db.add(new := Participant(name="New"))
    assert new.id == last.id + 1


def test_every_column_survives_the_log(database: Database, leader_id: int, group_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = load_group(db, group_id)
        mark_attendance(db, group.meetings[0].id, group.memberships[0].id, Mark.LATE, today=TODAY, minutes_late=5)
    with database.read() as db:
        for kind in AUDITED:
            for row in db.scalars(select(kind)):
                for name, value in values_of(row).items():
                    back = decode(kind, name, value)
                    assert back == getattr(row, name)
                    assert type(back) is type(getattr(row, name))
                    assert encode(back) == value


acts = st.lists(
    st.tuples(st.sampled_from(["add", "rename", "join", "leave", "mark", "delete", "twice"]), st.integers(0, 5)),
    max_size=8,
)


@given(acts)
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
def test_the_log_retold_is_the_file(database: Database, leader_id: int, wanted: list[tuple[str, int]]) -> None:
    for act, n in wanted:
        with database.write(Action.GROUP_CHANGED, by=leader_id) as db:
            people = db.scalars(select(Participant).order_by(Participant.id)).all()
            groups = db.scalars(select(Group)).all()
            marks = db.scalars(select(Attendance)).all()
            if act == "add" or not groups:
                make_group(db, name=f"Group {len(groups)} {n} {db.info and len(people)}", people=2)
            elif act == "rename":
                people[n % len(people)].name += "x"
            elif act == "join":
                number = 10 + max(m.number for m in db.scalars(select(Membership)))
                days = [Period(first_day=TODAY)]
                db.add(Participant(name="N", memberships=[Membership(group=groups[0], number=number, periods=days)]))
            elif act == "leave":
                period = db.scalars(select(Period)).first()
                if period:
                    period.last_day = date(2026, 12, n + 1)
            elif act == "mark":
                group = load_group(db, groups[n % len(groups)].id)
                if group.memberships:
                    mark_attendance(db, group.meetings[0].id, group.memberships[0].id, list(Mark)[n], today=TODAY)
            elif act == "delete":
                db.delete(groups[n % len(groups)])
            elif act == "twice" and marks:
                marks[0].agreed_practice = "a"
                db.flush()
                marks[0].agreed_practice = f"b{n}"
    with database.read() as db:
        assert rows(db) == replayed(db)
