"""The packet of the sample KAT-ROP meeting: eight people, two who missed sessions, two spare sets. Was 86 pages."""

import io
from collections import Counter
from datetime import date, datetime
from pathlib import Path

import pypdf
import pytest

from rop_facilitator.curriculum.model import Library, SessionPlan
from rop_facilitator.documents.output.pdf import render_pdf
from rop_facilitator.documents.page.blocks import Document
from rop_facilitator.documents.papers.handout import find_handout
from rop_facilitator.documents.papers.meeting.meeting_facts import SPARE_SETS, MeetingFacts, collect_packet
from rop_facilitator.documents.papers.meeting.meeting_packet import packet_of
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.sample_groups import add_sample_groups
from rop_facilitator.records.storage.opening import create_database
from rop_facilitator.records.storage.vault import KeyCost
from tests.documents.course import own_sheets

DAY = date(2026, 11, 24)
MOST_PAGES = 60
SHEETS = ("handout", "worksheet")


@pytest.fixture(scope="module")
def facts(shipped_library: Library, tmp_path_factory: pytest.TempPathFactory) -> MeetingFacts:
    path = Path(tmp_path_factory.mktemp("sample")) / "a.rop"
    database, _code = create_database(path, "Marit", "hestehov i april", clock=datetime.now, cost=KeyCost(8, 1, 1))
    with database.write(Action.SAMPLE_ADDED, by=database.leader_id) as db:
        groups = [group.id for group in add_sample_groups(db, shipped_library, today=DAY)]
    with database.read() as db:
        facts = collect_packet(load_group(db, groups[0]), shipped_library, DAY)
    database.close()
    return facts


def titles_of(session: SessionPlan, facts: MeetingFacts) -> list[str]:
    """The sheets of a session that lie in each set, by title."""
    sheets = (find_handout(facts.curriculum, sheet)[0] for sheet in own_sheets(session))
    return [sheet.title for sheet in sheets if sheet is not None]


def sets_of(documents: tuple[Document, ...]) -> list[list[str]]:
    """The sets in the order of the packet, each as the titles of its sheets."""
    sets: list[list[str]] = []
    for document in documents:
        if document.paper in (*SHEETS, "recap"):
            sets = sets if document.in_set else [*sets, []]
            sets[-1] += [document.title] if document.paper in SHEETS else []
    return sets


def test_everybody_gets_every_sheet(facts: MeetingFacts) -> None:
    """Today's for all eight and two to spare, and of what two of them missed all that is brought; none of it twice."""
    packet, problems = packet_of(facts)
    assert problems == []
    here = [person for person in facts.people if not person.gave_notice]
    assert [len(person.brought) for person in here] == [0, 1, 0, 0, 0, 0, 2, 0]
    today = titles_of(facts.sessions[0], facts)
    assert len(today) > 0
    sets = sets_of(packet.documents)
    for person, titles in zip(here, sets[: len(here)], strict=True):
        brought = [title for theme in person.brought for title in titles_of(theme.session, facts)]
        assert Counter(titles) == Counter(dict.fromkeys([*today, *brought], 1))
        assert titles[: len(today)] == today
    assert sets[len(here) : len(here) + SPARE_SETS] == [today] * SPARE_SETS


def test_it_is_sixty_pages_at_most_printed_on_both_sides(facts: MeetingFacts) -> None:
    """With the empty backs that paper to cut, to hang up and to sign on cannot do without."""
    packet, _problems = packet_of(facts)
    assert packet.duplex
    pdf, lost = render_pdf(packet)
    assert lost == ()
    pages = [page.extract_text().strip() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    assert len(pages) <= MOST_PAGES
    slips = sum(document.cut for document in packet.documents)
    odd_sets = len(sets_of(packet.documents))
    assert pages.count("") <= slips + 2 + odd_sets
