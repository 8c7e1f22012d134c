"""Days on which a group can meet: pattern, public holidays, closures, ISO weeks. Dates and wall times only."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache

from rop_facilitator.clean_text import clean_text
from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _, clock, language

LONGEST_CLOSURE = timedelta(days=366)
LONGEST_NAME = 120
LONGEST_PLACE = 500
_APART = "\x1f"  # unit separator: no text that is typed or pasted keeps one
_HALF_YEAR = timedelta(days=180)
_CLOSURE = re.compile(r"(?P<first>[\w-]+)\s?(?:\.\.\s?(?P<last>[\w-]+))?(?:\s(?P<name>[^\s.].*))?")
_WEEK = re.compile(r"(\d{4})-W(\d{1,2})", re.IGNORECASE)
_WEEKDAYS = (
    ("mon", "monday", "man", "mandag"),
    ("tue", "tuesday", "tir", "tirsdag"),
    ("wed", "wednesday", "ons", "onsdag"),
    ("thu", "thursday", "tor", "torsdag"),
    ("fri", "friday", "fre", "fredag"),
    ("sat", "saturday", "lør", "lørdag"),
    ("sun", "sunday", "søn", "søndag"),
)
SHORT_WEEKDAYS = tuple(names[0] for names in _WEEKDAYS)


@dataclass(frozen=True)
class MeetingPattern:
    """When a group meets: `weekdays` 0 (Monday) to 6, a local start, whole minutes. Impossible ones raise UserError."""

    weekdays: tuple[int, ...]
    start: time
    minutes: int
    place: str = ""

    def __post_init__(self) -> None:
        # Frozen, so this is the one way to take over the cleaned text.
        object.__setattr__(self, "place", clean_text(self.place)[:LONGEST_PLACE])
        if not self.weekdays or not all(0 <= day <= 6 for day in self.weekdays):
            raise UserError(_("Choose at least one weekday."))
        if not 15 <= self.minutes <= 600:
            raise UserError(_("A meeting lasts from 15 to 600 minutes."))
        # A meeting has one day; one that ends after midnight would have two, and papers show only one.
        if self.start.hour * 60 + self.start.minute + self.minutes > 24 * 60 - 1:
            raise UserError(_("The meeting would end after midnight. Start earlier or make it shorter."))


@dataclass(frozen=True)
class Closure:
    """Days without meetings, both ends included.

    One from a calendar file knows its `uid` there and the name of the file, so that a newer one can take its place;
    closures of the same days and name are equal wherever they come from.
    """

    first: date
    last: date
    name: str = ""
    uid: str = field(default="", compare=False)
    source: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        for written in ("name", "uid", "source"):
            object.__setattr__(self, written, clean_text(getattr(self, written)))

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        if self.first == self.last:
            return self.first.isoformat()
        if self.first.weekday() == 0 and self.last - self.first == timedelta(days=6):
            return iso_week(self.first)
        return f"{self.first.isoformat()}..{self.last.isoformat()}"

    @property
    def text(self) -> str:
        """As it is stored and can be written: the days, then the name; behind them, unseen, where it came from."""
        written = f"{self} {self.name}".rstrip()
        return _APART.join((written, self.uid, self.source)) if self.uid else written


def end_of(start: time, minutes: int) -> time:
    """The wall time so many minutes later, on the same day."""
    return (datetime(2000, 1, 1, start.hour, start.minute) + timedelta(minutes=minutes)).time()


def clock_span(start: time, minutes: int) -> str:
    """From when to when, as in “13:00–14:30”."""
    return f"{clock(start)}–{clock(end_of(start, minutes))}"


def iso_week(day: date) -> str:
    """The ISO week with its ISO year, as in 2026-W53."""
    year, week, _weekday = day.isocalendar()
    return f"{year}-W{week:02d}"


def parse_weekday(text: str) -> int:
    """0 (Monday) to 6 from an English or Norwegian name or its first three letters. Raises UserError."""
    wanted = text.strip().casefold()
    for number, names in enumerate(_WEEKDAYS):
        if wanted in names:
            return number
    raise UserError(_("“{text}” is not a weekday. Write mon, tue, wed, thu, fri, sat or sun.").format(text=text[:40]))


def parse_closure(text: str) -> Closure:
    """A closure from `2026-W40`, `2026-12-24` or `A..B` of either kind, with a name behind it where it has one.

    Raises UserError that shows how to write it.
    """
    # Before cleaning, which takes the sign away: where a closure came from is read first.
    text, _apart, origin = text.partition(_APART)
    uid, _apart, source = origin.partition(_APART)
    written = _CLOSURE.fullmatch(clean_text(text))
    if written and not _days_of((written["name"] or "").partition(" ")[0]):  # a second day is no name
        first = _days_of(written["first"])
        last = _days_of(written["last"]) if written["last"] else first
        if first and last:
            closure = Closure(first[0], last[1], (written["name"] or "")[:LONGEST_NAME], uid, source)
            if closure.first > closure.last:
                raise UserError(_("“{text}” ends before it begins. Turn the two around.").format(text=text[:60]))
            if closure.last - closure.first > LONGEST_CLOSURE:
                raise UserError(
                    _("“{text}” is longer than a year. Write it as several closures.").format(text=text[:60])
                )
            return closure
    raise UserError(
        _("“{text}” is not a closure. Write a week 2026-W40, a day 2026-12-24 or days 2026-12-20..2027-01-02.").format(
            text=text[:60]
        )
    )


def _days_of(text: str) -> tuple[date, date] | None:
    """First and last day of a written day or ISO week."""
    try:
        if week := _WEEK.fullmatch(text):
            monday = date.fromisocalendar(int(week[1]), int(week[2]), 1)
            return monday, monday + timedelta(days=6)
        day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d{2}-\d{2}", text) else None
    except (ValueError, OverflowError):
        return None
    return (day, day) if day else None


@cache
def _holidays_of(year: int, speech: str) -> dict[date, str]:
    import holidays  # late: the start of the program does not wait for it

    named = holidays.country_holidays("NO", years=year, language="no" if speech == "nb" else "en_US")
    return {day: name for day, name in named.items() if name not in ("Søndag", "Sunday")}


def public_holidays(first: date, last: date) -> dict[date, str]:
    """Norwegian public holidays between two days, both included, with their names in the language in use."""
    years = range(first.year, last.year + 1)
    named = {day: name for year in years for day, name in _holidays_of(year, language()).items()}
    return {day: name for day, name in sorted(named.items()) if first <= day <= last}


def suggested_closures(first: date, last: date) -> list[Closure]:
    """What most services close beside the public holidays: autumn and winter break, Easter week, Christmas, summer.

    Source: domain 6.7; the weeks vary by county, so they are suggestions to edit.
    """
    suggested: list[Closure] = []
    for year in range(first.year, last.year + 1):
        easter = min((d for d in public_holidays(date(year, 3, 1), date(year, 5, 1)) if d.month < 5), default=None)
        suggested += [
            Closure(*_week(year, 8), _("Winter break")),
            *([Closure(*_week(year, easter.isocalendar().week), _("Easter week"))] if easter else []),
            Closure(_week(year, 26)[0], _week(year, 32)[1], _("Summer")),
            Closure(*_week(year, 40), _("Autumn break")),
            Closure(date(year, 12, 20), date(year + 1, 1, 2), _("Christmas")),
        ]
    return [closure for closure in suggested if closure.last >= first and closure.first <= last]


def usual_closures(first: date, last: date, own: Iterable[Closure]) -> list[Closure]:
    """What a service closes between two days, in order of date, and suggestions for what it has said nothing about.

    `own` are the service's. A suggestion stands back where the service has closed half of its days, or has a closure of
    the same name in the same half year.
    """
    closed = [closure for closure in own if closure.last >= first and closure.first <= last]
    missing = [closure for closure in suggested_closures(first, last) if not _is_covered(closure, closed)]
    return sorted([*closed, *missing], key=lambda closure: closure.first)


def is_namesake(closure: Closure, other: Closure) -> bool:
    """Whether two closures have the same name within half a year; the summer of next year is another one."""
    name = closure.name.casefold()
    return bool(name) and name == other.name.casefold() and abs(closure.first - other.first) < _HALF_YEAR


def _is_covered(suggestion: Closure, closed: list[Closure]) -> bool:
    # The same break lies in another week from county to county: then its name tells that it is there already.
    if any(is_namesake(closure, suggestion) for closure in closed):
        return True
    days = [suggestion.first + timedelta(days=n) for n in range((suggestion.last - suggestion.first).days + 1)]
    return 2 * sum(any(day in closure for closure in closed) for day in days) >= len(days)


def _week(year: int, week: int) -> tuple[date, date]:
    monday = date.fromisocalendar(year, week, 1)
    return monday, monday + timedelta(days=6)
