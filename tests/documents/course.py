"""A group of three in a real course, with short ways to live through it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy.orm import Session

from rop_facilitator.curriculum.model import Library, SessionPlan
from rop_facilitator.documents.page.blocks import Document, Slip, Slips, plain_text
from rop_facilitator.documents.page.page_variables import PacketFacts
from rop_facilitator.documents.papers.meeting.meeting_facts import MeetingFacts, PersonFacts, collect_packet
from rop_facilitator.documents.papers.meeting.meeting_packet import packet_of
from rop_facilitator.documents.papers.meeting.person_sets import Sheets, person_set
from rop_facilitator.i18n import speaking
from rop_facilitator.planning.calendar import MeetingPattern
from rop_facilitator.records.group.groups import add_participant, create_group, load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.attendance import mark_attendance
from rop_facilitator.records.meeting.meetings import start_meeting
from rop_facilitator.records.models import (
    Group,
    Outcome,
)
from rop_facilitator.records.plan.group_plan import set_outcome
from rop_facilitator.records.storage.opening import create_database
from rop_facilitator.records.storage.vault import KeyCost

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
        meeting = next(meeting for meeting in self.group.meetings if meeting.number == number)
        start_meeting(self.db, self.group, meeting, today=meeting.on)
        for person, letter in zip(self.group.memberships, marks, strict=True):
            mark_attendance(self.db, meeting.id, person.id, MARKS[letter], today=meeting.on)
        if outcome is not None:
            set_outcome(self.group, meeting.sessions[0], outcome)

    def facts(self, number: int) -> MeetingFacts:
        """The facts of meeting `number`."""
        meeting = next(meeting for meeting in self.group.meetings if meeting.number == number)
        return collect_packet(self.group, self.library, meeting.on)

    def person(self, number: int, name: str) -> PersonFacts:
        """What is known of one person in meeting `number`."""
        return next(person for person in self.facts(number).people if person.name == name)

    def papers(self, number: int, name: str) -> list[Document]:
        """The set of one person in meeting `number`."""
        facts = self.facts(number)
        with speaking(facts.curriculum.language):
            return person_set(facts, self.person(number, name), Sheets(facts.curriculum, PacketFacts(), []))

    def slip(self, number: int, name: str) -> Slip:
        """The slip of one person in meeting `number`."""
        blocks = [block for document in packet_of(self.facts(number))[0].documents for block in document.blocks]
        slips = [slip for block in blocks if isinstance(block, Slips) for slip in block.items]
        return next(slip for slip in slips if plain_text(slip.name) == name)


def own_sheets(session: SessionPlan) -> list[str]:
    """The sheets of a session that lie in each person's set."""
    return [handout for handout in session.handouts if handout not in session.table]


@contextmanager
def open_course(folder: Path, library: Library, *courses: str) -> Iterator[Course]:
    """The group of a fresh database, in one transaction: KAT-ROP, or the courses that are named."""
    database, _code = create_database(
        folder / "a.rop", "Marit", "hestehov i april", clock=datetime.now, cost=KeyCost(8, 1, 1)
    )
    with database.write(Action.GROUP_CREATED, by=database.leader_id) as db:
        pattern = MeetingPattern((1,), datetime(2026, 1, 1, 13).time(), 90, "Rom 2")
        followed = [library.curricula[course] for course in courses or ("kat-rop",)]
        group = create_group(db, "Tirsdagsgruppa", followed, pattern, first_date=FIRST)
        for name in ("Amund", "Berit", "Eva"):
            add_participant(db, group, name, joined=FIRST)
    with database.write(Action.PLAN_CHANGED, by=database.leader_id) as db:
        yield Course(db, load_group(db, group.id), library)
    database.close()
