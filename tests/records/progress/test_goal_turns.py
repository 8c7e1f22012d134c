"""Whose goal is taken up: it goes round, and nobody who comes waits longer than the others."""

from __future__ import annotations

from datetime import date, timedelta

from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.meetings import start_meeting
from rop_facilitator.records.models import Group
from rop_facilitator.records.progress.goal_turns import goal_turns
from rop_facilitator.records.storage.database import Database
from tests.records.factories import make_group

FIRST = date(2026, 11, 3)
LATER = FIRST + timedelta(weeks=20)


def names_in(group: Group, number: int, *, without: str = "") -> list[str]:
    meeting = group.meetings[number]
    expected = [person for person in group.memberships if person.participant.name not in without.split()]
    return [person.participant.name for person in goal_turns(group, meeting, expected)]


def test_the_turn_goes_round_and_who_was_away_comes_first(database: Database) -> None:
    with database.write(Action.GROUP_CREATED, by=database.leader_id) as db:
        group = load_group(db, make_group(db, people=5, first=FIRST).id)
        assert names_in(group, 0) == ["Amund", "Berit"]
        assert names_in(group, 0, without="Amund") == ["Berit", "Daniel"], "who gave notice waits for the next time"
        for number, away in enumerate(("Berit", "", "Eva Farid", "")):
            meeting = group.meetings[number]
            start_meeting(db, group, meeting, today=LATER)
            for row in meeting.attendance:
                person = next(member for member in group.memberships if member.id == row.membership_id)
                row.mark = Mark.ABSENT if person.participant.name in away.split() else Mark.PRESENT
        assert names_in(group, 1) == ["Berit", "Eva"], "Amund and Daniel had theirs, and Berit was away"
        assert names_in(group, 2) == ["Farid", "Amund"]
        assert names_in(group, 2, without="Eva Farid") == ["Amund", "Daniel"]
        assert names_in(group, 3) == ["Farid", "Berit"], "the papers of an earlier meeting are as they were"
        assert names_in(group, 4) == ["Eva", "Amund"]
