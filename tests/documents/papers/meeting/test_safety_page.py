"""The page for a safe group: the same nine situations in every course, every number that it tells to ring, and when."""

from dataclasses import replace
from datetime import date

import pytest

from rop_facilitator.curriculum.model import Library
from rop_facilitator.documents.output.pdf import page_counts
from rop_facilitator.documents.page.blocks import (
    Alarm,
    BulletList,
    Document,
    Heading,
    Packet,
    Span,
    Table,
    Ticks,
    plain_text,
)
from rop_facilitator.documents.page.help_numbers import known_contacts
from rop_facilitator.documents.page.local_help_number import checked_on, save_contacts, with_local
from rop_facilitator.documents.page.markdown import blocks_of
from rop_facilitator.documents.papers.meeting.meeting_packet import packet_of
from rop_facilitator.documents.papers.meeting.safety_page import safety_is_due, safety_pages
from rop_facilitator.i18n import speaking
from tests.documents.course import Course

COURSES = ("e-imr", "ebl-2002", "ebl-2009", "kat-rop", "kombinerte-behandlingstiltak", "legemidler", "motivasjon")
LINES = ("Nå: ", "Ring: ", "Etterpå: ", "Til gruppa: ")


def pages_of(library: Library, course: str) -> tuple[Document, ...]:
    with speaking("nb"):
        pages, problems = safety_pages(library.curricula[course], "Tirsdagsgruppa")
    assert problems == ()
    return pages


def front(library: Library, course: str = "kat-rop") -> Alarm:
    alarm = pages_of(library, course)[0].blocks[0]
    assert isinstance(alarm, Alarm)
    return alarm


@pytest.mark.parametrize("course", COURSES)
def test_nine_situations_each_with_its_four_lines_and_the_number_first(shipped_library: Library, course: str) -> None:
    blocks, _problems = blocks_of(shipped_library.curricula[course].safety, file="a", speech="nb")
    at = [number for number, block in enumerate(blocks) if isinstance(block, Heading)]
    assert len(at) >= 9
    for number in at[:9]:
        lines = blocks[number + 1]
        assert isinstance(lines, BulletList)
        texts = [plain_text(item) for item in lines.items]
        assert [text.startswith(start) for text, start in zip(texts, LINES, strict=True)] == [True] * 4
        assert texts[1][6:].startswith(("113 ", "112 "))
        assert len(texts[0]) <= 260  # four lines or five on the page that hangs by the door


@pytest.mark.parametrize("course", COURSES)
def test_what_is_done_at_once_is_one_page_and_nothing_written_is_left_out(
    shipped_library: Library, course: str
) -> None:
    pages = pages_of(shipped_library, course)
    assert page_counts(Packet("t", "nb", pages)) == (1, 1)
    blocks, _problems = blocks_of(shipped_library.curricula[course].safety, file="a", speech="nb")
    printed = " ".join(plain_text(tuple(page.blocks for page in pages)).split())
    for block in blocks:
        for line in block.items if isinstance(block, BulletList) else [block]:
            text = plain_text(line)
            words = text.partition(": ")[2] if text.startswith(LINES) else text
            assert " ".join(words.split()) in printed


def test_the_numbers_to_ring_are_in_bold(shipped_library: Library) -> None:
    overdose = front(shipped_library).items[0]
    assert overdose.ring[0] == Span("113", bold=True)
    assert not any(span.bold for span in overdose.now)


def test_a_page_that_is_written_in_another_way_prints_as_it_is(shipped_library: Library) -> None:
    own = replace(shipped_library.curricula["kat-rop"], safety="## Brann\nGå ut, og ring {{ packet.emergency }}.\n")
    with speaking("nb"):
        [page], problems = safety_pages(own, "Tirsdagsgruppa")
    assert problems == ()
    assert "Gå ut, og ring 113." in plain_text(page.blocks)
    table = page.blocks[-1]
    assert isinstance(table, Table)
    assert [plain_text(row[0]).replace("\u00a0", " ") for row in table.rows][:3] == ["113", "112", "116 117"]
    assert len(table.rows) == 9
    assert all(isinstance(row[3], Ticks) for row in table.rows)
    assert "Ikke kontrollert: numre med tom rute" in plain_text(page.blocks)


