"""The term plan: every meeting and every day without one, in the language of the papers, with nobody's name."""

from __future__ import annotations

import io
from datetime import date, time
from pathlib import Path

import docx
import pypdf
import pytest

from rop_facilitator.curriculum.load import load_library
from rop_facilitator.curriculum.model import Library
from rop_facilitator.documents.output.pdf import render_pdf
from rop_facilitator.documents.output.write_paper import write_paper
from rop_facilitator.documents.page.blocks import Callout, Off, Table, plain_text
from rop_facilitator.documents.papers.catalogue import PaperRequest, collect_paper
from rop_facilitator.documents.papers.term_plan import TermPlan, collect_term_plan, term_plan_packet
from rop_facilitator.errors import UserError
from rop_facilitator.paths import shipped
from rop_facilitator.records.models import (
    Group,
    GroupSession,
    Meeting,
    MeetingSession,
    MeetingState,
    Membership,
    Participant,
)

TODAY = date(2026, 12, 1)
PEOPLE = ("Amund", "Berit")


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library((shipped("curricula"),))


def meeting(number: int | None, on: date, title: str = "", **other: object) -> Meeting:
    own = GroupSession(session_id="kat-rop/ingen", title=title)
    sessions = [MeetingSession(title=title, group_session=own, parts=1, rest=False)] if title else []
    usual = {"start": time(13), "minutes": 90, "place": "Rom 2", "state": MeetingState.PLANNED, "attendance": []}
    return Meeting(number=number, on=on, sessions=sessions, **{**usual, **other})


@pytest.fixture
def group() -> Group:
    return Group(
        name="Tirsdagsgruppa",
        weekdays=[1],
        start=time(13),
        minutes=90,
        place="Rom 2",
        first_date=date(2026, 12, 1),
        until=None,
        closures=["2026-12-20..2027-01-02"],
        sessions=[GroupSession(session_id="kat-rop/kriseplan", position=1, title="Kriseplan")],
        memberships=[Membership(number=n, participant=Participant(name=name)) for n, name in enumerate(PEOPLE, 1)],
        meetings=[
            meeting(1, date(2026, 12, 1), "Kriseplan", state=MeetingState.HELD),
            meeting(None, date(2026, 12, 8), state=MeetingState.CANCELLED),
            meeting(2, date(2026, 12, 15), "Vennskap", start=time(12), place="Biblioteket"),
            meeting(3, date(2027, 1, 5)),
        ],
    )


def rows_of(plan: TermPlan) -> list[tuple[str, ...]]:
    [document] = term_plan_packet(plan).documents
    table = document.blocks[0]
    assert isinstance(table, Table)
    return [tuple(plain_text(cell) for cell in row) for row in table.rows]


def test_weeks_days_themes_and_why_there_is_no_meeting(group: Group) -> None:
    assert rows_of(collect_term_plan(group, language="nb", today=TODAY, library=Library())) == [
        ("49", "1. des", "Kriseplan"),
        ("50", "8. des", "Avlyst – vi møtes ikke"),
        ("51", "15. des", "Vennskap · kl. 12.00–13.30 · Biblioteket"),
        ("52–53", "22. des – 29. des", "Jul – vi møtes ikke"),
        ("1", "5. jan", "Møte 3"),
    ]


def test_days_without_a_meeting_are_tinted(group: Group) -> None:
    [document] = term_plan_packet(collect_term_plan(group, language="nb", today=TODAY, library=Library())).documents
    table = document.blocks[0]
    assert isinstance(table, Table)
    assert [isinstance(row[2], Off) for row in table.rows] == [False, True, False, True, False]


def test_without_themes_it_gives_nothing_away(group: Group) -> None:
    plan = collect_term_plan(group, language="nb", today=TODAY, library=Library(), themes=False)
    assert [row[2] for row in rows_of(plan)][0::2] == ["Møte 1", "Møte 2 · kl. 12.00–13.30 · Biblioteket", "Møte 3"]
    printed = plain_text(term_plan_packet(plan).documents)
    assert "Kriseplan" not in printed
    assert "Tema" not in printed


def test_it_speaks_the_language_of_the_papers(group: Group) -> None:
    plan = collect_term_plan(group, language="en", today=TODAY, library=Library())
    assert rows_of(plan)[3] == ("52–53", "22 Dec – 29 Dec", "Christmas – we do not meet")
    [document] = term_plan_packet(plan).documents
    assert plain_text(document.lead) == "We meet on Tuesdays at 13:00–14:30. Place: Rom 2."
    assert document.date == "1 December 2026 – 5 January 2027"


