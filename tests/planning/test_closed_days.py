"""Closed days as they are typed, and what gives way when a calendar file comes again."""

from datetime import date

import pytest

from rop_facilitator.errors import UserError
from rop_facilitator.planning.calendar import Closure, parse_closure
from rop_facilitator.planning.closed_days import closure_words, merge_closures, typed_closures

TODAY = date(2026, 9, 1)
AUTUMN = Closure(date(2026, 9, 28), date(2026, 10, 2), "Høstferie", "u1@x", "skole.ics")
MOVED = Closure(date(2026, 10, 5), date(2026, 10, 9), "Høstferie", "u1@x", "skole (1).ics")
MINE = Closure(date(2026, 11, 16), date(2026, 11, 16), "Seminar")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("uke 40 Høstferie", ["2026-W40 Høstferie"]),
        ("2026-W40 17. mai", ["2026-W40 17. mai"]),
        ("20.12–2.1", ["2026-12-20..2027-01-02"]),
        ("fredager i oktober", [f"2026-10-{day:02d}" for day in (2, 9, 16, 23, 30)]),
        ("2020-12-24", ["2020-12-24"]),
    ],
)
def test_typed_days(typed: str, expected: list[str]) -> None:
    assert [closure.text for closure in typed_closures(typed, TODAY)] == expected


@pytest.mark.parametrize("typed", ["2026-W40 2026-W41", "uke 8 og 9", "jul", "2026-12-24..2026-12-20"])
def test_half_of_what_is_typed_is_never_lost(typed: str) -> None:
    with pytest.raises(UserError):
        typed_closures(typed, TODAY)


def test_a_closure_knows_where_it_came_from() -> None:
    closure = parse_closure(AUTUMN.text)
    assert (closure, closure.uid, closure.source) == (AUTUMN, "u1@x", "skole.ics")
    assert parse_closure(MINE.text).uid == ""
    assert parse_closure("2026-W40\tHøstferie").name == "Høstferie", "a tab is typed, and only a space"
    assert str(AUTUMN) == "2026-09-28..2026-10-02", "what is shown has none of it"
    dirty = Closure(date(2026, 9, 28), date(2026, 9, 28), "A\x1fB", "u\x1fx\n", "f\x1f")
    again = parse_closure(dirty.text)
    assert (again.name, again.uid, again.source) == (dirty.name, dirty.uid, dirty.source)


def test_what_the_calendar_moved_gives_way() -> None:
    merge = merge_closures([MINE, AUTUMN], [MOVED], today=TODAY)
    assert merge.closures == (MINE, MOVED)
    assert merge.words == "Høstferie, 28 September – 2 October 2026 gives way to 5 to 9 October 2026."
    assert not merge_closures(merge.closures, [MOVED], today=TODAY).changes


def test_what_is_over_or_typed_by_hand_stays() -> None:
    after = date(2026, 10, 3)
    assert merge_closures([AUTUMN], [MOVED], today=after).closures == (AUTUMN, MOVED)
    typed = Closure(AUTUMN.first, AUTUMN.last, "Høst")
    assert merge_closures([typed], [MOVED], today=TODAY).closures == (typed, MOVED)
    assert merge_closures([typed], [AUTUMN], today=TODAY).closures == (typed,), "the days are closed already"


def test_one_of_several_days_that_is_gone() -> None:
    days = [Closure(date(2026, 11, day), date(2026, 11, day), "Fagdag", "u2") for day in (3, 10, 17)]
    merge = merge_closures(days, [days[0], days[2]], today=TODAY)
    assert merge.closures == (days[0], days[2])
    assert merge.words == "Fagdag, Tuesday 10 November 2026 is not in the calendar any more."


def test_words() -> None:
    assert closure_words(MINE) == "Seminar, Monday 16 November 2026"
    assert closure_words(Closure(MINE.first, MINE.last)) == "Monday 16 November 2026"
