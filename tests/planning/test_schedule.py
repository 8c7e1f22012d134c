"""Sessions on dates: the reckoned example of the field, and what holds for every calendar."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rop_facilitator import i18n
from rop_facilitator.planning.calendar import Closure, MeetingPattern, parse_closure, public_holidays
from rop_facilitator.planning.schedule import plan_schedule

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


def test_fifty_sessions_on_real_weeks() -> None:
    """Tuesdays from 25.08.2026 (domain 6.7): 35 meetings by 25.05.2027, 36 on 01.06, 43 on 07.09, 50 on 02.11."""
    schedule = plan_schedule(ids(50), TUESDAYS, start=date(2026, 8, 25), closures=FIELD_CLOSURES)
    on = {meeting.number: meeting.on for meeting in schedule.meetings}
    assert len(on) == 50
    assert on[1] == date(2026, 8, 25)
    assert on[35] == date(2027, 5, 25)
    assert on[36] == date(2027, 6, 1)
    assert on[43] == date(2027, 9, 7)
    assert on[50] == date(2027, 11, 2)
    assert schedule.unplaced == ()
    assert schedule.problems == ()


def test_an_end_leaves_sessions_without_a_date() -> None:
    schedule = plan_schedule(
        ids(50), TUESDAYS, start=date(2026, 8, 25), until=date(2027, 5, 25), closures=FIELD_CLOSURES
    )
    assert len(schedule.meetings) == 35
    assert schedule.unplaced == tuple(ids(50)[35:])
    assert [problem.text for problem in schedule.problems] == ["15 sessions have no date."]
    assert schedule.problems[0].level == "fault"
    assert schedule.problems[0].advice


def test_what_is_skipped_is_told_with_its_reason() -> None:
    closures = (
        Closure(date(2027, 5, 4), date(2027, 5, 4), "Planleggingsdag"),
        Closure(date(2027, 5, 3), date(2027, 5, 3)),
    )
    with i18n.speaking("nb"):
        schedule = plan_schedule(
            ids(3), MeetingPattern((0, 1, 3), time(9), 60), start=date(2027, 5, 3), closures=closures
        )
    assert [(skip.on, skip.code, skip.text) for skip in schedule.skipped] == [
        (date(2027, 5, 3), "closure", "Stengt"),
        (date(2027, 5, 4), "closure", "Planleggingsdag"),
        (date(2027, 5, 6), "holiday", "Kristi himmelfartsdag"),
    ]
    assert [meeting.on for meeting in schedule.meetings] == [date(2027, 5, 10), date(2027, 5, 11), date(2027, 5, 13)]


def test_a_meeting_has_its_wall_times() -> None:
    meeting = plan_schedule(ids(1), TUESDAYS, start=date(2026, 8, 25)).meetings[0]
    assert (meeting.start, meeting.end, meeting.minutes) == (time(13), time(14, 30), 90)


@pytest.mark.parametrize(
    ("start", "until", "what"),
    [
        (date(2026, 8, 26), date(2026, 8, 31), "No day is open for a meeting."),
        (date(2026, 8, 25), date(2026, 8, 24), "No day is open for a meeting."),
        (date(2026, 9, 29), date(2026, 10, 4), "No day is open for a meeting."),
        (date(9999, 12, 31), None, "No day is open for a meeting."),
        (date(9999, 12, 20), None, "28 sessions have no date."),
    ],
)
def test_where_there_is_no_room(start: date, until: date | None, what: str) -> None:
    schedule = plan_schedule(ids(30), TUESDAYS, start=start, until=until, closures=FIELD_CLOSURES)
    assert [problem.text for problem in schedule.problems] == [what]
    assert len(schedule.meetings) + len(schedule.unplaced) == 30


def test_everything_closed_is_explained_within_ten_years() -> None:
    closed = tuple(Closure(date(year, 1, 1), date(year, 12, 31)) for year in range(2026, 2040))
    schedule = plan_schedule(ids(1), TUESDAYS, start=date(2026, 1, 1), closures=closed)
    assert [problem.text for problem in schedule.problems] == ["No day is open for a meeting."]
    assert len(schedule.skipped) < 530


def test_no_session_needs_no_meeting() -> None:
    schedule = plan_schedule([], TUESDAYS, start=date(2026, 8, 25))
    assert (schedule.meetings, schedule.skipped, schedule.problems) == ((), (), ())


def test_wall_times_stay_over_a_change_of_clock_and_a_leap_day() -> None:
    """Sunday 29 March 2026 and 29 February 2028, a Tuesday: nothing shifts and no day is lost."""
    spring = plan_schedule(ids(2), MeetingPattern((6,), time(2, 30), 60), start=date(2026, 3, 22))
    assert [(m.on, m.start, m.end) for m in spring.meetings] == [
        (date(2026, 3, 22), time(2, 30), time(3, 30)),
        (date(2026, 3, 29), time(2, 30), time(3, 30)),
    ]
    leap = plan_schedule(ids(2), TUESDAYS, start=date(2028, 2, 29))
    assert [m.on for m in leap.meetings] == [date(2028, 2, 29), date(2028, 3, 7)]


CLOSURES = st.lists(
    st.builds(
        lambda day, length: Closure(day, day + timedelta(days=length)),
        st.dates(date(2026, 1, 1), date(2030, 12, 31)),
        st.integers(0, 60),
    ),
    max_size=8,
)
CALENDARS = st.fixed_dictionaries({
    "count": st.integers(0, 40),
    "weekdays": st.lists(st.integers(0, 6), min_size=1, max_size=4).map(tuple),
    "start": st.dates(date(2026, 1, 1), date(2030, 12, 31)),
    "length": st.one_of(st.none(), st.integers(-10, 500)),
    "closures": CLOSURES,
})  # fmt: skip


@settings(deadline=None)
@given(CALENDARS)
def test_what_holds_for_every_calendar(calendar: dict) -> None:
    """Each session once or reported, in order, on open days only, and laying again gives the same."""
    sessions = ids(calendar["count"])
    start, closures = calendar["start"], calendar["closures"]
    until = None if calendar["length"] is None else start + timedelta(days=calendar["length"])
    pattern = MeetingPattern(calendar["weekdays"], time(13), 90)
    schedule = plan_schedule(sessions, pattern, start=start, until=until, closures=closures)

    placed = [session for meeting in schedule.meetings for session in meeting.sessions]
    assert placed + list(schedule.unplaced) == sessions
    assert bool(schedule.problems) == bool(schedule.unplaced)
    days = [meeting.on for meeting in schedule.meetings]
    assert days == sorted(set(days))
    assert [meeting.number for meeting in schedule.meetings] == list(range(1, len(days) + 1))
    holidays = public_holidays(date(2026, 1, 1), date(2041, 12, 31))
    for day in days:
        assert start <= day <= (until or day)
        assert day.weekday() in pattern.weekdays
        assert day not in holidays
        assert not any(day in closure for closure in closures)
    assert not set(days) & {skip.on for skip in schedule.skipped}
    assert plan_schedule(sessions, pattern, start=start, until=until, closures=closures) == schedule


@settings(deadline=None)
@given(CALENDARS, st.integers(0, 39))
def test_a_cancelled_day_moves_the_rest_one_meeting_on(calendar: dict, which: int) -> None:
    """Earlier meetings stay, later sessions take the next date; a date is added at the end, or one session is left."""
    sessions = ids(calendar["count"])
    start, closures = calendar["start"], calendar["closures"]
    until = None if calendar["length"] is None else start + timedelta(days=calendar["length"])
    pattern = MeetingPattern(calendar["weekdays"], time(13), 90)
    before = plan_schedule(sessions, pattern, start=start, until=until, closures=closures)
    if which >= len(before.meetings):
        return
    cancelled = before.meetings[which].on
    after = plan_schedule(
        sessions, pattern, start=start, until=until, closures=[*closures, Closure(cancelled, cancelled)]
    )
    old, new = [m.on for m in before.meetings], [m.on for m in after.meetings]
    assert new[:which] == old[:which]
    assert new[which : len(old) - 1] == old[which + 1 :]
    added = len(new) - len(old) + 1
    assert added in (0, 1)
    assert len(after.unplaced) == len(before.unplaced) + (1 - added)
    if until is None:
        assert added == 1
