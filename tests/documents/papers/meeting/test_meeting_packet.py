"""The papers of a meeting: their order, who gets a set, and what never stands on a sheet."""

import io
from dataclasses import replace
from datetime import date, time
from pathlib import Path

import pypdf
import pytest

from rop_facilitator.curriculum.agenda import Theme
from rop_facilitator.curriculum.load import load_library
from rop_facilitator.documents.output.pdf import render_pdf
from rop_facilitator.documents.output.write_paper import word_files, write_paper
from rop_facilitator.documents.page.blocks import Document, Packet, Slip, Slips, plain_text
from rop_facilitator.documents.papers.meeting.meeting_facts import MeetingFacts, PersonFacts
from rop_facilitator.documents.papers.meeting.meeting_packet import packet_of, with_print_settings
from rop_facilitator.documents.papers.meeting.run_sheet import table_copies
from rop_facilitator.paths import shipped
from rop_facilitator.settings import Settings
from tests.documents.course import own_sheets

HOSTILE = ["*x*", '#read("/etc/passwd")', "<b>b</b>", "{{ 7*7 }}", "a | b", "\u202eRTL", "👩‍👩‍👧", "x" * 500, "ไทย"]


@pytest.fixture(scope="module")
def facts() -> MeetingFacts:
    curriculum = load_library((shipped("curricula"),)).curricula["kat-rop"]
    session = curriculum.sessions[1]
    people = (
        PersonFacts("Kari", last_practice="Vis planen til noen.", missed=("Kriseplan",)),
        PersonFacts("Ola"),
        PersonFacts("Turid", gave_notice=True),
    )
    return MeetingFacts(
        group="Tirsdagsgruppa",
        number=2,
        on=date(2026, 11, 24),
        start=time(13),
        minutes=90,
        place="Møterom 2",
        curriculum=curriculum,
        themes=(Theme(session, session.title),),
        titles=(session.title,),
        printed=((session.title, "2"),),
        people=people,
    )


def slips_of(packet: Packet) -> list[Slip]:
    blocks = (block for document in packet.documents for block in document.blocks)
    return [slip for block in blocks if isinstance(block, Slips) for slip in block.items]


def text_of(page: pypdf.PageObject) -> str:
    return " ".join(page.extract_text().split())


def test_order_and_sets(facts: MeetingFacts) -> None:
    packet, problems = packet_of(facts)
    assert problems == []
    kinds = [document.paper for document in packet.documents]
    assert kinds[:6] == ["run-sheet", "notes", "phases", "safety", "safety", "agenda-wall"]
    sheets, table = len(own_sheets(facts.sessions[0])), len(facts.sessions[0].table)
    assert [plain_text(slip.name) for slip in slips_of(packet)] == ["Kari", "Ola"]
    assert kinds[6:8] == ["sign-in", "slips"]
    assert len(kinds) == 8 + 2 * sheets + 2 * sheets + table, "a deck of cards, once"


@pytest.mark.parametrize(("people", "sheets", "each"), [(1, 1, 2), (4, 1, 2), (8, 1, 4), (9, 2, 3), (8, 5, 1)])
def test_what_lies_on_the_table(people: int, sheets: int, each: int) -> None:
    """Sheets share one for every second person, at least two; a deck of cards is one for the group."""
    table = {f"w{at}": Document("worksheet", "Ark", ()) for at in range(sheets)}
    copies = table_copies(table | {"deck": Document("cards", "Kort", ())}, people)
    assert copies == dict.fromkeys(table, each) | {"deck": 1}


def test_sheets_carry_neither_name_nor_group(facts: MeetingFacts) -> None:
    packet, _problems = packet_of(facts)
    pdf, _lost = render_pdf(packet)
    pages = [text_of(page) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]
    slips = [index for index, text in enumerate(pages) if "Mine notater" in text and "Kari" in text]
    assert len(slips) == 1
    assert slips[0] % 2 == 0
    for text in pages[slips[0] + 1 :]:
        assert not any(word in text for word in ("Kari", "Ola", "Turid"))
    named, _problems = packet_of(replace(facts, name_on_sheets=True))
    assert any("Kari" in document.kicker for document in named.documents if document.paper == "handout")


