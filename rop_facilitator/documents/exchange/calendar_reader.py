"""Events of somebody else's calendar file, each read by itself: a bad byte or a broken one never spoils the others."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _

LOCAL_ZONE = ZoneInfo("Europe/Oslo")
MOST_EVENTS = 2_000
MOST_LETTERS = 50_000  # of one event
# What icalendar raises where a file is half right; one broken event costs itself alone (decision 0008).
BROKEN = (ValueError, KeyError, IndexError, TypeError, AttributeError, OverflowError)
_DAY = timedelta(days=1)
_NEARLY_MIDNIGHT = time(23, 59)
_READ = (
    *("UID", "SUMMARY", "STATUS", "TRANSP", "SEQUENCE", "DTSTART", "DTEND", "DURATION"),
    *("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
    *("X-MICROSOFT-CDO-BUSYSTATUS", "X-MICROSOFT-CDO-ALLDAYEVENT"),
)
_NAME_OF_LINE = re.compile(r"[A-Za-z-]+")

Moment = date | datetime


@dataclass(frozen=True)
class CalendarEvent:
    """One VEVENT: whole days as dates, clock times as Norwegian wall times without a zone. `line` is where it begins.

    `end` is the first moment after it. `rule` is a recurrence rule as icalendar reads it; `replaces` is the occurrence
    that it stands for, and all later ones too where `and_later`.
    """

    line: int
    uid: str
    name: str
    start: Moment
    end: Moment
    sequence: int = 0
    cancelled: bool = False
    free: bool = False
    rules: tuple[Any, ...] = field(default=(), hash=False)  # icalendar gives dictionaries
    more_days: tuple[Moment, ...] = ()
    less_days: tuple[Moment, ...] = ()
    replaces: Moment | None = None
    and_later: bool = False

    @property
    def recurs(self) -> bool:
        """Whether it may happen more than once."""
        return bool(self.rules or self.more_days)


@dataclass
class EventsRead:
    """All that a file holds: its method (such as PUBLISH or CANCEL), its events, and what could not be read."""

    file: str
    method: str = ""
    events: list[CalendarEvent] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def fault(self, line: int, text: str, advice: str) -> None:
        """Note what could not be read, with its line."""
        self.problems.append(Problem("fault", self.file, line, text, advice))


def is_calendar(data: bytes) -> bool:
    """Whether a file begins as a calendar file does (RFC 5545)."""
    return any(text.strip().upper() == "BEGIN:VCALENDAR" for _number, text in _lines(data[:4_000]))


def read_events(data: bytes, *, file: str = "") -> EventsRead:
    """Every event of a calendar file in its order; a broken one is told with its line and left out."""
    result = EventsRead(file)
    blocks = _blocks(_lines(data), result)
    for count, (line, block) in enumerate(blocks):
        if count == MOST_EVENTS:
            result.fault(line, _("There are too many events."), _("Export a shorter period."))
            break
        if sum(map(len, block)) > MOST_LETTERS:
            result.fault(line, _("This event is too long."), _("Close these days by hand."))
            continue
        try:
            result.events.append(_event(line, block))
        except BROKEN:
            result.fault(line, _("This event cannot be read."), _("Close these days by hand."))
    return result


def _lines(data: bytes) -> Iterator[tuple[int, str]]:
    """Unfolded lines, each with the number of its first one. A fold may part a letter, so bytes are joined first."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        data = data.decode("utf-16", errors="replace").encode()
    begun: list[bytes] = []
    first = 1
    for number, line in enumerate(data.removeprefix(codecs.BOM_UTF8).splitlines(), 1):
        if line[:1] in (b" ", b"\t") and begun:
            begun.append(line[1:])
            continue
        if begun:
            yield first, _text(b"".join(begun))
        begun, first = [line], number
    if begun:
        yield first, _text(b"".join(begun))


