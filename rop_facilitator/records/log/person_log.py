"""Who changed what about one person, in words: for the page of a person and for the person who asks (innsyn)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from rop_facilitator.i18n import _, day_and_month
from rop_facilitator.records.log.action_names import Action, action_text
from rop_facilitator.records.log.audit_log import events_about
from rop_facilitator.records.marks import Mark, mark_name
from rop_facilitator.records.models import (
    Attendance,
    AuditChange,
    Leader,
    Meeting,
    Membership,
    MembershipStatus,
    Period,
)

_NOTHING = "–"


class Subject(StrEnum):
    """What a change was about: where it can be seen now."""

    MEETING = "meeting"
    PLAN = "plan"
    PROGRESS = "progress"
    PERIOD = "period"
    NAME = "name"
    CONTACT = "contact"
    RECEIVED = "received"
    PERSON = "person"
    GONE = "gone"


@dataclass(frozen=True)
class EventPlace:
    """Where the subject of an event is; `group_id` 0 is whichever group is in view, `meeting_id` for a meeting only."""

    subject: Subject
    group_id: int = 0
    meeting_id: int = 0


@dataclass(frozen=True)
class PersonEvent:
    """One event about a person: when, by whom, what was done, each field before and after in words, and its place."""

    at: datetime
    leader: str
    action: str
    lines: tuple[str, ...]
    place: EventPlace = EventPlace(Subject.PERSON)


def person_events(db: Session, participant_id: int) -> list[PersonEvent]:
    """Everything that was done with one person's rows, newest first."""
    leaders = {leader.id: leader.name for leader in db.scalars(select(Leader))}
    query = (
        select(Attendance.id, Meeting.on)
        .join(Attendance.meeting)
        .join(Attendance.membership)
        .where(Membership.participant_id == participant_id)
    )
    days: dict[int, date] = {row_id: on for row_id, on in db.execute(query)}
    finder = _PlaceFinder(db, participant_id)
    events = []
    for event in events_about(db, participant_id):
        changes = [change for change in event.changes if change.participant_id == participant_id]
        events.append(
            PersonEvent(
                at=event.at,
                leader=leaders.get(event.leader_id or 0, ""),
                action=action_text(event.action, event.arguments),
                lines=_lines(changes, days),
                place=finder.place_of(event.action, changes),
            )
        )
    return events


_PLAN_ACTIONS = frozenset(
    {
        Action.PLAN_CHANGED,
        Action.MEETING_CHANGED,
        Action.MEETING_CANCELLED,
        Action.MEETING_REINSTATED,
        Action.MEETING_NOT_HELD,
        Action.CLOSURE_ADDED,
        Action.CLOSURE_REMOVED,
        Action.END_CHANGED,
        Action.GROUP_CHANGED,
    }
)


