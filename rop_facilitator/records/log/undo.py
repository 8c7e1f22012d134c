"""Taking back: a leader's own last action, as long as it stands as it was left."""

from __future__ import annotations

from collections.abc import Container
from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session, selectinload

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.log.audit_log import decode, encode, logged_fields, trail_of, values_of
from rop_facilitator.records.meeting.held_meetings import settle_meetings
from rop_facilitator.records.models import Attendance, AuditChange, AuditEvent, Base, Leader
from rop_facilitator.records.storage.database import Database


class NoLongerAsItWasError(UserError):
    """What an action left has been changed since, so taking it back would lose the newer change."""


def next_undo(database: Database, by: int, *, among: Container[int] | None = None) -> AuditEvent | None:
    """The action that `undo_last` would take back, for the label of the button; None if there is none."""
    with database.read() as db:
        return _next(db, database.first_event, by, among)


def undo_last(database: Database, by: int, *, among: Container[int] | None = None, preview: bool = False) -> AuditEvent:
    """Take back this leader's own newest action since unlocking that still stands; returns that action.

    `among` are the ids of the events to choose from instead, whenever they were. With `preview` it is tried on a copy,
    also where the records can only be read. Raises UserError when there is none, NoLongerAsItWasError when something
    in it has been changed since.
    """
    event = next_undo(database, by, among=among)
    if event is None:
        raise UserError(_("There is nothing to take back."))
    today = database.clock().date()
    if preview:
        with database.rehearse() as db:
            _undo(db, event, today=today)
        return event
    arguments: dict[str, str | int] = {"event": event.id, "action": event.action}
    with database.write(Action.UNDONE, by=by, arguments=arguments, undoes=event.id) as db:
        _undo(db, event, today=today)
    return event


def _undo(db: Session, event: AuditEvent, *, today: date) -> None:
    """Set each row back. Raises NoLongerAsItWasError."""
    new_rows = {(change.row_table, change.row_id) for change in event.changes if change.new is not None}
    try:
        # One by one in reverse: each step passes through a state that the file has been in before.
        for change in reversed(event.changes):
            _take_back(db, change)
            db.flush()
    except IntegrityError as error:
        raise _changed_since() from error
    for gone in trail_of(db).changes:
        # What was hung on a new row by a later action would vanish with it.
        if gone.field is None and gone.new is None and (gone.row_table, gone.row_id) not in new_rows:
            raise _changed_since()
    # Whether a meeting is held follows from its marks, and undo sets columns past the verbs that see to that.
    settle_meetings(db, sorted(_meetings_of(event, db)), today=today)


def _meetings_of(event: AuditEvent, db: Session) -> set[int]:
    """The meetings whose rows of attendance an action changed."""
    rows = [change for change in event.changes if change.row_table == Attendance.__tablename__]
    kept = {row.meeting_id for change in rows if (row := db.get(Attendance, change.row_id)) is not None}
    return kept | {int(change.new["meeting_id"]) for change in rows if isinstance(change.new, dict)}


def _next(db: Session, first_event: int, by: int, among: Container[int] | None) -> AuditEvent | None:
    taken_back = select(AuditEvent.undoes).where(AuditEvent.undoes.is_not(None))
    query = (
        select(AuditEvent.id)
        # An undo is not taken back itself: twice Ctrl+Z goes two steps back, not one back and one forth.
        .where(AuditEvent.leader_id == by, AuditEvent.undoes.is_(None))
        .where(AuditEvent.id.not_in(taken_back), AuditEvent.changes.any())
        .order_by(AuditEvent.id.desc())
    )
    if among is None:
        # From this unlocking only: Ctrl Z is one key, and nobody looks first what it takes back (decision 0015).
        query = query.where(AuditEvent.id >= first_event)
    for event_id in db.scalars(query):
        if among is not None and event_id not in among:
            continue
        event = db.get_one(AuditEvent, event_id, options=[selectinload(AuditEvent.changes)])
        if _can_be_taken_back(event):
            return event
    return None


def _can_be_taken_back(event: AuditEvent) -> bool:
    """Neither what was erased nor a leader: a leader's way in is a key, which no undo can cut or give back."""
    return not any(
        change.row_table == Leader.__tablename__ or (change.old is None and change.new is None)
        for change in event.changes
    )


def _take_back(db: Session, change: AuditChange) -> None:
    """Set one row or field to what it was. Raises NoLongerAsItWasError where it is not as the action left it."""
    kind = next((m.class_ for m in Base.registry.mappers if m.class_.__tablename__ == change.row_table), None)
    if kind is None or not _fields_of(change) <= set(logged_fields(kind.__mapper__)):
        raise _changed_since()  # of a file as it was before a newer program opened it
    row = db.get(kind, change.row_id)
    if change.field is not None:
        if row is None or encode(getattr(row, change.field)) != change.new:
            raise _changed_since()
        setattr(row, change.field, decode(kind, change.field, change.old))
    elif change.new is not None:
        if row is None or values_of(row) != change.new:
            raise _changed_since()
        db.delete(row)
    else:
        if row is not None or not isinstance(change.old, dict):
            raise _changed_since()
        db.add(kind(**{name: decode(kind, name, value) for name, value in change.old.items()}))


def _fields_of(change: AuditChange) -> set[str]:
    if change.field is not None:
        return {change.field}
    return {name for values in (change.old, change.new) if isinstance(values, dict) for name in values}


def _changed_since() -> NoLongerAsItWasError:
    return NoLongerAsItWasError(
        _("This can no longer be taken back, because something in it has been changed since. Change it by hand.")
    )
