"""Sessions on dates: the reckoned example of the field, and what holds for every calendar."""

from datetime import date, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rop_facilitator import i18n
from rop_facilitator.planning.calendar import Closure, MeetingPattern, public_holidays
from rop_facilitator.planning.comparison import Move, compare
from rop_facilitator.planning.meeting_days import ExtraDay, Occasion
from rop_facilitator.planning.planned_sessions import PlannedSession, SessionPart, TaughtPart, meeting_contents
from rop_facilitator.planning.schedule import FixedMeeting, Plan, Schedule, plan_from, plan_schedule, reschedule
from tests.planning.factories import FIELD_CLOSURES, PLANS, TUESDAYS, ids, plan

AUGUST = date(2026, 8, 25)


def test_fifty_sessions_on_real_weeks() -> None:
    """Tuesdays from 25.08.2026 (docs/domain.md): 35 meetings by 25.05.2027, 36 on 01.06, 43 on 07.09, 50 on 02.11."""
    schedule = plan_schedule(plan(ids(50), start=AUGUST, closures=FIELD_CLOSURES))
    on = {meeting.number: meeting.on for meeting in schedule.meetings}
    assert len(on) == 50
    assert on[1] == AUGUST
    assert on[35] == date(2027, 5, 25)
    assert on[36] == date(2027, 6, 1)
    assert on[43] == date(2027, 9, 7)
    assert on[50] == date(2027, 11, 2)
    assert schedule.unplaced == ()
    assert schedule.problems == ()


def test_an_end_leaves_sessions_without_a_date() -> None:
    schedule = plan_schedule(plan(ids(50), start=AUGUST, until=date(2027, 5, 25), closures=FIELD_CLOSURES))
    assert len(schedule.meetings) == 35
    assert schedule.unplaced == tuple(ids(50)[35:])
    assert [problem.text for problem in schedule.problems] == ["15 sessions have no date."]
    assert schedule.problems[0].level == "fault"
    assert schedule.problems[0].advice


def test_what_is_skipped_is_told_with_its_reason() -> None:
    closures = (
        Closure(date(2027, 5, 4), date(2027, 5, 4), "Planleggingsdag"),
        Closure(date(2027, 5, 3), date(2027, 5, 4)),
    )
    pattern = MeetingPattern((0, 1, 3), time(9), 60)
    with i18n.speaking("nb"):
        schedule = plan_schedule(plan(ids(3), pattern, start=date(2027, 5, 3), closures=closures))
    assert [(skip.on, skip.code, skip.text) for skip in schedule.skipped] == [
        (date(2027, 5, 3), "closure", "Stengt"),
        (date(2027, 5, 4), "closure", "Planleggingsdag"),
        (date(2027, 5, 6), "holiday", "Kristi himmelfartsdag"),
    ]
    assert [meeting.on for meeting in schedule.meetings] == [date(2027, 5, 10), date(2027, 5, 11), date(2027, 5, 13)]


def test_a_meeting_has_its_wall_times() -> None:
    meeting = plan_schedule(plan(ids(1), start=AUGUST)).meetings[0]
    assert (meeting.start, meeting.end, meeting.minutes) == (time(13), time(14, 30), 90)


@pytest.mark.parametrize(
    ("start", "until", "what"),
    [
        (date(2026, 8, 26), date(2026, 8, 31), "No day is open for a meeting."),
        (AUGUST, date(2026, 8, 24), "No day is open for a meeting."),
        (date(2026, 9, 29), date(2026, 10, 4), "No day is open for a meeting."),
        (date(9999, 12, 31), None, "No day is open for a meeting."),
        (date(9999, 12, 20), None, "28 sessions have no date."),
    ],
)
def test_where_there_is_no_room(start: date, until: date | None, what: str) -> None:
    schedule = plan_schedule(plan(ids(30), start=start, until=until, closures=FIELD_CLOSURES))
    assert [problem.text for problem in schedule.problems] == [what]
    assert len(schedule.meetings) + len(schedule.unplaced) == 30


def test_everything_closed_is_explained_within_ten_years() -> None:
    closed = tuple(Closure(date(year, 1, 1), date(year, 12, 31)) for year in range(2026, 2040))
    schedule = plan_schedule(plan(ids(1), start=date(2026, 1, 1), closures=closed))
    assert [problem.text for problem in schedule.problems] == ["No day is open for a meeting."]
    assert len(schedule.skipped) < 530


def test_no_session_needs_no_meeting() -> None:
    assert plan_schedule(plan([], start=AUGUST)) == Schedule(())


