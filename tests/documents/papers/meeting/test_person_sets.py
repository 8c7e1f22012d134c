"""What each person gets: what was missed comes with the next packet, and nobody gets a sheet twice."""

import io
from dataclasses import replace

import pypdf

from rop_facilitator.documents.output.pdf import render_pdf
from rop_facilitator.documents.page.blocks import Agenda, Document, plain_text
from rop_facilitator.documents.papers.meeting.meeting_facts import MeetingFacts, PersonFacts
from rop_facilitator.documents.papers.meeting.meeting_packet import packet_of
from rop_facilitator.planning.planned_sessions import divide, join
from rop_facilitator.records.group.groups import add_participant
from rop_facilitator.records.models import Outcome, Way
from rop_facilitator.records.plan.group_plan import plan_left, repeat_session, save_plan
from rop_facilitator.records.progress.progress import make_up
from tests.documents.course import FIRST, WEEK, Course, own_sheets


def kinds(papers: list[Document]) -> list[str]:
    return [paper.paper for paper in papers]


def titles(papers: list[Document]) -> list[str]:
    return [paper.title for paper in papers if paper.paper in ("handout", "worksheet")]


def for_the_leader(facts: MeetingFacts) -> str:
    """What stands on the run sheet and in the notes."""
    return plain_text(tuple(document.blocks for document in packet_of(facts)[0].documents[:2]))


def test_what_was_missed_comes_with_the_next_packet(course: Course) -> None:
    course.hold(1, "MIA")
    first, second = course.library.curricula["kat-rop"].sessions[:2]
    amund, berit = course.papers(2, "Amund"), course.papers(2, "Berit")
    assert "recap" not in kinds(amund)
    assert len(titles(amund)) == len(own_sheets(second)) > 0
    assert len(titles(berit)) == len(own_sheets(first)) + len(own_sheets(second))
    assert titles(berit)[: len(own_sheets(second))] == titles(amund), "today's sheets first"
    recap = next(document for document in berit if document.paper == "recap")
    assert first.printed_title in plain_text(recap.blocks)
    assert first.recap.split("\n")[0] in plain_text(recap.blocks)
    assert first.printed_title in plain_text(course.slip(2, "Berit").blocks), "the slip lists it"
    assert f"Var borte\nBerit: {first.title}\n" in for_the_leader(course.facts(2))


def test_sheets_for_the_table_are_in_nobodys_set(course: Course) -> None:
    """Session 11 has five sheets for the table: one of each, as nobody takes all five."""
    session = course.library.curricula["kat-rop"].sessions[-1]
    assert len(session.table) == 5
    documents = packet_of(course.facts(11))[0].documents
    for person in ("Amund", "Berit"):
        assert len(titles(course.papers(11, person))) == len(session.handouts) - 5
    printed = [document.title for document in documents if document.paper in ("handout", "worksheet")]
    assert sorted({printed.count(title) for title in printed}) == [1, 3 + 2]
    assert "Holde avtaler (1 på bordet)" in for_the_leader(course.facts(11))


def test_made_up_ones_are_off(course: Course) -> None:
    course.hold(1, "MIM")
    berit = course.group.memberships[1]
    assert course.person(2, "Berit").missed
    make_up(course.db, berit, course.group.sessions[0], way=Way.PHONE, on=FIRST, today=FIRST)
    assert course.person(2, "Berit") == PersonFacts("Berit")


def test_the_last_three_are_brought_and_the_others_named(course: Course) -> None:
    for number in range(1, 6):
        course.hold(number, "MIM")
    person = course.person(6, "Berit")
    assert len(person.missed) == 5
    assert [theme.title for theme in person.brought] == list(person.missed[-3:])
    leader = for_the_leader(course.facts(6))
    assert f"Berit: {', '.join(person.missed[-3:])} og 2 til; borte 5 ganger på rad: ring" in leader
    sheets = [paper for paper in course.papers(6, "Berit") if paper.paper in ("handout", "worksheet")]
    assert len(sheets) == len({(sheet.title, sheet.blocks) for sheet in sheets}), "no sheet twice"


def test_a_late_joiner_gets_nothing_from_before(course: Course) -> None:
    course.hold(1, "MMM")
    add_participant(course.db, course.group, "Farid", joined=FIRST + WEEK)
    assert course.person(2, "Farid") == PersonFacts("Farid")
    course.hold(2, "MMMI")
    assert course.person(3, "Farid").missed == (course.group.sessions[1].title,)


