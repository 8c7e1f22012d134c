"""Who changed what about one person, in words: for the page of a person and for the person who asks (innsyn)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from rop_facilitator.i18n import _, day_and_month
from rop_facilitator.records.actions import action_text
from rop_facilitator.records.audit import events_about
from rop_facilitator.records.marks import Mark, mark_name
from rop_facilitator.records.models import (
    Attendance,
    AuditChange,
    Leader,
    Meeting,
    Membership,
    MembershipStatus,
)

_NOTHING = "–"


@dataclass(frozen=True)
class PersonEvent:
    """One event about a person: when, by whom, what was done, and each field before and after, in words."""

    at: datetime
    leader: str
    action: str
    lines: tuple[str, ...]


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
    return [
        PersonEvent(
            at=event.at,
            leader=leaders.get(event.leader_id or 0, ""),
            action=action_text(event.action, event.arguments),
            lines=_lines([one for one in event.changes if one.participant_id == participant_id], days),
        )
        for event in events_about(db, participant_id)
    ]


def _lines(changes: list[AuditChange], days: Mapping[int, date]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for change in changes:
        for field, old, new in _fields(change):
            shown = _SHOWN.get(field)
            if shown is None:
                continue
            name, words = shown
            if words(old) == words(new):
                continue
            title = name()
            if field == "mark" and change.row_id in days:
                title = _("{what}, {day}").format(what=title, day=day_and_month(days[change.row_id]))
            found[_("{what}: {before} → {after}").format(what=title, before=words(old), after=words(new))] = None
    return tuple(found)


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