def test_wall_times_stay_over_a_change_of_clock_and_a_leap_day() -> None:
    """Sunday 29 March 2026 and 29 February 2028, a Tuesday: nothing shifts and no day is lost."""
    spring = plan_schedule(plan(ids(2), MeetingPattern((6,), time(2, 30), 60), start=date(2026, 3, 22)))
    assert [(m.on, m.start, m.end) for m in spring.meetings] == [
        (date(2026, 3, 22), time(2, 30), time(3, 30)),
        (date(2026, 3, 29), time(2, 30), time(3, 30)),
    ]
    leap = plan_schedule(plan(ids(2), start=date(2028, 2, 29)))
    assert [m.on for m in leap.meetings] == [date(2028, 2, 29), date(2028, 3, 7)]
    week_53 = plan_schedule(plan(ids(3), start=date(2026, 12, 22)))
    assert [m.on for m in week_53.meetings] == [date(2026, 12, 22), date(2026, 12, 29), date(2027, 1, 5)]


def test_a_further_weekday_for_a_period() -> None:
    extra = (ExtraDay(3, date(2026, 9, 1), date(2026, 9, 10)),)
    schedule = plan_schedule(plan(ids(5), start=AUGUST, extra=extra))
    assert [m.on.day for m in schedule.meetings] == [25, 1, 3, 8, 10]


def test_a_moved_meeting_stands_for_its_day_and_keeps_the_order() -> None:
    """Moved behind the meeting that follows, also onto a new year: sessions go by date, and no day is used twice."""
    moved = Occasion(date(2026, 9, 10), time(10), 60, "Biblioteket", date(2026, 9, 1))
    schedule = plan_schedule(plan(ids(4), start=AUGUST, changed=[moved]))
    assert [(m.on.day, m.start.hour, m.place) for m in schedule.meetings] == [
        (25, 13, ""),
        (8, 13, ""),
        (10, 10, "Biblioteket"),
        (15, 13, ""),
    ]
    assert [m.session_keys[0] for m in schedule.meetings] == ids(4)
    over_new_year = Occasion(date(2027, 1, 4), time(13), 90, "", date(2026, 12, 29))
    days = [m.on for m in plan_schedule(plan(ids(3), start=date(2026, 12, 22), changed=[over_new_year])).meetings]
    assert days == [date(2026, 12, 22), date(2027, 1, 4), date(2027, 1, 5)]


def test_a_meeting_moved_onto_a_day_that_closes_is_lost_to_the_plan() -> None:
    moved = Occasion(date(2026, 9, 3), time(13), 90, "", date(2026, 9, 1))
    closed = [Closure(date(2026, 9, 3), date(2026, 9, 3), "Strøm")]
    schedule = plan_schedule(plan(ids(2), start=AUGUST, changed=[moved], closures=closed))
    assert [m.on.day for m in schedule.meetings] == [25, 8]
    assert [skip.text for skip in schedule.skipped] == ["Strøm"]


def test_joined_and_divided_lessons_on_dates() -> None:
    wanted = [
        PlannedSession("a"),
        PlannedSession("b", joined=True),
        PlannedSession("c", parts=2),
        PlannedSession("d", skipped=True),
        PlannedSession("e"),
    ]
    schedule = plan_schedule(plan(wanted, start=AUGUST))
    assert [m.session_keys for m in schedule.meetings] == [("a", "b"), ("c",), ("c",), ("e",)]
    assert [m.parts for m in schedule.meetings] == [{}, {"c": (1, 2)}, {"c": (2, 2)}, {}]


# -- what changes ------------------------------------------------------------------------------------------------------


def held(on: date, *keys: str, left: str = "nothing") -> FixedMeeting:
    return FixedMeeting(on, on, True, tuple(TaughtPart(key, left=left) for key in keys))  # type: ignore[arg-type]


def test_a_cancelled_meeting_moves_the_rest_and_adds_one() -> None:
    whole = plan(ids(4), start=AUGUST)
    before = plan_schedule(whole)
    after = reschedule(whole, [held(AUGUST, "e-imr/s1"), FixedMeeting(date(2026, 9, 1), date(2026, 9, 1), False)],
                       after=date(2026, 8, 31))  # fmt: skip
    assert [(m.number, m.on.day, m.session_keys) for m in after.meetings] == [
        (2, 8, ("e-imr/s2",)),
        (3, 15, ("e-imr/s3",)),
        (4, 22, ("e-imr/s4",)),
    ]
    moved = compare(before, after)
    assert moved.moves[1] == Move(SessionPart("e-imr/s2"), date(2026, 9, 1), date(2026, 9, 8))
    assert moved.added == (date(2026, 9, 22),)
    assert (moved.last_before, moved.last_after) == (date(2026, 9, 15), date(2026, 9, 22))


