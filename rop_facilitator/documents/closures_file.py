"""Closed days from somebody else's calendar file: read as far as it can be, and the rest told with its line."""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from rop_facilitator.errors import Problem, UserError
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.planning.calendar import LONGEST_CLOSURE, LONGEST_NAME, Closure

MOST_BYTES = 2_000_000
MOST_EVENTS = 2_000
MOST_LETTERS = 50_000  # of one event
MOST_RULES = 50
MOST_TIMES = 60  # of one rule
MOST_PROBLEMS = 50
AHEAD = timedelta(days=3653)
_YEARS = range(1970, 2200)
_DAY = timedelta(days=1)
_PARTS = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "WKST"}
_FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY")
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DAY_OF_RULE = re.compile(r"([+-]?[1-5])?(MO|TU|WE|TH|FR|SA|SU)")
_BROKEN = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError)


@dataclass
class _Found:
    """What has been read so far."""

    file: str
    closures: set[Closure] = field(default_factory=set)
    problems: list[Problem] = field(default_factory=list)
    timed: int = 0
    rules: int = 0

    def fault(self, line: int, text: str, advice: str) -> None:
        """Note what could not be read."""
        self.problems.append(Problem("fault", self.file, line, text, advice))

    def days(self, line: int, first: date, last: date, name: str) -> None:
        """Note closed days, both ends included."""
        if first.year not in _YEARS or last.year not in _YEARS or last < first or last - first > LONGEST_CLOSURE:
            self.fault(line, _("These days cannot be closed."), _("Close them by hand, as several closures."))
        else:
            self.closures.add(Closure(first, last, name))


def read_closures_ics(data: bytes, *, file: str = "") -> tuple[tuple[Closure, ...], tuple[Problem, ...]]:
    """Events that last whole days become closures with their names; those at a clock time are left out, and counted.

    Recurring ones are followed for ten years at most. Nothing in a file makes this long or fetches anything.
    """
    found = _Found(file)
    if len(data) > MOST_BYTES:
        found.fault(0, _("The calendar file is too large."), _("Export a shorter period."))
        return (), tuple(found.problems)
    lines = _text(data).splitlines()
    if not any(line.strip().upper() == "BEGIN:VCALENDAR" for line in lines[:20]):
        found.fault(1, _("This is not a calendar file."), _("Choose a file that ends in .ics."))
        return (), tuple(found.problems)
    for count, (line, block) in enumerate(_events(lines, found)):
        if count == MOST_EVENTS:
            found.fault(line, _("There are too many events."), _("Export a shorter period."))
            break
        _read_event(line, block, found)
    if found.timed:
        told = ngettext(
            "{n} event at a clock time was left out.", "{n} events at a clock time were left out.", found.timed
        )
        found.problems.append(
            Problem("advice", file, 0, told.format(n=found.timed), _("Only whole days become closed days."))
        )
    closures = sorted(found.closures, key=lambda one: (one.first, one.last, one.name))
    return tuple(closures), tuple(found.problems[-MOST_PROBLEMS:])


def closures_from(path: Path) -> tuple[tuple[Closure, ...], tuple[Problem, ...]]:
    """The closed days of a calendar file. Raises UserError when the file cannot be read."""
    try:
        with path.open("rb") as stream:
            data = stream.read(MOST_BYTES + 1)
    except OSError as error:
        told = _("{path} cannot be read ({reason}).").format(path=path, reason=error.strerror)
        raise UserError(told) from error
    return read_closures_ics(data, file=path.name)


def _text(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("cp1252", errors="replace")  # older exports


def _events(lines: list[str], found: _Found) -> Iterator[tuple[int, list[str]]]:
    """The lines of each event, with the number of its first one."""
    begin: int | None = None
    for number, line in enumerate(lines, 1):
        word = line.strip().upper()
        if word == "BEGIN:VEVENT":
            if begin is not None:
                found.fault(begin, _("This event has no end."), _("Export the file again."))
            begin = number
        elif word == "END:VEVENT" and begin is not None:
            yield begin, lines[begin - 1 : number]
            begin = None
    if begin is not None:
        found.fault(begin, _("This event has no end."), _("Export the file again."))


def _read_event(line: int, block: list[str], found: _Found) -> None:
    from icalendar import Event

    if sum(map(len, block)) > MOST_LETTERS:
        found.fault(line, _("This event is too long."), _("Close these days by hand."))
        return
    try:
        event: Any = Event.from_ical("\r\n".join(block) + "\r\n")
        if str(event.get("STATUS", "")).upper() == "CANCELLED":
            return
        whole = _whole_days(event)
        if whole is None:
            found.timed += 1
            return
        first, last = whole
        name = _name(str(event.get("SUMMARY", "")))
        for start in _starts(event, first, line, found):
            found.days(line, start, start + (last - first), name)
    except _BROKEN:
        found.fault(line, _("This event cannot be read."), _("Close these days by hand."))


def _whole_days(event: Any) -> tuple[date, date] | None:
    """First and last day of an event that lasts whole days, or more than one; None for one at a clock time."""
    start = event["DTSTART"].dt
    if "DTEND" in event:
        end = event["DTEND"].dt
    elif "DURATION" in event:
        end = start + event["DURATION"].dt
    else:
        end = start + (timedelta(0) if isinstance(start, datetime) else _DAY)
    if not isinstance(start, datetime):
        end = end.date() if isinstance(end, datetime) else end
        return start, max(start, end - _DAY)
    begins, ends = _local(start), _local(end)
    last = (ends - timedelta(microseconds=1)).date()
    whole = last > begins.date() or (begins.time() == datetime.min.time() and ends - begins >= _DAY)
    return (begins.date(), last) if whole else None


def _local(moment: Any) -> datetime:
    """A moment in Norwegian wall time; one without a zone is that already."""
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day)
    return moment.astimezone(ZoneInfo("Europe/Oslo")).replace(tzinfo=None) if moment.tzinfo else moment


