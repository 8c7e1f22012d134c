"""When events of a calendar file happen: a library follows what recurs; what would make it slow is refused first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from math import gcd
from typing import Any

from rop_facilitator.documents.exchange.calendar_reader import BROKEN, CalendarEvent, Moment, local_time, same_kind
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _, ngettext

MOST_RULES = 50  # of a file
MOST_A_YEAR = 366  # of one event
_FREQUENCIES = {"YEARLY", "MONTHLY", "WEEKLY", "DAILY"}
_CLOCK_PARTS = ("BYHOUR", "BYMINUTE", "BYSECOND")
_PARTS = {
    *("FREQ", "INTERVAL", "COUNT", "UNTIL", "WKST", "BYMONTH", "BYMONTHDAY", "BYDAY", "BYSETPOS", "BYWEEKNO"),
    *_CLOCK_PARTS,
}
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NUMBER = "X-ROP-NUMBER"


@dataclass(frozen=True)
class EventOccurrence:
    """One time that an event happens; dates where it lasts whole days. `end` is the first moment after it."""

    event: CalendarEvent
    start: Moment
    end: Moment


@dataclass
class _Skipped:
    """What was not followed, to be told in words."""

    shorter: int = 0
    unread: int = 0
    too_often: int = 0


def occurrences_of(
    events: Sequence[CalendarEvent], first: date, last: date, *, file: str = ""
) -> tuple[list[EventOccurrence], list[Problem]]:
    """Every time that the events happen between two days, both included, and what was not followed.

    Occurrences that are called off are left out. Recurrence is that of RFC 5545, RECURRENCE-ID and RANGE included.
    """
    skipped, rules = _Skipped(), 0
    result: list[EventOccurrence] = []
    problems: list[Problem] = []
    for series in _series(events):
        ready = []
        for event in series:
            rules += bool(event.rules)
            ready.append(event if rules <= MOST_RULES or not event.rules else _once(event, skipped))
        try:
            result.extend(_follow([_bounded(event, first, last, skipped) for event in ready], first, last))
        except BROKEN:
            text = _("This event cannot be read.")
            problems.append(Problem("fault", file, series[0].line, text, _("Close these days by hand.")))
    # The library hands out what is called off, with its status (findings/calendar.sh).
    return [occurrence for occurrence in result if not occurrence.event.cancelled], [
        *problems,
        *_problems(skipped, file),
    ]


def _problems(skipped: _Skipped, file: str) -> Iterator[Problem]:
    by_hand = _("Close the other days by hand.")
    if skipped.shorter:
        text = ngettext(
            "{n} event recurs within a day; only its first day is read.",
            "{n} events recur within a day; only their first day is read.",
            skipped.shorter,
        )
        yield Problem("fault", file, 0, text.format(n=skipped.shorter), by_hand)
    if skipped.unread:
        text = ngettext(
            "{n} event recurs in a way that is not read; only its first day is.",
            "{n} events recur in a way that is not read; only their first day is.",
            skipped.unread,
        )
        yield Problem("fault", file, 0, text.format(n=skipped.unread), by_hand)
    if skipped.too_often:
        text = ngettext(
            "{n} event recurs more than {most} times a year; the rest of the year is left out.",
            "{n} events recur more than {most} times a year; the rest of the year is left out.",
            skipped.too_often,
        )
        yield Problem("fault", file, 0, text.format(n=skipped.too_often, most=MOST_A_YEAR), by_hand)


def _series(events: Sequence[CalendarEvent]) -> Iterator[list[CalendarEvent]]:
    """Events that belong together: one that recurs, and those that replace its occurrences.

    Of two with one UID the newer one counts (SEQUENCE). Some programs give all their events the same UID: those that
    begin on different days and are equally new are different events.
    """
    groups: dict[str, list[CalendarEvent]] = {}
    for number, event in enumerate(events):
        # An event without a UID is by itself: one that has a UID has it stripped, so none begins with a line break.
        groups.setdefault(event.uid or f"\n{number}", []).append(event)
    for group in groups.values():
        newest = max((event.sequence for event in group if event.replaces is None), default=0)
        masters = {event.start: event for event in group if event.replaces is None and event.sequence == newest}
        changes = [event for event in group if event.replaces is not None]
        main = next((master for master in masters.values() if master.recurs), next(iter(masters.values()), None))
        yield from ([master] for master in masters.values() if master is not main)
        if main is not None or changes:
            yield [*([main] if main else []), *changes]


def _once(event: CalendarEvent, skipped: _Skipped) -> CalendarEvent:
    skipped.unread += 1
    return replace(event, rules=())


def _follow(series: Sequence[CalendarEvent], first: date, last: date) -> Iterator[EventOccurrence]:
    """The occurrences of events that share a UID."""
    import icalendar
    from recurring_ical_events import of

    calendar = icalendar.Calendar()
    main = series[0]
    for number, event in enumerate(series):
        calendar.add_component(_component(event, number, main.start))
    # `between` leaves its end out, though it says that it is included (findings/calendar.sh).
    for occurrence in of(calendar).between(first, last + timedelta(days=1)):
        event = series[int(occurrence[_NUMBER])]
        start, end = occurrence["DTSTART"].dt, occurrence["DTEND"].dt
        if not isinstance(event.start, datetime):  # beside a clock time the library makes times of dates
            start, end = same_kind(start, event.start), same_kind(end, event.start)
        if local_time(start).date() <= last and local_time(end) > datetime.combine(first, time()):
            yield EventOccurrence(event, start, end)


def _component(event: CalendarEvent, number: int, example: Moment) -> Any:
    """An event for the library: only what recurrence needs, all without zones."""
    import icalendar

    component = icalendar.Event()
    # One series at a time is given to the library, so any UID does, and RECURRENCE-ID finds its event.
    component.add("uid", "series")
    component.add("sequence", event.sequence)
    component.add("dtstart", event.start)
    component.add("dtend", event.end)
    component[_NUMBER] = str(number)
    for rule in event.rules:
        component.add("rrule", rule)
    if event.more_days:
        component.add("rdate", list(event.more_days))
    if event.less_days:
        component.add("exdate", list(event.less_days))
    if event.replaces is not None:
        parameters = {"RANGE": "THISANDFUTURE"} if event.and_later else {}
        component.add("recurrence-id", same_kind(event.replaces, example), parameters=parameters)
    return component


# -- rules that can be followed ----------------------------------------------------------------------------------------


def _bounded(event: CalendarEvent, first: date, last: date, skipped: _Skipped) -> CalendarEvent:
    """The event with rules and days that the library can follow in a moment."""
    rules = []
    for rule in event.rules:
        # Below a day (every hour, or two hours a day) nothing can be said of whole days (decision 0008).
        if rule.get("FREQ", [""])[0] not in _FREQUENCIES or _times_a_day(rule) > 1:
            skipped.shorter += 1
        elif not can_be_followed(rule, event.start):
            skipped.unread += 1
        else:
            rules.append(_of_whole_days(rule, event.start, last))
    days = _at_most_a_year(event.more_days, skipped)
    # Days before the first one count too: what began then may still last.
    kept = tuple(day for day in days if first - timedelta(days=800) <= local_time(day).date() <= last)
    return replace(event, rules=tuple(rules), more_days=kept)


def _times_a_day(rule: Any) -> int:
    result = 1
    for part in _CLOCK_PARTS:
        result *= max(1, len(set(map(str, rule.get(part, [])))))
    return result


def _of_whole_days(rule: Any, start: Moment, last: date) -> Any:
    """A rule whose end is of the same kind as its beginning, and not later than what is asked for."""
    import icalendar

    parts = {name: list(values) for name, values in rule.items() if name not in _CLOCK_PARTS}
    given = [same_kind(_ended(until), start) for until in parts.pop("UNTIL", [])]
    # One that counts ends by itself; RFC 5545 allows no UNTIL beside it.
    if "COUNT" not in parts:
        parts["UNTIL"] = [min([same_kind(datetime.combine(last, time(23, 59)), start), *given], key=local_time)]
    elif given:
        parts["UNTIL"] = [min(given, key=local_time)]
    return icalendar.vRecur(parts)


def _ended(moment: Moment) -> Moment:
    """UNTIL: a date includes its whole day; midnight as it was written is that date."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time(23, 59))
    return moment.replace(tzinfo=None) if moment.time() == time() else local_time(moment)