def _text(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("cp1252", errors="replace")  # older exports, and single bytes that went wrong


def _blocks(lines: Iterator[tuple[int, str]], result: EventsRead) -> Iterator[tuple[int, list[str]]]:
    """What is read of each event, with the number of its first line; reminders within it are passed over."""
    begin, block, within = None, list[str](), list[str]()
    number = 0
    for number, line in lines:
        word = line.strip().upper()
        if word == "BEGIN:VEVENT":
            if begin is not None:
                result.fault(begin, _("This event has no end."), _("Export the file again."))
            begin, block, within = number, [], []
        elif word == "END:VEVENT" and begin is not None:
            yield begin, block
            begin = None
        elif word.startswith("METHOD:") and begin is None:
            result.method = result.method or word.removeprefix("METHOD:").strip()
        elif begin is not None and word.startswith("BEGIN:"):
            within.append(word)
        elif begin is not None and word.startswith("END:"):
            within = within[:-1]
        elif begin is not None and not within:
            name = _NAME_OF_LINE.match(line)
            # What is not read cannot be broken: an odd attendee costs no closed day.
            if name is not None and name[0].upper() in _READ:
                block.append(line)
    if begin is not None:
        result.fault(begin, _("This event has no end."), _("Export the file again."))


def _event(line: int, block: list[str]) -> CalendarEvent:
    """One event from its lines. Raises one of `BROKEN` where it cannot be read."""
    from icalendar import Event

    read: Any = Event.from_ical("\r\n".join(["BEGIN:VEVENT", *block, "END:VEVENT", ""]))
    start, end = _span(read)
    replaces = read.get("RECURRENCE-ID")
    alike = _as_day if not isinstance(start, datetime) else local_time
    return CalendarEvent(
        line=line,
        uid=str(_first(read.get("UID", ""))).strip()[:200],
        name=str(_first(read.get("SUMMARY", ""))),
        start=start,
        end=end,
        sequence=int(_first(read.get("SEQUENCE", 0))),
        cancelled=str(_first(read.get("STATUS", ""))).strip().upper() == "CANCELLED",
        free=_is_free(read),
        rules=tuple(_listed(read.get("RRULE"))),
        more_days=tuple(alike(day) for day in _days(read.get("RDATE"))),
        less_days=tuple(alike(day) for day in _days(read.get("EXDATE"))),
        replaces=None if replaces is None else _as_written(replaces.dt),
        and_later=replaces is not None and str(replaces.params.get("RANGE", "")).upper() == "THISANDFUTURE",
    )


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [] if value is None else [value]


def _first(value: Any) -> Any:
    return value[0] if isinstance(value, list) and value else value


def _days(value: Any) -> Iterator[Moment]:
    """The days of RDATE or EXDATE; of a period its beginning."""
    for group in _listed(value):
        for day in group.dts:
            yield day.dt[0] if isinstance(day.dt, tuple) else day.dt


def _is_free(read: Any) -> bool:
    words = (str(_first(read.get(name, ""))).strip().upper() for name in ("TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS"))
    return next(words) == "TRANSPARENT" or next(words) == "FREE"


def _span(read: Any) -> tuple[Moment, Moment]:
    """Beginning and end: dates where it lasts whole days, else local wall times.

    Whole days are also those that run from midnight to midnight in their own zone (many exporters write them as UTC)
    or in Norway. Where a date has an end with a clock time, as Outlook writes it, the day of that end is not included.
    """
    start = read["DTSTART"].dt
    if "DTEND" in read:
        end = read["DTEND"].dt
    elif "DURATION" in read:
        end = start + read["DURATION"].dt
    else:
        end = start if isinstance(start, datetime) else start + _DAY
    if not isinstance(start, datetime):
        return start, max(start + _DAY, local_time(end).date() if isinstance(end, datetime) else end)
    if not isinstance(end, datetime):
        end = datetime.combine(end, time())
    for begins, ends in ((start, end), (local_time(start), local_time(end))):
        ends = _midnight_after(ends)
        if begins.time() == ends.time() == time() and ends.date() > begins.date():
            return begins.date(), ends.date()
    if _says_whole_day(read):
        return _as_day(start), max(_as_day(start) + _DAY, _as_day(end))
    return local_time(start), max(local_time(start), local_time(end))


def _says_whole_day(read: Any) -> bool:
    word = str(_first(read.get("X-MICROSOFT-CDO-ALLDAYEVENT", ""))).strip().upper()
    return word == "TRUE" or str(read["DTSTART"].params.get("VALUE", "")).upper() == "DATE"


def _midnight_after(moment: datetime) -> datetime:
    """An end at 23.59 is the end of that day."""
    return datetime.combine(moment.date() + _DAY, time()) if moment.time() >= _NEARLY_MIDNIGHT else moment


def local_time(moment: Moment) -> datetime:
    """A moment in Norwegian wall time without a zone; one that has no zone is that already."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    return moment.astimezone(LOCAL_ZONE).replace(tzinfo=None) if moment.tzinfo else moment


def _as_written(moment: Moment) -> Moment:
    """A date or a wall time that stands for the same day as it was written."""
    if not isinstance(moment, datetime):
        return moment
    return moment.date() if moment.time() == time() else local_time(moment)


def _as_day(moment: Moment) -> date:
    """The day that a moment stands for among whole days: as it was written at midnight, else the local one."""
    if not isinstance(moment, datetime):
        return moment
    return moment.date() if moment.time() == time() else local_time(moment).date()


def same_kind(moment: Moment, example: Moment) -> Moment:
    """A day or wall time of the same kind as another one, to be compared with it."""
    if isinstance(example, datetime):
        return local_time(moment)
    return moment.date() if isinstance(moment, datetime) else moment
