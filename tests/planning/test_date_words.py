"""Days and spans of days as people type them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rop_facilitator import i18n
from rop_facilitator.errors import UserError
from rop_facilitator.planning.date_words import Lean, parse_day, parse_days

TODAY = date(2026, 11, 28)  # a Saturday in week 48


@pytest.fixture(autouse=True)
def bokmal() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("nb")
    yield
    i18n.set_language(before)


WITH_YEAR = {
    date(2027, 1, 12): (
        *("12.1.27", "12.01.2027", "12/1/27", "12-1-2027", "12. 1. 2027", "12.1 2027", "120127", "12012027"),
        *("12 januar 2027", "12. jan 27", "12.jan.2027", "12jan2027", "tirsdag 12. januar 2027", "ti 12.1.27"),
        *("2027-01-12", "2027/1/12", "2027.01.12", "20270112", "2027-W02-2", "tirsdag i uke 2 2027"),
        *("January 12, 2027", "12th of January 2027", "Tuesday, 12 January 2027", "den 12. januar 2027"),
        "12\u00a0jan\u200b 2027",
    ),
    date(2026, 11, 21): ("21.11.26", "21.11.2026", "21. nov 2026", "2026-11-21"),
    date(2026, 12, 24): ("24.12.2026", "24. desember 26", "Dec 24 2026"),
    date(2028, 2, 29): ("29.2.28", "2028-02-29"),
    date(2026, 12, 28): ("uke 53 2026", "2026-W53", "uke 53/26"),
    date(2024, 12, 30): ("2025-W01", "uke 1 2025"),
}  # fmt: skip


@pytest.mark.parametrize(("text", "day"), [(text, day) for day, texts in WITH_YEAR.items() for text in texts])
@pytest.mark.parametrize("lean", Lean)
def test_a_day_with_its_year(text: str, day: date, lean: Lean) -> None:
    assert parse_day(text, TODAY, lean=lean).day == day


@pytest.mark.parametrize(
    ("text", "ahead", "back"),
    [
        ("12.1", date(2027, 1, 12), date(2026, 1, 12)),
        ("12/1", date(2027, 1, 12), date(2026, 1, 12)),
        ("12. jan", date(2027, 1, 12), date(2026, 1, 12)),
        ("12.1.", date(2027, 1, 12), date(2026, 1, 12)),
        ("Jan 12th", date(2027, 1, 12), date(2026, 1, 12)),
        ("21.11", date(2027, 11, 21), date(2026, 11, 21)),
        ("21. nov", date(2027, 11, 21), date(2026, 11, 21)),
        ("5. juni", date(2027, 6, 5), date(2026, 6, 5)),
        ("28.11", TODAY, TODAY),
        ("29.2", date(2028, 2, 29), date(2024, 2, 29)),
        ("uke 5", date(2027, 2, 1), date(2026, 1, 26)),
        ("week 53", date(2026, 12, 28), date(2020, 12, 28)),
        ("tirsdag", date(2026, 12, 1), date(2026, 11, 24)),
        ("lørdag", TODAY, TODAY),
        ("next saturday", date(2026, 12, 5), date(2026, 12, 5)),
        ("forrige lørdag", date(2026, 11, 21), date(2026, 11, 21)),
        ("tirsdag i uke 8", date(2027, 2, 23), date(2026, 2, 17)),
        ("i morgen", date(2026, 11, 29), date(2026, 11, 29)),
        ("Yesterday", date(2026, 11, 27), date(2026, 11, 27)),
        ("+7", date(2026, 12, 5), date(2026, 12, 5)),
        ("-3", date(2026, 11, 25), date(2026, 11, 25)),
        ("om 2 uker", date(2026, 12, 12), date(2026, 12, 12)),
        ("for 3 dager siden", date(2026, 11, 25), date(2026, 11, 25)),
    ],
)
def test_a_day_without_its_year_leans_ahead_or_back(text: str, ahead: date, back: date) -> None:
    assert parse_day(text, TODAY, lean=Lean.AHEAD).day == ahead
    assert parse_day(text, TODAY, lean=Lean.BACK).day == back


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("29.12", date(2026, 12, 29)),
        ("30.12", date(2025, 12, 30)),
        ("1. desember", date(2026, 12, 1)),
        ("5. juni", date(2026, 6, 5)),
        ("uke 49", date(2026, 11, 30)),
        ("tirsdag", date(2026, 11, 24)),
        ("29.2", date(2024, 2, 29)),
        ("1.12.2025", date(2025, 12, 1)),
    ],
)
def test_a_day_of_the_coming_month_is_not_a_year_ago_where_people_come_and_go(text: str, day: date) -> None:
    assert parse_day(text, TODAY, lean=Lean.AROUND).day == day


def test_the_field_rules_over_the_lean() -> None:
    assert parse_day("1.9", TODAY, latest=TODAY).day == date(2026, 9, 1)
    assert parse_day("1.9", TODAY, lean=Lean.BACK, earliest=date(2026, 10, 1)).day == date(2027, 9, 1)
    assert parse_day("1.9", TODAY, earliest=date(2028, 1, 1)).day == date(2028, 9, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("25.11", date(2026, 11, 25)),
        ("18. november", date(2026, 11, 18)),
        ("17.11", date(2027, 11, 17)),
        ("3.12", date(2026, 12, 3)),
        ("5.1", date(2027, 1, 5)),
        ("uke 48", date(2026, 11, 23)),
        ("25.11.2027", date(2027, 11, 25)),
        ("tirsdag", date(2026, 12, 1)),
        ("i morgen", date(2026, 11, 29)),
    ],
)
def test_an_end_is_the_first_such_day_after_what_it_ends_begins(text: str, day: date) -> None:
    begins = date(2026, 11, 18)
    assert parse_day(text, TODAY, lean=Lean.AFTER, earliest=begins).day == day


def test_an_end_of_what_has_no_beginning_yet_lies_ahead() -> None:
    assert parse_day("25.11", TODAY, lean=Lean.AFTER).day == date(2027, 11, 25)


def test_a_field_that_lies_far_away_is_asked_first() -> None:
    start = date(2040, 8, 28)
    for text, day in (("1.10", date(2040, 10, 1)), ("fredag", date(2040, 8, 31)), ("uke 40", date(2040, 10, 1))):
        assert parse_day(text, TODAY, earliest=start).day == day
    assert parse_day("1.10", TODAY, lean=Lean.BACK, latest=date(2010, 1, 1)).day == date(2009, 10, 1)
    assert parse_days("uke 40–41", TODAY, earliest=start).first == date(2040, 10, 1)
    with pytest.raises(UserError, match=r"Skriv 28\. august 2040"):
        parse_day("i morgen", TODAY, earliest=start)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("12.1.27", "tirsdag 12. januar 2027"),
        ("uke 5", "mandag 1. februar 2027, mandagen i uke 5"),
    ],
)
def test_the_words_to_show(text: str, words: str) -> None:
    assert parse_day(text, TODAY).words == words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Dette er ingen dag. Skriv for eksempel 12.1, 12. januar, tirsdag eller uke 8."),
        ("tull", "Dette er ingen dag. Skriv for eksempel 12.1, 12. januar, tirsdag eller uke 8."),
        ("juni", "Dette er ingen dag. Skriv for eksempel 12.1, 12. januar, tirsdag eller uke 8."),
        ("12", "Dette er ingen dag. Skriv for eksempel 12.1, 12. januar, tirsdag eller uke 8."),
        ("1" * 500, "Dette er ingen dag. Skriv for eksempel 12.1, 12. januar, tirsdag eller uke 8."),
        ("31.4", "I april går dagene fra 1 til 30."),
        ("31.4.27", "I april 2027 går dagene fra 1 til 30."),
        ("29.2.27", "I februar 2027 går dagene fra 1 til 28."),
        ("30.2", "I februar går dagene fra 1 til 29."),
        ("0.1", "I januar går dagene fra 1 til 31."),
        ("5.13", "Måned 13 finnes ikke. Skriv dag, måned og år: 1.12.2026."),
        ("uke 53 2027", "2027 har ukene 1 til 52."),
        ("uke 60", "Et år har ukene 1 til 53."),
        ("12.1.1999", "Skriv et år fra 2000 til 2099."),
        ("+99999", "Skriv et år fra 2000 til 2099."),
        ("onsdag 12.1.27", "12. januar 2027 er en tirsdag. Ta bort ukedagen, eller skriv en annen dag."),
    ],
)
def test_a_fault_says_what_to_write(text: str, words: str) -> None:
    with pytest.raises(UserError) as fault:
        parse_day(text, TODAY)
    assert str(fault.value) == words


@pytest.mark.parametrize(
    ("text", "limits", "words"),
    [
        ("27.11.26", {"earliest": TODAY}, "Denne dagen har vært. Skriv i dag eller en senere dag."),
        ("i morgen", {"latest": TODAY}, "Denne dagen har ikke vært ennå. Skriv i dag eller en tidligere dag."),
        ("1.1.26", {"earliest": date(2026, 9, 1)}, "Skriv 1. september 2026 eller en senere dag."),
        ("1.1.28", {"latest": date(2027, 6, 1)}, "Skriv 1. juni 2027 eller en tidligere dag."),
        (
            "5.1",
            {"earliest": date(2026, 9, 1), "latest": TODAY},
            "Skriv en dag fra 1. september 2026 til 28. november 2026.",
        ),
    ],
)
def test_a_day_that_the_field_cannot_hold(text: str, limits: dict[str, date], words: str) -> None:
    with pytest.raises(UserError) as fault:
        parse_day(text, TODAY, **limits)
    assert str(fault.value) == words


CHRISTMAS = (date(2026, 12, 20), date(2027, 1, 2))


@pytest.mark.parametrize(
    ("text", "first", "last", "words"),
    [
        ("uke 8", date(2027, 2, 22), date(2027, 2, 28), "uke 8, 22. til 28. februar 2027"),
        ("uke 48", date(2026, 11, 23), date(2026, 11, 29), "uke 48, 23. til 29. november 2026"),
        ("uke 8–9", date(2027, 2, 22), date(2027, 3, 7), "22. februar – 7. mars 2027"),
        ("uke 51-1", date(2026, 12, 14), date(2027, 1, 10), "14. desember 2026 – 10. januar 2027"),
        ("uke 51 til uke 53", date(2026, 12, 14), date(2027, 1, 3), "14. desember 2026 – 3. januar 2027"),
        ("20.12–2.1", *CHRISTMAS, "20. desember 2026 – 2. januar 2027"),
        ("20.12-2.1", *CHRISTMAS, "20. desember 2026 – 2. januar 2027"),
        ("20.12 — 2.1.27", *CHRISTMAS, "20. desember 2026 – 2. januar 2027"),
        ("20.12.2026-2.1", *CHRISTMAS, "20. desember 2026 – 2. januar 2027"),
        ("fra 20. des til 2. jan", *CHRISTMAS, "20. desember 2026 – 2. januar 2027"),
        ("20 Dec to 2 Jan", *CHRISTMAS, "20. desember 2026 – 2. januar 2027"),
        ("2026-12-20..2027-01-02", *CHRISTMAS, "20. desember 2026 – 2. januar 2027"),
        ("2026-12-20-2027-01-02", *CHRISTMAS, "20. desember 2026 – 2. januar 2027"),
        ("20.–23. des", date(2026, 12, 20), date(2026, 12, 23), "20. til 23. desember 2026"),
        ("28.–3. januar 2027", date(2026, 12, 28), date(2027, 1, 3), "28. desember 2026 – 3. januar 2027"),
        ("17. mai", date(2027, 5, 17), date(2027, 5, 17), "mandag 17. mai 2027"),
        ("juni", date(2027, 6, 1), date(2027, 6, 30), "1. til 30. juni 2027"),
        ("november", date(2026, 11, 1), date(2026, 11, 30), "1. til 30. november 2026"),
        ("juni 2028", date(2028, 6, 1), date(2028, 6, 30), "1. til 30. juni 2028"),
        ("juni–august", date(2027, 6, 1), date(2027, 8, 31), "1. juni – 31. august 2027"),
    ],
)
def test_a_span_of_days(text: str, first: date, last: date, words: str) -> None:
    days = parse_days(text, TODAY)
    assert days.spans == ((first, last),)
    assert (days.words, days.name) == (words, "")


@pytest.mark.parametrize(
    "text",
    [
        "fredager i juni",
        "hver fredag i juni",
        "Fridays in June",
        "every Friday in June",
        "fredager 1.6–30.6",
        "fredager fra 1.6.27 til 30.6.27",
    ],
)
def test_a_weekday_through_a_span(text: str) -> None:
    fridays = [date(2027, 6, day) for day in (4, 11, 18, 25)]
    days = parse_days(text, TODAY)
    assert days.spans == tuple((day, day) for day in fridays)
    assert days.words == "4 dager: 4. juni, 11. juni, 18. juni og 25. juni 2027"


@pytest.mark.parametrize(
    ("text", "first", "name"),
    [
        ("uke 8 Vinterferie", date(2027, 2, 22), "Vinterferie"),
        ("Vinterferie: uke 8", date(2027, 2, 22), "Vinterferie"),
        ("uke 8, Vinterferie", date(2027, 2, 22), "Vinterferie"),
        ("20.12–2.1 Jul og nyttår", date(2026, 12, 20), "Jul og nyttår"),
        ("Jul 20.12–2.1", date(2026, 12, 20), "Jul"),
        ("17. mai", date(2027, 5, 17), ""),
        ("2026-W40 Høstferie", date(2026, 9, 28), "Høstferie"),
    ],
)
def test_a_name_beside_the_days(text: str, first: date, name: str) -> None:
    days = parse_days(text, TODAY, named=True)
    assert (days.first, days.name) == (first, name)


@pytest.mark.parametrize("text", ["uke 8 og 9", "uke 8, uke 9", "20.12 2.1", "ferie", "fredager", "", "uke 8 uke 9"])
def test_nothing_of_what_is_typed_is_lost(text: str) -> None:
    with pytest.raises(UserError, match="Dette er ikke dager"):
        parse_days(text, TODAY, named=True)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("2.1.27–20.12.26", "Dette slutter før det begynner. Bytt om på de to."),
        ("1.1.26–1.6.27", "Dette er lengre enn et år. Skriv det som flere stengte perioder."),
        ("20.12–31.2", "I februar går dagene fra 1 til 29."),
    ],
)
def test_a_span_that_cannot_be(text: str, words: str) -> None:
    with pytest.raises(UserError) as fault:
        parse_days(text, TODAY)
    assert str(fault.value) == words


def test_a_span_that_runs_today_is_ahead_and_one_that_is_over_is_back() -> None:
    in_it = date(2026, 12, 28)
    assert parse_days("20.12–2.1", in_it).spans == (CHRISTMAS,)
    assert parse_days("20.12–2.1", date(2027, 1, 3), lean=Lean.BACK).spans == (CHRISTMAS,)
    assert parse_days("20.12–2.1", date(2027, 1, 3)).first == date(2027, 12, 20)


@given(st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.dates(date(2000, 1, 1), date(2099, 12, 31)))
def test_a_day_as_the_program_writes_it_is_read_back(day: date, today: date) -> None:
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        typed = parse_day(i18n.long_date(day), today)
        assert parse_day(typed.words, today).day == typed.day == day
        assert parse_day(f"{day.day}.{day.month}.{day.year}", today).day == day


@given(st.text(max_size=30) | st.text("0123456789.-/ ukemandjil+WT–", max_size=20), st.sampled_from(Lean))
def test_any_text_is_a_day_or_a_fault_in_words(text: str, lean: Lean) -> None:
    for parse in (parse_day, parse_days):
        with suppress(UserError):  # any other error fails
            assert parse(text, TODAY, lean=lean).words


@given(st.integers(1, 31), st.integers(1, 12), st.dates(date(2001, 1, 1), date(2098, 12, 31)))
def test_the_nearest_day_is_the_nearest(day: int, month: int, today: date) -> None:
    try:
        ahead = parse_day(f"{day}.{month}", today).day
    except UserError:
        assert (month, day) in ((2, 30), (2, 31), (4, 31), (6, 31), (9, 31), (11, 31))
        return
    back = parse_day(f"{day}.{month}", today, lean=Lean.BACK).day
    assert (ahead.day, ahead.month, back.day, back.month) == (day, month, day, month)
    if (month, day) != (2, 29):
        assert today <= ahead < today + timedelta(days=366)
        assert today - timedelta(days=366) < back <= today
