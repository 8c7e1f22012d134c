"""The sample groups can be laid around any day, and say nothing about real people."""

from datetime import date

import pytest

from rop_facilitator.curriculum.load import load_library
from rop_facilitator.paths import shipped
from rop_facilitator.records.group.groups_overview import group_summaries
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import MeetingState, Outcome
from rop_facilitator.records.progress.call_list import to_call
from rop_facilitator.records.progress.progress import to_make_up
from rop_facilitator.records.sample_groups import add_sample_groups
from rop_facilitator.records.storage.database import Database

LIBRARY = load_library((shipped("curricula"),))
DAYS = ["2026-11-24", "2026-12-24", "2026-12-25", "2027-01-01", "2027-03-28", "2027-05-17", "2028-02-29", "2026-11-28"]


@pytest.mark.parametrize("day", DAYS)
def test_any_day_will_do(database: Database, leader_id: int, day: str) -> None:
    today = date.fromisoformat(day)
    with database.write(Action.SAMPLE_ADDED, by=leader_id) as db:
        add_sample_groups(db, LIBRARY, today=today)
    with database.read() as db:
        summaries = {summary.name: summary for summary in group_summaries(db, today=today)}
    assert len(summaries) == 3
    assert all(row.next_meeting is not None and row.next_meeting >= today for row in summaries.values())
    assert [row.members for row in summaries.values()].count(8) == 1


@pytest.mark.parametrize("day", DAYS)
def test_the_sample_shows_who_waits_and_what_was_made_up(database: Database, leader_id: int, day: str) -> None:
    """Around any day: one person to call where two meetings were held, and a session that was not finished."""
    today = date.fromisoformat(day)
    with database.write(Action.SAMPLE_ADDED, by=leader_id) as db:
        groups = add_sample_groups(db, LIBRARY, today=today)
        calls = [call for group in groups for call in to_call(group, today=today)]
        made_up = [make_up for group in groups for member in group.memberships for make_up in member.make_ups]
        outcomes = [session.outcome for group in groups for meeting in group.meetings for session in meeting.sessions]
        assert to_make_up(groups[0], today=today)
        held = sum(meeting.state is MeetingState.HELD for meeting in groups[0].meetings)
    waiting = [("Lars", "ring etter klokka 12")] if held == 2 else []
    assert [(call.membership.participant.name, call.membership.contact) for call in calls] == waiting
    assert (held == 2) == (day != "2027-01-01")  # both Fridays before it are holidays or closed
    assert len(made_up) >= 5
    assert all(make_up.on <= today for make_up in made_up)
    assert outcomes.count(Outcome.PARTLY) == 1


def test_groups_are_named_after_the_day_they_meet(database: Database, leader_id: int) -> None:
    with database.write(Action.SAMPLE_ADDED, by=leader_id) as db:
        names = [group.name for group in add_sample_groups(db, LIBRARY, today=date(2026, 11, 24))]
    assert names == ["Tirsdagsgruppa", "Onsdagsgruppa", "Et bedre liv, vår"]
