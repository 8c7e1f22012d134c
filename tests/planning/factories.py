"""Plans for tests: sessions without a curriculum, laid on a calendar."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any

from hypothesis import strategies as st

from rop_facilitator.planning.calendar import Closure, MeetingPattern, parse_closure
from rop_facilitator.planning.meeting_days import ExtraDay, GroupCalendar, Occasion
from rop_facilitator.planning.planned_sessions import PlannedSession
from rop_facilitator.planning.schedule import Plan

TUESDAYS = MeetingPattern((1,), time(13), 90)
FIELD_CLOSURES = tuple(
    parse_closure(text)
    for text in (
        "2026-W40",
        "2026-12-20..2027-01-02",
        "2027-W08",
        "2027-03-22..2027-03-28",
        "2027-W26..2027-W32",
        "2027-W40",
    )
)


def ids(count: int) -> list[str]:
    return [f"e-imr/s{number}" for number in range(1, count + 1)]


def planned(keys: Sequence[str], **same: Any) -> tuple[PlannedSession, ...]:
    return tuple(PlannedSession(key, **same) for key in keys)


def plan(
    keys: Sequence[str] | Sequence[PlannedSession],
    pattern: MeetingPattern = TUESDAYS,
    *,
    start: date,
    until: date | None = None,
    closures: Sequence[Closure] = (),
    extra: Sequence[ExtraDay] = (),
    changed: Sequence[Occasion] = (),
    theme_minutes: int = 37,
) -> Plan:
    sessions = tuple(PlannedSession(key) if isinstance(key, str) else key for key in keys)
    calendar = GroupCalendar(pattern, start, until, tuple(closures), tuple(extra), tuple(changed))
    return Plan(sessions, calendar, theme_minutes=theme_minutes)


# -- anything that a leader could wish ---------------------------------------------------------------------------------

DAYS = st.dates(date(2026, 1, 1), date(2030, 12, 31))
CLOSURES = st.lists(
    st.builds(lambda day, length: Closure(day, day + timedelta(days=length)), DAYS, st.integers(0, 60)), max_size=8
).map(tuple)
EXTRA = st.lists(
    st.builds(
        lambda weekday, day, length: ExtraDay(weekday, day, day + timedelta(days=length)),
        st.integers(0, 6),
        DAYS,
        st.integers(0, 200),
    ),
    max_size=2,
).map(tuple)
PATTERNS = st.builds(
    MeetingPattern,
    st.lists(st.integers(0, 6), min_size=1, max_size=4).map(tuple),
    st.just(time(13)),
    st.sampled_from((60, 90)),
)


@st.composite
def some_sessions(draw: st.DrawFn, *, most: int = 30) -> tuple[PlannedSession, ...]:
    """Modules of a few sessions, some of them joined, divided or left out."""
    sessions: list[PlannedSession] = []
    for module in range(draw(st.integers(0, 6))):
        for number in range(draw(st.integers(1, 6))):
            if len(sessions) < most:
                sessions.append(
                    PlannedSession(
                        f"m{module}-{number}",
                        module=str(module),
                        minutes=draw(st.sampled_from((15, 18, 20, 30))),
                        optional=module == 5,
                        joined=number > 0 and draw(st.integers(0, 4)) == 0,
                        parts=draw(st.sampled_from((1, 1, 1, 1, 1, 2, 3))),
                        skipped=draw(st.integers(0, 9)) == 0,
                    )
                )
    return tuple(sessions)


@st.composite
def some_calendars(draw: st.DrawFn) -> GroupCalendar:
    """A pattern with closures, further weekdays and meetings that were moved."""
    start = draw(DAYS)
    pattern = draw(PATTERNS)
    length = draw(st.none() | st.integers(-10, 500))
    changed: dict[date, Occasion] = {}
    for weeks in draw(st.lists(st.integers(0, 30), max_size=3, unique=True)):
        day = start + timedelta(days=(pattern.weekdays[0] - start.weekday()) % 7 + 7 * weeks)
        on = day + timedelta(days=draw(st.integers(-3, 10)))
        if on >= start and on not in changed:
            changed[on] = Occasion(on, time(10), 60, "Biblioteket", day)
    return GroupCalendar(
        pattern,
        start,
        None if length is None else start + timedelta(days=length),
        draw(CLOSURES),
        draw(EXTRA),
        tuple(changed.values()),
    )


PLANS = st.builds(Plan, some_sessions(), some_calendars(), theme_minutes=st.sampled_from((0, 28, 37, 67)))