def test_who_has_no_page_prints_none(shipped_library: Library) -> None:
    assert safety_pages(replace(shipped_library.curricula["kat-rop"], safety=" "), "") == ((), ())


def test_an_unchecked_number_has_an_empty_box_and_a_checked_one_its_day(shipped_library: Library) -> None:
    alarm = front(shipped_library)
    assert [number.number.replace("\u00a0", " ") for number in alarm.numbers] == ["113", "112", "116 117"]
    assert len(alarm.more) == 6
    assert not any(number.checked for number in (*alarm.numbers, *alarm.more))
    assert "Ikke kontrollert: numre med tom rute" in plain_text(alarm.unchecked)
    contacts, _problems = known_contacts()
    save_contacts(checked_on(contacts, date(2026, 11, 20), *range(len(contacts))))
    alarm, back = front(shipped_library), pages_of(shipped_library, "kat-rop")[1]
    assert all(number.checked for number in (*alarm.numbers, *alarm.more))
    assert alarm.unchecked == ()
    assert plain_text(back.blocks).count("20. november 2026") == 9


def test_a_number_of_the_service_stands_in_the_text_and_in_the_list(shipped_library: Library) -> None:
    assert "Ring ellers krisesenteret." in plain_text(front(shipped_library))
    contacts, _problems = known_contacts()
    save_contacts(
        with_local(contacts, "shelter", number="55 66 77 88", name="Krisesenteret", when="Alltid", language="nb")
    )
    alarm = front(shipped_library)
    rings = "\n".join(plain_text(item.ring) for item in alarm.items)
    assert "112 ved fare. 55\u00a066\u00a077\u00a088 til krisesenteret. Si fra" in rings
    assert "Ring ellers krisesenteret." not in rings
    assert alarm.more[-1].name == "Krisesenteret"


def test_when_it_lies_in_the_packet(course: Course) -> None:
    """In the group's first meeting, with new leaders, and where suicide or overdose is the theme; then not again."""
    assert safety_is_due(course.facts(1))
    course.hold(1, "MMM")
    assert course.facts(2).held == 1
    calm = replace(course.facts(2), themes=())
    assert not safety_is_due(calm)
    assert safety_is_due(replace(calm, new_leaders=True))
    for use, due in (("suicide", True), ("overdose, short", True), ("withdrawal", False), ("stop", False)):
        theme = course.facts(2).themes[0]
        session = replace(theme.session, steps=(), home_practice_notes="", recap=f'{{{{ safety("{use}") }}}}')
        assert safety_is_due(replace(calm, themes=(replace(theme, session=session),))) is due, use


def test_other_leaders_are_new_to_the_group(course: Course) -> None:
    course.hold(1, "MMM")
    course.group.leaders = ["Marit"]
    course.group.meetings[0].leader = "Marit"
    assert not course.facts(2).new_leaders
    course.group.leaders = ["Jonas", "Elin"]
    assert course.facts(2).new_leaders


def test_the_phases_lie_once_in_each_packet_and_nothing_is_to_be_written_there(course: Course) -> None:
    course.hold(1, "MMM")
    for number in (1, 2):
        documents = packet_of(course.facts(number))[0].documents
        [phases] = [document for document in documents if document.paper == "phases"]
        table = next(block for block in phases.blocks if isinstance(block, Table))
        assert len(table.rows) == 5
        text = plain_text(phases.blocks)
        assert "Etter en pause tåler kroppen mindre." in text
        assert not any(isinstance(cell, Ticks) or not cell for row in table.rows for cell in row)
        assert page_counts(Packet("t", "nb", (phases,))) == (1,)
