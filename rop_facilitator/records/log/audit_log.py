"""What was changed, by whom: one event an action, one row a changed field, stored with the action itself."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import Enum
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, Table, Update, bindparam, event, insert, or_, select, update
from sqlalchemy.orm import Mapper, ORMExecuteState, Session, object_session, selectinload
from sqlalchemy.orm.attributes import get_history, set_committed_value

from rop_facilitator.records.calendar import service_rows as _all_rows_are_known  # noqa: F401 - before their columns are watched
from rop_facilitator.records.group.archive_guard import ArchiveGuard
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import AuditChange, AuditEvent, Base, Membership, Participant

_TRAIL = "rop audit trail"
_NEW_EVENT, _NEW_CHANGE = insert(AuditEvent), insert(AuditChange)
_OWN = (AuditEvent, AuditChange)  # the log does not log itself


@dataclass
class FieldChange:
    """One change on its way to an AuditChange row."""

    row_table: str
    row_id: int
    participant_id: int | None
    field: str | None
    old: object
    new: object


class Trail:
    """The changes of one transaction, in the order in which they reached the file."""

    def __init__(self, archived: frozenset[int] = frozenset()) -> None:
        """`archived` are the groups that may only be read."""
        self.changes: list[FieldChange] = []
        self.rows: dict[str, set[int]] = {}  # the ids of the rows that changed, by the name of their class
        self.participant_of: dict[int, int | None] = {}
        self.archive = ArchiveGuard(archived)

    def forget(self, participant_id: int) -> None:
        """Keep that rows of this person changed, not what they held."""
        for change in self.changes:
            if change.participant_id == participant_id:
                change.old = change.new = None

    def forget_all(self) -> None:
        """Keep that rows changed, not what any of them held."""
        for change in self.changes:
            change.old = change.new = None

    def note(self, connection: Connection, row: Base, *, field: str | None, old: object, new: object) -> None:
        """Add one change of one row. Raises UserError where the row is of a group that is archived."""
        # Here, because every change of every row passes; a check in each verb would be forgotten in the next one.
        self.archive.check(connection, row, field)
        self.rows.setdefault(type(row).__name__, set()).add(cast(Any, row).id)
        whose = self._participant(connection, row)
        self.changes.append(FieldChange(row.__tablename__, cast(Any, row).id, whose, field, old, new))

    def _participant(self, connection: Connection, row: Any) -> int | None:
        """Whose row it is: the person's own, or through a membership; None for rows about nobody."""
        if isinstance(row, Participant):
            return row.id
        if hasattr(row, "participant_id"):
            return cast("int | None", row.participant_id)
        membership_id = getattr(row, "membership_id", None)
        if membership_id is None:
            return None
        if membership_id not in self.participant_of:
            query = select(Membership.participant_id).where(Membership.id == membership_id)
            self.participant_of[membership_id] = connection.scalar(query)
        return self.participant_of[membership_id]


class RecordsChange(frozenset[str]):
    """The names of the classes whose rows changed; `rows` are the ids of these rows by class."""

    rows: Mapping[str, frozenset[int]]

    def __new__(cls, rows: Mapping[str, Collection[int]]) -> RecordsChange:
        """From the ids by class."""
        change = super().__new__(cls, rows)
        change.rows = {name: frozenset(ids) for name, ids in rows.items()}
        return change


def begin_trail(db: Session, *, archived: frozenset[int] = frozenset()) -> Trail:
    """Collect what this session changes from now on; `archived` are the groups that may only be read."""
    trail: Trail = db.info.setdefault(_TRAIL, Trail(archived))
    return trail


def trail_of(db: Session) -> Trail:
    """The trail of a session that `Database.write` yielded; any other one may not change anything."""
    if _TRAIL not in db.info:
        raise RuntimeError("changed inside read(): open write() for this")
    return cast(Trail, db.info[_TRAIL])


def note_owners(db: Session, participant_of: Mapping[int, int]) -> None:
    """Note in the trail whose memberships these are, which the caller has just read: else it asks for each one."""
    if trail := db.info.get(_TRAIL):
        trail.participant_of.update(participant_of)


def change_now(db: Session, row: Base, **values: object) -> None:
    """Change columns of a stored row at once, with their trail: for one row a third of what a flush of it costs."""
    trail = trail_of(db)
    db.flush()  # what the row holds is now what the file holds
    old = {name: getattr(row, name) for name in values}
    new = {name: value for name, value in values.items() if value != old[name]}
    if not new:
        return
    connection, stored = db.connection(), cast(Any, row)
    connection.execute(_update_of(stored.__table__), {"stored_row": stored.id, **new})
    for name, value in new.items():
        set_committed_value(row, name, value)
        trail.note(connection, row, field=name, old=encode(old[name]), new=encode(value))