def test_a_packet_printed_again_later_is_as_it_was(course: Course) -> None:
    course.hold(1, "MMM")
    course.hold(2, "MIM")
    course.hold(3, "MIM")
    assert course.person(2, "Berit").missed == ()
    assert len(course.person(3, "Berit").missed) == 1


def test_a_part_brings_its_sheets_to_those_who_lack_them(course: Course) -> None:
    left = plan_left(course.group, today=FIRST)
    key = left.sessions[0].key
    save_plan(course.group, replace(left, sessions=divide(left.sessions, key, 2)), today=FIRST)
    course.hold(1, "MIM")
    facts = course.facts(2)
    assert facts.titles == (f"{course.group.sessions[0].title}, del 2 av 2",)
    assert titles(course.papers(2, "Amund")) == []
    assert len(titles(course.papers(2, "Berit"))) == len(own_sheets(facts.sessions[0]))
    leader = for_the_leader(facts)
    assert f"Arkene til «{facts.sessions[0].title}» skal til Berit" in leader
    assert f"{titles(course.papers(2, 'Berit'))[0]} (1\u00a0+\u00a02)" in leader
    assert "Hjemmeoppgaven til" not in leader
    before = for_the_leader(course.facts(1))
    assert "kommer med siste del" in before
    assert facts.sessions[0].home_practice not in before


def test_a_rest_comes_first_and_the_others_follow(course: Course) -> None:
    course.hold(1, "MMM", outcome=Outcome.PARTLY)
    course.group.themes_on_plans = True
    facts = course.facts(2)
    first, second = course.group.sessions[:2]
    assert facts.titles == (f"resten av {first.title}", second.title)
    documents = packet_of(facts)[0].documents
    wall = next(block for document in documents if document.paper == "agenda-wall" for block in document.blocks)
    assert isinstance(wall, Agenda)
    shown = [plain_text(row.title) for row in wall.rows]
    assert f"Resten av {first.title} fra sist" in shown
    printed = facts.sessions[1].printed_title or second.title
    assert shown.index(f"Resten av {first.title} fra sist") < shown.index(printed)
    leader = for_the_leader(facts)
    assert "skal til" not in leader, "everybody has the sheets from last time"
    assert facts.sessions[1].home_practice in leader
    notes = plain_text(documents[1].blocks)
    assert facts.sessions[0].home_practice not in notes, "it was given last time"


def test_two_sessions_are_told_apart_and_one_practice_is_chosen(course: Course) -> None:
    left = plan_left(course.group, today=FIRST)
    save_plan(course.group, replace(left, sessions=join(left.sessions, left.sessions[1].key)), today=FIRST)
    course.group.themes_on_plans = True
    facts = course.facts(1)
    first, second = facts.sessions
    documents = packet_of(facts)[0].documents
    leader = for_the_leader(facts)
    for words in ("hver deltaker velger én", first.home_practice, second.home_practice, first.aims[0], second.aims[0]):
        assert words in leader
    for n, session in enumerate(facts.sessions, 1):
        assert f"Tema {n} av 2: {session.title}" in leader
    wall = next(block for document in documents if document.paper == "agenda-wall" for block in document.blocks)
    assert isinstance(wall, Agenda)
    shown = [plain_text(row.title) for row in wall.rows]
    at = [shown.index(title) for title in (first.printed_title, "Pause", second.printed_title or second.title)]
    assert at == list(range(at[0], at[0] + 3)), "the pause between the two, and no step of theirs"
    course.hold(1, "MMM")
    assert course.person(2, "Amund").last_practice == f"{first.home_practice} Eller: {second.home_practice}"


def test_a_repeated_session_is_not_missed_any_more(course: Course) -> None:
    course.hold(1, "MIM")
    repeat_session(course.group, course.group.sessions[0], today=FIRST + WEEK)
    again = course.person(2, "Berit")
    assert (again.missed, again.brought) == ((), ()), "it begins anew today"
    assert course.person(2, "Amund").has_sheets == frozenset()
    course.hold(2, "MMM")
    assert course.person(3, "Berit").missed == ()


def test_one_pdf_with_a_bookmark_a_person_each_on_a_fresh_sheet(course: Course) -> None:
    course.hold(1, "IIM")
    pdf, lost = render_pdf(packet_of(course.facts(2))[0])
    assert lost == ()
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    outline = [bookmark for bookmark in reader.outline if not isinstance(bookmark, list)]
    people = {bookmark.title: reader.get_destination_page_number(bookmark) for bookmark in outline}
    for name in ("Amund", "Berit", "Eva"):
        assert people[name] % 2 == 0, "the front of a sheet"
    sheets = " ".join(reader.pages[people["Amund"] + 1].extract_text().split())
    assert "Amund" not in sheets
