"""Meetings that are held, cancelled, carried over: no session is lost or doubled, and nothing held moves."""

import contextlib
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rop_facilitator.errors import UserError
from rop_facilitator.planning.calendar import parse_closure
from rop_facilitator.records.calendar.closures import add_closure, remove_closure
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.attendance import mark_rest
from rop_facilitator.records.meeting.meetings import GOING, meeting_on, start_meeting
from rop_facilitator.records.models import (
    Group,
    MeetingState,
    Outcome,
)
from rop_facilitator.records.plan.group_plan import (
    cancel_meeting,
    reinstate_meeting,
    set_outcome,
)
from rop_facilitator.records.storage.database import Database
from tests.records.factories import make_group

TODAY = date(2026, 11, 24)


class _NotKept(Exception):
    """Ends a transaction without a trace."""


def plan_of(group: Group) -> list[tuple[str, str]]:
    return [(m.on.isoformat(), " + ".join(s.title for s in m.sessions)) for m in group.meetings if m.state in GOING]


def test_a_cancelled_meeting_moves_the_rest(database: Database, leader_id: int) -> None:
    with database.write(Action.MEETING_CANCELLED, by=leader_id) as db:
        group = make_group(db)
        mark_rest(db, group.meetings[0].id, Mark.PRESENT, today=TODAY)
        schedule = cancel_meeting(group, meeting_on(group, date(2026, 11, 24)))
        assert schedule.unplaced == ()
        assert plan_of(group) == [
            ("2026-11-10", "Session 1"),
            ("2026-11-17", "Session 2"),
            ("2026-12-01", "Session 3"),
            ("2026-12-08", "Session 4"),
            ("2026-12-15", "Session 5"),
        ]
        assert [m.number for m in group.meetings] == [1, 2, None, 3, 4, 5]


def test_it_can_be_taken_up_again(database: Database, leader_id: int) -> None:
    with database.write(Action.MEETING_REINSTATED, by=leader_id) as db:
        group = make_group(db)
        before = plan_of(group)
        meeting = meeting_on(group, date(2026, 11, 24))
        cancel_meeting(group, meeting, did_not_meet=True)
        assert meeting.state is MeetingState.DID_NOT_MEET
        reinstate_meeting(group, meeting)
        assert plan_of(group) == before


def test_with_an_end_date_what_does_not_fit_is_told(database: Database, leader_id: int) -> None:
    with database.write(Action.MEETING_CANCELLED, by=leader_id) as db:
        group = make_group(db, until=date(2026, 12, 8))
        assert cancel_meeting(group, group.meetings[1]).unplaced == ("course/session-5",)


def test_a_held_meeting_is_not_cancelled(database: Database, leader_id: int) -> None:
    with database.write(Action.MEETING_CANCELLED, by=leader_id) as db:
        group = make_group(db)
        start_meeting(db, group, group.meetings[0], today=TODAY)
        with pytest.raises(UserError, match="was started"):
            cancel_meeting(group, group.meetings[0])
        with pytest.raises(UserError, match="nearest"):
            meeting_on(group, date(2026, 11, 11))
        with pytest.raises(UserError, match="on that day"):
            start_meeting(db, group, group.meetings[4], today=TODAY)


def test_a_session_carried_over_comes_first_next_time(database: Database, leader_id: int) -> None:
    with database.write(Action.OUTCOME_SET, by=leader_id) as db:
        group = make_group(db, sessions=3)
        first = group.meetings[0]
        start_meeting(db, group, first, today=TODAY)
        set_outcome(group, first.sessions[0], Outcome.CARRIED_OVER)
        assert [title for _on, title in plan_of(group)] == ["Session 1", "Session 1", "Session 2", "Session 3"]
        set_outcome(group, first.sessions[0], Outcome.DONE)
        assert [title for _on, title in plan_of(group)] == ["Session 1", "Session 2", "Session 3"]


def test_a_closure_in_the_middle(database: Database, leader_id: int) -> None:
    with database.write(Action.CLOSURE_ADDED, by=leader_id) as db:
        group = make_group(db)
        before = plan_of(group)
        add_closure(group, parse_closure("2026-W49"), today=TODAY)
        assert ("2026-12-01", "Session 4") not in plan_of(group)
        assert plan_of(group)[-1] == ("2026-12-15", "Session 5")
        remove_closure(group, group.closures[0], today=TODAY)
        assert plan_of(group) == before


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["hold", "cancel", "carry", "reinstate"]), st.integers(0, 30)), max_size=10))
def test_no_session_is_lost_or_doubled(database: Database, leader_id: int, acts: list[tuple[str, int]]) -> None:
    with contextlib.suppress(_NotKept), database.write(Action.GROUP_CREATED, by=leader_id) as db:
        group = make_group(db, sessions=6, people=1)
        held: dict[str, str] = {}
        for act, which in acts:
            meeting = group.meetings[which % len(group.meetings)]
            try:
                if act == "hold":
                    start_meeting(db, group, meeting, today=date(2027, 12, 1))
                elif act == "cancel":
                    cancel_meeting(group, meeting)
                elif act == "reinstate":
                    reinstate_meeting(group, meeting)
                else:
                    set_outcome(group, meeting.sessions[0], Outcome.CARRIED_OVER)
            except (UserError, IndexError):
                continue
            kept = dict(plan_of(group))
            assert all(kept[on] == title for on, title in held.items())
            held = {m.on.isoformat(): kept[m.on.isoformat()] for m in group.meetings if m.state is MeetingState.HELD}
        titles = [s.title for m in group.meetings for s in m.sessions if s.outcome is not Outcome.CARRIED_OVER]
        assert sorted(titles) == [f"Session {n}" for n in range(1, 7)]
        raise _NotKept
