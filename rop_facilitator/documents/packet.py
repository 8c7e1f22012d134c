"""The papers of one meeting, in the order in which a leader wants them from the copier."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time
from pathlib import Path

from rop_facilitator.curriculum.model import Curriculum, Library, SessionPlan
from rop_facilitator.errors import Problem, UserError
from rop_facilitator.i18n import _
from rop_facilitator.records.attendance import COUNTED, PRESENT
from rop_facilitator.records.groups import shown_name
from rop_facilitator.records.meetings import expected_at, meeting_on
from rop_facilitator.records.models import Attendance, Group, Mark, Meeting, MeetingState, Membership, Outcome

SPARE_SETS = 2


@dataclass(frozen=True)
class PersonFacts:
    """What the slip of one expected person says; `missed` are titles to make up, oldest first."""

    name: str
    last_practice: str = ""
    missed: tuple[str, ...] = ()
    gave_notice: bool = False


@dataclass(frozen=True)
class MeetingFacts:
    """One meeting as its papers need it; a session whose file is gone is in `titles` only."""

    group: str
    number: int | None
    on: date
    start: time
    minutes: int
    place: str
    curriculum: Curriculum
    sessions: tuple[SessionPlan, ...]
    titles: tuple[str, ...]
    people: tuple[PersonFacts, ...]
    last_titles: tuple[str, ...] = ()
    name_on_sheets: bool = False


def collect_packet(group: Group, library: Library, on: date) -> MeetingFacts:
    """The facts of a day's meeting. Raises UserError when there is none, or its curriculum is gone."""
    meeting = meeting_on(group, on)
    ids = [session.group_session.session_id for session in meeting.sessions]
    curriculum = library.curricula.get(ids[0].partition("/")[0]) if ids else None
    if curriculum is None:
        raise UserError(_("The curriculum of this meeting is not in the library. Put its folder back, then try again."))
    before = [m for m in group.meetings if m.state is MeetingState.HELD and m.on < meeting.on]
    return MeetingFacts(
        group=group.name,
        number=meeting.number,
        on=meeting.on,
        start=meeting.start,
        minutes=meeting.minutes,
        place=meeting.place,
        curriculum=curriculum,
        sessions=tuple(found for one in ids if (found := library.session(one)) is not None),
        titles=tuple(session.title for session in meeting.sessions),
        people=tuple(
            _person(group, membership, meeting, before, library) for membership in expected_at(group, meeting)
        ),
        last_titles=tuple(session.title for session in before[-1].sessions) if before else (),
        name_on_sheets=group.name_on_sheets,
    )


def _row(meeting: Meeting, membership: Membership) -> Attendance | None:
    return next((row for row in meeting.attendance if row.membership_id == membership.id), None)


def _person(
    group: Group, membership: Membership, meeting: Meeting, before: list[Meeting], library: Library
) -> PersonFacts:
    missed: list[str] = []
    last_practice = ""
    for past in before:
        row = _row(past, membership)
        if row is None or row.mark is None:
            continue
        taught = [session for session in past.sessions if session.outcome is not Outcome.CARRIED_OVER]
        if row.mark in PRESENT:
            own = [library.session(session.group_session.session_id) for session in taught]
            last_practice = row.agreed_practice or " ".join(one.home_practice for one in own if one)
        elif row.mark in COUNTED or row.mark is Mark.EXEMPT:
            missed += [session.title for session in taught]
    now = _row(meeting, membership)
    notice = now is not None and now.mark in (Mark.NOTICE, Mark.LATE_NOTICE, Mark.EXEMPT)
    return PersonFacts(shown_name(membership, group.names_shown), last_practice, tuple(missed), notice)


def write_packet(facts: MeetingFacts, target: Path) -> list[Problem]:
    """Write the packet: one PDF for a path that ends in `.pdf`, else a folder of Word files, none named after a person.

    Returns what the leader should know. Raises UserError when the place cannot be written.
    """
    from rop_facilitator.documents.papers import packet_of
    from rop_facilitator.documents.writing import write_paper

    packet, problems = packet_of(facts)
    return [*problems, *write_paper(packet, target)]
