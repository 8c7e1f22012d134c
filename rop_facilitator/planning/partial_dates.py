"""A written day before it is known which year is meant: a day of a month, a week, a weekday, a month."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

from rop_facilitator.i18n import _, month_name

Period = tuple[date, date]  # first and last day, both included
YEARS = (date(2000, 1, 1), date(2099, 12, 31))
_AROUND = 9  # years on either side of today: over a leap day and a week 53 that do not come often
_MONTHS = (
    ("januar", "january"),
    ("februar", "february"),
    ("mars", "march"),
    ("april",),
    ("mai", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("august",),
    ("september",),
    ("oktober", "october"),
    ("november",),
    ("desember", "december"),
)
_WEEKDAYS = (
    ("mandag", "måndag", "ma", "man", "monday", "mon"),
    ("tirsdag", "tysdag", "ti", "tir", "tirs", "tuesday", "tue", "tues"),
    ("onsdag", "on", "ons", "wednesday", "wed"),
    ("torsdag", "to", "tor", "tors", "thursday", "thu", "thur", "thurs"),
    ("fredag", "fr", "fre", "friday", "fri"),
    ("lørdag", "laurdag", "lø", "lør", "saturday", "sat"),
    ("søndag", "sundag", "sø", "søn", "sunday", "sun"),
)
_NEAR = {
    **dict.fromkeys(("i dag", "idag", "today"), 0),
    **dict.fromkeys(("i morgen", "imorgen", "tomorrow"), 1),
    **dict.fromkeys(("i overmorgen", "overmorgen", "overimorgen", "day after tomorrow", "the day after tomorrow"), 2),
    **dict.fromkeys(("i går", "igår", "yesterday"), -1),
    **dict.fromkeys(("i forgårs", "forgårs", "day before yesterday", "the day before yesterday"), -2),
}
_UNIT = r"(?P<unit>d|dag|dager|days|day|u|uke|uker|w|weeks|week)?"
_AWAY = (
    (re.compile(rf"\+\s?(?P<n>\d{{1,5}})\s?{_UNIT}"), 1),
    (re.compile(rf"[-–−]\s?(?P<n>\d{{1,5}})\s?{_UNIT}"), -1),
    (re.compile(rf"(?:om|in) (?P<n>\d{{1,5}}|en|ei|a|one) {_UNIT}"), 1),
    (re.compile(rf"for (?P<n>\d{{1,5}}|en|ei) {_UNIT} siden"), -1),
    (re.compile(rf"(?P<n>\d{{1,5}}|a|one) {_UNIT} ago"), -1),
)
_ORDINAL = r"(?:\.|st|nd|rd|th)?"
_NUMBERS = (
    re.compile(r"(?P<y>\d{4})(?P<sep>[-./])(?P<m>\d{1,2})(?P=sep)(?P<d>\d{1,2})"),
    re.compile(r"(?P<d>\d{1,2})\s?[./]\s?(?P<m>\d{1,2})(?:(?:\s?[./]\s?|\s)(?P<y>\d{2,4}))?[./]?"),
    re.compile(r"(?P<d>\d{1,2})-(?P<m>\d{1,2})-(?P<y>\d{2,4})"),
    re.compile(r"(?P<d>\d\d)(?P<m>\d\d)(?P<y>\d\d)"),
    re.compile(r"(?P<y>20\d\d)(?P<m>0\d|1[0-2])(?P<d>\d\d)"),
    re.compile(r"(?P<d>\d\d)(?P<m>\d\d)(?P<y>\d{4})"),
)
_NAMED = (
    re.compile(rf"(?P<d>\d{{1,2}}){_ORDINAL}\s?(?:of )?(?P<name>[^\W\d]+)\.?\s?(?P<y>\d{{2,4}})?"),
    re.compile(rf"(?P<name>[^\W\d]+)\.? (?P<d>\d{{1,2}}){_ORDINAL}(?: (?P<y>\d{{4}}))?"),
)
_WEEK = re.compile(
    r"(?:uke|veke|week|wk|u|w)\.?\s?(?P<w>\d{1,2})\.?(?:(?:\s?[/,]\s?|\s(?:i |in )?)(?P<y>\d{4}|\d{2}))?"
)
_ISO_WEEK = re.compile(r"(?P<y>\d{4})-?w(?P<w>\d{1,2})(?:-(?P<day>[1-7]))?")
_MONTH = re.compile(r"(?:i |in |hele |all of )?(?P<name>[^\W\d]+)(?: (?P<y>\d{4}))?")
_EVERY = re.compile(
    r"(?:(?:hver|every|alle|all) )?(?P<name>[^\W\d]+?)(?P<many>er|ene|s)? (?:i |in |fra |from )?(?P<rest>.+)"
)


class NoSuchDay(Exception):
    """A day, week or year that does not exist; the message says so and what to write."""


class PartialDate(Protocol):
    """A written day or span of days."""

    @property
    def is_day(self) -> bool:
        """Whether a field for one day can take it."""

    def periods(self, today: date) -> list[Period]:
        """What it can be, in order of time: one where the year is written. Raises NoSuchDay."""


def _years(year: int | None, today: date) -> range:
    if year is None:
        return range(max(YEARS[0].year, today.year - _AROUND), min(YEARS[1].year, today.year + _AROUND) + 1)
    if not YEARS[0].year <= year <= YEARS[1].year:
        raise NoSuchDay(_("Write a year from {first} to {last}.").format(first=YEARS[0].year, last=YEARS[1].year))
    return range(year, year + 1)


@dataclass(frozen=True)
class Fixed:
    """A day that does not depend on the year, such as “tomorrow”."""

    days: int  # from today
    is_day = True

    def periods(self, today: date) -> list[Period]:
        """The one day. Raises NoSuchDay for one that is too far away."""
        if not YEARS[0].toordinal() <= today.toordinal() + self.days <= YEARS[1].toordinal():
            _years(YEARS[1].year + 1, today)
        day = today + timedelta(days=self.days)
        return [(day, day)]


@dataclass(frozen=True)
class Weekday:
    """The weekday nearest to today; `way` 1 is the next one after today, -1 the last one before."""

    weekday: int
    way: int = 0
    is_day = True

    def periods(self, today: date) -> list[Period]:
        """The one before or at today, and the one at or after."""
        ahead = today + timedelta(days=(self.weekday - today.weekday()) % 7)
        after = ahead + timedelta(days=7 if ahead == today else 0)
        before = after - timedelta(days=14 if ahead == today else 7)
        # Without a word before it both nearest are possible: which one, the field decides by where it leans.
        days = {1: (after,), -1: (before,), 0: (before, ahead) if ahead != today else (today,)}[self.way]
        return [(day, day) for day in days]


@dataclass(frozen=True)
class DayOfMonth:
    """As in “12.1” or “Tuesday 12 January 2027”."""

    day: int
    month: int
    year: int | None = None
    weekday: int | None = None
    is_day = True

    def periods(self, today: date) -> list[Period]:
        """The day in each year that has it."""
        if not 1 <= self.month <= 12:
            words = _("There is no month {month}. Write day, month and year: 1.12.2026.")
            raise NoSuchDay(words.format(month=self.month))
        years = [year for year in _years(self.year, today) if 1 <= self.day <= monthrange(year, self.month)[1]]
        if not years:
            name = month_name(date(2000, self.month, 1))
            if self.year is None:
                # A leap year, so that 29 February is not said to be no day.
                days = monthrange(2000, self.month)[1]
                raise NoSuchDay(_("{month} has days 1 to {days}.").format(month=name, days=days))
            days = monthrange(self.year, self.month)[1]
            words = _("{month} {year} has days 1 to {days}.")
            raise NoSuchDay(words.format(month=name, year=self.year, days=days))
        return [(day, day) for day in (date(year, self.month, self.day) for year in years)]


@dataclass(frozen=True)
class Week:
    """An ISO week, or one day of it."""

    week: int
    year: int | None = None
    weekday: int | None = None
    is_day = True

    def periods(self, today: date) -> list[Period]:
        """The week, or its day, in each ISO year that has it."""
        years = [year for year in _years(self.year, today) if 1 <= self.week <= _weeks_in(year)]
        if not years and self.year is not None and self.week == 53:
            raise NoSuchDay(_("{year} has weeks 1 to {weeks}.").format(year=self.year, weeks=_weeks_in(self.year)))
        if not years:
            raise NoSuchDay(_("A year has weeks 1 to 53."))
        first, last = (1, 7) if self.weekday is None else (self.weekday + 1,) * 2
        return [(date.fromisocalendar(y, self.week, first), date.fromisocalendar(y, self.week, last)) for y in years]


@dataclass(frozen=True)
class Month:
    """A whole month."""

    month: int
    year: int | None = None
    is_day = False

    def periods(self, today: date) -> list[Period]:
        """The month in each year."""
        ends = [(y, monthrange(y, self.month)[1]) for y in _years(self.year, today)]
        return [(date(year, self.month, 1), date(year, self.month, last)) for year, last in ends]


def _weeks_in(year: int) -> int:
    # 28 December is in the last ISO week of every year; the 31st may be in week 1 of the next.
    return date(year, 12, 28).isocalendar().week


def read_shape(typed: str, today: date) -> PartialDate | None:
    """The shape of a text that `normalised` has made simple, or None."""
    typed = re.sub(r"^(?:den|the|på|on) ", "", typed.replace(",", " ").replace("  ", " ").strip())
    if typed in _NEAR:
        return Fixed(_NEAR[typed])
    for form, way in _AWAY:
        if match := form.fullmatch(typed):
            count = int(match["n"]) if match["n"].isdecimal() else 1
            return Fixed(way * count * (7 if (match["unit"] or "d")[0] in "uw" else 1))
    return _week(typed) or _of_month(typed) or _weekday(typed, today) or _month(typed)


def _week(typed: str) -> Week | None:
    if match := _ISO_WEEK.fullmatch(typed):
        return Week(int(match["w"]), int(match["y"]), int(match["day"]) - 1 if match["day"] else None)
    match = _WEEK.fullmatch(typed)
    return Week(int(match["w"]), _year(match["y"])) if match else None


def _of_month(typed: str) -> DayOfMonth | None:
    for form in _NUMBERS:
        if match := form.fullmatch(typed):
            return DayOfMonth(int(match["d"]), int(match["m"]), _year(match["y"]))
    for form in _NAMED:
        if (match := form.fullmatch(typed)) and (month := _month_number(match["name"])):
            return DayOfMonth(int(match["d"]), month, _year(match["y"]))
    return None


def _weekday(typed: str, today: date) -> PartialDate | None:
    """A weekday alone, the next or last one, or before a day or a week."""
    way = 0
    if match := re.fullmatch(r"(neste|førstkommende|next|forrige|sist|siste|last) (.+)", typed):
        way, typed = (1 if match[1] in ("neste", "førstkommende", "next") else -1), match[2]
    first, _space, rest = typed.partition(" ")
    weekday = _weekday_number(first)
    if weekday is None or (way and rest):
        return None
    if not rest:
        return Weekday(weekday, way)
    shape = read_shape(re.sub(r"^(?:i|in|of) ", "", rest), today)
    if isinstance(shape, DayOfMonth | Week) and shape.weekday is None:
        return replace(shape, weekday=weekday)
    return None


def _month(typed: str) -> Month | None:
    match = _MONTH.fullmatch(typed)
    month = next((n for n, names in enumerate(_MONTHS, 1) if match and match["name"] in names), None)
    return Month(month, _year(match["y"])) if match and month else None


def read_weekdays(typed: str) -> tuple[int, str] | None:
    """The weekday and the rest of “fredager i juni”, or None."""
    match = _EVERY.fullmatch(typed)
    if match is None or not (match["many"] or typed.startswith(("hver ", "every "))):
        return None
    weekday = _weekday_number(match["name"])
    # Whole names only: “man i juni” may be the beginning of a name as well.
    return None if weekday is None or len(match["name"]) < 6 else (weekday, match["rest"])


def _weekday_number(name: str) -> int | None:
    name = name.rstrip(".")
    return next((number for number, names in enumerate(_WEEKDAYS) if name in names), None)


def _month_number(name: str) -> int:
    """1 to 12 from at least three letters of its name, else 0."""
    if len(name) < 3 or name == "sept":
        return 9 if name == "sept" else 0
    return next((n for n, names in enumerate(_MONTHS, 1) if any(word.startswith(name) for word in names)), 0)


def _year(text: str | None) -> int | None:
    return None if not text else int(text) + (2000 if len(text) == 2 else 0)
