"""The log as a list: what was done, when, by which leader, in which group, and to how many people; never a name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from rop_facilitator.alphabet import alphabetical
from rop_facilitator.clean_text import clean_text
from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.records.models import AuditChange, AuditEvent, Base, Group, Leader

_UP = ("group_id", "meeting_id", "membership_id", "group_session_id")
_TABLE_OF = {
    "group_id": "group",
    "meeting_id": "meeting",
    "membership_id": "membership",
    "group_session_id": "group_session",
}


@dataclass(frozen=True)
class LoggedEvent:
    """One event; `action` is the id as stored, `people` how many it changed something for, printed or exported."""

    id: int
    at: datetime
    leader: str
    action: str
    groups: tuple[str, ...]
    people: int


def logged_events(db: Session, group: str = "") -> list[LoggedEvent]:
    """All events, newest last, or those of a group, by its name or by the only beginning of one; also a deleted group.

    Raises UserError naming what there is.
    """
    tree = _Tree(db)
    groups: dict[int, set[int]] = {}
    people: dict[int, set[int]] = {}
    # Columns only: as objects the changes of some years would be most of what the program has in memory.
    changes = select(AuditChange.event_id, AuditChange.row_table, AuditChange.row_id, AuditChange.participant_id)
    for event_id, table, row_id, participant_id in db.execute(changes):
        if (group_id := tree.group_of(table, row_id)) is not None:
            groups.setdefault(event_id, set()).add(group_id)
        if participant_id is not None:
            people.setdefault(event_id, set()).add(participant_id)
    wanted = tree.find(group) if group else None
    leaders = {leader.id: leader.name for leader in db.scalars(select(Leader))}
    events = []
    columns = select(AuditEvent.id, AuditEvent.at, AuditEvent.leader_id, AuditEvent.action, AuditEvent.arguments)
    for event_id, at, leader_id, action, arguments in db.execute(columns.order_by(AuditEvent.id)):
        ids = groups.get(event_id, set()) | _numbers_in(arguments, "group")
        if wanted is not None and wanted not in ids:
            continue
        names = sorted({tree.names[key] for key in ids if key in tree.names}, key=alphabetical)
        known = people.get(event_id, set()) | _numbers_in(arguments, "participant")
        count = len(known) or next(iter(_numbers_in(arguments, "people")), 0)
        events.append(LoggedEvent(event_id, at, leaders.get(leader_id or 0, ""), action, tuple(names), count))
    return events


def _numbers_in(arguments: dict[str, str | int], name: str) -> set[int]:
    """A number that an event without changes of its own carries along."""
    value = arguments.get(name)
    return {value} if isinstance(value, int) else set()


class _Tree:
    """To which group each row belongs, or belonged: from the rows that are there and from the log of those that went.

    What was cleared with a person who was deleted for good has no group any more.
    """

    def __init__(self, db: Session) -> None:
        self.names: dict[int, str] = {}
        self._parents: dict[tuple[str, int], list[tuple[str, int]]] = {}
        self._groups: dict[tuple[str, int], int | None] = {}
        whole = select(AuditChange.row_table, AuditChange.row_id, AuditChange.old, AuditChange.new)
        for table, row_id, old, new in db.execute(whole.where(AuditChange.field.is_(None)).order_by(AuditChange.id)):
            for values in (old, new):
                if isinstance(values, dict):
                    self._note(table, row_id, values)
        # After the log, so that a row that is there is told by the file: the log says how it was hung when it was made.
        for kind in Base.registry.mappers:
            table = kind.class_.__tablename__
            columns = [column for column in kind.local_table.columns if column.name in _UP]
            if columns and table not in ("audit_change", "audit_event"):
                names = [column.name for column in columns]
                for row in db.execute(select(kind.local_table.c.id, *columns)):
                    self._note(table, row[0], dict(zip(names, row[1:], strict=True)))
        for group_id, name in db.execute(select(Group.id, Group.name)):
            self.names[group_id] = name

    def _note(self, table: str, row_id: int, values: dict[str, Any]) -> None:
        if table == "group" and isinstance(values.get("name"), str):
            self.names[row_id] = values["name"]
        up = [(_TABLE_OF[name], values[name]) for name in _UP if isinstance(values.get(name), int)]
        if up:
            self._parents[table, row_id] = up

    def group_of(self, table: str, row_id: int) -> int | None:
        """The group of a row; None where it has none or nothing tells."""
        if table == "group":
            return row_id
        key = (table, row_id)
        if key not in self._groups:
            self._groups[key] = None  # what leads round in a ring leads nowhere
            owners = (self.group_of(*parent) for parent in self._parents.get(key, ()))
            self._groups[key] = next((owner for owner in owners if owner is not None), None)
        return self._groups[key]

    def find(self, name: str) -> int:
        """The id of a group by its name, or by the only beginning of one."""
        wanted = clean_text(name).casefold()
        exact = [row_id for row_id, known in self.names.items() if known.casefold() == wanted]
        hits = exact or [
            row_id for row_id, known in self.names.items() if wanted and known.casefold().startswith(wanted)
        ]
        if len(hits) != 1:
            there = ", ".join(_in_order(self.names.values())) or _("none")
            raise UserError(_("No single group is called that. These are here: {groups}.").format(groups=there))
        return hits[0]


def _in_order(names: Iterable[str]) -> list[str]:
    return sorted(set(names), key=alphabetical)
