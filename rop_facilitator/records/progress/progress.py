"""What each person has received of the course, and what is to be made up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy.orm import Session

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _, long_date
from rop_facilitator.records.group.groups import in_order
from rop_facilitator.records.marks import AWAY, PRESENT
from rop_facilitator.records.models import (
    Group,
    GroupSession,
    MakeUp,
    Meeting,
    MeetingState,
    Membership,
    NamesShown,
    Outcome,
    Way,
)

# Of these people have had something. Without a word about what became of it, a session of a held meeting was taught.
TAUGHT = (None, Outcome.DONE, Outcome.PARTLY)


class Received(StrEnum):
    """One person and one session: the five states of the map."""

    ATTENDED = "attended"
    MADE_UP = "made_up"
    MISSED = "missed"
    TO_COME = "to_come"
    NOT_MEMBER = "not_member"


RECEIVED_LETTERS = {
    Received.ATTENDED: "M",
    Received.MADE_UP: "TI",
    Received.MISSED: "Å",
    Received.TO_COME: "·",
    Received.NOT_MEMBER: "–",
}


@dataclass(frozen=True)
class PersonProgress:
    """One person's way through the course; `states` in the order of the group's sessions."""

    membership: Membership
    states: tuple[Received, ...]

    @property
    def received(self) -> int:
        """How many sessions the person has had, in the group or made up."""
        return sum(state in (Received.ATTENDED, Received.MADE_UP) for state in self.states)

    @property
    def taught(self) -> int:
        """How many sessions were taught while the person was a member."""
        return sum(state in (Received.ATTENDED, Received.MADE_UP, Received.MISSED) for state in self.states)

    @property
    def missed(self) -> int:
        """How many sessions are to be made up."""
        return self.states.count(Received.MISSED)


def way_name(way: Way) -> str:
    """The words of a way to make up, small letters."""
    return {
        Way.BEFORE_MEETING: _("before the meeting"),
        Way.INDIVIDUALLY: _("individually"),
        Way.NEXT_ROUND: _("in the next round"),
        Way.PHONE: _("by phone"),
        Way.OTHER_GROUP: _("in another group"),
    }[way]


def received_name(state: Received) -> str:
    """The words of a state, small letters."""
    return {
        Received.ATTENDED: _("present"),
        Received.MADE_UP: _("made up"),
        Received.MISSED: _("to make up"),
        Received.TO_COME: _("to come"),
        Received.NOT_MEMBER: _("not a member"),
    }[state]


# -- who has received what ---------------------------------------------------------------------------------------------


def taught_sessions(group: Group) -> list[GroupSession]:
    """The sessions of a group in its own order, without those that are left out and were never taught."""
    taught = {session.group_session_id for meeting in meetings_held(group) for session in meeting.sessions}
    ordered = sorted(group.sessions, key=lambda session: session.position)
    return [session for session in ordered if not session.skipped or session.id in taught]


def progress_of(group: Group, names: NamesShown | None = None) -> list[PersonProgress]:
    """Everybody who is or was a member, by name as the group shows it or as told; the group loaded whole."""
    sessions, meetings = taught_sessions(group), taught_at(group)
    people = in_order(group.memberships, names or group.names_shown)
    return [_progress(person, sessions, meetings) for person in people]


def progress_of_person(group: Group, person: Membership) -> PersonProgress:
    """One person's way through the course, of a group loaded whole."""
    return _progress(person, taught_sessions(group), taught_at(group))


def _progress(
    person: Membership, sessions: Iterable[GroupSession], meetings: Mapping[int, tuple[Meeting, ...]]
) -> PersonProgress:
    return PersonProgress(person, tuple(_state(person, session, meetings.get(session.id, ())) for session in sessions))


def meetings_held(group: Group) -> list[Meeting]:
    """The meetings that were held, the earliest first."""
    return sorted(
        (meeting for meeting in group.meetings if meeting.state is MeetingState.HELD),
        key=lambda meeting: (meeting.on, meeting.start),
    )


