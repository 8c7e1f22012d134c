"""Groups and people stand as in a Norwegian telephone book."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rop_facilitator import i18n
from rop_facilitator.alphabet import alphabetical

GROUPS = ["andre", "Beta", "Zebra", "Ærfugl", "Ørland", "Åfjord", "Aasen"]


@pytest.mark.parametrize("language", ["nb", "en"])
def test_the_seven_groups_stand_in_that_order(language: str) -> None:
    i18n.set_language(language)
    for seed in range(20):
        assert sorted(random.Random(seed).sample(GROUPS, 7), key=alphabetical) == GROUPS


@pytest.mark.parametrize(
    "names",
    [
        ["Gruppe 2", "Gruppe 10", "gruppe 10 b", "Gruppe A"],
        ["Anne", "Anne Berit", "Anne-Mari", "Annelise"],
        ["Eva", "Éva", "Evy"],
        ["Zita", "Ærlend", "Ärlig", "Øst", "Öst", "Ås"],
        ["Å", "Åse", "Aase", "Aase 2"],
        ["O'Brien", "Obrien", "Ola"],
        ["", "7", "07", "70", "a"],
    ],
)
def test_what_parts_names(names: list[str]) -> None:
    shuffled = random.Random(7).sample(names, len(names))
    assert [alphabetical(name)[0] for name in sorted(shuffled, key=alphabetical)] == [
        alphabetical(name)[0] for name in names
    ]


def test_letters_written_in_two_ways_are_one() -> None:
    assert alphabetical("A\u030ase")[0] == alphabetical("Åse")[0] == alphabetical("AASE")[0]


@given(st.lists(st.text(), max_size=6))
def test_any_names_have_an_order_that_is_always_the_same(names: list[str]) -> None:
    assert sorted(names, key=alphabetical) == sorted(reversed(names), key=alphabetical)