def test_weekdays_stand_where_there_are_several(group: Group) -> None:
    group.weekdays = [1, 3]
    rows = rows_of(collect_term_plan(group, language="nb", today=TODAY, library=Library()))
    assert rows[0][1] == "tir 1. des"


def test_a_long_plan_is_closer_and_has_no_page_for_a_note(group: Group) -> None:
    group.closures = []
    group.meetings = [meeting(n, date.fromordinal(date(2026, 8, 25).toordinal() + 7 * n), "Tema") for n in range(1, 41)]
    [document] = term_plan_packet(collect_term_plan(group, language="nb", today=TODAY, library=Library())).documents
    assert not any(isinstance(block, Callout) for block in document.blocks)
    pdf, lost = render_pdf(term_plan_packet(collect_term_plan(group, language="nb", today=TODAY, library=Library())))
    assert lost == ()
    assert len(pypdf.PdfReader(io.BytesIO(pdf)).pages) == 2


def test_a_group_without_meetings_has_an_empty_plan(group: Group) -> None:
    group.meetings = []
    plan = collect_term_plan(group, language="nb", today=TODAY, library=Library())
    assert rows_of(plan) == []
    assert render_pdf(term_plan_packet(plan))[0].startswith(b"%PDF")


@pytest.mark.parametrize("ending", [".pdf", ".docx"])
def test_nobody_is_named_in_any_file(group: Group, library: Library, ending: str, tmp_path: Path) -> None:
    paper = collect_paper(group, library, PaperRequest("term-plan", themes=True), today=TODAY)
    packet, problems = paper.packet()
    target = tmp_path / f"{paper.file_name}{ending}"
    assert [*problems, *write_paper(packet, target)] == []
    if ending == ".pdf":
        printed = "\n".join(page.extract_text() for page in pypdf.PdfReader(target).pages)
    else:
        word = docx.Document(str(target))
        printed = "\n".join(cell.text for row in word.tables[0].rows for cell in row.cells)
    assert "Kriseplan" in printed
    assert not any(name in printed or name in target.name for name in (*PEOPLE, "ROP"))
    assert not paper.has_names


def test_two_wishes_for_the_same_are_equal(group: Group, library: Library) -> None:
    """The print page makes a paper anew only when something on it has changed."""
    first, same = (collect_paper(group, library, PaperRequest("term-plan"), today=TODAY) for _turn in range(2))
    assert first == same
    group.meetings[2].place = "Rom 2"
    assert collect_paper(group, library, PaperRequest("term-plan"), today=TODAY) != first


def test_a_paper_that_is_not_there_names_those_that_are(group: Group, library: Library) -> None:
    with pytest.raises(UserError, match="term-plan"):
        collect_paper(group, library, PaperRequest("timeplan"), today=TODAY)
    with pytest.raises(UserError):
        collect_paper(group, library, PaperRequest("sign-in"), today=TODAY)


def test_a_plan_says_its_themes_where_the_leader_wants_it_and_by_their_printed_titles(library: Library) -> None:
    own = GroupSession(session_id="kat-rop/varselsignaler-og-risikosituasjoner", title="Varselsignaler", parts=1)
    row = MeetingSession(title="Varselsignaler", group_session=own, part=1, parts=1, rest=False)
    held = Meeting(number=1, on=TODAY, start=time(13), minutes=90, place="", state=MeetingState.HELD, sessions=[row])
    mine = Group(
        name="KAT-ROP", weekdays=[1], start=time(13), minutes=90, first_date=TODAY, meetings=[held], closures=[]
    )
    mine.sessions = [own]
    usual = collect_paper(mine, library, PaperRequest("term-plan"), today=TODAY)
    assert [row[2] for row in rows_of(usual.facts)] == ["Møte 1"]
    mine.themes_on_plans = True
    assert [row[2] for row in rows_of(collect_paper(mine, library, PaperRequest("term-plan"), today=TODAY).facts)] == [
        "Tidlige tegn"
    ]
    without = collect_paper(mine, library, PaperRequest("term-plan", themes=False), today=TODAY)
    assert without.facts == usual.facts
    assert without.facts.group == "Tirsdagsgruppa"
