"""What became of a group's meetings since they were planned, as calendars need it: read from the log alone."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Row, or_, select
from sqlalchemy.orm import Session

from rop_facilitator.records.calendar.service_rows import load_service
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import AuditChange, AuditEvent, Group, Meeting, MeetingSession
from rop_facilitator.records.plan.group_plan import GOING

EXPORTED = Action.CALENDAR_EXPORTED
_BEFORE_2026_12 = uuid.UUID("5b0c5a0e-6a57-4d0e-9c0e-0d5d8f1f7c55")
_SHOWN = {"on", "start", "minutes", "place", "number", "reason"}  # fields of a meeting that its event shows
_SHOWN_OF_SESSION = {"part", "parts", "rest", "position"}
_GOING = {state.value for state in GOING}


@dataclass(frozen=True)
class Revision:
    """How often an event has changed, from 0 (SEQUENCE), and when last, in local time; None where nothing tells."""

    sequence: int = 0
    at: datetime | None = None


@dataclass(frozen=True)
class GoneMeeting:
    """A meeting that a calendar file has named and that is in the plan no more."""

    uid: str
    on: date
    start: time
    minutes: int
    place: str
    revision: Revision


@dataclass(frozen=True)
class CalendarHistory:
    """The ids of events in calendars, how often each has changed, and what has to be taken back.

    `replaced` are the ids that an older program gave to meetings, until they have been called off once.
    """

    uids: Mapping[int, str] = field(default_factory=dict)
    revisions: Mapping[int, Revision] = field(default_factory=dict)
    gone: tuple[GoneMeeting, ...] = ()
    replaced: Mapping[int, str] = field(default_factory=dict)


def calendar_history(db: Session, group: Group) -> CalendarHistory:
    """The history of a loaded group's meetings."""
    service = load_service(db)
    exported = _exports(db, group)
    lives = _lives(db, group)
    here = {meeting.id for meeting in group.meetings}
    space = uuid.UUID(service.calendar_id)
    gone = [
        _gone(life, space)
        for meeting_id, life in lives.items()
        # Only what stood in a file that somebody may have: else a calendar is told to delete what it never had.
        if meeting_id not in here and any(life.begun < event <= life.ended for event in exported)
    ]
    old = group.id <= service.groups_before and not exported
    return CalendarHistory(
        uids={meeting.id: _uid(space, meeting.id) for meeting in group.meetings},
        revisions={meeting_id: life.revision for meeting_id, life in lives.items() if meeting_id in here},
        gone=tuple(sorted(gone, key=lambda former: (former.on, former.start))),
        replaced={meeting.id: _former_uid(group, meeting) for meeting in group.meetings} if old else {},
    )


def _uid(space: uuid.UUID, meeting_id: int) -> str:
    # Of the id, not of the day: a moved meeting must move in the calendar that took it over, not stand twice.
    return str(uuid.uuid5(space, f"meeting/{meeting_id}"))


def _former_uid(group: Group, meeting: Meeting) -> str:
    """As it was until 0.1: the same in everybody's records, so that two leaders' calendars overwrote one another."""
    return str(uuid.uuid5(_BEFORE_2026_12, f"{group.id}/{group.first_date}/{meeting.slot}"))


def _exports(db: Session, group: Group) -> list[int]:
    """The events by which calendar files of this group were written, in order."""
    mine = AuditEvent.arguments["group"].as_integer() == group.id
    query = select(AuditEvent.id).where(AuditEvent.action == EXPORTED, mine).order_by(AuditEvent.id)
    return list(db.scalars(query))


@dataclass
class _Life:
    """A meeting from its first change to its last, by the numbers of the events."""

    meeting_id: int
    begun: int = 0
    ended: int = 0
    began_at: datetime | None = None
    changed: dict[int, datetime] = field(default_factory=dict)
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def revision(self) -> Revision:
        """Every event that changed what a calendar shows counts once."""
        later = {event: at for event, at in self.changed.items() if event > self.begun}
        return Revision(len(later), later[max(later)] if later else self.began_at)

    def follow(self, change: Row[Any]) -> None:
        """Take in one change of the meeting's own row."""
        if change.field is None and change.new is not None:
            if not self.begun:
                self.begun, self.began_at = change.event_id, change.at
            self.changed[change.event_id] = change.at
        elif change.field is None:
            self.ended, self.values = change.event_id, dict(change.old or {})
            self.changed[change.event_id] = change.at
        elif change.field in _SHOWN or (change.field == "state" and _goes(change.old) != _goes(change.new)):
            self.changed[change.event_id] = change.at


def _goes(state: object) -> bool:
    return state in _GOING


def _lives(db: Session, group: Group) -> dict[int, _Life]:
    """Every meeting that the group has or had."""
    changes = _changes(db)
    removed = changes.where(AuditChange.old["group_id"].as_integer() == group.id, AuditChange.field.is_(None))
    ids = {meeting.id for meeting in group.meetings}
    ids.update(row.row_id for row in db.execute(removed.where(AuditChange.row_table == Meeting.__tablename__)))
    lives = {meeting_id: _Life(meeting_id) for meeting_id in ids}
    own = changes.where(AuditChange.row_table == Meeting.__tablename__, AuditChange.row_id.in_(ids))
    for change in db.execute(own.order_by(AuditChange.id)):
        lives[change.row_id].follow(change)
    # The titles of its sessions stand in the calendar too, so they make a new revision.
    for meeting_id, event, at in _session_changes(db, group, ids):
        lives[meeting_id].changed[event] = at
    renamed = changes.where(AuditChange.row_table == Group.__tablename__, AuditChange.row_id == group.id)
    for change in db.execute(renamed.where(AuditChange.field == "name")):
        for life in lives.values():
            life.changed[change.event_id] = change.at
    return lives


def _changes(db: Session) -> Any:
    columns = (AuditChange.row_id, AuditChange.event_id, AuditChange.field, AuditChange.old, AuditChange.new)
    return select(*columns, AuditEvent.at).join(AuditChange.event)


def _session_changes(db: Session, group: Group, ids: Iterable[int]) -> list[tuple[int, int, datetime]]:
    """(meeting, event, when) of each change of what a meeting is about."""
    meeting_of = {row.id: meeting.id for meeting in group.meetings for row in meeting.sessions}
    named = or_(
        AuditChange.new["meeting_id"].as_integer().in_(ids), AuditChange.old["meeting_id"].as_integer().in_(ids)
    )
    table = AuditChange.row_table == MeetingSession.__tablename__
    result = []
    for change in db.execute(_changes(db).where(table, AuditChange.field.is_(None), named)):
        values = change.new if change.new is not None else change.old
        result.append((values["meeting_id"], change.event_id, change.at))
    shown = AuditChange.field.in_(_SHOWN_OF_SESSION)
    for change in db.execute(_changes(db).where(table, shown, AuditChange.row_id.in_(meeting_of))):
        result.append((meeting_of[change.row_id], change.event_id, change.at))
    return result


def _gone(life: _Life, space: uuid.UUID) -> GoneMeeting:
    values = life.values
    return GoneMeeting(
        _uid(space, life.meeting_id),
        date.fromisoformat(values["on"]),
        time.fromisoformat(values["start"]),
        values["minutes"],
        values["place"] or "",
        life.revision,
    )
