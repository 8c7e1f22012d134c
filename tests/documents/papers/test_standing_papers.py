"""The standing papers that are files: sound, easy to read, neutral, and replaced by a file of the leader's."""

from __future__ import annotations

import io
import re
from dataclasses import fields
from datetime import date, time
from pathlib import Path

import pytest
from pypdf import PdfReader

from rop_facilitator.curriculum.agenda import Theme
from rop_facilitator.curriculum.load import load_library
from rop_facilitator.curriculum.model import Library
from rop_facilitator.curriculum.readability import readability
from rop_facilitator.documents.check.rendering_check import check_paths
from rop_facilitator.documents.output.pdf import render_pdf
from rop_facilitator.documents.output.write_paper import write_paper
from rop_facilitator.documents.page.blocks import Help, Packet, plain_text
from rop_facilitator.documents.page.page_variables import USES, PacketFacts
from rop_facilitator.documents.papers.catalogue import Paper, PaperRequest, collect_paper
from rop_facilitator.documents.papers.certificate_facts import certificate_facts
from rop_facilitator.documents.papers.group_facts import attendance_share, group_facts
from rop_facilitator.documents.papers.meeting.meeting_facts import MeetingFacts, PersonFacts
from rop_facilitator.documents.papers.meeting.meeting_packet import packet_of
from rop_facilitator.documents.papers.standing_papers import (
    ORDER,
    find_page,
    standing_document,
    standing_packet,
    standing_papers_in,
)
from rop_facilitator.errors import UserError
from rop_facilitator.i18n import LANGUAGES
from rop_facilitator.paths import data_folder, shipped
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.models import (
    Attendance,
    Group,
    GroupSession,
    Meeting,
    MeetingSession,
    MeetingState,
    Membership,
    Participant,
    Period,
)

TODAY = date(2026, 12, 1)
TELLING = re.compile(r"\brus|psyk|diagnos|behandl|overdose|\bdrug|mental|treatment|KAT-ROP|IMR", re.IGNORECASE)
HEAD = "---\ntitle: Vår avtale\nkind: paper\norigin: proposal\n---\n"


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library((shipped("curricula"),))


def meeting(number: int, on: date, marks: dict[int, Mark]) -> Meeting:
    return Meeting(
        number=number,
        on=on,
        start=time(13),
        minutes=90,
        place="Rom 2",
        leader="Marit" if marks else "",
        state=MeetingState.HELD if marks else MeetingState.PLANNED,
        sessions=[MeetingSession(title="Kriseplan")],
        attendance=[Attendance(membership_id=membership, mark=mark) for membership, mark in marks.items()],
    )


@pytest.fixture
def group() -> Group:
    kari, ola = (
        Membership(
            id=n,
            number=n,
            periods=[Period(first_day=date(2026, 11, 1))],
            participant=Participant(name=name, alias=""),
        )
        for n, name in enumerate(("Kari", "Ola"), 1)
    )
    return Group(
        name="Tirsdagsgruppa",
        weekdays=[1],
        start=time(13),
        minutes=90,
        place="Rom 2",
        first_date=date(2026, 11, 17),
        until=None,
        closures=[],
        sessions=[GroupSession(session_id="kat-rop/kriseplan", position=1, title="Kriseplan")],
        memberships=[kari, ola],
        meetings=[
            meeting(1, date(2026, 11, 17), {1: Mark.PRESENT, 2: Mark.ABSENT}),
            meeting(2, date(2026, 11, 24), {1: Mark.LATE, 2: Mark.NOTICE}),
            meeting(3, date(2026, 12, 8), {}),
        ],
    )


def own(name: str, text: str, language: str = "nb") -> Path:
    path = data_folder() / "handouts" / "papers" / language / f"{name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def text_of(packet: Packet) -> str:
    pdf, lost = render_pdf(packet)
    assert lost == ()
    text = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return text.replace("\u00a0", " ")


def printed(paper: Paper) -> str:
    packet, problems = paper.packet()
    assert problems == []
    return text_of(packet)


