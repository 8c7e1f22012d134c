"""The days on which a group would have met but does not, with the reason. Values only."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rop_facilitator.i18n import _
from rop_facilitator.planning.calendar import (
    Closure,
    iso_week,
    parse_closure,
    public_holidays,
    suggested_closures,
    usual_closures,
)
from rop_facilitator.planning.meeting_days import days_of
from rop_facilitator.records.calendar.group_calendar import calendar_of
from rop_facilitator.records.models import Group


@dataclass(frozen=True)
class ClosedRun:
    """Some days of the pattern in a row without a meeting, for one reason."""

    days: tuple[date, ...]
    reason: str


def closure_name(text: str) -> str:
    """What a stored closure is called: by its own name, or commonly: autumn break; else only that it is closed."""
    closure = parse_closure(text)
    known = {str(other): other.name for other in suggested_closures(closure.first, closure.last)}
    return closure.name or known.get(str(closure)) or _("Closed")


def closed_runs(group: Group) -> list[ClosedRun]:
    """Closed days from the first meeting to the last, or to the group's end date; neighbours of one reason are one."""
    if not group.meetings:
        return []
    days = [meeting.on for meeting in group.meetings]
    # The whole plan, also days before its first meeting: a course that begins late has a reason for it.
    first, last = min(group.first_date, *days), max(group.until or days[-1], *days)
    closures = [(parse_closure(text), closure_name(text)) for text in group.closures]
    holidays = public_holidays(first, last)
    met, runs = set(days), list[ClosedRun]()
    before: date | None = None
    for day in days_of(calendar_of(group), first, last):
        reason = holidays.get(day) or _reason(day, closures)
        if day in met or not reason:
            before = None
            continue
        if runs and before is not None and runs[-1].reason == reason:
            runs[-1] = ClosedRun((*runs[-1].days, day), reason)
        else:
            runs.append(ClosedRun((day,), reason))
        before = day
    return runs


def _reason(day: date, closures: list[tuple[Closure, str]]) -> str:
    return next((name for closure, name in closures if day in closure), "")


def open_suggestions(group: Group, today: date, own: Sequence[Closure] = ()) -> list[Closure]:
    """What the service, and what most others, close from now on and this group has not; the service's own first."""
    last = max((meeting.on for meeting in group.meetings), default=today) + timedelta(days=1)
    # By days, not by name: what is closed under another name need not be suggested again.
    closed = {str(parse_closure(text)) for text in group.closures}
    usual = usual_closures(today, last, own) if last > today else []
    return [closure for closure in usual if str(closure) not in closed]


def week_number(day: date) -> str:
    """The number of the ISO week, without a leading zero."""
    return iso_week(day).partition("-W")[2].lstrip("0")
