"""Marks and how they count."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rop_facilitator.errors import UserError
from rop_facilitator.records.attendance import (
    COUNTED,
    LETTERS,
    PRESENT,
    Share,
    mark_attendance,
    mark_rest,
    parse_mark,
    share,
    unmarked,
)
from rop_facilitator.records.database import Database
from rop_facilitator.records.models import Mark, MeetingState
from tests.records.factories import make_group

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("letters", "present", "counted", "percent"),
    [
        ("", 0, 0, None),
        ("M", 1, 1, 100),
        ("MSTD", 4, 4, 100),
        ("MAKI", 1, 4, 25),
        ("F", 0, 0, None),
        ("MF", 1, 1, 100),
        ("MMI", 2, 3, 67),
        ("MIIIIIII", 1, 8, 13),
    ],
)
def test_share_is_the_rule_of_the_field(letters: str, present: int, counted: int, percent: int | None) -> None:
    found = share(parse_mark(letter) for letter in letters)
    assert (found.present, found.counted, found.percent) == (present, counted, percent)


@given(st.lists(st.one_of(st.none(), st.sampled_from(Mark))))
def test_share_never_counts_more_than_there_is(marks: list[Mark | None]) -> None:
    found = share(marks)
    assert 0 <= found.present <= found.counted <= len(marks)
    assert found.percent is None or 0 <= found.percent <= 100
    assert (found.percent == 100) == (found.present == found.counted > 0) or found.percent == 100 > 99.5
    assert share([*marks, None, Mark.EXEMPT]) == found


@pytest.mark.parametrize("mark", Mark)
def test_every_mark_has_a_letter_a_word_and_a_name(mark: Mark) -> None:
    assert parse_mark(LETTERS[mark].lower()) is mark
    assert parse_mark(mark.value) is mark
    assert (mark in COUNTED) == (mark is not Mark.EXEMPT)
    assert (mark in PRESENT) == (LETTERS[mark] in "MSTD")


def test_an_unknown_mark_lists_the_known() -> None:
    with pytest.raises(UserError, match="M present"):
        parse_mark("perhaps")


def test_the_first_present_mark_holds_the_meeting(database: Database, leader_id: int) -> None:
    with database.write("attendance marked", by=leader_id) as db:
        group = make_group(db)
        meeting = group.meetings[0]
        mark_attendance(db, group, meeting, group.memberships[0].id, Mark.ABSENT, today=TODAY)
        assert meeting.state is MeetingState.PLANNED
        mark_attendance(db, group, meeting, group.memberships[1].id, Mark.LATE, today=TODAY, minutes_late=8)
        assert meeting.state is MeetingState.HELD
        assert [row.mark for row in meeting.attendance] == [Mark.ABSENT, Mark.LATE, None]
        assert unmarked(group, meeting) == 1
        assert mark_rest(db, group, meeting, Mark.PRESENT, today=TODAY) == 1
        assert share(row.mark for row in meeting.attendance) == Share(2, 3)


def test_before_the_day_only_notice(database: Database, leader_id: int) -> None:
    with database.write("attendance marked", by=leader_id) as db:
        group = make_group(db)
        later = next(m for m in group.meetings if m.on > TODAY)
        mark_attendance(db, group, later, group.memberships[0].id, Mark.NOTICE, today=TODAY)
        assert later.state is MeetingState.PLANNED
        for mark in (Mark.PRESENT, Mark.ABSENT, Mark.LATE):
            with pytest.raises(UserError, match="Until then"):
                mark_attendance(db, group, later, group.memberships[0].id, mark, today=TODAY)


def test_minutes_go_with_the_mark(database: Database, leader_id: int) -> None:
    with database.write("attendance marked", by=leader_id) as db:
        group = make_group(db)
        someone = group.memberships[0].id
        mark_attendance(db, group, group.meetings[0], someone, Mark.LATE, today=TODAY, minutes_late=8, minutes_early=5)
        row = mark_attendance(db, group, group.meetings[0], someone, Mark.PRESENT, today=TODAY)
        assert (row.minutes_late, row.minutes_early) == (None, None)
