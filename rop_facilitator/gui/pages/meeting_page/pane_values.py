"""A meeting's rows as the panes show them: its people with their marks, its sessions, what was agreed. Values only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from rop_facilitator.curriculum.agenda import Theme
from rop_facilitator.documents.papers.meeting.home_practice import given_in
from rop_facilitator.gui.pages.meeting_page.attendance_list import PersonNow
from rop_facilitator.gui.pages.meeting_page.outcome_pane import Agreement, SessionNow
from rop_facilitator.i18n import capital
from rop_facilitator.records.group.groups import shown_name
from rop_facilitator.records.marks import PRESENT, Mark
from rop_facilitator.records.meeting.meetings import expected_at, titles_of
from rop_facilitator.records.models import (
    Attendance,
    Meeting,
    NamesShown,
)


def people_at(meeting: Meeting, rows: Mapping[int, Attendance], *, names: NamesShown) -> list[PersonNow]:
    """Who is expected; `rows` are by membership."""
    return [
        person_now(membership.id, shown_name(membership, names), rows.get(membership.id))
        for membership in expected_at(meeting.group, meeting)
    ]


def person_now(membership_id: int, name: str, row: Attendance | None) -> PersonNow:
    """One of them; without a row nothing is known yet."""
    if row is None:
        return PersonNow(membership_id, name)
    minutes = row.minutes_late if row.mark is Mark.LATE else row.minutes_early
    return PersonNow(membership_id, name, row.mark, minutes, row.handout_given, row.practice)


def sessions_at(meeting: Meeting, themes: Sequence[Theme]) -> list[SessionNow]:
    """What the meeting takes up, and what became of it."""
    practice = {one.session.id: one.session.home_practice for one in given_in(themes)}
    return [
        SessionNow(session.id, capital(title), session.outcome, practice.get(session.group_session.session_id, ""))
        for session, title in zip(meeting.sessions, titles_of(meeting), strict=True)
    ]


def agreements(people: Iterable[PersonNow], rows: Mapping[int, Attendance]) -> list[Agreement]:
    """What those who were here will try."""
    return [
        Agreement(person.membership_id, person.name, rows[person.membership_id].agreed_practice)
        for person in people
        if person.mark in PRESENT
    ]
