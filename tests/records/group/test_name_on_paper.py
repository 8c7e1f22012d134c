"""What a group is called on paper: by its weekday, in the language of the papers, and never by what it is about."""

from datetime import date, time

import pytest

from rop_facilitator.curriculum.load import load_library
from rop_facilitator.curriculum.model import Library
from rop_facilitator.paths import shipped
from rop_facilitator.records.group.name_on_paper import doubt_about_name, name_on_paper_of, telling_words
from rop_facilitator.records.models import Group


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library((shipped("curricula"),))


def group(weekdays: list[int], name_on_paper: str = "") -> Group:
    return Group(
        name="KAT-ROP vår",
        name_on_paper=name_on_paper,
        weekdays=weekdays,
        start=time(13),
        minutes=90,
        first_date=date(2026, 9, 1),
        later_patterns=[["2026-12-01", [3], "13:00", 90, ""]],
    )


def test_the_usual_one_is_the_weekday_that_is_in_force() -> None:
    tuesdays = group([1, 3])
    assert name_on_paper_of(tuesdays, date(2026, 11, 24), language="nb") == "Tirsdagsgruppa"
    assert name_on_paper_of(tuesdays, date(2026, 11, 24), language="en") == "Tuesday group"
    assert name_on_paper_of(tuesdays, date(2026, 12, 3), language="nb") == "Torsdagsgruppa"
    assert [name_on_paper_of(group([day]), date(2026, 11, 24), language="nb") for day in (0, 2, 5, 6)] == [
        "Mandagsgruppa",
        "Onsdagsgruppa",
        "Lørdagsgruppa",
        "Søndagsgruppa",
    ]


def test_what_the_leader_wrote_stands_in_both_languages() -> None:
    written = group([1], "Fjellgata 4")
    assert {name_on_paper_of(written, date(2026, 11, 24), language=language) for language in ("nb", "en")} == {
        "Fjellgata 4"
    }


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("KAT-ROP vår", ("KAT-ROP",)),
        ("katropgruppa", ("katropgruppa",)),
        ("EBL-gruppa i vår", ("EBL-gruppa",)),
        ("Et bedre liv, vår", ("Et bedre liv",)),
        ("Motivasjonsgruppe", ("Motivasjonsgruppe",)),
        ("E-IMR torsdag", ("E-IMR",)),
        ("imr", ("imr",)),
        ("Rusgruppa", ("Rusgruppa",)),
        ("LAR-gruppa", ("LAR-gruppa",)),
        ("Angst og depresjon", ("Angst", "depresjon")),
        ("Sober living", ("Sober",)),
        ("Bipolar support", ("Bipolar",)),
    ],
)
def test_a_name_that_tells_is_questioned(name: str, words: tuple[str, ...], library: Library) -> None:
    assert telling_words(name, library) == words
    assert all(word in doubt_about_name(name, library) for word in words)


@pytest.mark.parametrize(
    "name",
    ["", "Tirsdagsgruppa", "Larsgruppa", "Ruslegruppa", "Russ", "Sykkelgruppa", "Fjellgata 4", "Gruppe 3", "Kl. 13"],
)
def test_a_name_that_does_not_is_left_in_peace(name: str, library: Library) -> None:
    assert doubt_about_name(name, library) == ""


def test_no_name_crashes_the_question(library: Library) -> None:
    names = ("(", "[a-", "\\", "x" * 500, "🙂", "a b " * 120)
    assert [name for name in names if telling_words(name, library)] == []
