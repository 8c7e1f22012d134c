"""Marks: letters, words, and the one figure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rop_facilitator.errors import UserError
from rop_facilitator.records.marks import (
    AWAY,
    COUNTED,
    GAVE_NOTICE,
    LETTERS,
    MISSED_MINUTES,
    PRESENT,
    Mark,
    parse_mark,
    share,
)


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
        ("M" * 199 + "I", 199, 200, 99),
        ("M" + "I" * 199, 1, 200, 1),
        ("M" * 200, 200, 200, 100),
        ("I" * 200, 0, 200, 0),
    ],
)
def test_share_is_the_rule_of_the_field(letters: str, present: int, counted: int, percent: int | None) -> None:
    attendance = share(parse_mark(letter) for letter in letters)
    assert (attendance.present, attendance.counted, attendance.percent) == (present, counted, percent)


@given(st.lists(st.one_of(st.none(), st.sampled_from(Mark))))
def test_share_never_counts_more_than_there_is(marks: list[Mark | None]) -> None:
    attendance = share(marks)
    assert 0 <= attendance.present <= attendance.counted <= len(marks)
    assert attendance.percent is None or 0 <= attendance.percent <= 100
    assert (attendance.percent == 100) == (attendance.present == attendance.counted > 0)
    assert (attendance.percent == 0) == (attendance.present == 0 < attendance.counted)
    assert share([*marks, None, Mark.EXEMPT]) == attendance


@pytest.mark.parametrize("mark", Mark)
def test_every_mark_has_a_letter_a_word_and_a_name(mark: Mark) -> None:
    assert parse_mark(LETTERS[mark].lower()) is mark
    assert parse_mark(mark.value) is mark
    assert (mark in COUNTED) == (mark is not Mark.EXEMPT)
    assert (mark in PRESENT) == (LETTERS[mark] in "MSTD")


def test_an_unknown_mark_lists_the_known() -> None:
    with pytest.raises(UserError, match="M present"):
        parse_mark("perhaps")


def test_the_sets_are_those_of_the_field() -> None:
    assert "".join(LETTERS[mark] for mark in Mark if mark in AWAY) == "AKIF"
    assert "".join(LETTERS[mark] for mark in Mark if mark in GAVE_NOTICE) == "AKF"
    assert "".join(LETTERS[mark] for mark in Mark if mark in MISSED_MINUTES) == "ST"
