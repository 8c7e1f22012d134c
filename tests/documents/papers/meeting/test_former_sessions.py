"""A session that has become a page about its module: a group under way opens, keeps its title, and prints."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from rop_facilitator.curriculum.model import Curriculum, Library, Origin, SessionPlan
from rop_facilitator.documents.page.blocks import plain_text
from rop_facilitator.documents.papers.meeting.meeting_packet import packet_of
from rop_facilitator.records.plan.plan_rows import plan_rows
from rop_facilitator.records.progress.progress import progress_of_person
from tests.documents.course import FIRST, Course, open_course

COURSE = "kombinerte-behandlingstiltak"
FORMER = f"{COURSE}/fysisk-aktivitet"


def with_former(course: Curriculum) -> Curriculum:
    """The course as it was, with the session in its module."""
    session = SessionPlan(FORMER, "Fysisk aktivitet", Origin.PROPOSAL, Path("fysisk-aktivitet.md"))
    modules = tuple(
        replace(module, sessions=(session,), overview=None) if module.number == "5" else module
        for module in course.modules
    )
    return replace(course, modules=modules)


@pytest.fixture
def under_way(tmp_path: Path, shipped_library: Library) -> Iterator[Course]:
    """A group that was made when it was a session; the library is that of today."""
    before = replace(shipped_library, curricula={COURSE: with_former(shipped_library.curricula[COURSE])})
    with open_course(tmp_path, before, COURSE) as course:
        course.library = shipped_library
        yield course


def test_the_group_opens_and_keeps_the_title(under_way: Course) -> None:
    assert under_way.group.sessions[0].session_id == FORMER
    rows = plan_rows(under_way.group, today=FIRST, library=under_way.library)
    assert rows[0].title == "Fysisk aktivitet"
    under_way.hold(1, "MIM")
    person = progress_of_person(under_way.group, under_way.group.memberships[1])
    assert person.missed == 1


def test_its_papers_print_with_the_title(under_way: Course) -> None:
    facts = under_way.facts(1)
    assert facts.curriculum.id == COURSE
    assert facts.titles == ("Fysisk aktivitet",)
    packet, problems = packet_of(facts)
    assert [problem for problem in problems if problem.level == "fault"] == []
    text = "\n".join(f"{plain_text(d.lead)}\n{plain_text(d.blocks)}" for d in packet.documents)
    assert "Fysisk aktivitet" in text
    assert "oversikt" not in text
