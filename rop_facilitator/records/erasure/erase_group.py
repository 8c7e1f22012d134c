"""Deleting a group for good: its rows, the people who are in no other group, and what the log holds about them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, func, null, or_, select
from sqlalchemy.orm import Session

from rop_facilitator.records.log.audit_log import trail_of
from rop_facilitator.records.missing_rows import group_gone
from rop_facilitator.records.models import (
    Attendance,
    AuditChange,
    AuditEvent,
    Base,
    Group,
    Meeting,
    Membership,
    Participant,
)

_AT_ONCE = 500


@dataclass(frozen=True)
class GroupErasure:
    """What goes with a group: the people who are in no other group, by name, and how much; and who stays, by name."""

    people: tuple[str, ...]
    staying: tuple[str, ...]
    meetings: int
    marks: int


def what_goes(db: Session, group_id: int) -> GroupErasure:
    """What deleting a group for good would take with it."""
    alone = _only_in(db, group_id)
    people = list(
        db.execute(
            select(Participant.id, Participant.name)
            .join(Membership, Membership.participant_id == Participant.id)
            .where(Membership.group_id == group_id)
            .order_by(Membership.number)
        )
    )
    marks = (
        select(func.count())
        .select_from(Attendance)
        .join(Meeting, Meeting.id == Attendance.meeting_id)
        .where(Meeting.group_id == group_id, Attendance.mark.is_not(None))
    )
    return GroupErasure(
        tuple(person.name for person in people if person.id in alone),
        tuple(person.name for person in people if person.id not in alone),
        db.scalar(select(func.count()).select_from(Meeting).where(Meeting.group_id == group_id)) or 0,
        db.scalar(marks) or 0,
    )


def _only_in(db: Session, group_id: int) -> set[int]:
    """The people who are in this group and in no other."""
    here = select(Membership.participant_id).where(Membership.group_id == group_id)
    elsewhere = select(Membership.participant_id).where(Membership.group_id != group_id)
    return set(db.scalars(here)) - set(db.scalars(elsewhere))


def erase_group_rows(db: Session, group_id: int) -> set[int]:
    """Delete a group and who is in no other one, and forget what the log holds. Returns the ids of those people.

    Raises UserError where the group is gone.
    """
    group = db.get(Group, group_id)
    if group is None:
        raise group_gone()
    trail = trail_of(db)
    trail.archive.open = True
    people = _only_in(db, group_id)
    rows = _rows_in_log(db, group_id)
    for participant_id in people:
        db.delete(db.get(Participant, participant_id))
    db.flush()
    # Some of its memberships have just gone with their people: lists from before would delete them twice.
    db.expire(group)
    db.delete(group)
    db.flush()
    # This transaction's own changes hold the old values as well, and are not stored yet.
    trail.forget_all()
    about: list[ColumnElement[bool]] = [AuditChange.participant_id.in_(some) for some in _batches(people)]
    for table, ids in rows.items():
        about += [(AuditChange.row_table == table) & AuditChange.row_id.in_(some) for some in _batches(ids)]
    for condition in about:
        for change in db.scalars(select(AuditChange).where(condition)):
            change.old = change.new = None
    return people


def _rows_in_log(db: Session, group_id: int) -> dict[str, set[int]]:
    """The ids by table of all rows that the group has or had: the log holds each of them whole at least once."""
    rows: dict[str, set[int]] = {Group.__tablename__: {group_id}}
    for table in _tables_with("group_id"):
        rows[table] = set(_logged(db, table, "group_id", [group_id]))
    for column, parent in (("meeting_id", Meeting), ("membership_id", Membership)):
        for table in _tables_with(column):
            ids = _logged(db, table, column, rows[parent.__tablename__])
            rows[table] = rows.get(table, set()).union(ids)
    return rows


def _tables_with(column: str) -> Iterator[str]:
    return (name for name, table in Base.metadata.tables.items() if column in table.columns)


def _logged(db: Session, table: str, column: str, values: Iterable[int]) -> Iterator[int]:
    """The ids of the rows of a table whose column has one of these values in the log."""
    for some in _batches(values):
        held = or_(AuditChange.new[column].as_integer().in_(some), AuditChange.old[column].as_integer().in_(some))
        query = select(AuditChange.row_id).where(AuditChange.row_table == table, AuditChange.field.is_(None), held)
        yield from db.scalars(query.distinct())


def _batches(ids: Iterable[int]) -> Iterator[list[int]]:
    """Ids in lists that a statement can hold."""
    ordered = sorted(ids)
    return (ordered[at : at + _AT_ONCE] for at in range(0, len(ordered), _AT_ONCE))


@dataclass(frozen=True)
class LoggedGroup:
    """A group that the log knows, when it was made, and whether it was deleted for good since."""

    id: int
    added: datetime
    erased: bool


def logged_groups(db: Session) -> list[LoggedGroup]:
    """Every group that the log knows. Its first change made it; where what that held is gone, it was erased."""
    first = (
        select(func.min(AuditChange.id))
        .where(AuditChange.row_table == Group.__tablename__)
        .group_by(AuditChange.row_id)
    )
    query = (
        select(AuditChange.row_id, AuditEvent.at, AuditChange.new.is_(null()))
        .join(AuditChange.event)
        .where(AuditChange.id.in_(first))
    )
    return [LoggedGroup(number, added, erased) for number, added, erased in db.execute(query)]
