"""The days of a calendar: its patterns, each from a day on."""

from datetime import date, time, timedelta

from hypothesis import given
from hypothesis import strategies as st

from rop_facilitator.planning.calendar import Closure, MeetingPattern
from rop_facilitator.planning.meeting_days import ExtraDay, GroupCalendar, LaterPattern, Occasion, days_of, occasions
from rop_facilitator.planning.schedule import FixedMeeting, Plan, plan_from, plan_schedule
from tests.planning.factories import DAYS, PATTERNS, TUESDAYS, planned

WEDNESDAYS = MeetingPattern((2,), time(10), 60, "Biblioteket")
JANUARY = date(2027, 1, 1)
MOVED = GroupCalendar(TUESDAYS, date(2026, 12, 8), later=(LaterPattern(JANUARY, WEDNESDAYS),))


@given(
    st.dates(),
    st.integers(0, 400),
    st.lists(st.integers(0, 6), min_size=1, max_size=7).map(tuple),
)
def test_days_of_a_pattern(first: date, length: int, weekdays: tuple[int, ...]) -> None:
    last = min(first.toordinal() + length, date.max.toordinal())
    span = [date.fromordinal(day) for day in range(first.toordinal(), last + 1)]
    calendar = GroupCalendar(MeetingPattern(weekdays, time(13), 90), first)
    assert days_of(calendar, first, span[-1]) == [day for day in span if day.weekday() in weekdays]


def test_a_pattern_takes_over_from_its_day_on() -> None:
    schedule = plan_schedule(Plan(planned([f"s{n}" for n in range(5)]), MOVED))
    assert [(meeting.on, meeting.start, meeting.minutes, meeting.place) for meeting in schedule.meetings] == [
        (date(2026, 12, 8), time(13), 90, ""),
        (date(2026, 12, 15), time(13), 90, ""),
        (date(2026, 12, 22), time(13), 90, ""),
        (date(2026, 12, 29), time(13), 90, ""),
        (date(2027, 1, 6), time(10), 60, "Biblioteket"),
    ]


def test_a_week_in_which_both_meet_has_both() -> None:
    """The change begins on a Wednesday: that Tuesday is still the old pattern's, that Wednesday the new one's."""
    calendar = GroupCalendar(TUESDAYS, date(2026, 12, 1), later=(LaterPattern(date(2026, 12, 9), WEDNESDAYS),))
    assert days_of(calendar, date(2026, 12, 7), date(2026, 12, 20)) == [
        date(2026, 12, 8),
        date(2026, 12, 9),
        date(2026, 12, 16),
    ]


def test_what_is_left_knows_only_the_patterns_to_come() -> None:
    plan = Plan(planned(["a", "b"]), MOVED)
    december = plan_from(plan, [], after=date(2026, 12, 20)).calendar
    assert december.patterns() == (TUESDAYS, WEDNESDAYS)
    fixed = [FixedMeeting(date(2026, 12, 8), date(2026, 12, 8), True)]
    january = plan_from(plan, fixed, after=date(2027, 1, 3)).calendar
    assert (january.pattern, january.later) == (WEDNESDAYS, ())
    assert MOVED.patterns() == (TUESDAYS, WEDNESDAYS)
    assert GroupCalendar(TUESDAYS, date(2026, 12, 8), date(2026, 12, 31), later=MOVED.later).patterns() == (TUESDAYS,)


@given(DAYS, PATTERNS, st.lists(st.tuples(st.integers(0, 200), PATTERNS), max_size=3), st.integers(0, 60))
def test_each_day_follows_the_pattern_in_force(
    start: date, first: MeetingPattern, others: list[tuple[int, MeetingPattern]], shut: int
) -> None:
    later = {start + timedelta(days=after): pattern for after, pattern in others}
    calendar = GroupCalendar(
        first,
        start,
        start + timedelta(days=250),
        (Closure(start + timedelta(days=shut), start + timedelta(days=shut + 10)),),
        (ExtraDay(4, start, start + timedelta(days=30)),),
        later=tuple(LaterPattern(day, later[day]) for day in sorted(later)),
    )
    days = list(occasions(calendar))
    assert [day.on for day in days] == sorted({day.on for day in days})
    for day in days:
        pattern = calendar.pattern_on(day.on)
        usual = day.on.weekday() in pattern.weekdays
        assert usual or (day.on.weekday() == 4 and day.on <= start + timedelta(days=30))
        if isinstance(day, Occasion):
            assert (day.start, day.minutes, day.place) == (pattern.start, pattern.minutes, pattern.place)