def test_every_paper_is_sound_in_every_language() -> None:
    assert [str(problem) for problem in check_paths([shipped("handouts") / "papers"])] == []
    folders = [shipped("handouts") / "papers" / language for language in LANGUAGES]
    names = [sorted(path.name for path in folder.glob("*.md")) for folder in folders]
    assert len(names[0]) == 9
    assert names[0] == names[1]


@pytest.mark.parametrize("language", LANGUAGES)
def test_they_are_offered_in_the_order_of_a_course(language: str) -> None:
    pages = standing_papers_in(language)
    assert tuple(pages) == ORDER
    assert all(page.about for page in pages.values())


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", [slug for slug in ORDER if slug != "certificate"])
def test_what_participants_read_is_easy(slug: str, language: str) -> None:
    document, _problems = standing_document(find_page(slug, language)[0])
    assert readability(plain_text((document.lead, document.blocks))).lix <= 30


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("slug", ["certificate", "invitation"])
def test_what_others_may_see_gives_nobody_away(slug: str, language: str, group: Group, library: Library) -> None:
    """A certificate is shown to others and a letter lies about: neither course nor help numbers tell what it is."""
    page, _problems = find_page(slug, language)
    facts = group_facts(group, library, language=language, today=TODAY)
    packet, _problems = standing_packet(
        page, [certificate_facts(facts, group, group.memberships[0], language=language)]
    )
    text = text_of(packet)
    assert ("Tirsdagsgruppa" if language == "nb" else "Tuesday group") in text
    assert TELLING.findall(text) == []
    assert not any(isinstance(block, Help) for document in packet.documents for block in document.blocks)


def test_titles_are_neutral() -> None:
    pages = [find_page(slug, language)[0] for language in LANGUAGES for slug in (*ORDER, "slip", "wall-agenda")]
    assert [page.title for page in pages if TELLING.search(f"{page.title} {page.footer}")] == []


def test_help_numbers_close_the_papers_for_participants() -> None:
    document, _problems = standing_document(find_page("group-agreement", "nb")[0])
    assert document.blocks[-1] == Help()


def test_the_facts_of_a_group(group: Group, library: Library) -> None:
    facts = group_facts(group, library, language="nb", today=TODAY)
    assert facts == PacketFacts(
        date="tirsdag 1. desember 2026",
        time="13.00–14.30",
        place="Rom 2",
        group="Tirsdagsgruppa",
        curriculum="KAT-ROP",
        weekdays="tirsdager",
        period="17. november – 8. desember 2026",
        next="tirsdag 8. desember 2026",
        meetings="1",
        leaders=("Marit",),
    )


def test_the_facts_of_a_person_are_that_person_s(group: Group, library: Library) -> None:
    kari, ola = group.memberships
    facts = group_facts(group, library, language="nb", today=TODAY)
    certificate = certificate_facts(facts, group, kari, language="nb")
    assert (certificate.name, certificate.present, certificate.held) == ("Kari", "2", "2")
    assert certificate.period == "17.–24. november 2026"
    ola.periods[0].first_day = date(2026, 11, 20)
    later = certificate_facts(facts, group, ola, language="nb")
    assert (later.name, later.present, later.period) == ("Ola", "0", "24. november 2026")
    assert attendance_share(group, ola).counted == 1  # a mark before the first day does not count


def test_the_documented_names_are_the_fields() -> None:
    named = set(re.findall(r"`(\w+)`", PacketFacts.__doc__ or "")) - {"packet"}
    guide = (shipped("handouts").parent / "docs" / "writing-curricula.md").read_text("utf-8")
    for field in fields(PacketFacts):
        assert field.name == "group" or field.name in (*named, *USES)
        assert re.search(rf"packet\.{field.name}\b|`\.{field.name}`", guide), field.name


def test_a_certificate_for_those_who_were_chosen(group: Group, library: Library) -> None:
    paper = collect_paper(group, library, PaperRequest("certificate", people=(2,), anyway=True), today=TODAY)
    assert paper.has_names
    assert paper.file_name == "kursbevis"
    text = printed(paper)
    assert "Ola" in text
    assert "Kari" not in text
    assert "0 av 2 møter" in text


