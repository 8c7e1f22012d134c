"""Sheets of a set on as few leaves as they can lie on, and none of two pages torn over two leaves."""

import itertools

import pytest

from rop_facilitator.documents.output.full_leaves import on_full_leaves
from rop_facilitator.documents.page.blocks import Document


def laid(*sets: list[int], documents: list[Document] | None = None) -> list[tuple[str, bool]]:
    """The titles in order, each with whether it begins on a back; a title is the set and the place in it."""
    made = [
        Document("handout", f"{which}.{at}", in_set=at > 0)
        for which, pages in enumerate(sets)
        for at in range(len(pages))
    ]
    counts = [count for pages in sets for count in pages]
    return [(document.title, document.on_back) for document in on_full_leaves(documents or made, counts)]


def leaves(counts: list[int]) -> tuple[int, bool]:
    """How many leaves a set takes, and whether a sheet of two pages lies on two of them."""
    pages = {f"0.{at}": count for at, count in enumerate(counts)}
    side, torn = 0, False
    for title, on_back in laid(counts):
        side += side % 2 and not on_back
        torn |= pages[title] == 2 and side % 2 == 1
        side += pages[title]
    return -(-side // 2), torn


@pytest.mark.parametrize("counts", [list(c) for n in range(1, 6) for c in itertools.product((1, 2, 3), repeat=n)])
def test_as_few_leaves_as_can_be_and_none_torn(counts: list[int]) -> None:
    odd = sum(count % 2 for count in counts)
    fewest = sum(count // 2 for count in counts) + -(-odd // 2)
    assert leaves(counts) == (fewest, False)


def test_every_set_begins_on_a_front_and_keeps_its_sheets() -> None:
    assert laid([1, 2, 1], [1], [2, 2]) == [
        ("0.0", False),
        ("0.2", True),
        ("0.1", False),
        ("1.0", False),
        ("2.0", False),
        ("2.1", False),
    ]


def test_what_continues_stays_with_its_paper() -> None:
    documents = [
        Document("run-sheet", "Kjøreplan"),
        Document("notes", "Notater", continues=True),
        Document("phases", "Faser", in_set=True),
    ]
    assert laid([1, 2, 1], documents=documents) == [("Kjøreplan", False), ("Notater", False), ("Faser", True)]
