"""What each person gets: what was missed comes with the next packet, and nobody gets a sheet twice."""

import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pypdf
import pytest
from sqlalchemy.orm import Session

from rop_facilitator.curriculum.load import load_library
from rop_facilitator.curriculum.model import Library
from rop_facilitator.documents.blocks import Agenda, Document, plain_text
from rop_facilitator.documents.packet import MeetingFacts, PersonFacts, collect_packet
from rop_facilitator.documents.papers import packet_of
from rop_facilitator.documents.pdf import render_pdf
from rop_facilitator.paths import shipped
from rop_facilitator.planning.calendar import MeetingPattern
from rop_facilitator.planning.lessons import divide, join
from rop_facilitator.records.attendance import mark_attendance
from rop_facilitator.records.database import Database
from rop_facilitator.records.groups import add_participant, create_group, load_group
from rop_facilitator.records.meetings import start_meeting
from rop_facilitator.records.models import Group, Mark, Outcome, Way
from rop_facilitator.records.plan import keep_plan, plan_left, repeat_session, set_outcome
from rop_facilitator.records.progress import make_up
from rop_facilitator.records.vault import KeyCost

FIRST = date(2026, 11, 3)
WEEK = timedelta(weeks=1)
MARKS = {"M": Mark.PRESENT, "I": Mark.ABSENT, "A": Mark.NOTICE, "F": Mark.EXEMPT}


@dataclass
class Course:
    """A group of three in a course, with short ways to live through it."""

    db: Session
    group: Group
    library: Library

    def hold(self, number: int, marks: str, *, outcome: Outcome | None = None) -> None:
        """Hold meeting `number`; a letter a person."""
        meeting = next(one for one in self.group.meetings if one.number == number)
        start_meeting(self.db, self.group, meeting, today=meeting.on)
        for person, letter in zip(self.group.memberships, marks, strict=True):
            mark_attendance(self.db, self.group, meeting, person.id, MARKS[letter], today=meeting.on)
        if outcome is not None:
            set_outcome(self.group, meeting.sessions[0], outcome)

    def facts(self, number: int) -> MeetingFacts:
        """The facts of meeting `number`."""
        meeting = next(one for one in self.group.meetings if one.number == number)
        return collect_packet(self.group, self.library, meeting.on)

    def person(self, number: int, name: str) -> PersonFacts:
        """What is known of one person in meeting `number`."""
        return next(one for one in self.facts(number).people if one.name == name)

    def papers(self, number: int, name: str) -> list[Document]:
        """The set of one person in meeting `number`."""
        documents = packet_of(self.facts(number))[0].documents
        begin = next(n for n, one in enumerate(documents) if one.paper == "slip" and one.who == name)
        rest = documents[begin + 1 :]
        end = next((n for n, one in enumerate(rest) if one.paper == "slip"), len(rest) - self.spare(number))
        return [documents[begin], *rest[:end]]

    def spare(self, number: int) -> int:
        """How many sheets the spare sets have."""
        return 2 * len({one for session in self.facts(number).sessions for one in session.handouts})


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library((shipped("curricula"),))


@pytest.fixture
def course(tmp_path: Path, library: Library) -> Iterator[Course]:
    database, _code = Database.create(
        tmp_path / "a.rop", "Marit", "hestehov i april", clock=datetime.now, cost=KeyCost(8, 1, 1)
    )
    with database.write("group added", by=database.leader_id) as db:
        pattern = MeetingPattern((1,), datetime(2026, 1, 1, 13).time(), 90, "Rom 2")
        made = create_group(db, "Tirsdagsgruppa", [library.curricula["kat-rop"]], pattern, first_date=FIRST)
        for name in ("Amund", "Berit", "Eva"):
            add_participant(db, made, name, joined=FIRST)
    with database.write("plan changed", by=database.leader_id) as db:
        yield Course(db, load_group(db, made.id), library)
    database.close()


def kinds(papers: list[Document]) -> list[str]:
    return [one.paper for one in papers]


def titles(papers: list[Document]) -> list[str]:
    return [one.title for one in papers if one.paper in ("handout", "worksheet")]


