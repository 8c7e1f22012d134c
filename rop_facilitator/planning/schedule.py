"""Sessions laid on dates, one a meeting, in order: the plan as values, and what did not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time, timedelta

from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.planning.calendar import Closure, MeetingPattern, days_of, end_of, public_holidays

LONGEST_PLAN = timedelta(days=3653)


@dataclass(frozen=True)
class PlannedMeeting:
    """A date with its sessions; `number` counts from 1."""

    number: int
    on: date
    start: time
    minutes: int
    sessions: tuple[str, ...]

    @property
    def end(self) -> time:
        """The wall time at which it ends."""
        return end_of(self.start, self.minutes)


@dataclass(frozen=True)
class Skipped:
    """A day of the pattern without a meeting; `code` is holiday or closure, `text` is why, in words."""

    on: date
    code: str
    text: str


@dataclass(frozen=True)
class Schedule:
    """Meetings in order of date; `unplaced` are the sessions that found no date."""

    meetings: tuple[PlannedMeeting, ...]
    skipped: tuple[Skipped, ...]
    unplaced: tuple[str, ...]
    problems: tuple[Problem, ...]


def plan_schedule(
    session_ids: Sequence[str],
    pattern: MeetingPattern,
    *,
    start: date,
    until: date | None = None,
    closures: Sequence[Closure] = (),
) -> Schedule:
    """Lay sessions on the open days of a pattern, one a meeting, in order.

    Without `until` it goes on until all are placed, at most ten years. Held meetings are handed in as closures, so they
    never move, and laying the same sessions again gives the same plan.
    """
    last = min(until or date.max, _later(start))
    meetings: list[PlannedMeeting] = []
    skipped: list[Skipped] = []
    holidays: dict[date, str] = {}
    known: set[int] = set()
    for day in days_of(pattern, start, last):
        if len(meetings) == len(session_ids):
            break
        if day.year not in known:
            known.add(day.year)
            holidays |= public_holidays(date(day.year, 1, 1), date(day.year, 12, 31))
        closed = next((closure for closure in closures if day in closure), None)
        if day in holidays:
            skipped.append(Skipped(day, "holiday", holidays[day]))
        elif closed is not None:
            skipped.append(Skipped(day, "closure", closed.name or _("Closed")))
        else:
            session = session_ids[len(meetings)]
            meetings.append(PlannedMeeting(len(meetings) + 1, day, pattern.start, pattern.minutes, (session,)))
    unplaced = tuple(session_ids[len(meetings) :])
    return Schedule(tuple(meetings), tuple(skipped), unplaced, _problems(len(unplaced), meetings, until))


def _later(start: date) -> date:
    return start + LONGEST_PLAN if start <= date.max - LONGEST_PLAN else date.max


def _problems(left: int, meetings: Sequence[PlannedMeeting], until: date | None) -> tuple[Problem, ...]:
    if not left:
        return ()
    if not meetings:
        text = _("No day is open for a meeting.")
        advice = _("Open some of the closed days, choose another weekday, or end later.")
    else:
        text = ngettext("{n} session has no date.", "{n} sessions have no date.", left).format(n=left)
        advice = (
            _("End later, meet more often, or leave sessions out.") if until else _("Open some of the closed days.")
        )
    return (Problem("fault", "", 0, text, advice),)