def _name(text: str) -> str:
    """A name as a closure can have it: one line that begins with a letter."""
    kept = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text[:500])
    begin = next((at for at, letter in enumerate(kept) if letter.isalpha()), len(kept))
    return " ".join(kept[begin:].split())[:LONGEST_NAME].rstrip()


# -- recurring events --------------------------------------------------------------------------------------------------


def _starts(event: Any, first: date, line: int, found: _Found) -> list[date]:
    """The days on which an event begins: one, or as its rule says."""
    rule = event.get("RRULE")
    if rule is None and "RDATE" not in event:
        return [first]
    found.rules += 1
    if rule is None or isinstance(rule, list) or not _is_plain(rule) or found.rules > MOST_RULES:
        text = _("This event recurs in a way that is not read; only its first day is.")
        found.fault(line, text, _("Close the other days by hand."))
        return [first]
    left_out = {_local(one.dt).date() for group in _listed(event.get("EXDATE")) for one in group.dts}
    days = _recurring(rule, first)
    if len(days) > MOST_TIMES:
        text = _("This event recurs too often; its first {n} times are read.").format(n=MOST_TIMES)
        found.fault(line, text, _("Close the other days by hand."))
    return [day for day in days[:MOST_TIMES] if day not in left_out]


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _is_plain(rule: Any) -> bool:
    """A rule that looks at the day only, as calendars write them for days off."""
    interval, count = (rule.get(name, [1])[0] for name in ("INTERVAL", "COUNT"))
    days = [_DAY_OF_RULE.fullmatch(str(one).upper()) for one in rule.get("BYDAY", [])]
    counted = any(day is not None and day[1] for day in days)
    return (
        set(rule) <= _PARTS
        and rule["FREQ"][0] in _FREQUENCIES
        and all(isinstance(one, int) and one >= 1 for one in (interval, count))
        and all(days)
        and (interval == 1 or str(rule.get("WKST", ["MO"])[0]).upper() == "MO")
        and (not counted or rule["FREQ"][0] == "MONTHLY" or (rule["FREQ"][0] == "YEARLY" and "BYMONTH" in rule))
        and all(len(values) <= 31 for values in rule.values())
    )


def _recurring(rule: Any, first: date) -> list[date]:
    """The days of a plain rule, for ten years at most and one more than is read.

    Each day is looked at once: a library that jumps from one hit to the next never ends on 30 February.
    """
    until = min([first + AHEAD, *(_local(one).date() for one in rule.get("UNTIL", []))])
    most = min(rule.get("COUNT", [MOST_TIMES + 1])[0], MOST_TIMES + 1)
    days = (date.fromordinal(day) for day in range(first.toordinal(), until.toordinal() + 1))
    return list(islice((day for day in days if _hits(rule, first, day)), most))


def _hits(rule: Any, first: date, day: date) -> bool:
    frequency, interval = rule["FREQ"][0], rule.get("INTERVAL", [1])[0]
    apart = {
        "DAILY": day.toordinal() - first.toordinal(),
        "WEEKLY": (day.toordinal() - 1) // 7 - (first.toordinal() - 1) // 7,  # the year 1 began on a Monday
        "MONTHLY": 12 * (day.year - first.year) + day.month - first.month,
        "YEARLY": day.year - first.year,
    }[frequency]
    if apart % interval:
        return False
    months, dates, weekdays = (rule.get(name) for name in ("BYMONTH", "BYMONTHDAY", "BYDAY"))
    if months is None and dates is None and weekdays is None and frequency == "YEARLY":
        months = [first.month]
    if dates is None and weekdays is None:
        dates = [first.day] if frequency in ("MONTHLY", "YEARLY") else None
        weekdays = [_WEEKDAYS[first.weekday()]] if frequency == "WEEKLY" else None
    left = day.day - 1 - monthrange(day.year, day.month)[1]
    return (
        (months is None or day.month in map(int, months))
        and (dates is None or bool({day.day, left} & set(map(int, dates))))
        and (weekdays is None or any(_is_weekday(str(one).upper(), day, left) for one in weekdays))
    )


def _is_weekday(text: str, day: date, left: int) -> bool:
    """Whether a day is as in MO, 1MO or -1MO; `left` counts it from the end of its month."""
    if text[-2:] != _WEEKDAYS[day.weekday()]:
        return False
    return not text[:-2] or int(text[:-2]) in ((day.day + 6) // 7, -((6 - left) // 7))
