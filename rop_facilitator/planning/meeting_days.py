"""The days on which a group can meet: its pattern, further weekdays for a period, single changes, closed days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from heapq import merge

from rop_facilitator.i18n import _
from rop_facilitator.planning.calendar import Closure, MeetingPattern, end_of, public_holidays

LONGEST_PLAN = timedelta(days=3653)


@dataclass(frozen=True)
class ExtraDay:
    """A further weekday, 0 (Monday) to 6, on which a group meets for a period, both ends included."""

    weekday: int
    first: date
    last: date


@dataclass(frozen=True)
class LaterPattern:
    """Another pattern, in force from a day on until the next one begins."""

    first: date
    pattern: MeetingPattern


@dataclass(frozen=True)
class Occasion:
    """A day on which a group can meet: local start, whole minutes. `slot` is the day of the pattern it stands for."""

    on: date
    start: time
    minutes: int
    place: str
    slot: date

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
class GroupCalendar:
    """When a group can meet, from `start` on and at most ten years.

    `pattern` is the one in force at first and `later` are those that take over from it, in order of day. `changed` are
    single meetings on another day, at another time or place; `used` are days of the pattern that are spoken for: held
    already, or called off.
    """

    pattern: MeetingPattern
    start: date
    until: date | None = None
    closures: tuple[Closure, ...] = ()
    extra: tuple[ExtraDay, ...] = ()
    changed: tuple[Occasion, ...] = ()
    used: frozenset[date] = frozenset()
    later: tuple[LaterPattern, ...] = ()

    def pattern_on(self, day: date) -> MeetingPattern:
        """The pattern in force on a day."""
        return next((change.pattern for change in reversed(self.later) if change.first <= day), self.pattern)

    def patterns(self) -> tuple[MeetingPattern, ...]:
        """Every pattern that is in force on some day from `start` to `last`, in order."""
        ahead = (change for change in self.later if self.start < change.first <= self.last)
        return self.pattern_on(self.start), *(change.pattern for change in ahead)

    def starting(self, start: date) -> GroupCalendar:
        """The same calendar from a later day on, without the patterns that are over by then."""
        ahead = tuple(change for change in self.later if change.first > start)
        return replace(self, start=start, pattern=self.pattern_on(start), later=ahead)

    @property
    def last(self) -> date:
        """The last day on which a meeting is looked for."""
        later = self.start + LONGEST_PLAN if self.start <= date.max - LONGEST_PLAN else date.max
        return min(self.until or date.max, later)


def occasions(calendar: GroupCalendar) -> Iterator[Occasion | Skipped]:
    """Every day of a calendar in order of date: one to meet on, or one that is closed and why."""
    changed = sorted((occasion for occasion in calendar.changed if occasion.slot not in calendar.used), key=_when)
    # Of a meeting that was moved, neither the day it came from nor the day it goes to is open to the pattern.
    away = {occasion.slot.toordinal() for occasion in calendar.changed} | {day.toordinal() for day in calendar.used}
    taken = {occasion.on.toordinal() for occasion in changed}
    ahead = [occasion for occasion in changed if calendar.start <= occasion.on <= calendar.last]
    # Year by year, so that a plan that is soon full never asks for the holidays of the nine years behind it.
    for year in range(calendar.start.year, calendar.last.year + 1):
        first, last = max(date(year, 1, 1), calendar.start), min(date(year, 12, 31), calendar.last)
        holidays = public_holidays(first, last)
        closed = _closed(calendar.closures, first, last)
        days = sorted(_ordinals(calendar, first, last) - away - taken)
        regular = (_regular(calendar, date.fromordinal(number)) for number in days)
        moved = (occasion for occasion in ahead if occasion.on.year == year)
        for occasion in merge(regular, moved, key=_when):
            if occasion.on in holidays:
                yield Skipped(occasion.on, "holiday", holidays[occasion.on])
            elif (number := occasion.on.toordinal()) in closed:
                yield Skipped(occasion.on, "closure", closed[number] or _("Closed"))
            else:
                yield occasion


def days_of(calendar: GroupCalendar, first: date, last: date) -> list[date]:
    """Every day of the patterns and of the further weekdays from `first` to `last`, both included, open or closed."""
    return [date.fromordinal(number) for number in sorted(_ordinals(calendar, first, last))]


def same_week(given_up: Iterable[date], new: Iterable[date]) -> dict[date, date]:
    """For each new day the one that was given up in its ISO week, where there is one: each is taken once, in order."""
    left = sorted(given_up)
    pairs: dict[date, date] = {}
    for day in sorted(new):
        same = next((old for old in left if old.isocalendar()[:2] == day.isocalendar()[:2]), None)
        if same is not None:
            pairs[day] = same
            left.remove(same)
    return pairs


def _when(occasion: Occasion) -> tuple[date, time]:
    return occasion.on, occasion.start


def _regular(calendar: GroupCalendar, day: date) -> Occasion:
    pattern = calendar.pattern_on(day)
    return Occasion(day, pattern.start, pattern.minutes, pattern.place, day)


def _ordinals(calendar: GroupCalendar, first: date, last: date) -> set[int]:
    """The days of the patterns between two days, both included, as numbers."""
    numbers: set[int] = set()
    begins = [first, *(change.first for change in calendar.later if first < change.first <= last)]
    ends = [*(day - timedelta(days=1) for day in begins[1:]), last]
    for begin, end in zip(begins, ends, strict=True):
        for weekday in calendar.pattern_on(begin).weekdays:
            numbers.update(_weekly(weekday, begin, end))
    for extra in calendar.extra:
        numbers.update(_weekly(extra.weekday, max(first, extra.first), min(last, extra.last)))
    return numbers


def _weekly(weekday: int, first: date, last: date) -> range:
    # Numbers of days, not dates: the days of ten years are laid out anew for each offer.
    return range(first.toordinal() + (weekday - first.weekday()) % 7, last.toordinal() + 1, 7)


def _closed(closures: Sequence[Closure], first: date, last: date) -> dict[int, str]:
    """The name of the closure, for each closed day between two days; of two closures the first one counts."""
    names: dict[int, str] = {}
    begin, end = first.toordinal(), last.toordinal()
    for closure in reversed(closures):  # the first one is written last and stays
        days = range(max(begin, closure.first.toordinal()), min(end, closure.last.toordinal()) + 1)
        names.update(dict.fromkeys(days, closure.name))
    return names