def test_what_was_missed_comes_with_the_next_packet(course: Course) -> None:
    course.hold(1, "MIA")
    first, second = course.library.curricula["kat-rop"].sessions[:2]
    amund, berit = course.papers(2, "Amund"), course.papers(2, "Berit")
    assert "recap" not in kinds(amund)
    assert len(titles(amund)) == len(second.handouts) > 0
    assert len(titles(berit)) == len(first.handouts) + len(second.handouts)
    assert titles(berit)[: len(second.handouts)] == titles(amund), "today's sheets first"
    recap = next(one for one in berit if one.paper == "recap")
    assert first.title in plain_text(recap.blocks)
    assert first.recap.split("\n")[0] in plain_text(recap.blocks)
    assert first.title in plain_text(berit[0].blocks), "the slip lists it"
    leader = packet_of(course.facts(2))[0].documents[0]
    assert f"Berit har ikke fått: {first.title}. Repetisjon og ark ligger i settet." in plain_text(leader.blocks)


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
    leader = plain_text(packet_of(course.facts(6))[0].documents[0].blocks)
    assert "I settet ligger det siste: " + ", ".join(person.missed[-3:]) in leader
    sheets = [one for one in course.papers(6, "Berit") if one.paper in ("handout", "worksheet")]
    assert len(sheets) == len({(one.title, one.blocks) for one in sheets}), "no sheet twice"


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
    key = left.lessons[0].key
    keep_plan(course.group, replace(left, lessons=divide(left.lessons, key, 2)), today=FIRST)
    course.hold(1, "MIM")
    facts = course.facts(2)
    assert facts.titles == (f"{course.group.sessions[0].title}, del 2 av 2",)
    assert titles(course.papers(2, "Amund")) == []
    assert len(titles(course.papers(2, "Berit"))) == len(facts.sessions[0].handouts)
    leader = plain_text(packet_of(facts)[0].documents[0].blocks)
    assert "Disse får dem nå: Berit" in leader
    assert "Hjemmeoppgaven til" not in leader
    before = plain_text(packet_of(course.facts(1))[0].documents[0].blocks)
    assert "kommer med siste del" in before
    assert facts.sessions[0].home_practice not in before


def test_a_rest_comes_first_and_the_others_follow(course: Course) -> None:
    course.hold(1, "MMM", outcome=Outcome.PARTLY)
    facts = course.facts(2)
    first, second = course.group.sessions[:2]
    assert facts.titles == (f"resten av {first.title}", second.title)
    documents = packet_of(facts)[0].documents
    wall = next(block for one in documents if one.paper == "agenda-wall" for block in one.blocks)
    assert isinstance(wall, Agenda)
    shown = [plain_text(row.title) for row in wall.rows]
    assert f"Resten av {first.title} fra sist" in shown
    assert second.title in shown
    assert shown.index(f"Resten av {first.title} fra sist") < shown.index(second.title)
    leader = plain_text(documents[0].blocks)
    assert f"Alle har arkene til «{first.title}» fra sist" in leader
    assert facts.sessions[1].home_practice in leader
    assert facts.sessions[0].home_practice not in leader, "it was given last time"


def test_two_sessions_are_told_apart_and_one_practice_is_chosen(course: Course) -> None:
    left = plan_left(course.group, today=FIRST)
    keep_plan(course.group, replace(left, lessons=join(left.lessons, left.lessons[1].key)), today=FIRST)
    facts = course.facts(1)
    first, second = facts.sessions
    documents = packet_of(facts)[0].documents
    leader = plain_text(documents[0].blocks)
    for words in ("hver deltaker velger én", first.home_practice, second.home_practice, first.aims[0], second.aims[0]):
        assert words in leader
    for n, one in enumerate(facts.sessions, 1):
        assert f"Tema {n} av 2: {one.title}" in leader
    wall = next(block for one in documents if one.paper == "agenda-wall" for block in one.blocks)
    assert isinstance(wall, Agenda)
    shown = [plain_text(row.title) for row in wall.rows]
    at = [shown.index(title) for title in (first.title, "Pause", second.title)]
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
    outline = [one for one in reader.outline if not isinstance(one, list)]
    people = {one.title: reader.get_destination_page_number(one) for one in outline}
    for name in ("Amund", "Berit", "Eva"):
        assert people[name] % 2 == 0, "the front of a sheet"
    sheets = " ".join(reader.pages[people["Amund"] + 1].extract_text().split())
    assert "Amund" not in sheets
