"""The page for a safe group: the same nine situations in every course, and every number that it tells to ring."""

from dataclasses import replace
from datetime import date

import pytest

from rop_facilitator.curriculum.model import Library
from rop_facilitator.documents.page.blocks import BulletList, Document, Heading, Table, Ticks, plain_text
from rop_facilitator.documents.page.help_numbers import known_contacts
from rop_facilitator.documents.page.local_help_number import checked_on, save_contacts, with_local
from rop_facilitator.documents.papers.meeting.safety_page import safety_document
from rop_facilitator.i18n import speaking

COURSES = ("e-imr", "ebl-2002", "ebl-2009", "kat-rop", "kombinerte-behandlingstiltak", "legemidler", "motivasjon")
LINES = ("Nå: ", "Ring: ", "Etterpå: ", "Til gruppa: ")


def page_of(library: Library, course: str) -> Document:
    with speaking("nb"):
        page, problems = safety_document(library.curricula[course])
    assert problems == ()
    assert page is not None
    return page


def numbers(page: Document) -> Table:
    table = page.blocks[-1]
    assert isinstance(table, Table)
    return table


@pytest.mark.parametrize("course", COURSES)
def test_nine_situations_each_with_its_four_lines_and_the_number_first(shipped_library: Library, course: str) -> None:
    page = page_of(shipped_library, course)
    at = [number for number, block in enumerate(page.blocks) if isinstance(block, Heading)][
        :-1
    ]  # the last: the numbers
    assert len(at) >= 9
    for case, number in enumerate(at):
        lines = page.blocks[number + 1]
        assert isinstance(lines, BulletList)
        assert isinstance(page.blocks[number + 2], Heading)
        texts = [plain_text(item) for item in lines.items]
        assert [text.startswith(start) for text, start in zip(texts, LINES, strict=True)] == [True] * 4
        assert case >= 9 or texts[1][6:].startswith(("113 ", "112 "))
        assert len(texts[0]) <= 270  # four lines or five on the page that hangs by the door


def test_who_has_no_page_prints_none(shipped_library: Library) -> None:
    assert safety_document(replace(shipped_library.curricula["kat-rop"], safety=" ")) == (None, ())


def test_an_unchecked_number_has_an_empty_box_and_a_checked_one_its_day(shipped_library: Library) -> None:
    table = numbers(page_of(shipped_library, "kat-rop"))
    assert [plain_text(row[0]).replace("\u00a0", " ") for row in table.rows][:3] == ["113", "112", "116 117"]
    assert len(table.rows) == 9
    assert all(isinstance(row[3], Ticks) for row in table.rows)
    assert "Ikke kontrollert: numre med tom rute" in plain_text(page_of(shipped_library, "kat-rop").blocks)
    contacts, _problems = known_contacts()
    save_contacts(checked_on(contacts, date(2026, 11, 20), *range(len(contacts))))
    page = page_of(shipped_library, "kat-rop")
    assert {plain_text(row[3]) for row in numbers(page).rows} == {"20. november 2026"}
    assert "Ikke kontrollert" not in plain_text(page.blocks)


def test_a_number_of_the_service_stands_in_the_text_and_in_the_list(shipped_library: Library) -> None:
    assert "Ring ellers krisesenteret." in plain_text(page_of(shipped_library, "kat-rop").blocks)
    contacts, _problems = known_contacts()
    save_contacts(
        with_local(contacts, "shelter", number="55 66 77 88", name="Krisesenteret", when="Alltid", language="nb")
    )
    page = page_of(shipped_library, "kat-rop")
    assert "112 ved fare. 55\u00a066\u00a077\u00a088 til krisesenteret. Si fra" in plain_text(page.blocks)
    assert "Ring ellers krisesenteret." not in plain_text(page.blocks)
    assert plain_text(numbers(page).rows[-1][1]) == "Krisesenteret"
