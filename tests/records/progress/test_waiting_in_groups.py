"""Whom to call and what to make up over many groups: the same as each whole group says, without loading it."""

from __future__ import annotations

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from rop_facilitator.records.group.groups import load_group, take_out
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.meetings import start_meeting
from rop_facilitator.records.models import (
    Group,
    Outcome,
    Way,
)
from rop_facilitator.records.plan.group_plan import repeat_session, set_outcome
from rop_facilitator.records.progress import waiting_in_groups
from rop_facilitator.records.progress.call_list import follow_up, set_call_after, to_call
from rop_facilitator.records.progress.progress import make_up, to_make_up
from rop_facilitator.records.progress.waiting_in_groups import Waiting, waiting
from rop_facilitator.records.storage.database import Database
from tests.records.factories import make_group

TODAY = date(2026, 12, 8)
FIRST = date(2026, 11, 3)


def live(db: Session, group: Group, chance: random.Random) -> None:
    """Five meetings as they may go: marks, outcomes, repeats, people who left, sessions made up, calls made."""
    set_call_after(db, group, chance.choice((1, 2, 2, 3)))
    if chance.random() < 0.5:
        repeat_session(group, group.sessions[chance.randrange(3)], today=FIRST)
    for meeting in list(group.meetings)[:5]:
        if chance.random() < 0.9:
            start_meeting(db, group, meeting, today=TODAY)
        for row in meeting.attendance:
            row.mark = chance.choice((*Mark, *[Mark.ABSENT] * 6, None))
    db.flush()
    for meeting in [meeting for meeting in group.meetings if meeting.attendance]:
        for session in list(meeting.sessions):
            session.outcome = chance.choice((None, None, *Outcome))
    for person in group.memberships:
        if chance.random() < 0.2:
            take_out(db, person, on=date(2026, 12, chance.choice((1, 8, 9, 20))))
        for session in chance.sample(group.sessions, 2):
            make_up(db, person, session, way=Way.PHONE, on=TODAY, today=TODAY)
        if chance.random() < 0.3:
            follow_up(db, person, on=date(2026, 11, chance.choice((3, 17, 30))), agreed="x")


def plain(waits: Waiting) -> tuple[object, ...]:
    """What a leader would see of it."""
    return (
        waits.group.id,
        [(entry.membership.id, entry.days, entry.last and entry.last.id) for entry in waits.to_call],
        [(who.id, [entry.id for entry in what]) for who, what in waits.to_make_up],
    )


def from_whole_group(db: Session, group_id: int) -> tuple[object, ...]:
    group = load_group(db, group_id)
    calls = [(entry.membership.id, entry.days, entry.last and entry.last.id) for entry in to_call(group, today=TODAY)]
    return (
        group.id,
        calls,
        [(who.id, [entry.id for entry in what]) for who, what in to_make_up(group, today=TODAY)],
    )


@pytest.mark.parametrize("seed", range(12))
def test_it_says_what_each_whole_group_says(database: Database, leader_id: int, seed: int) -> None:
    chance = random.Random(seed)
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        groups = [make_group(db, people=6, sessions=7, first=FIRST, name=f"Group {n}") for n in range(3)]
        for group in groups:
            live(db, group, chance)
        ids = [group.id for group in groups]
    with database.read() as db:
        lean = [plain(entry) for entry in waiting(db, ids, today=TODAY, since=FIRST)]
    with database.read() as db:
        whole = [from_whole_group(db, key) for key in ids]
    assert lean == [entry for entry in whole if entry[1] or entry[2]]
    assert any(entry[1] for entry in whole)
    assert any(entry[2] for entry in whole)


@pytest.mark.parametrize("seed", range(12))
def test_a_row_of_absences_is_counted_from_before_the_days_that_are_read(
    database: Database, leader_id: int, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also where it takes several looks back to find its beginning."""
    monkeypatch.setattr(waiting_in_groups, "_FIRST_LOOK", timedelta(days=4))
    chance = random.Random(seed)
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        groups = [make_group(db, people=6, sessions=7, first=FIRST, name=f"Group {n}") for n in range(3)]
        for group in groups:
            live(db, group, chance)
        ids = [group.id for group in groups]
    with database.read() as db:
        whole = {key: calls for key, calls, _make_ups in (from_whole_group(db, key) for key in ids) if calls}
    for day in range(0, 49, 7):
        with database.read() as db:
            lean = [plain(entry) for entry in waiting(db, ids, today=TODAY, since=FIRST + timedelta(days=day))]
        assert {key: calls for key, calls, _make_ups in lean if calls} == whole


def test_only_the_groups_that_are_asked_about(database: Database, leader_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        groups = [make_group(db, people=1, first=FIRST, name=f"Group {n}") for n in range(2)]
        for group in groups:
            start_meeting(db, group, group.meetings[0], today=TODAY)
            group.meetings[0].attendance[0].mark = Mark.ABSENT
        set_outcome(groups[0], groups[0].meetings[0].sessions[0], Outcome.DONE)
        ids = [group.id for group in groups]
    with database.read() as db:
        assert [entry.group.id for entry in waiting(db, ids[1:], today=TODAY, since=FIRST)] == ids[1:]
        assert waiting(db, [], today=TODAY, since=FIRST) == []


@contextmanager
def statements(db: Session) -> Iterator[list[str]]:
    sent: list[str] = []

    def note(_conn: object, _cursor: object, statement: str, *_rest: object) -> None:
        sent.append(statement)

    bind = db.get_bind()
    event.listen(bind, "before_cursor_execute", note)
    yield sent
    event.remove(bind, "before_cursor_execute", note)


def test_more_groups_are_not_more_questions(database: Database, leader_id: int) -> None:
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        groups = [make_group(db, people=6, sessions=7, first=FIRST, name=f"Group {n}") for n in range(4)]
        for group in groups:
            live(db, group, random.Random(1))
        ids = [group.id for group in groups]
    counts = []
    for some in (ids[:1], ids):
        with database.read() as db, statements(db) as sent:
            assert waiting(db, some, today=TODAY, since=FIRST)
            counts.append(len(sent))
    assert counts[0] == counts[1] <= 7