def taught_at(group: Group) -> dict[int, tuple[Meeting, ...]]:
    """The held meetings in which each session was taught, at least partly, in order of date."""
    meetings: dict[int, tuple[Meeting, ...]] = {}
    for meeting in meetings_held(group):
        for session in meeting.sessions:
            if session.outcome in TAUGHT:
                meetings[session.group_session_id] = (*meetings.get(session.group_session_id, ()), meeting)
    return meetings


def planned_at(group: Group, *, today: date) -> dict[int, Meeting]:
    """The next meeting that each session is planned on, from `today` on."""
    meetings: dict[int, Meeting] = {}
    for meeting in sorted(group.meetings, key=lambda meeting: (meeting.on, meeting.start)):
        if meeting.is_ahead(today):
            for session in meeting.sessions:
                meetings.setdefault(session.group_session_id, meeting)
    return meetings


def days_away(person: Membership, meetings: Iterable[Meeting]) -> tuple[date, ...]:
    """The days on which a person was expected and is marked as anything but present."""
    marks = [(meeting.on, mark_in(person, meeting)) for meeting in meetings]
    return tuple(on for on, mark in marks if mark in AWAY)


def has_made_up(person: Membership, group_session_id: int) -> bool:
    """Whether a person has received a session outside the meeting."""
    return any(make_up.group_session_id == group_session_id for make_up in person.make_ups)


def _state(person: Membership, session: GroupSession, meetings: Iterable[Meeting]) -> Received:
    """A session over several meetings is attended by one who was there each time, and missed by one who was not."""
    # Before the marks: what was made up is received, also where the person was away from one of its parts.
    if has_made_up(person, session.id):
        return Received.MADE_UP
    marks = [mark_in(person, meeting) for meeting in meetings]
    if not marks:
        # A session that nobody has had yet is still to come, but not for who has left.
        gone = person.left is not None
        return Received.NOT_MEMBER if gone else Received.TO_COME
    # Of a session over several meetings only those count that fell in the person's own periods.
    known = [mark for mark in marks if mark is not NOT_EXPECTED]
    if not known:
        return Received.NOT_MEMBER
    if all(mark in PRESENT for mark in known):
        return Received.ATTENDED
    return Received.MISSED if any(mark in AWAY for mark in known) else Received.TO_COME


# A sign of its own, for None is a mark too: the one of a person who was expected and is not marked yet.
NOT_EXPECTED = object()


def mark_in(person: Membership, meeting: Meeting) -> object:
    """The mark, None where it is not recorded, and a sign of its own where the person was not expected."""
    if not person.covers(meeting.on):
        return NOT_EXPECTED
    return next((row.mark for row in meeting.attendance if row.membership_id == person.id), None)


def to_make_up(group: Group, *, today: date) -> list[tuple[Membership, list[GroupSession]]]:
    """Who is a member now and has missed what, oldest session first; nobody who has missed nothing.

    A session that was repeated, and received then, is not missed any more.
    """
    sessions = taught_sessions(group)
    to_do = []
    for progress in progress_of(group):
        if progress.missed and progress.membership.covers(today):
            pairs = list(zip(sessions, progress.states, strict=True))
            had = {session.session_id for session, state in pairs if state in (Received.ATTENDED, Received.MADE_UP)}
            missed = {s.session_id: s for s, state in pairs if state is Received.MISSED and s.session_id not in had}
            to_do += [(progress.membership, list(missed.values()))] if missed else []
    return to_do


def make_up(
    db: Session, membership: Membership, session: GroupSession, *, way: Way, on: date, today: date, leader: str = ""
) -> MakeUp:
    """A person received a session outside the meeting. Raises UserError before the day, or a second time."""
    if on > today:
        raise UserError(_("{day} has not come yet. Note it when it is done.").format(day=long_date(on)))
    if has_made_up(membership, session.id):
        raise UserError(_("This session is made up already."))
    row = MakeUp(group_session_id=session.id, on=on, way=way, leader=leader)
    membership.make_ups.append(row)
    db.flush()
    return row


def take_back_make_up(db: Session, membership: Membership, session: GroupSession) -> None:
    """The session was not made up after all."""
    membership.make_ups = [make_up for make_up in membership.make_ups if make_up.group_session_id != session.id]
    db.flush()
