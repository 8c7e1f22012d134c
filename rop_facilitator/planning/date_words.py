"""Days as people type them, in Norwegian and English alike: the one parser of window and command line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import Enum

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _, capital, day_and_month, long_date, month_name, period, weekday_name
from rop_facilitator.planning.partial_dates import (
    YEARS,
    DayOfMonth,
    Fixed,
    NoSuchDay,
    PartialDate,
    Period,
    Week,
    Weekday,
    read_shape,
    read_weekdays,
)
from rop_facilitator.planning.time_words import LONGEST_TEXT, normalised

LONGEST_SPAN = 366  # days
_JOIN = re.compile(r"\s*(?:\.\.+|[-–—−]|\btil og med\b|\bt\.?o\.?m\.?|\btil\b|\bto\b|\buntil\b|\bthrough\b)\s*")


_MONTH, _HALF_YEAR = 31, 183  # days


class Lean(Enum):
    """Where a day without a year lies: ahead for plans and closures, back for what has been.

    Around is back too, but a day of the coming month is not the one a year ago: people come and go also tomorrow.
    After is the end of what begins at the earliest day of the field: the first such day from then, whether or not it
    has been. A weekday and “tomorrow” are still seen from today.
    """

    AHEAD = "ahead"
    BACK = "back"
    AROUND = "around"
    AFTER = "after"


@dataclass(frozen=True)
class TypedDay:
    """A day as it was understood, and the words that say so: “Tuesday 12 January 2027”."""

    day: date
    words: str


@dataclass(frozen=True)
class TypedDays:
    """Spans of days, both ends included, in order; the words that say so; the name that was written beside them."""

    spans: tuple[Period, ...]
    words: str
    name: str = ""

    @property
    def first(self) -> date:
        """The first day of all."""
        return self.spans[0][0]

    @property
    def last(self) -> date:
        """The last day of all."""
        return self.spans[-1][1]


@dataclass(frozen=True)
class _Limits:
    today: date
    lean: Lean
    earliest: date | None
    latest: date | None

    def periods(self, shape: PartialDate) -> list[Period]:
        """What a shape can be, around the day nearest to today that the field may hold; tomorrow stays tomorrow.

        Raises UserError for a day that does not exist, with what to write.
        """
        # A field that lies far from today, such as the end of a plan in other years, is asked around its own days.
        begins = self.earliest or self.today
        near = min(begins if self.lean is Lean.AFTER else max(self.today, begins), self.latest or date.max)
        try:
            stays = isinstance(shape, Fixed) or (isinstance(shape, Weekday) and shape.way != 0)
            return shape.periods(self.today if stays else near)
        except NoSuchDay as fault:
            raise UserError(str(fault)) from None

    def choose(self, periods: Sequence[Period]) -> Period:
        """The one nearest to today that the field may hold. Raises UserError where it may hold none."""
        allowed = [days for days in periods if self._holds(days)]
        ahead = [days for days in allowed if days[1] >= self.today]
        back = [days for days in allowed if days[0] <= self.today]
        # An end is asked for beside its beginning: the first such day after it, also where both are long past.
        if self.lean is Lean.AFTER and self.earliest is not None and allowed:
            return min(allowed)
        if self.lean in (Lean.AHEAD, Lean.AFTER) and ahead:
            return min(ahead)
        if self.lean is Lean.AROUND and ahead and self._is_soon(min(ahead), max(back, default=None)):
            return min(ahead)
        if self.lean in (Lean.BACK, Lean.AROUND) and back:
            return max(back)
        if not allowed:
            raise UserError(self._fault(periods))
        # No day on the side that the field leans to: a day that it may hold is better than a refusal.
        return min(allowed) if ahead else max(allowed)

    def _is_soon(self, ahead: Period, back: Period | None) -> bool:
        """Within a month, and the last such day more than half a year ago: not a weekday or a week."""
        far = back is None or (self.today - back[1]).days > _HALF_YEAR
        return far and (ahead[0] - self.today).days <= _MONTH

    def _holds(self, days: Period) -> bool:
        after = self.earliest is None or days[0] >= self.earliest
        return after and (self.latest is None or days[1] <= self.latest)

    def _fault(self, periods: Sequence[Period]) -> str:
        if self.earliest is not None and all(days[0] < self.earliest for days in periods):
            if self.earliest == self.today:
                return _("This day has passed. Write today or a later day.")
            return _("Write {day} or a later day.").format(day=_with_year(self.earliest))
        if self.latest is not None and all(days[1] > self.latest for days in periods):
            if self.latest == self.today:
                return _("This day has not come yet. Write today or an earlier day.")
            return _("Write {day} or an earlier day.").format(day=_with_year(self.latest))
        ends = {"first": self.earliest or YEARS[0], "last": self.latest or YEARS[1]}
        return _("Write a day from {first} to {last}.").format(**{end: _with_year(day) for end, day in ends.items()})


def parse_day(
    text: str, today: date, *, lean: Lean = Lean.AHEAD, earliest: date | None = None, latest: date | None = None
) -> TypedDay:
    """A day from 12.1.27, 12/1, 12. jan, 2027-01-12, i morgen, tirsdag, uke 8 (its Monday) or +7.

    Raises UserError that says what is wrong and what to write.
    """
    typed = normalised(text)
    shape = read_shape(typed, today) if len(typed) <= LONGEST_TEXT else None
    if shape is None or not shape.is_day:
        raise UserError(_("This is not a day. Write for example 12.1, 12 January, Tuesday or week 8."))
    week = shape.week if isinstance(shape, Week) and shape.weekday is None else 0
    if isinstance(shape, Week) and week:
        # A field for one day that is told a week means where it begins; the words say so.
        shape = replace(shape, weekday=0)
    if lean is Lean.AFTER and isinstance(shape, Fixed | Weekday):
        lean = Lean.AHEAD
    limits = _Limits(today, lean, earliest, latest)
    day, _last = limits.choose(limits.periods(shape))
    _check_weekday(shape, day)
    words = long_date(day)
    return TypedDay(day, _("{day}, the Monday of week {week}").format(day=words, week=week) if week else words)


def parse_days(
    text: str,
    today: date,
    *,
    lean: Lean = Lean.AHEAD,
    earliest: date | None = None,
    latest: date | None = None,
    named: bool = False,
) -> TypedDays:
    """Days from uke 8, 20.12–2.1, 17. mai, juni 2027 or fredager i juni; `named` takes a name before or after them.

    Raises UserError that says what is wrong and what to write.
    """
    # What is longer is no span with a name, and each of its words would be tried as an end.
    typed, limits = " ".join(text.split()), _Limits(today, lean, earliest, latest)
    fault = UserError(_("These are not days. Write a week, a day or from–to: week 8, 17 May, 20.12–2.1."))
    if len(typed) > LONGEST_TEXT * 2:
        raise fault
    for days, name in _splits(typed) if named else ((typed, ""),):
        spans, is_week = _spans(normalised(days), limits)
        if spans and not _is_more_days(name, today):
            return TypedDays(tuple(spans), _span_words(spans, is_week=is_week), name.strip(" :,–-"))
    raise fault


def _splits(typed: str) -> Iterator[tuple[str, str]]:
    """The whole as days, then every shorter beginning and end of it, the longest first: the rest is a name."""
    words = typed.split(" ")
    yield typed, ""
    for count in range(len(words) - 1, 0, -1):
        rest = " ".join(words[count:])
        if not rest[0].isdigit():  # “20.12 2.1”: half of what was written is no name
            yield " ".join(words[:count]), rest
        if not words[-count - 1][-1].isdigit():
            yield " ".join(words[-count:]), " ".join(words[:-count])


def _is_more_days(name: str, today: date) -> bool:
    """Whether what should be a name goes on about days, as in “week 8 and 9”: half of it must not be lost."""
    rest = normalised(name).strip(" ,;")
    return bool(re.match(r"(?:og|and|samt|til|to)\b|[&+]", rest)) or read_shape(rest, today) is not None


def _spans(typed: str, limits: _Limits) -> tuple[list[Period], bool]:
    """The spans, none for what is no span, and whether it is a single week."""
    # First, for “fredager i juni” is else a month with a word before it.
    weekdays = read_weekdays(typed)
    if weekdays is not None:
        weekday, rest = weekdays
        spans, _is_week = _spans(rest, limits)
        days = [day for first, last in spans for day in _days(first, last) if day.weekday() == weekday]
        return [(day, day) for day in days], False
    shape = read_shape(typed, limits.today)
    if shape is not None:
        chosen = limits.choose(limits.periods(shape))
        _check_weekday(shape, chosen[0])
        return [chosen], isinstance(shape, Week) and shape.weekday is None
    typed = re.sub(r"^(?:fra og med|f\.?o\.?m\.?|fra|from|mellom) ", "", typed)
    # A hyphen may part a date as well as two: every place is tried until both sides are days.
    for join in _JOIN.finditer(typed):
        pair = _pair(typed[: join.start()], typed[join.end() :], limits.today)
        if pair is not None:
            return [limits.choose(_from_to(*pair, limits))], False
    return [], False


def _pair(left: str, right: str, today: date) -> tuple[PartialDate, PartialDate] | None:
    """Both ends of a span; what the one leaves out is taken from the other, as in “uke 8–9” and “20.–23. des”."""
    begins, ends = read_shape(left, today), read_shape(right, today)
    if isinstance(begins, Week) and ends is None and re.fullmatch(r"\d{1,2}", right):
        ends = Week(int(right), None)
    day = re.fullmatch(r"(\d{1,2})\.?", left)
    if begins is None and day and isinstance(ends, DayOfMonth):
        before = int(day[1]) > ends.day  # “28.–3. januar” begins in December
        year = ends.year - 1 if before and ends.month == 1 and ends.year is not None else ends.year
        begins = DayOfMonth(int(day[1]), (ends.month - 2) % 12 + 1 if before else ends.month, year)
    return None if begins is None or ends is None else (begins, ends)


def _from_to(begins: PartialDate, ends: PartialDate, limits: _Limits) -> list[Period]:
    """Every span from the one to the next of the other. Raises UserError for one that is turned or over a year."""
    firsts, lasts = limits.periods(begins), limits.periods(ends)
    spans: dict[date, date] = {}
    for last in (days[1] for days in lasts):
        # The nearest beginning before each end, so that “20.12–2.1” goes over New Year.
        before = [days[0] for days in firsts if days[0] <= last]
        if before:
            first = max(before)
            spans[first] = min(last, spans.get(first, last))
    if not spans:
        raise UserError(_("This ends before it begins. Turn the two around."))
    short = [(first, last) for first, last in spans.items() if (last - first).days <= LONGEST_SPAN]
    if not short:
        raise UserError(_("This is longer than a year. Write it as several closures."))
    return short


def _check_weekday(shape: PartialDate, day: date) -> None:
    if isinstance(shape, DayOfMonth) and shape.weekday not in (None, day.weekday()):
        words = _("{day} is a {weekday}. Leave the weekday out, or write another day.")
        raise UserError(words.format(day=capital(_with_year(day)), weekday=weekday_name(day)))


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _with_year(day: date) -> str:
    return f"{day_and_month(day)} {day.year}"


def written_date(day: date) -> str:
    """A day as it stands in a field: 1.12.2026."""
    return f"{day.day}.{day.month}.{day.year}"


def span_words(first: date, last: date) -> str:
    """As in “Monday 17 May 2027”, “22 – 28 February 2027”, “20 December 2026 – 2 January 2027”."""
    if first == last:
        return long_date(first)
    if (first.year, first.month) == (last.year, last.month):
        words = _("{first} to {last} {month} {year}")
        return words.format(first=first.day, last=last.day, month=month_name(last), year=last.year)
    return period(first, last)


def _span_words(spans: Sequence[Period], *, is_week: bool) -> str:
    first, last = spans[0][0], spans[-1][1]
    if len(spans) == 1:
        words = span_words(first, last)
        return _("week {week}, {days}").format(week=first.isocalendar().week, days=words) if is_week else words
    listed = [day_and_month(day) if day.year == last.year else _with_year(day) for day, _last in spans]
    days = _("{days} and {last}").format(days=", ".join(listed[:-1]), last=listed[-1])
    return _("{n} days: {days}").format(n=len(spans), days=f"{days} {last.year}")
