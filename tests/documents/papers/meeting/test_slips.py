"""The slips: four to a page in the order of the list, and nothing on them that tells what the group is about."""

import io
from dataclasses import replace

import pypdf
import pytest

from rop_facilitator.documents.output.pdf import page_counts, render_pdf
from rop_facilitator.documents.page.blocks import Packet, Slips, WritingLines, plain_text, words
from rop_facilitator.documents.papers.meeting.meeting_facts import MeetingFacts, PersonFacts
from rop_facilitator.documents.papers.meeting.meeting_packet import packet_of
from tests.documents.course import Course


@pytest.fixture
def facts(course: Course) -> MeetingFacts:
    return course.facts(2)


def slips_packet(facts: MeetingFacts, *people: PersonFacts) -> Packet:
    """The slips of a packet by themselves."""
    packet, problems = packet_of(replace(facts, people=people))
    assert problems == []
    return replace(packet, documents=tuple(document for document in packet.documents if document.paper == "slips"))


def slip_text(facts: MeetingFacts, person: PersonFacts) -> str:
    [document] = slips_packet(facts, person).documents
    return plain_text(document.blocks)


def printed_pages(packet: Packet) -> list[str]:
    pdf, lost = render_pdf(packet)
    assert lost == ()
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_four_to_a_page_in_the_order_of_the_list(facts: MeetingFacts) -> None:
    names = ["Amund", "Berit", "Daniel", "Eva", "Farid", "Kine", "Lars", "Ørn", "Åse"]
    packet = replace(slips_packet(facts, *map(PersonFacts, names)), duplex=False)
    pages = printed_pages(packet)
    assert len(pages) == 3
    assert [[name for name in names if name in page] for page in pages] == [names[:4], names[4:8], names[8:]]
    assert pages[0].index("Amund") < pages[0].index("Berit") < pages[0].index("Daniel") < pages[0].index("Eva")
    backs = printed_pages(replace(packet, duplex=True))
    assert [bool(page.strip()) for page in backs] == [True, False, True, False, True], "nobody's slip on another's back"


def test_nobody_expected_is_no_slip(facts: MeetingFacts) -> None:
    assert slips_packet(facts).documents == ()


def test_what_a_slip_says(facts: MeetingFacts) -> None:
    person = PersonFacts("Kari", "Gå en tur.", missed_printed=(("Vennskap", "1"), ("Vennskap", "1")))
    text = slip_text(replace(facts, printed=(("Steder å treffe folk", "4-2"),)), person)
    assert text.count("Vennskap") == 1
    for part in ("Kari", "Dette ville du prøve", "Gå en tur.", "I dag", "Steder å treffe folk", "Å ta igjen"):
        assert part in text
    assert "Ditt eget steg" not in text
    own = slip_text(facts, PersonFacts("Kari", "Ringe Ola.", own_step="Ringe Ola."))
    assert "Ditt eget steg\nRinge Ola." in own
    assert "Dette ville du prøve" not in own


@pytest.mark.parametrize("telling", ["Mestre rustrang og abstinens", "Kriseplan ved depresjon", "KAT-ROP i praksis"])
def test_nothing_on_a_slip_tells_what_the_group_is_about(facts: MeetingFacts, telling: str) -> None:
    person = PersonFacts("Kari", telling, own_step="", missed_printed=((telling, "3"),))
    text = slip_text(replace(facts, printed=((telling, "6-4"),)), person)
    assert telling not in text
    assert "Sesjon 6-4" in text
    assert "Sesjon 3" in text
    assert "Det vi avtalte sist." in text
    own = slip_text(facts, replace(person, own_step=telling))
    assert telling not in own


def test_lines_give_way_first_and_no_word_is_lost(facts: MeetingFacts) -> None:
    """A long practice takes the room of the lines; a name of any length wraps; the page stays one page."""
    [document] = slips_packet(facts, PersonFacts("Kari")).documents
    [slips] = document.blocks
    assert isinstance(slips, Slips)
    short = slips.items[0]
    lines = next(block for block in short.blocks if isinstance(block, WritingLines))
    assert lines.lines == 3
    long = " ".join(f"ord{n}" for n in range(60))
    person = PersonFacts("Alexandra Christiane Marie Elisabeth " * 3, long, missed_printed=(("Vennskap", "1"),) * 4)
    pages = printed_pages(slips_packet(facts, person, PersonFacts("x" * 500), PersonFacts("Kari")))
    assert len(pages) == 1
    assert all(f"rd{n}" in pages[0] for n in range(60))
    assert "".join(pages[0].split()).count("x" * 500) == 1
    assert "Mine notater" in pages[0], "of those who have the room"


def test_a_slip_keeps_its_size_in_large_print(facts: MeetingFacts) -> None:
    packet = slips_packet(facts, *map(PersonFacts, "ABCD"))
    assert page_counts(replace(packet, size_pt=16)) == (1,)
    assert words("Tirsdagsgruppa · tirsdag 10. november 2026") == packet.documents[0].blocks[0].kicker  # type: ignore[union-attr]
