"""The made-up sample groups, laid around a day so that the program has something to show."""

from __future__ import annotations

from datetime import date, time, timedelta

import yaml
from sqlalchemy.orm import Session

from rop_facilitator.curriculum.model import Library
from rop_facilitator.i18n import capital, speaking, weekday_name
from rop_facilitator.paths import shipped
from rop_facilitator.planning.calendar import MeetingPattern
from rop_facilitator.records.group.groups import add_participant, create_group
from rop_facilitator.records.marks import parse_mark
from rop_facilitator.records.meeting.attendance import (
    attendance_row,
    give_handout,
    mark_attendance,
)
from rop_facilitator.records.meeting.meetings import start_meeting
from rop_facilitator.records.models import Group, GroupSession, Meeting, Membership, Outcome, Way
from rop_facilitator.records.plan.group_plan import set_outcome
from rop_facilitator.records.progress.call_list import set_contact
from rop_facilitator.records.progress.progress import make_up


def _description() -> dict[str, object]:
    text = (shipped("resources") / "sample" / "groups.yaml").read_text(encoding="utf-8")
    description: dict[str, object] = yaml.safe_load(text)
    return description


def sample_leader() -> str:
    """The name of the leader who owns the sample."""
    return str(_description()["leader"])


def add_sample_groups(db: Session, library: Library, *, today: date) -> list[Group]:
    """Make the sample groups around `today`; a group whose curriculum is not in the library is left out."""
    rows = _description()["groups"]
    assert isinstance(rows, list)
    return [
        _add(db, library, row, today)
        for row in rows
        if all(curriculum_id in library.curricula for curriculum_id in row["curricula"])
    ]


def _add(db: Session, library: Library, row: dict[str, object], today: date) -> Group:
    weekday_on = today + timedelta(days=int(str(row["offset"])))
    first = weekday_on - timedelta(weeks=int(str(row["weeks"])))
    pattern = MeetingPattern(
        (first.weekday(),), time.fromisoformat(str(row["start"])), int(str(row["minutes"])), str(row["place"])
    )
    curricula, people = row["curricula"], row["people"]
    assert isinstance(curricula, list)
    assert isinstance(people, list)
    with speaking("nb"):
        name = str(row["name"]).format(weekday=capital(weekday_name(first)))
    group = create_group(
        db, name, [library.curricula[curriculum] for curriculum in curricula], pattern, first_date=first
    )
    group.is_sample = True
    past = [meeting for meeting in group.meetings if meeting.on < today]
    letters = [str(person["marks"]).split() for person in people]
    for person, codes in zip(people, letters, strict=True):
        joined = past[codes.index("M")].on if codes[:1] == ["-"] and len(past) > codes.index("M") else first
        add_participant(db, group, person["name"], joined=joined, alias=person["alias"])
    partly = row.get("partly", ())
    assert isinstance(partly, list | tuple)
    for index, meeting in enumerate(past):
        _hold(db, group, meeting, [codes[index] if index < len(codes) else "M" for codes in letters], today)
        if index + 1 in partly:
            set_outcome(group, meeting.sessions[0], Outcome.PARTLY)
    for person, membership in zip(people, group.memberships, strict=True):
        set_contact(db, membership, person.get("contact", ""))
        for number in person.get("made_up", ()):
            for session in past[number - 1].sessions if number <= len(past) else ():
                _make_up(db, membership, session.group_session, past[number - 1].on, today)
    return group


def _make_up(db: Session, membership: Membership, session: GroupSession, missed: date, today: date) -> None:
    on = min(missed + timedelta(days=5), today)
    make_up(db, membership, session, way=Way.PHONE, on=on, today=today, leader=sample_leader())


def _hold(db: Session, group: Group, meeting: Meeting, codes: list[str], today: date) -> None:
    start_meeting(db, group, meeting, today=today, leader=sample_leader())
    for membership, code in zip(group.memberships, codes, strict=True):
        if code not in "-." and membership.covers(meeting.on):
            mark_attendance(db, meeting.id, membership.id, parse_mark(code), today=today, leader=sample_leader())
            give_handout(db, attendance_row(db, meeting.id, membership.id), given=code in "MST")