class _PlaceFinder:
    """Where the rows of a person are now: groups of memberships and periods, meetings of attendance rows."""

    def __init__(self, db: Session, participant_id: int) -> None:
        of_person = Membership.participant_id == participant_id
        members = select(Membership.id, Membership.group_id).where(of_person)
        self._memberships: dict[int, int] = {row_id: group for row_id, group in db.execute(members)}
        periods = select(Period.id, Membership.group_id).join(Period.membership).where(of_person)
        self._periods: dict[int, int] = {row_id: group for row_id, group in db.execute(periods)}
        meetings = select(Meeting.id, Meeting.group_id).where(Meeting.group_id.in_(set(self._memberships.values())))
        self._meetings: dict[int, int] = {row_id: group for row_id, group in db.execute(meetings)}
        rows = select(Attendance.id, Attendance.meeting_id).join(Attendance.membership).where(of_person)
        self._rows: dict[int, int] = {row_id: meeting for row_id, meeting in db.execute(rows)}

    def place_of(self, action: str, changes: Sequence[AuditChange]) -> EventPlace:
        """The first of its changes that still has a place; GONE where all that it was about is gone."""
        if not changes:
            return EventPlace(Subject.PERSON)
        places = (self._place(action, change) for change in changes)
        return next((place for place in places if place is not None), EventPlace(Subject.GONE))

    def _place(self, action: str, change: AuditChange) -> EventPlace | None:
        if change.row_table == "participant":
            return EventPlace(Subject.NAME)
        if change.row_table == "attendance":
            meeting = self._rows.get(change.row_id) or _known(change, "meeting_id")
            group = self._meetings.get(meeting or 0)
            if action in _PLAN_ACTIONS:
                group = group or self._memberships.get(_known(change, "membership_id") or 0)
                return EventPlace(Subject.PLAN, group) if group else None
            return EventPlace(Subject.MEETING, group, meeting) if group and meeting else None
        if change.row_table == "period":
            group = self._periods.get(change.row_id) or self._memberships.get(_known(change, "membership_id") or 0)
            return EventPlace(Subject.PERIOD, group) if group else None
        is_membership = change.row_table == "membership"
        group = self._memberships.get((change.row_id if is_membership else _known(change, "membership_id")) or 0)
        if group is None:
            return None
        if is_membership:
            return EventPlace(Subject.CONTACT if change.field == "contact" else Subject.PERIOD, group)
        return EventPlace(Subject.RECEIVED if change.row_table == "make_up" else Subject.PERSON, group)


def _known(change: AuditChange, column: str) -> int | None:
    """A number that a row that came or went has in the log."""
    for values in (change.old, change.new):
        if isinstance(values, dict) and isinstance(values.get(column), int):
            return int(values[column])
    return None


def _lines(changes: list[AuditChange], days: Mapping[int, date]) -> tuple[str, ...]:
    lines: dict[str, None] = {}  # in order, and what two rows say alike is said once
    for change in changes:
        for field, old, new in _fields(change):
            shown = _SHOWN.get(field)
            if shown is None:  # ids and the like, which tell a person nothing
                continue
            name, words = shown
            if words(old) == words(new):
                continue
            title = name()
            if field == "mark" and change.row_id in days:
                title = _("{what}, {day}").format(what=title, day=day_and_month(days[change.row_id]))
            lines[_("{what}: {before} → {after}").format(what=title, before=words(old), after=words(new))] = None
    return tuple(lines)


def _fields(change: AuditChange) -> list[tuple[str, object, object]]:
    """The fields of a change: one of them, or all of a row that came or went."""
    if change.field is not None:
        return [(change.field, change.old, change.new)]
    old = change.old if isinstance(change.old, dict) else {}
    new = change.new if isinstance(change.new, dict) else {}
    return [(field, old.get(field), new.get(field)) for field in {**old, **new}]


def _text(value: object) -> str:
    return str(value) if value else _NOTHING


def _day(value: object) -> str:
    if not value:
        return _NOTHING
    day = date.fromisoformat(str(value))
    return f"{day_and_month(day)} {day.year}"


def _mark(value: object) -> str:
    return mark_name(Mark(str(value))) if value else _NOTHING


def _status(value: object) -> str:
    return {
        MembershipStatus.ACTIVE.value: _("active"),
        MembershipStatus.PAUSED.value: _("paused"),
        MembershipStatus.COMPLETED.value: _("completed"),
        MembershipStatus.LEFT.value: _("ended"),
    }.get(str(value), _NOTHING)


# `joined` and `left` are how the days were called before a membership had periods.
_SHOWN: dict[str, tuple[Callable[[], str], Callable[[object], str]]] = {
    "name": (lambda: _("Name"), _text),
    "alias": (lambda: _("Alias"), _text),
    "contact": (lambda: _("Agreed contact"), _text),
    "first_day": (lambda: _("First day"), _day),
    "last_day": (lambda: _("Last day"), _day),
    "joined": (lambda: _("First day"), _day),
    "left": (lambda: _("Last day"), _day),
    "status": (lambda: _("Status"), _status),
    "mark": (lambda: _("Attendance"), _mark),
}