def test_what_was_carried_over_comes_first_and_the_rest_moves() -> None:
    after = reschedule(plan(ids(3), start=AUGUST), [held(AUGUST, "e-imr/s1", left="all")], after=AUGUST)
    assert [m.session_keys[0] for m in after.meetings] == ids(3)
    assert after.meetings[0].on == date(2026, 9, 1)


def test_what_was_partly_done_comes_first_and_nothing_moves() -> None:
    after = reschedule(plan(ids(3), start=AUGUST), [held(AUGUST, "e-imr/s1", left="rest")], after=AUGUST)
    assert [m.session_keys for m in after.meetings] == [("e-imr/s1", "e-imr/s2"), ("e-imr/s3",)]
    assert after.meetings[0].items[0].rest


def test_the_rest_of_the_last_session_has_a_meeting_of_its_own() -> None:
    after = reschedule(plan(ids(1), start=AUGUST), [held(AUGUST, "e-imr/s1", left="rest")], after=AUGUST)
    assert [(m.on, m.items) for m in after.meetings] == [(date(2026, 9, 1), (SessionPart("e-imr/s1", rest=True),))]


def test_a_rest_taken_up_is_done() -> None:
    done = [held(AUGUST, "e-imr/s1", left="rest"), held(date(2026, 9, 1), "e-imr/s1", "e-imr/s2")]
    after = reschedule(plan(ids(3), start=AUGUST), done, after=date(2026, 9, 1))
    assert [m.session_keys for m in after.meetings] == [("e-imr/s3",)]


def test_what_loses_its_date_is_told() -> None:
    whole = plan(ids(3), start=AUGUST, until=date(2026, 9, 8))
    after = reschedule(whole, [FixedMeeting(AUGUST, AUGUST, False)], after=date(2026, 8, 24))
    assert compare(plan_schedule(whole), after).unplaced == ("e-imr/s3",)


# -- what holds for every plan -----------------------------------------------------------------------------------------


def items_of(schedule: Schedule) -> list[SessionPart]:
    placed = [item for meeting in schedule.meetings for item in meeting.items]
    return placed + [item for content in schedule.left_over for item in content]


def is_open(wanted: Plan, day: date) -> bool:
    closed = any(day in closure for closure in wanted.calendar.closures)
    return not closed and day not in public_holidays(day, day)


@settings(deadline=None, max_examples=400)
@given(PLANS)
def test_each_session_stands_once_in_order_on_open_days(wanted: Plan) -> None:
    schedule = plan_schedule(wanted)
    calendar = wanted.calendar
    assert items_of(schedule) == [item for content in meeting_contents(wanted.sessions) for item in content]
    assert bool(schedule.problems) == bool(schedule.left_over)
    days = [meeting.on for meeting in schedule.meetings]
    assert all(day <= following for day, following in pairwise(days))
    assert len(set(days)) == len(days)
    assert [meeting.number for meeting in schedule.meetings] == list(range(1, len(days) + 1))
    own = {occasion.on for occasion in calendar.changed}
    for day in days:
        assert calendar.start <= day <= (calendar.until or day)
        assert is_open(wanted, day)
        on_further_day = any(
            further.weekday == day.weekday() and further.first <= day <= further.last for further in calendar.extra
        )
        assert day in own or on_further_day or day.weekday() in calendar.pattern.weekdays
    assert len({meeting.slot for meeting in schedule.meetings}) == len(days)
    assert not set(days) & {skip.on for skip in schedule.skipped}
    assert plan_schedule(wanted) == schedule


WHAT_HAPPENED = st.lists(st.sampled_from(("held", "held", "held", "rest", "all", "called off")), max_size=12)


def live(wanted: Plan, happened: list[str]) -> tuple[list[FixedMeeting], date]:
    """Go through the first meetings of a plan as a group would, laying it anew after each."""
    fixed: list[FixedMeeting] = []
    after = wanted.calendar.start - timedelta(days=1)
    for what in happened:
        schedule = reschedule(wanted, fixed, after=after)
        if not schedule.meetings:
            break
        meeting = schedule.meetings[0]
        goes = what != "called off"
        left = what if what in ("rest", "all") else "nothing"
        taught = tuple(TaughtPart(i.key, i.part, i.parts, left) for i in meeting.items)  # type: ignore[arg-type]
        fixed.append(FixedMeeting(meeting.slot, meeting.on, goes, taught if goes else ()))
        after = meeting.on
    return fixed, after