@cache
def _update_of(table: Table) -> Update:
    """Which columns it sets is told by its parameters."""
    return update(table).where(table.c.id == bindparam("stored_row"))


def store_event(
    db: Session,
    trail: Trail,
    action: Action,
    arguments: Mapping[str, str | int],
    *,
    by: int | None,
    at: datetime,
    undoes: int | None = None,
) -> None:
    """Add the event with its changes to the same transaction."""
    # Plain inserts: as objects they would cost a mark as much again as its commit.
    event_row = {
        "at": at.replace(tzinfo=None),
        "leader_id": by,
        "action": str(action),  # the word, not the member of an enumeration
        "arguments": dict(arguments),
        "undoes": undoes,
    }
    connection = db.connection()
    stored = connection.execute(_NEW_EVENT, event_row).inserted_primary_key
    if trail.changes:
        assert stored is not None
        rows = [{"event_id": stored[0], **vars(change)} for change in trail.changes]
        connection.execute(_NEW_CHANGE, rows)


def events_about(db: Session, participant_id: int) -> list[AuditEvent]:
    """Who did what with one person's rows, newest first: for the person who asks (innsyn).

    Deleting for good leaves no change to find, so that event names the person by number.
    """
    changed = AuditEvent.changes.any(AuditChange.participant_id == participant_id)
    query = select(AuditEvent).options(selectinload(AuditEvent.changes)).order_by(AuditEvent.id.desc())
    named = AuditEvent.arguments["participant"].as_integer() == participant_id
    return list(db.scalars(query.where(or_(changed, named))))


def refuse_bulk(state: ORMExecuteState) -> None:
    """Session event: rows change through objects only, for a bulk statement would leave no trace."""
    if not state.is_select:
        raise RuntimeError("only SELECT may be executed: change rows through their objects, else the log misses it")


def encode(value: object) -> object:
    """A column's value as JSON: words for enumerations, ISO for days and times."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date | datetime | time):
        return value.isoformat()
    return value


def decode(kind: type[Base], field: str, value: Any) -> object:
    """The value of a class's field back from JSON."""
    held = kind.__mapper__.column_attrs[field].columns[0].type.python_type
    if value is None:
        return None
    if held in (date, datetime, time):
        return held.fromisoformat(value)
    return held(value) if issubclass(held, Enum) else value


def logged_fields(mapper: Mapper[Any]) -> list[str]:
    """The attribute names of a class's columns."""
    return [prop.key for prop in mapper.column_attrs]


def values_of(row: Base) -> dict[str, object]:
    """All columns of a row by attribute name, as JSON."""
    return {name: encode(getattr(row, name)) for name in logged_fields(type(row).__mapper__)}


def _trail(row: Base) -> Trail | None:
    session = object_session(row)
    return None if session is None or isinstance(row, _OWN) else session.info.get(_TRAIL)


@event.listens_for(Base, "after_insert", propagate=True)
def _inserted(mapper: Mapper[Any], connection: Connection, row: Base) -> None:
    if trail := _trail(row):
        # What was never set is NULL in the file; in the object it would be read by one more query.
        new = {name: encode(row.__dict__.get(name)) for name in logged_fields(mapper)}
        trail.note(connection, row, field=None, old=None, new=new)


@event.listens_for(Base, "after_update", propagate=True)
def _updated(mapper: Mapper[Any], connection: Connection, row: Base) -> None:
    if trail := _trail(row):
        for name in logged_fields(mapper):
            history = get_history(row, name)
            # No old value: the row is this transaction's own and the field was never set, which is NULL in the file.
            old, new = (encode(values[0] if values else None) for values in (history.deleted, history.added))
            if history.added and old != new:
                trail.note(connection, row, field=name, old=old, new=new)


@event.listens_for(Base, "after_delete", propagate=True)
def _deleted(mapper: Mapper[Any], connection: Connection, row: Base) -> None:
    if trail := _trail(row):
        # Whole, for undo brings the row back from nothing else.
        trail.note(connection, row, field=None, old=values_of(row), new=None)


def _watch_old_values() -> None:
    """Make every column remember what it held, also where the row had not been read when it was set."""
    for mapper in Base.registry.mappers:
        for name in logged_fields(mapper):
            event.listen(getattr(mapper.class_, name), "set", _unchanged, active_history=True)


def _unchanged(_row: Base, _value: object, _old: object, _initiator: object) -> None:
    """Watch; change nothing."""


_watch_old_values()