def _at_most_a_year(days: Sequence[Moment], skipped: _Skipped) -> list[Moment]:
    counted: dict[int, int] = {}
    kept = []
    for day in sorted(set(days), key=local_time):
        counted[day.year] = counted.get(day.year, 0) + 1
        if counted[day.year] <= MOST_A_YEAR:
            kept.append(day)
    skipped.too_often += len(kept) < len(set(days))
    return kept


def can_be_followed(rule: Any, start: Moment) -> bool:
    """Whether a rule is one of RFC 5545 for whole days that comes to a day now and then.

    The library looks for the next day until the year 9999, so one that never comes (30 February) costs seconds.
    """
    frequency, interval = rule["FREQ"][0], rule.get("INTERVAL", [1])[0]
    parts = {name: [str(value).upper() for value in values] for name, values in rule.items() if values}
    months, dates, places = (
        [int(value) for value in parts.get(name, ())] for name in ("BYMONTH", "BYMONTHDAY", "BYSETPOS")
    )
    weekdays = parts.get("BYDAY", [])
    numbered = any(len(weekday) > 2 for weekday in weekdays)
    count = rule.get("COUNT", [1])[0]
    return (
        set(parts) <= _PARTS
        and (start.year >= 1970 or frequency == "YEARLY")
        and isinstance(interval, int)
        and isinstance(count, int)
        and interval >= 1
        and count >= 1
        and all(1 <= month <= 12 for month in months)
        and all(1 <= abs(day) <= 31 for day in dates)
        and (not (numbered or places) or not dates)
        and (not numbered or (frequency in ("MONTHLY", "YEARLY") and not places))
        and ("BYWEEKNO" not in parts or (frequency == "YEARLY" and not dates and not numbered))
        and (not dates or frequency != "WEEKLY")
        and _some_day(dates, months)
        and _some_month(frequency, interval, months, start)
        and _some_place(frequency, places, weekdays)
        and (frequency != "DAILY" or not weekdays or _some_weekday(interval, weekdays, start))
    )


def _some_day(dates: Sequence[int], months: Sequence[int]) -> bool:
    return not dates or any(abs(day) <= _LONGEST_MONTHS[month - 1] for day in dates for month in months or range(1, 13))


def _some_month(frequency: str, interval: int, months: Sequence[int], start: Moment) -> bool:
    if not months or frequency != "MONTHLY":
        return True
    return any((month - start.month) % gcd(interval, 12) == 0 for month in months)


def _some_place(frequency: str, places: Sequence[int], weekdays: Sequence[str]) -> bool:
    if not places:
        return True
    weeks = {"WEEKLY": 1, "MONTHLY": 5, "YEARLY": 53}.get(frequency, 0)
    return bool(weekdays) and all(1 <= abs(place) <= weeks * len(set(weekdays)) for place in places)


def _some_weekday(interval: int, weekdays: Sequence[str], start: Moment) -> bool:
    return interval % 7 != 0 or _WEEKDAYS[start.weekday()] in weekdays
