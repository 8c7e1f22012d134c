"""When a group meets, read from its rows as values: its patterns, each from a day on, and what differs from them."""

from __future__ import annotations

from datetime import date, time
from itertools import pairwise

from rop_facilitator.planning.calendar import Closure, MeetingPattern, parse_closure, usual_closures
from rop_facilitator.planning.meeting_days import LONGEST_PLAN, ExtraDay, GroupCalendar, LaterPattern, Occasion
from rop_facilitator.records.models import Group, MeetingState


def patterns_of(group: Group) -> tuple[LaterPattern, ...]:
    """All patterns of a group in order of day; the first one is in force from its first date."""
    first = MeetingPattern(tuple(group.weekdays), group.start, group.minutes, group.place)
    return LaterPattern(group.first_date, first), *_later(group)


def pattern_of(group: Group, day: date) -> MeetingPattern:
    """Weekdays, start, minutes and place that are in force on a day."""
    patterns = patterns_of(group)
    return next((pattern.pattern for pattern in reversed(patterns) if pattern.first <= day), patterns[0].pattern)


def set_patterns(group: Group, patterns: tuple[LaterPattern, ...]) -> None:
    """Keep these patterns, in order of day; two alike that follow one another are one. Writes only what differs."""
    begun = patterns[0].pattern
    fields: dict[str, object] = {
        "weekdays": list(begun.weekdays),
        "start": begun.start,
        "minutes": begun.minutes,
        "place": begun.place,
        # A change that is changed back leaves no trace here, so that nothing in the plan stops at its day.
        "later_patterns": [_row(later) for before, later in pairwise(patterns) if later.pattern != before.pattern],
    }
    for name, value in fields.items():
        if getattr(group, name) != value:  # each set field is looked at by the audit trail
            setattr(group, name, value)


def calendar_of(group: Group) -> GroupCalendar:
    """The days on which a group can meet, from its first date on."""
    first, *later = patterns_of(group)
    return GroupCalendar(
        pattern=first.pattern,
        start=group.first_date,
        until=group.until,
        closures=closures_of(group),
        extra=tuple(
            ExtraDay(weekday, date.fromisoformat(begin), date.fromisoformat(end))
            for weekday, begin, end in group.extra_days or ()
        ),
        changed=tuple(
            Occasion(meeting.on, meeting.start, meeting.minutes, meeting.place, meeting.slot)
            for meeting in group.meetings
            # Only what is still to come: a held one is fixed, and one that was called off stands nowhere.
            if meeting.changed and meeting.state is MeetingState.PLANNED
        ),
        later=tuple(later),
    )


def closures_of(group: Group) -> tuple[Closure, ...]:
    """What is closed for a group, also after its end date: a later end must find it closed already.

    A group of an older version has only what began before its end; the usual closures go on from there.
    """
    closures = tuple(parse_closure(text) for text in group.closures)
    until = group.until
    if until is None or not closures or any(closure.first > until for closure in closures):
        return closures
    usual = usual_closures(until, until + LONGEST_PLAN if until <= date.max - LONGEST_PLAN else date.max, ())
    return *closures, *(closure for closure in usual if closure.first > until)


def store_closures(group: Group) -> None:
    """Keep what `closures_of` says, before the end date is another one."""
    texts = [closure.text for closure in closures_of(group)]
    if len(texts) > len(group.closures):
        group.closures = texts


def _later(group: Group) -> tuple[LaterPattern, ...]:
    return tuple(
        LaterPattern(
            date.fromisoformat(first), MeetingPattern(tuple(weekdays), time.fromisoformat(start), minutes, place)
        )
        for first, weekdays, start, minutes, place in group.later_patterns or ()
    )


def _row(later: LaterPattern) -> list[object]:
    pattern = later.pattern
    return [
        later.first.isoformat(),
        list(pattern.weekdays),
        f"{pattern.start:%H:%M}",
        pattern.minutes,
        pattern.place,
    ]