def test_bookmarks_are_one_a_person_and_one_a_paper(facts: MeetingFacts) -> None:
    pdf, _lost = render_pdf(packet_of(facts)[0])
    outline = [item.title for item in pypdf.PdfReader(io.BytesIO(pdf)).outline if not isinstance(item, list)]
    assert [title for title in outline if title in ("Kari", "Ola")] == ["Kari", "Ola"]
    assert outline[:2] == [f"{word} · {facts.titles[0]}" for word in ("Kjøreplan", "Notater")]


def test_the_agenda_ends_on_time_whatever_the_length(facts: MeetingFacts) -> None:
    for minutes, end in ((60, "14.00"), (75, "14.15"), (90, "14.30"), (120, "15.00")):
        wall = next(d for d in packet_of(replace(facts, minutes=minutes))[0].documents if d.paper == "agenda-wall")
        rows = wall.blocks[0].rows  # type: ignore[union-attr]
        assert (rows[0].time, rows[-1].time) == ("13.00", end)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_a_name(facts: MeetingFacts, name: str) -> None:
    packet, _problems = packet_of(replace(facts, people=(PersonFacts(name),), group=name))
    pdf, _lost = render_pdf(packet)
    text = " ".join(text_of(page) for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert "root:" not in text
    assert "49" not in text.replace("116 149", "") or "{{" in name


def test_word_files_are_not_named_after_people(facts: MeetingFacts, tmp_path: Path) -> None:
    packet, _problems = packet_of(facts)
    write_paper(packet, tmp_path / "papers")
    names = sorted(path.name for path in (tmp_path / "papers").iterdir())
    assert names == [f"{name}.docx" for name, _part in word_files(packet)]
    assert not any("Kari" in name or "Ola" in name for name in names)


def test_one_side_and_large_print_are_the_leader_s_choice(facts: MeetingFacts) -> None:
    packet, _problems = packet_of(facts)
    plain, chosen = (
        with_print_settings(packet, settings) for settings in (Settings(), Settings(duplex=False, large_print=True))
    )
    assert (plain.duplex, plain.size_pt) == (True, 13)
    assert (chosen.duplex, chosen.size_pt) == (False, 16)
    pages = [
        len(pypdf.PdfReader(io.BytesIO(render_pdf(replace(printed, size_pt=13))[0])).pages)
        for printed in (plain, chosen)
    ]
    assert pages[1] < pages[0]


def test_a_fault_in_the_leader_s_words_is_told_with_file_and_line_and_they_print_as_written(
    facts: MeetingFacts,
) -> None:
    session = facts.sessions[0]
    step = replace(session.steps[0], text='Les høyt.\n\n{{ safety("overdos") }}', line=30)
    broken = replace(session, steps=(step, *session.steps[1:]))
    packet, problems = packet_of(replace(facts, themes=(Theme(broken, session.title),)))
    [problem] = problems
    assert problem.file.endswith(f"kat-rop/{session.file.name}")
    assert problem.line == 32
    assert '{{ safety("overdos") }}' in str(packet.documents[1].blocks)


def test_the_plan_for_the_wall_says_no_theme_unless_the_leader_wants_it(facts: MeetingFacts) -> None:
    def shown(facts: MeetingFacts) -> str:
        [wall] = [document for document in packet_of(facts)[0].documents if document.paper == "agenda-wall"]
        return plain_text(wall)

    steps = [step.title for step in facts.sessions[0].steps if step.title != "Pause"]
    assert not any(step in shown(facts) for step in steps)
    assert shown(facts).count("Dagens tema") == 2, "before the pause and after it"
    assert all(step in shown(replace(facts, themes_on_plans=True)) for step in steps)


def test_sheets_carry_the_name_on_paper_and_the_number_of_the_session(facts: MeetingFacts) -> None:
    sheets = [d for d in packet_of(facts)[0].documents if d.paper in ("handout", "worksheet")]
    assert {sheet.kicker for sheet in sheets} == {"Tirsdagsgruppa · 2"}