def test_without_a_choice_all_who_have_been_there_get_one(group: Group, library: Library) -> None:
    text = printed(collect_paper(group, library, PaperRequest("certificate", anyway=True), today=TODAY))
    assert "Kari" in text
    assert "Ola" not in text
    assert all(words in text for words in ("2 av 2 møter", "Sted og dato", "Kursleder"))
    group.meetings = []
    with pytest.raises(UserError):
        collect_paper(group, library, PaperRequest("certificate", anyway=True), today=TODAY)


@pytest.mark.parametrize("kind", ORDER)
@pytest.mark.parametrize("ending", [".pdf", ".docx"])
def test_each_is_written_with_the_facts_of_the_group(
    group: Group, library: Library, kind: str, ending: str, tmp_path: Path
) -> None:
    paper = collect_paper(group, library, PaperRequest(kind, anyway=True), today=TODAY)
    packet, problems = paper.packet()
    assert [*problems, *write_paper(packet, tmp_path / f"ut{ending}")] == []
    assert "Tirsdagsgruppa" in text_of(packet)
    assert not re.search("kari|ola|tirsdag", paper.file_name)
    assert paper.has_names is (kind == "certificate")


def test_a_file_of_the_leader_s_comes_first(group: Group, library: Library) -> None:
    own("group-agreement", HEAD + "Vi møtes {{ packet.weekdays }}.\n")
    paper = collect_paper(group, library, PaperRequest("group-agreement"), today=TODAY)
    assert paper.title == "Vår avtale"
    assert "Vi møtes tirsdager." in printed(paper)
    own("group-agreement", HEAD.replace("Vår", "Our"), "en")
    assert collect_paper(group, library, PaperRequest("group-agreement"), today=TODAY).title == "Vår avtale"


def test_a_new_file_of_the_leader_s_is_offered_last(group: Group, library: Library) -> None:
    own("kart", HEAD.replace("Vår avtale", "Veien hit") + "Buss 5.\n")
    assert [*standing_papers_in("nb")] == [*ORDER, "kart"]
    assert "Buss 5." in printed(collect_paper(group, library, PaperRequest("kart"), today=TODAY))


@pytest.mark.parametrize("fault", ["Uten hode.", HEAD + "{{ packet.finnes_ikke }}\n", HEAD + "{% while 1 %}\n"])
def test_one_with_a_fault_is_told_and_ours_is_printed(group: Group, library: Library, fault: str) -> None:
    path = own("group-agreement", fault)
    paper = collect_paper(group, library, PaperRequest("group-agreement"), today=TODAY)
    packet, problems = paper.packet()
    assert packet.title == "Gruppeavtale"
    assert [Path(problem.file).name for problem in problems] == [path.name] * len(problems)
    assert any(problem.level == "fault" for problem in problems)


def test_what_a_part_of_the_packet_says_is_a_file(library: Library) -> None:
    own("slip", HEAD.replace("kind: paper", "kind: part") + "{{ packet.name }}: {{ packet.practice }}\n")
    own("wall-agenda", HEAD.replace("kind: paper", "kind: part\nfooter: Kaffe bakerst"))
    curriculum = library.curricula["kat-rop"]
    facts = MeetingFacts(
        group="Tirsdagsgruppa",
        number=1,
        on=TODAY,
        start=time(13),
        minutes=90,
        place="Rom 2",
        curriculum=curriculum,
        themes=(Theme(curriculum.sessions[0], ""),),
        titles=(curriculum.sessions[0].title,),
        people=(PersonFacts("Kari", "Gå en tur."),),
    )
    packet, problems = packet_of(facts)
    assert problems == []
    slips = next(document for document in packet.documents if document.paper == "slips")
    wall = next(document for document in packet.documents if document.paper == "agenda-wall")
    assert slips.title == "Vår avtale"
    assert "Kari: Gå en tur." in plain_text(slips.blocks)
    assert wall.footer == "Kaffe bakerst"


def test_a_part_or_a_path_is_no_paper(group: Group, library: Library) -> None:
    for kind in ("slip", "wall-agenda", "../nb/slip", "finnes-ikke"):
        with pytest.raises(UserError, match="group-agreement"):
            collect_paper(group, library, PaperRequest(kind, anyway=True), today=TODAY)
