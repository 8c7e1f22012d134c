"""A group changed afterwards: from a day on, what has been stays, and one undo."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from rop_facilitator.errors import UserError
from rop_facilitator.planning.calendar import MeetingPattern, parse_closure
from rop_facilitator.records.calendar.closures import add_closure
from rop_facilitator.records.calendar.group_calendar import pattern_of, patterns_of
from rop_facilitator.records.group.group_changes import (
    GroupChange,
    action_of,
    change_group,
    differences,
    kept_by_hand,
    usual_first,
    with_leaders,
)
from rop_facilitator.records.group.group_effect import group_effect
from rop_facilitator.records.group.groups import free_name, load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.log.undo import undo_last
from rop_facilitator.records.marks import GAVE_NOTICE, Mark
from rop_facilitator.records.meeting.attendance import mark_attendance, mark_rest
from rop_facilitator.records.meeting.meetings import meeting_on
from rop_facilitator.records.models import (
    Group,
    MeetingState,
)
from rop_facilitator.records.plan.group_plan import (
    cancel_meeting,
    change_meeting,
    plan_left,
    preview,
    reinstate_meeting,
    replan,
    set_end,
)
from rop_facilitator.records.storage.database import Database
from tests.records.factories import make_group
from tests.records.steps import rows

TODAY = date(2026, 11, 24)
JANUARY = date(2027, 1, 1)
TO_WEDNESDAY = GroupChange(JANUARY, weekdays=(2,), start=time(10), place="Room 5")


@pytest.fixture
def group_id(database: Database, leader_id: int) -> int:
    """Ten sessions on Tuesdays at 13:00 from 10 November; 10 and 17 November have been held."""
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        group = make_group(db, sessions=10)
        for day in (date(2026, 11, 10), date(2026, 11, 17)):
            mark_rest(db, meeting_on(group, day).id, Mark.PRESENT, today=TODAY)
        return group.id


def changed(database: Database, leader_id: int, group_id: int, change: GroupChange, **act: Any) -> Group:
    with database.write(Action.GROUP_CHANGED, by=leader_id) as db:
        group = load_group(db, group_id)
        change_group(group, change, today=act.get("today", TODAY))
    return loaded(database, group_id)


def loaded(database: Database, group_id: int) -> Group:
    with database.read() as db:
        return load_group(db, group_id)


def days(group: Group) -> list[str]:
    return [f"{meeting.on:%a %-d.%-m} {meeting.start:%H:%M} {meeting.place}" for meeting in group.meetings]


def test_case_5_from_january_on(database: Database, leader_id: int, group_id: int) -> None:
    """Tuesday 13:00 to Wednesday 10:00 from January, room and name changed: the past stays, and one undo."""
    with database.read() as db:
        before = rows(db)
    group = changed(database, leader_id, group_id, replace(TO_WEDNESDAY, name="Wednesdays"))
    assert group.name == "Wednesdays"
    assert days(group) == [
        "Tue 10.11 13:00 Room 2",
        "Tue 17.11 13:00 Room 2",
        "Tue 24.11 13:00 Room 2",
        "Tue 1.12 13:00 Room 2",
        "Tue 8.12 13:00 Room 2",
        "Tue 15.12 13:00 Room 2",
        "Tue 22.12 13:00 Room 2",
        "Tue 29.12 13:00 Room 2",
        "Wed 6.1 10:00 Room 5",
        "Wed 13.1 10:00 Room 5",
    ]
    assert [meeting.number for meeting in group.meetings] == list(range(1, 11))
    assert [row.mark for meeting in group.meetings[:2] for row in meeting.attendance] == [Mark.PRESENT] * 6
    undo_last(database, leader_id)
    with database.read() as db:
        assert rows(db) == before


def test_later_replans_know_both_patterns(database: Database, leader_id: int, group_id: int) -> None:
    changed(database, leader_id, group_id, TO_WEDNESDAY)
    with database.write(Action.CLOSURE_ADDED, by=leader_id) as db:
        group = load_group(db, group_id)
        add_closure(group, parse_closure("2026-W52"), today=TODAY)
        cancel_meeting(group, meeting_on(group, date(2027, 1, 6)))
    group = loaded(database, group_id)
    assert [day for day in days(group) if "Tue 29" in day or "Jan" in day or ".1 " in day] == [
        "Tue 29.12 13:00 Room 2",
        "Wed 6.1 10:00 Room 5",
        "Wed 13.1 10:00 Room 5",
        "Wed 20.1 10:00 Room 5",
        "Wed 27.1 10:00 Room 5",
    ]
    assert pattern_of(group, date(2026, 12, 31)).weekdays == (1,)
    assert pattern_of(group, JANUARY) == MeetingPattern((2,), time(10), 90, "Room 5")


@pytest.mark.parametrize("mark", sorted(GAVE_NOTICE))
def test_the_effect_counts_every_kind_of_notice(database: Database, leader_id: int, group_id: int, mark: Mark) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = load_group(db, group_id)
        later = next(meeting for meeting in group.meetings if meeting.on >= JANUARY)
        mark_attendance(db, later.id, group.memberships[0].id, mark, today=TODAY)
    effect = group_effect(loaded(database, group_id), TO_WEDNESDAY, today=TODAY)
    assert any("given notice" in sentence or "meldt avbud" in sentence for sentence in effect.stays), effect


def test_a_preview_is_what_happens(database: Database, leader_id: int, group_id: int) -> None:
    def change(group: Group) -> None:
        change_group(group, TO_WEDNESDAY, today=TODAY)

    comparison = preview(loaded(database, group_id), change)
    assert comparison.added == (date(2027, 1, 6), date(2027, 1, 13))
    assert comparison.dropped == (date(2027, 1, 5), date(2027, 1, 12))
    assert days(loaded(database, group_id))[-1] == "Tue 12.1 13:00 Room 2"
    group = changed(database, leader_id, group_id, TO_WEDNESDAY)
    assert group.meetings[-1].on == comparison.last_after == date(2027, 1, 13)


def test_a_meeting_that_moves_within_its_week_keeps_its_row(database: Database, leader_id: int, group_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = load_group(db, group_id)
        meeting = meeting_on(group, date(2027, 1, 5))
        mark_attendance(db, meeting.id, group.memberships[0].id, Mark.NOTICE, today=TODAY)
    group = changed(database, leader_id, group_id, TO_WEDNESDAY)
    moved = meeting_on(group, date(2027, 1, 6))
    assert moved.id == meeting.id
    assert [row.mark for row in moved.attendance if row.mark] == [Mark.NOTICE]


def test_what_was_changed_by_hand_stays_and_its_week_gets_no_second_meeting(
    database: Database, leader_id: int, group_id: int
) -> None:
    with database.write(Action.MEETING_CHANGED, by=leader_id) as db:
        group = load_group(db, group_id)
        library = {"start": time(12), "minutes": 60, "place": "Library"}
        change_meeting(group, meeting_on(group, date(2027, 1, 5)), on=date(2027, 1, 7), today=TODAY, **library)
    assert [meeting.on for meeting in kept_by_hand(loaded(database, group_id), JANUARY)] == [date(2027, 1, 7)]
    group = changed(database, leader_id, group_id, TO_WEDNESDAY)
    assert days(group)[-3:] == ["Tue 29.12 13:00 Room 2", "Thu 7.1 12:00 Library", "Wed 13.1 10:00 Room 5"]
    with database.write(Action.PLAN_CHANGED, by=leader_id) as db:
        replan(load_group(db, group_id), after=TODAY)
    assert days(loaded(database, group_id)) == days(group)


def test_a_week_that_is_called_off_stays_so(database: Database, leader_id: int, group_id: int) -> None:
    with database.write(Action.MEETING_CANCELLED, by=leader_id) as db:
        group = load_group(db, group_id)
        cancel_meeting(group, meeting_on(group, date(2027, 1, 5)))
    group = changed(database, leader_id, group_id, TO_WEDNESDAY)
    assert [f"{meeting.on:%-d.%-m}" for meeting in group.meetings if meeting.on >= JANUARY] == ["5.1", "13.1", "20.1"]
    with database.write(Action.MEETING_REINSTATED, by=leader_id) as db:
        group = load_group(db, group_id)
        reinstate_meeting(group, next(meeting for meeting in group.meetings if meeting.state is MeetingState.CANCELLED))
    assert days(loaded(database, group_id))[-2:] == ["Wed 6.1 10:00 Room 5", "Wed 13.1 10:00 Room 5"]


def test_several_changes_one_after_the_other(database: Database, leader_id: int, group_id: int) -> None:
    changed(database, leader_id, group_id, TO_WEDNESDAY)
    group = changed(database, leader_id, group_id, GroupChange(date(2026, 12, 7), minutes=60))
    assert [(pattern.first, pattern.pattern.weekdays, pattern.pattern.minutes) for pattern in patterns_of(group)] == [
        (date(2026, 11, 10), (1,), 90),
        (date(2026, 12, 7), (1,), 60),
        (JANUARY, (2,), 60),
    ]
    assert [meeting.minutes for meeting in group.meetings] == [90] * 4 + [60] * 6
    back = changed(database, leader_id, group_id, GroupChange(date(2026, 12, 7), None, (1,), time(13), 90, "Room 2"))
    assert [pattern.first for pattern in patterns_of(back)] == [date(2026, 11, 10)]
    assert days(back)[-1] == "Tue 12.1 13:00 Room 2"


def test_what_is_left_counts_the_shortest_meeting(database: Database, leader_id: int, group_id: int) -> None:
    group = changed(database, leader_id, group_id, GroupChange(JANUARY, minutes=60))
    assert [pattern.minutes for pattern in plan_left(group, today=TODAY).calendar.patterns()] == [90, 60]
    assert [pattern.minutes for pattern in plan_left(group, today=JANUARY).calendar.patterns()] == [60]


def test_two_weekdays_to_one(database: Database, leader_id: int, group_id: int) -> None:
    changed(database, leader_id, group_id, GroupChange(date(2026, 11, 30), weekdays=(1, 3)))
    group = changed(database, leader_id, group_id, GroupChange(date(2026, 12, 14), weekdays=(3,)))
    assert [f"{meeting.on:%a %-d.%-m}" for meeting in group.meetings[2:]] == [
        "Tue 24.11",
        "Tue 1.12",
        "Thu 3.12",
        "Tue 8.12",
        "Thu 10.12",
        "Thu 17.12",
        "Thu 24.12",
        "Thu 31.12",
    ]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (GroupChange(date(2026, 11, 23), minutes=60), "is past"),
        (GroupChange(TODAY, minutes=90), "like this already"),
        (GroupChange(TODAY, name="Tuesdays", place="Room 2", until=None), "like this already"),
        (GroupChange(TODAY, minutes=5), "15 to 600 minutes"),
        (GroupChange(TODAY, start=time(23)), "after midnight"),
        (GroupChange(TODAY, weekdays=()), "at least one weekday"),
        (GroupChange(TODAY, until=date(2026, 11, 16)), "has met on Tuesday 17 November"),
        (GroupChange(TODAY, until=date(2026, 11, 9)), "has met"),
    ],
)
def test_what_cannot_be(change: GroupChange, words: str, database: Database, leader_id: int, group_id: int) -> None:
    with database.read() as db:
        before = rows(db)
    with pytest.raises(UserError, match=words):
        changed(database, leader_id, group_id, change)
    with database.read() as db:
        assert rows(db) == before


def test_an_end_before_the_group_begins(database: Database, leader_id: int) -> None:
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        group = make_group(db, first=date(2026, 12, 1))
        with pytest.raises(UserError, match="begins on Tuesday 1 December"):
            change_group(group, GroupChange(TODAY, until=date(2026, 11, 30)), today=TODAY)


def test_a_change_after_the_end(database: Database, leader_id: int, group_id: int) -> None:
    changed(database, leader_id, group_id, GroupChange(TODAY, until=date(2026, 12, 20)))
    with pytest.raises(UserError, match="ends on Sunday 20 December"):
        changed(database, leader_id, group_id, TO_WEDNESDAY)
    group = changed(database, leader_id, group_id, replace(TO_WEDNESDAY, until=None))
    assert group.meetings[-1].on == date(2027, 1, 13)


def test_today_stays_where_it_has_been_held(database: Database, leader_id: int, group_id: int) -> None:
    with database.write(Action.REST_MARKED, by=leader_id) as db:
        group = load_group(db, group_id)
        mark_rest(db, meeting_on(group, TODAY).id, Mark.PRESENT, today=TODAY)
    group = changed(database, leader_id, group_id, GroupChange(TODAY, weekdays=(2,)))
    assert [f"{meeting.on:%a %-d.%-m}" for meeting in group.meetings[2:5]] == ["Tue 24.11", "Wed 25.11", "Wed 2.12"]


def test_where_nobody_says_from_when(database: Database, group_id: int) -> None:
    group = loaded(database, group_id)
    assert usual_first(group, date(2026, 11, 23)) == date(2026, 11, 23)
    assert usual_first(group, TODAY) == date(2026, 11, 30)
    assert usual_first(group, date(2026, 11, 29)) == date(2026, 11, 30)


def test_differences_and_what_they_are_called(database: Database, group_id: int) -> None:
    group = loaded(database, group_id)
    change = GroupChange(TODAY, name="Other", weekdays=(1,), minutes=60, until=None, leaders=("Marit",))
    assert differences(group, change) == ["name", "leaders", "minutes"]
    assert action_of(group, change) == "group changed"
    assert action_of(group, GroupChange(TODAY, until=date(2026, 12, 20))) == "end changed"


def test_names_are_free_whatever_their_case(database: Database, leader_id: int, group_id: int) -> None:
    with database.read() as db:
        assert free_name(db, " tuesdays\n", group_id=group_id) == "tuesdays"
        with pytest.raises(UserError, match="this name already"):
            free_name(db, "TUESDAYS")


def test_leaders_by_name() -> None:
    assert with_leaders(["Marit"], added=[" Per ", "marit"]) == ("Marit", "Per")
    assert with_leaders(["Marit", "Per"], removed=["PER"]) == ("Marit",)
    with pytest.raises(UserError, match="There are: Marit"):
        with_leaders(["Marit"], removed=["Ola"])


# -- a later end keeps what is closed


@pytest.mark.parametrize("how", ["set_end", "offer"])
def test_a_later_end_keeps_the_usual_closures_of_an_old_group(how: str, database: Database, leader_id: int) -> None:
    """Older versions kept no closure after the end date: summer and Christmas are closed all the same."""
    from rop_facilitator.planning.course_fit import offer
    from rop_facilitator.records.plan.group_plan import save_plan

    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        group = make_group(db, sessions=60, until=date(2027, 5, 25))
        add_closure(group, parse_closure("2027-W08"), today=TODAY)
        if how == "set_end":
            set_end(group, None, today=TODAY)
        else:
            extension = offer(plan_left(group, today=TODAY), "extend")
            assert extension is not None
            save_plan(group, extension.plan, today=TODAY)
    group = loaded(database, group.id)
    days = [meeting.on for meeting in group.meetings]
    assert days[-1] > date(2027, 12, 31)
    assert not [day for day in days if date(2027, 6, 28) <= day <= date(2027, 8, 15)]
    assert not [day for day in days if date(2027, 12, 20) <= day <= date(2028, 1, 2)]
    assert date(2027, 5, 17).weekday() == 0
    assert days[-1] - days[0] > timedelta(weeks=60)


def test_a_group_without_closures_gets_none(database: Database, leader_id: int) -> None:
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        group = make_group(db, sessions=60, until=date(2027, 5, 25))
        set_end(group, None, today=TODAY)
        assert group.closures == []