@settings(deadline=None, max_examples=400)
@given(PLANS, WHAT_HAPPENED)
def test_whatever_happens_no_session_is_lost_or_doubled(wanted: Plan, happened: list[str]) -> None:
    """Every part is taught or ahead, exactly once; a date that was used is never used again; order is kept."""
    fixed, after = live(wanted, happened)
    ahead = reschedule(wanted, fixed, after=after)
    last = {(t.key, t.part): t.left for meeting in fixed if meeting.goes for t in meeting.taught}
    wanted_parts = {
        (session.key, part)
        for session in wanted.sessions
        if not session.skipped
        for part in range(1, session.parts + 1)
    }
    coming = [(item.key, item.part) for item in items_of(ahead)]
    assert len(coming) == len(set(coming))
    done = {part for part, left in last.items() if left == "nothing"}
    # What was not finished of one part is taken up with the next one, where there is a next one.
    taken_up = {(key, part) for (key, part), left in last.items() if left == "rest" and (key, part + 1) in wanted_parts}
    assert done.isdisjoint(coming)
    assert done | set(coming) | taken_up >= wanted_parts
    used = {meeting.on for meeting in fixed} | {meeting.slot for meeting in fixed}
    assert not used & {meeting.on for meeting in ahead.meetings}
    place = {session.key: number for number, session in enumerate(wanted.sessions)}
    orders = [place[item.key] for item in items_of(ahead) if not item.rest]
    assert orders == sorted(orders)
    assert [m.number for m in ahead.meetings] == [
        sum(meeting.goes for meeting in fixed) + n for n in range(1, len(ahead.meetings) + 1)
    ]


@settings(deadline=None, max_examples=200)
@given(PLANS, WHAT_HAPPENED)
def test_rescheduling_twice_equals_once(wanted: Plan, happened: list[str]) -> None:
    fixed, after = live(wanted, happened)
    once = plan_from(wanted, fixed, after=after)
    assert plan_schedule(once) == reschedule(wanted, fixed, after=after)
    assert plan_from(once, [], after=after) == once
    assert reschedule(once, [], after=after) == plan_schedule(once)


@settings(deadline=None, max_examples=200)
@given(PLANS, st.integers(0, 39))
def test_a_called_off_day_moves_the_rest_one_meeting_on(wanted: Plan, which: int) -> None:
    """Earlier meetings stay, later ones take the next date; a date is added at the end, or that of one is left."""
    before = plan_schedule(wanted)
    if which >= len(before.meetings):
        return
    gone = before.meetings[which]
    fixed = [
        FixedMeeting(meeting.slot, meeting.on, True, tuple(TaughtPart(i.key, i.part, i.parts) for i in meeting.items))
        for meeting in before.meetings[:which]
    ]
    after = reschedule(wanted, [*fixed, FixedMeeting(gone.slot, gone.on, False)], after=gone.on)
    old, new = [m.on for m in before.meetings], [m.on for m in after.meetings]
    assert new[: len(old) - which - 1] == old[which + 1 :]
    assert [m.items for m in after.meetings][: len(old) - which] == [m.items for m in before.meetings[which:]][
        : len(new)
    ]
    added = len(new) - (len(old) - which - 1)
    assert added in (0, 1)
    assert len(after.left_over) == len(before.left_over) + (1 - added)


def test_the_properties_see_many_kinds_of_plans() -> None:
    """A guard on the generators: plans that fit and that do not, with joined, divided and moved ones."""
    seen: set[str] = set()

    @settings(deadline=None, max_examples=600, database=None, derandomize=True)
    @given(PLANS)
    def look(wanted: Plan) -> None:
        schedule = plan_schedule(wanted)
        seen.update(name for name, there in {
            "fits": bool(schedule.meetings) and not schedule.left_over,
            "over": bool(schedule.meetings) and bool(schedule.left_over),
            "joined": any(len(m.items) > 1 for m in schedule.meetings),
            "divided": any(m.parts for m in schedule.meetings),
            "moved": any(m.on != m.slot for m in schedule.meetings),
            "closed": any(s.code == "closure" for s in schedule.skipped),
        }.items() if there)  # fmt: skip

    look()
    assert seen == {"fits", "over", "joined", "divided", "moved", "closed"}


def test_tuesdays_are_tuesdays() -> None:
    assert TUESDAYS.weekdays == (AUGUST.weekday(),)
