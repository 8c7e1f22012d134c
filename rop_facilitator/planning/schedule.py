"""Sessions laid on the days of a calendar, in order: the plan as values, and what did not fit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from itertools import chain

from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.planning.calendar import end_of
from rop_facilitator.planning.meeting_days import GroupCalendar, Occasion, Skipped, occasions
from rop_facilitator.planning.planned_sessions import (
    MeetingContent,
    PlannedSession,
    TaughtPart,
    meeting_contents,
    what_is_left,
)


@dataclass(frozen=True)
class Plan:
    """All that a schedule follows from: what is to be taught, in order, and when the group can meet.

    `first_number` is the number of the next meeting; `theme_minutes` are those that the theme has in a meeting.
    """

    sessions: tuple[PlannedSession, ...]
    calendar: GroupCalendar
    first_number: int = 1
    theme_minutes: int = 0


@dataclass(frozen=True)
class PlannedMeeting:
    """A date with what is taught on it. `slot` is the day of the pattern that it stands for."""

    number: int
    on: date
    start: time
    minutes: int
    place: str
    slot: date
    items: MeetingContent

    @property
    def session_keys(self) -> tuple[str, ...]:
        """The keys of its sessions."""
        return tuple(item.key for item in self.items)

    @property
    def parts(self) -> dict[str, tuple[int, int]]:
        """(part, of how many) of each session that is divided."""
        return {item.key: (item.part, item.parts) for item in self.items if item.parts > 1}

    @property
    def end(self) -> time:
        """The wall time at which it ends."""
        return end_of(self.start, self.minutes)


@dataclass(frozen=True)
class Schedule:
    """Meetings in order of date; `left_over` is what found no date, one meeting each."""

    meetings: tuple[PlannedMeeting, ...]
    skipped: tuple[Skipped, ...] = ()
    left_over: tuple[MeetingContent, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def unplaced(self) -> tuple[str, ...]:
        """The keys of the sessions that found no date, each once."""
        return tuple(dict.fromkeys(item.key for content in self.left_over for item in content))

    @property
    def last(self) -> date | None:
        """The day of the last meeting."""
        return self.meetings[-1].on if self.meetings else None


@dataclass(frozen=True)
class FixedMeeting:
    """A meeting that stays as it is: held, called off, or past. `goes` tells whether it counts as a meeting."""

    slot: date
    on: date
    goes: bool
    taught: tuple[TaughtPart, ...] = ()


def plan_schedule(plan: Plan) -> Schedule:
    """Lay what is to be taught on the open days, one meeting each, in order.

    Without an end date it goes on until all is placed, at most ten years. Days that are spoken for are left alone, so
    a held meeting never moves, and laying the same plan again gives the same schedule.
    """
    contents = meeting_contents(plan.sessions)
    meetings: list[PlannedMeeting] = []
    skipped: list[Skipped] = []
    days = occasions(plan.calendar) if contents else ()
    for day in days:
        if isinstance(day, Skipped):
            skipped.append(day)
            continue
        number = plan.first_number + len(meetings)
        meetings.append(
            PlannedMeeting(number, day.on, day.start, day.minutes, day.place, day.slot, contents[len(meetings)])
        )
        if len(meetings) == len(contents):
            break
    # In order to the end: a session that fits nowhere is never jumped over by a later one.
    left = tuple(contents[len(meetings) :])
    problems = _problems(left, bool(meetings), plan.calendar.until)
    return Schedule(tuple(meetings), tuple(skipped), left, problems)


def plan_from(plan: Plan, fixed: Sequence[FixedMeeting], *, after: date) -> Plan:
    """What is left of a plan after a day: untaught sessions, on days that no meeting has used.

    `fixed` are all meetings that stay, in order of date. What stood on a cancelled one is taught later; what was held
    never comes again unless it was carried over.
    """
    calendar = plan.calendar
    taught = chain.from_iterable(fixed_meeting.taught for fixed_meeting in fixed if fixed_meeting.goes)
    # Both days of a meeting that was moved are taken: its own, and the one of the pattern that it stands for.
    used = calendar.used.union(*({fixed_meeting.slot, fixed_meeting.on} for fixed_meeting in fixed))
    # Past the last day that Python knows there is no next one; only a date that was mistyped comes there.
    start = max(calendar.start, date.fromordinal(min(after.toordinal() + 1, date.max.toordinal())))
    number = plan.first_number + sum(fixed_meeting.goes for fixed_meeting in fixed)
    return replace(
        plan,
        sessions=what_is_left(plan.sessions, taught),
        calendar=replace(calendar.starting(start), used=used),
        first_number=number,
    )


def reschedule(plan: Plan, fixed: Sequence[FixedMeeting], *, after: date) -> Schedule:
    """Lay all that is not taught yet on the open days after a day: the one rule for everything that changes a plan."""
    return plan_schedule(plan_from(plan, fixed, after=after))


def open_days(calendar: GroupCalendar) -> list[Occasion]:
    """Every day on which the group can meet until the end date of its calendar, or for ten years."""
    return [day for day in occasions(calendar) if isinstance(day, Occasion)]


def _problems(left: Sequence[MeetingContent], any_placed: bool, until: date | None) -> tuple[Problem, ...]:
    if not left:
        return ()
    if not any_placed:
        text = _("No day is open for a meeting.")
        advice = _("Open some of the closed days, choose another weekday, or end later.")
    else:
        count = len({item.key for content in left for item in content})
        text = ngettext("{n} session has no date.", "{n} sessions have no date.", count).format(n=count)
        advice = (
            _("End later, meet more often, or leave sessions out.") if until else _("Open some of the closed days.")
        )
    return (Problem("fault", "", 0, text, advice),)
