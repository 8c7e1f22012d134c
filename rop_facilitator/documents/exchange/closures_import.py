"""Closed days from somebody else's calendar file: period by period, what is to be asked about, what is left out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

from rop_facilitator.documents.exchange.calendar_reader import CalendarEvent, is_calendar, read_events
from rop_facilitator.documents.exchange.recurring_events import EventOccurrence, occurrences_of
from rop_facilitator.errors import Problem, UserError
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.planning.calendar import LONGEST_CLOSURE, LONGEST_NAME, Closure

MOST_BYTES = 2_000_000
MOST_PROBLEMS = 50
# Ten years: what recurs for ever has to end somewhere.
AHEAD = timedelta(days=3653)
_LONGEST_BREAK = timedelta(days=60)
_DAY = timedelta(days=1)
_CALLED_OFF = re.compile(r"(cancel+ed|avlyst|kansellert|innstilt|avbrutt)\b\s*[:\-–]", re.IGNORECASE)
_SCHOOL_DAY = re.compile(r"sk[ou]ledag|school ?day|(first|last) day of (school|term)", re.IGNORECASE)
_DAY_TO_REMEMBER = re.compile(
    r"merkedag|bursdag|f[øo]dselsdag|birthday|anniversary|(remembrance|memorial) day|day of remembrance", re.IGNORECASE
)
_WEEK_NUMBER = re.compile(r"\b(uke|veke|week)\s*\d{1,2}\b", re.IGNORECASE)
_DAYS_OFF = re.compile(r"ferie|fri\b|fridag|stengt|lukket|closed|break|holiday|vacation", re.IGNORECASE)


@dataclass(frozen=True)
class CalendarPeriod:
    """A period that a calendar file gives. `question` is why the leader is asked first, in words; else ""."""

    closure: Closure
    question: str = ""

    @property
    def asked(self) -> bool:
        """Whether it is closed only if the leader says so."""
        return bool(self.question)


def read_closures_ics(
    data: bytes, *, first: date, file: str = ""
) -> tuple[tuple[CalendarPeriod, ...], tuple[Problem, ...]]:
    """Every period of whole days that ends on or after a day, for ten years; and what is left out, in words.

    Raises UserError for what is no calendar file. Nothing in a file makes this long or fetches anything.
    """
    if len(data) > MOST_BYTES:
        raise UserError(_("The calendar file is too large. Export a shorter period."))
    if not is_calendar(data):
        raise UserError(_("This is not a calendar file. Choose one that ends in .ics, exported from a calendar."))
    read = read_events(data, file=file)
    # Its events are messages that something is off; to close those days would say the opposite.
    if read.method == "CANCEL":
        text = _("This file only calls events off, so it closes nothing.")
        advice = _("Export the whole calendar instead.")
        return (), (Problem("advice", file, 0, text, advice),)
    last = date.fromordinal(min(first.toordinal() + AHEAD.days, date.max.toordinal() - 1))
    occurrences, problems = occurrences_of(read.events, first, last, file=file)
    periods: dict[CalendarPeriod, None] = {}
    parts_of_days, too_long = set[CalendarEvent](), dict[CalendarEvent, None]()
    for occurrence in occurrences:
        closed = _periods(occurrence, file)
        if not closed:
            # Told by event and not by day: one that recurs is one line to read.
            parts_of_days.add(occurrence.event)
        for period in closed:
            if period.closure.last - period.closure.first > LONGEST_CLOSURE:
                too_long[occurrence.event] = None
            elif period.closure.last >= first:
                periods[period] = None
    problems = [
        *read.problems,
        *(_too_long(event, file) for event in too_long),
        *problems,
        *_left_out(len(parts_of_days), sum(event.cancelled for event in read.events), file),
    ]
    ordered = sorted(
        _each_once(periods), key=lambda period: (period.closure.first, period.closure.last, period.closure.name)
    )
    # The last ones: what is said of the whole file stands at the end.
    return tuple(ordered), tuple(problems[-MOST_PROBLEMS:])


def closures_from(path: Path, *, first: date) -> tuple[tuple[CalendarPeriod, ...], tuple[Problem, ...]]:
    """The periods of a calendar file from a day on. Raises UserError, with what to do, when it cannot be read."""
    try:
        with path.open("rb") as stream:
            # A byte more than is taken: enough to see that a file is too large, without reading all of it.
            data = stream.read(MOST_BYTES + 1)
    except FileNotFoundError:
        words = _("There is no file “{file}”. Check the name and the folder.")
        raise UserError(words.format(file=path)) from None
    except IsADirectoryError:
        raise UserError(_("“{file}” is a folder. Choose a calendar file in it.").format(file=path)) from None
    # ValueError: a name with a zero byte in it.
    except (OSError, ValueError):
        words = _("“{file}” cannot be read. Check that you may open it, or copy it to another folder.")
        raise UserError(words.format(file=path)) from None
    try:
        return read_closures_ics(data, first=first, file=path.name)
    except UserError as error:
        raise UserError(f"{path.name}: {error}") from None


def _each_once(periods: Iterable[CalendarPeriod]) -> Iterator[CalendarPeriod]:
    """The same days with the same name, once: closed rather than asked about."""
    known: dict[Closure, CalendarPeriod] = {}
    for period in periods:
        if period.closure not in known or (known[period.closure].asked and not period.asked):
            known[period.closure] = period
    yield from known.values()


def _too_long(event: CalendarEvent, file: str) -> Problem:
    text = _("These days cannot be closed: they last more than a year.")
    return Problem("fault", file, event.line, text, _("Close them by hand, as several closures."))


def _left_out(parts_of_days: int, called_off: int, file: str) -> Iterator[Problem]:
    if parts_of_days:
        text = ngettext(
            "{n} event at a clock time was left out.", "{n} events at a clock time were left out.", parts_of_days
        )
        yield Problem("advice", file, 0, text.format(n=parts_of_days), _("Only whole days become closed days."))
    if called_off:
        text = ngettext(
            "{n} event that is called off was left out.", "{n} events that are called off were left out.", called_off
        )
        yield Problem("advice", file, 0, text.format(n=called_off), _("Close these days by hand if that is wrong."))


# -- one occurrence ----------------------------------------------------------------------------------------------------


def _periods(occurrence: EventOccurrence, file: str) -> Sequence[CalendarPeriod]:
    """What an occurrence closes: whole days. The first and last day are asked about where only part of them is taken.

    Nothing where no whole day is inside.
    """
    event, start, end = occurrence.event, occurrence.start, occurrence.end

    def period(first: date, last: date, question: str) -> CalendarPeriod:
        return CalendarPeriod(Closure(first, last, closure_name_from(event.name), event.uid, file), question)

    if not isinstance(start, datetime) and not isinstance(end, datetime):
        last = max(start, end - _DAY)
        return [period(start, last, _question(event, last - start))]
    begins, ends = _as_time(start), _as_time(end)
    first = begins.date() if begins.time() == time() else begins.date() + _DAY
    last = ends.date() - _DAY
    if last < first:
        return []
    part = _("only part of the day")
    periods = [period(first, last, _question(event, last - first))]
    if begins.date() < first:
        periods.append(period(begins.date(), begins.date(), part))
    if ends.time() > time():
        periods.append(period(ends.date(), ends.date(), part))
    return periods


def _as_time(moment: date | datetime) -> datetime:
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time())


def _question(event: CalendarEvent, length: timedelta) -> str:
    """Why days that fill a calendar need not be days off; "" where they most likely are."""
    # Outlook says it in the title and leaves the event confirmed (decision 0008).
    if _CALLED_OFF.match(event.name.strip()):
        return _("called off")
    if event.free:
        return _("marked as free time")
    if _SCHOOL_DAY.search(event.name):
        return _("a school day")
    if _DAY_TO_REMEMBER.search(event.name):
        return _("a day to remember")
    if _WEEK_NUMBER.search(event.name) and not _DAYS_OFF.search(event.name):
        return _("a week number")
    if length >= _LONGEST_BREAK:
        return _("longer than two months")
    return ""


def closure_name_from(text: str) -> str:
    """A name as a closure can have it: one line, its numbers kept, without pictures before or after it."""
    line = "".join(" " if unicodedata.category(letter)[0] in "CZ" else letter for letter in text[:500])
    begin = next((at for at, letter in enumerate(line) if letter.isalnum() or letter in '«“"(['), len(line))
    kept = line[begin:].rstrip()
    while kept and unicodedata.category(kept[-1])[0] in "SMZ":
        kept = kept[:-1]
    return " ".join(kept.split())[:LONGEST_NAME].rstrip()
