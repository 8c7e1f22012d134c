"""A group in a course with borrowed sessions: that course leads, the sheets are the lender's, none comes twice."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from rop_facilitator.curriculum.model import Library
from rop_facilitator.documents.page.blocks import plain_text
from rop_facilitator.documents.papers.meeting.meeting_packet import packet_of
from rop_facilitator.documents.papers.meeting.missed_sheets import collect_missed_sheets, missed_sheets_packet
from rop_facilitator.documents.papers.meeting.substitute import collect_substitute, substitute_packet
from rop_facilitator.planning.calendar import MeetingPattern
from rop_facilitator.records.group.groups import create_group, curricula_of
from rop_facilitator.records.group.groups_overview import group_summaries
from rop_facilitator.records.meeting.meetings import themes_of
from rop_facilitator.records.membership.membership_changes import counts_there, move_to, received_in
from rop_facilitator.records.models import Group, Way
from rop_facilitator.records.plan.group_plan import plan_of, repeat_session
from rop_facilitator.records.plan.plan_rows import plan_rows
from rop_facilitator.records.progress.group_status import standing_facts
from tests.borrowing_course import BORROWED, borrowing_library
from tests.documents.course import FIRST, WEEK, Course, open_course, own_sheets


@pytest.fixture
def lent(tmp_path: Path) -> Iterator[Course]:
    """A group of three in the course that borrows, and after it KAT-ROP, which has two of the sessions too."""
    with open_course(tmp_path, borrowing_library(), "laan", "kat-rop") as course:
        yield course


def text_of(course: Course, number: int) -> str:
    return "\n".join(
        "\n".join((d.title, plain_text(d.lead), d.kicker, plain_text(d.blocks)))
        for d in packet_of(course.facts(number))[0].documents
    )


def test_a_group_holds_each_session_once_in_the_course_that_came_first(lent: Course) -> None:
    sessions = lent.group.sessions
    assert len(sessions) == len({session.session_id for session in sessions}) == 12
    assert [(session.session_id, session.course, session.curriculum_id) for session in sessions[:3]] == [
        ("laan/malet-mitt", "", "laan"),
        (BORROWED[0], "laan", "laan"),
        (BORROWED[1], "laan", "laan"),
    ]
    assert {session.curriculum_id for session in sessions[3:]} == {"kat-rop"}
    assert curricula_of(lent.group) == ("laan", "kat-rop")
    [summary] = group_summaries(lent.db, today=FIRST)
    assert summary.curricula == ("laan", "kat-rop")
    assert [planned.module for planned in plan_of(lent.group, lent.library).sessions[:4]] == [
        "laan/3",
        "laan/8",
        "laan/8",
        "kat-rop/1",
    ]


def test_frame_safety_page_and_head_are_those_of_the_course_that_is_followed(lent: Course) -> None:
    facts = lent.facts(2)
    assert facts.curriculum.id == "laan"
    assert facts.titles == (lent.library.session(BORROWED[0]).title,)
    text = text_of(lent, 2)
    assert "Kom inn" in text
    assert "Trygt i lånekurset" in text
    assert "Målene våre" not in text, "the frame of the lender"


def test_each_gets_the_sheets_of_the_lender_and_the_borrowed_sheet(lent: Course) -> None:
    own = [document.title for document in lent.papers(1, "Berit")]
    assert own == ["Arket om målet", "Min kriseplan"]
    packet, problems = packet_of(lent.facts(1))
    assert problems == []
    assert [d.title for d in packet.documents].count("Sju dager") == 2, "on the table, in nobody's set"
    session = lent.library.session(BORROWED[0])
    assert session is not None
    assert len(lent.papers(2, "Berit")) == len(own_sheets(session))


def test_the_plan_and_the_substitute_have_number_and_module_of_the_course(lent: Course) -> None:
    rows = plan_rows(lent.group, today=FIRST, library=lent.library)
    assert rows[1].right.startswith("session 8.1")
    second = lent.group.meetings[1].on
    document = substitute_packet(collect_substitute(lent.group, lent.library, second))[0].documents[0]
    assert "Lånekurset · modul 8 · Det lånte · sesjon 2 av 12" in plain_text(document.blocks)
    assert ("Now", "Module 8, session 1 of 2") in standing_facts(lent.group, lent.library, today=second)


def test_what_was_missed_is_made_up_with_its_sheets(lent: Course) -> None:
    lent.hold(1, "MMM")
    lent.hold(2, "MIM")
    person = lent.person(3, "Berit")
    assert [theme.session.id for theme in person.brought] == [BORROWED[0]]
    berit = lent.group.memberships[1]
    facts = collect_missed_sheets(lent.group, lent.library, berit, today=lent.group.meetings[2].on)
    assert facts.curriculum.id == "laan"
    packet, problems = missed_sheets_packet(facts)
    assert problems == []
    assert len(packet.documents) > 1


def test_who_received_it_in_one_course_has_received_it_in_the_other(lent: Course) -> None:
    lent.hold(1, "MMM")
    lent.hold(2, "MIM")
    pattern = MeetingPattern((3,), lent.group.start, 90, "Rom 3")
    other = create_group(lent.db, "Torsdag", [lent.library.curricula["kat-rop"]], pattern, first_date=FIRST)
    amund = lent.group.memberships[0]
    received = received_in(lent.group, amund)
    assert counts_there(other, received) == [lent.library.session(BORROWED[0]).title]
    there = move_to(lent.db, lent.group, amund, other, first_day=FIRST + 2 * WEEK)
    [note] = there.make_ups
    session = next(session for session in other.sessions if session.id == note.group_session_id)
    assert (session.session_id, session.curriculum_id, note.way) == (BORROWED[0], "kat-rop", Way.OTHER_GROUP)


def test_a_repeated_session_stays_in_its_course(lent: Course) -> None:
    lent.hold(1, "MMM")
    lent.hold(2, "MMM")
    repeat_session(lent.group, lent.group.sessions[1], today=lent.group.meetings[1].on + timedelta(days=1))
    again = [session for session in lent.group.sessions if session.session_id == BORROWED[0]]
    assert [(session.round, session.course) for session in again] == [(1, "laan"), (2, "laan")]


def without(library: Library, course: str) -> Library:
    return replace(library, curricula={key: value for key, value in library.curricula.items() if key != course})


def first_ids(group: Group, library: Library) -> list[list[str]]:
    return [[theme.session.id for theme in themes_of(m, library)[1]] for m in group.meetings[:3]]


def test_without_the_course_that_borrows_its_sessions_are_gone_and_all_else_is_there(lent: Course) -> None:
    gone = without(lent.library, "laan")
    assert first_ids(lent.group, gone) == [[], [], []]
    rows = plan_rows(lent.group, today=FIRST, library=gone)
    assert [row.title for row in rows[:2]] == [meeting.sessions[0].title for meeting in lent.group.meetings[:2]]
    lent.hold(1, "MMM")
    lent.hold(2, "MIM")
    lent.library = gone
    assert lent.person(4, "Berit").brought == ()
