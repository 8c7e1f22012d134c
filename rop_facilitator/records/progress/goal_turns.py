"""Whose goal is taken up in a meeting: it goes round the group, and nobody who comes waits longer than the others."""

from __future__ import annotations

from collections.abc import Sequence

from rop_facilitator.records.marks import PRESENT
from rop_facilitator.records.models import Group, Meeting, Membership
from rop_facilitator.records.progress.progress import mark_in, meetings_held

AT_A_TIME = 2


def goal_turns(group: Group, meeting: Meeting, expected: Sequence[Membership]) -> list[Membership]:
    """Of those who are expected, the two who have waited longest for their turn; of equals, in the order given.

    Nobody notes whose goal was taken up, so it follows from who was there: in each meeting that was held, it was the
    turn of the two of those present who had waited longest.
    """
    last: dict[int, int] = {}

    def next_of(people: Sequence[Membership]) -> list[Membership]:
        return sorted(people, key=lambda person: last.get(person.id, -1))[:AT_A_TIME]

    for number, held in enumerate(past for past in meetings_held(group) if past.on < meeting.on):
        there = [person for person in group.memberships if mark_in(person, held) in PRESENT]
        last |= dict.fromkeys((person.id for person in next_of(there)), number)
    return next_of(expected)
