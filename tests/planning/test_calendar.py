"""Days on which a group can meet."""

from datetime import date, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rop_facilitator import i18n
from rop_facilitator.errors import UserError
from rop_facilitator.planning.calendar import (
    Closure,
    MeetingPattern,
    end_of,
    iso_week,
    parse_closure,
    parse_weekday,
    public_holidays,
    suggested_closures,
    usual_closures,
)


@pytest.mark.parametrize(
    ("written", "first", "last"),
    [
        ("2026-W40", date(2026, 9, 28), date(2026, 10, 4)),
        ("2026-w40", date(2026, 9, 28), date(2026, 10, 4)),
        ("2026-W01", date(2025, 12, 29), date(2026, 1, 4)),
        ("2026-W53", date(2026, 12, 28), date(2027, 1, 3)),
        ("2026-12-24", date(2026, 12, 24), date(2026, 12, 24)),
        ("2028-02-29", date(2028, 2, 29), date(2028, 2, 29)),
        ("2026-10-05..2026-10-09", date(2026, 10, 5), date(2026, 10, 9)),
        (" 2026-W26 .. 2026-W32 ", date(2026, 6, 22), date(2026, 8, 9)),
        ("2026-12-20..2027-W01", date(2026, 12, 20), date(2027, 1, 10)),
    ],
)
def test_closures_as_they_are_written(written: str, first: date, last: date) -> None:
    closure = parse_closure(written)
    assert (closure.first, closure.last) == (first, last)
    assert parse_closure(str(closure)) == closure


@pytest.mark.parametrize(
    ("written", "what"),
    [
        ("", "not a closure"),
        ("uke 40", "not a closure"),
        ("2026", "not a closure"),
        ("2027-W53", "not a closure"),
        ("2026-W00", "not a closure"),
        ("2026-02-29", "not a closure"),
        ("20261224", "not a closure"),
        ("2026-10-05..", "not a closure"),
        ("2026-10-05..2026-10-06..2026-10-07", "not a closure"),
        ("0000-W01", "not a closure"),
        ("2026-10-09..2026-10-05", "before it begins"),
        ("2026-01-01..2028-01-01", "longer than a year"),
    ],
)
def test_a_closure_that_cannot_be(written: str, what: str) -> None:
    with pytest.raises(UserError, match=what):
        parse_closure(written)


@given(st.one_of(st.text(), st.from_regex(r"\d{4}-(W\d\d|\d\d-\d\d)(\.\.\d{4}-(W\d\d|\d\d-\d\d))?", fullmatch=True)))
def test_a_written_closure_is_read_or_refused(written: str) -> None:
    try:
        closure = parse_closure(written)
    except UserError:
        return
    assert closure.first <= closure.last


@pytest.mark.parametrize(
    ("written", "number"),
    [("tue", 1), ("tir", 1), ("Tirsdag", 1), (" TUESDAY ", 1), ("man", 0), ("lør", 5), ("søndag", 6), ("sun", 6)],
)
def test_weekdays_in_both_languages(written: str, number: int) -> None:
    assert parse_weekday(written) == number


@pytest.mark.parametrize("written", ["", "t", "tuesday!", "dag", "1", "x" * 500])
def test_what_is_not_a_weekday(written: str) -> None:
    with pytest.raises(UserError, match="not a weekday"):
        parse_weekday(written)


@pytest.mark.parametrize(
    ("weekdays", "start", "minutes", "what"),
    [
        ((), time(13), 90, "at least one weekday"),
        ((7,), time(13), 90, "at least one weekday"),
        ((1,), time(13), 14, "from 15"),
        ((1,), time(13), 0, "from 15"),
        ((1,), time(23), 90, "after midnight"),
    ],
)
def test_a_pattern_that_cannot_be(weekdays: tuple[int, ...], start: time, minutes: int, what: str) -> None:
    with pytest.raises(UserError, match=what):
        MeetingPattern(weekdays, start, minutes)


def test_the_latest_meeting_ends_before_midnight() -> None:
    pattern = MeetingPattern((1,), time(23, 44), 15)
    assert end_of(pattern.start, pattern.minutes) == time(23, 59)


def test_norwegian_public_holidays() -> None:
    """The twelve of docs/domain.md; julaften and nyttårsaften are not among them."""
    with i18n.speaking("nb"):
        days = public_holidays(date(2027, 1, 1), date(2027, 12, 31))
    assert [day.strftime("%d.%m") for day in days] == [
        "01.01", "25.03", "26.03", "28.03", "29.03", "01.05", "06.05", "16.05", "17.05", "25.12", "26.12",
    ]  # fmt: skip
    assert days[date(2027, 5, 17)] == "Andre pinsedag; Grunnlovsdag"
    assert public_holidays(date(2027, 5, 18), date(2027, 12, 24)) == {}
    assert date(2027, 12, 25) in public_holidays(date(2026, 12, 26), date(2027, 12, 25))


def test_suggested_closures_hold_christmas_and_new_years_eve() -> None:
    closures = suggested_closures(date(2026, 8, 1), date(2027, 7, 31))
    for day in (date(2026, 12, 24), date(2026, 12, 31), date(2026, 9, 30), date(2027, 2, 24), date(2027, 3, 23)):
        assert any(day in closure for closure in closures), day
    assert all(closure.name for closure in closures)


@pytest.mark.parametrize(
    ("day", "week"),
    [
        (date(2026, 8, 25), "2026-W35"),
        (date(2027, 1, 3), "2026-W53"),
        (date(2027, 1, 4), "2027-W01"),
        (date(2025, 12, 29), "2026-W01"),
    ],
)
def test_iso_weeks_have_their_own_year(day: date, week: str) -> None:
    assert iso_week(day) == week
    assert day in parse_closure(week)


def test_a_closure_holds_both_its_ends() -> None:
    closure = Closure(date(2026, 10, 5), date(2026, 10, 9))
    assert date(2026, 10, 5) in closure
    assert date(2026, 10, 9) in closure
    assert date(2026, 10, 9) + timedelta(days=1) not in closure


def test_the_services_own_closures_stand_in_for_the_suggestions() -> None:
    first, last = date(2026, 9, 1), date(2027, 4, 30)
    with i18n.speaking("nb"):
        general = [closure.name for closure in usual_closures(first, last, ())]
        written = ["2026-W41 høstferie", "2026-12-19..2027-01-03", "2027-02-22 Kurs", "2025-W40"]
        ours = usual_closures(first, last, [parse_closure(text) for text in written])
    assert general == ["Høstferie", "Jul", "Vinterferie", "Påskeuka"]
    assert [our.text for our in ours] == [
        "2026-W41 høstferie",
        "2026-12-19..2027-01-03",
        "2027-02-22 Kurs",
        "2027-W08 Vinterferie",
        "2027-W12 Påskeuka",
    ]
