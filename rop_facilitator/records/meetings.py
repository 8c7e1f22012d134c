"""Meetings: opened, held, cancelled, and what was taught in them."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.planning.calendar import Closure, parse_closure
from rop_facilitator.planning.schedule import PlannedMeeting, Schedule, plan_schedule
from rop_facilitator.records.groups import pattern_of
from rop_facilitator.records.models import (
    Attendance,
    Group,
    GroupSession,
    Meeting,
    MeetingSession,
    MeetingState,
    Membership,
    Outcome,
)

GOING = (MeetingState.PLANNED, MeetingState.HELD)
_WHOLE_MEETING = (
    joinedload(Meeting.group).selectinload(Group.memberships).joinedload(Membership.participant),
    selectinload(Meeting.sessions).joinedload(MeetingSession.group_session),
    selectinload(Meeting.attendance),
)


def meeting_on(group: Group, day: date) -> Meeting:
    """The group's meeting of a day, unless cancelled. Raises UserError that names the nearest ones."""
    going = [meeting for meeting in group.meetings if meeting.state in GOING]
    for meeting in going:
        if meeting.on == day:
            return meeting
    near = sorted(sorted(going, key=lambda m: abs((m.on - day).days))[:3], key=lambda m: m.on)
    dates = ", ".join(m.on.isoformat() for m in near) or _("none")
    raise UserError(
        _("The group has no meeting on {day}. The nearest are: {dates}.").format(day=day.isoformat(), dates=dates)
    )


def load_meeting(db: Session, meeting_id: int) -> Meeting:
    """A meeting with its sessions, its marks and the people of its group: all that marking needs. Raises UserError."""
    meeting = db.scalar(select(Meeting).where(Meeting.id == meeting_id).options(*_WHOLE_MEETING))
    if meeting is None:
        raise UserError(_("The meeting is not here any more."))
    return meeting


def expected_at(group: Group, meeting: Meeting) -> list[Membership]:
    """Who is expected: the rows once the meeting has been opened, before that the members of that day."""
    rows = {row.membership_id for row in meeting.attendance}
    if rows and meeting.state is MeetingState.HELD:
        return [m for m in group.memberships if m.id in rows]
    return [m for m in group.memberships if m.covers(meeting.on) or m.id in rows]


def open_meeting(db: Session, group: Group, meeting: Meeting) -> None:
    """Write an unmarked row for everyone who is expected and has none. Raises UserError on a cancelled meeting."""
    if meeting.state not in GOING:
        raise UserError(_("This meeting was cancelled. Undo that first."))
    there = {row.membership_id for row in meeting.attendance}
    for membership in group.memberships:
        if membership.covers(meeting.on) and membership.id not in there:
            meeting.attendance.append(Attendance(membership_id=membership.id, handout_given=False, agreed_practice=""))
    db.flush()


def start_meeting(db: Session, group: Group, meeting: Meeting, *, today: date, leader: str = "") -> None:
    """The meeting is held: everyone expected gets a row, and titles stay as they are now."""
    if meeting.on > today:
        raise UserError(
            _("This meeting is on {day}. It can be started on that day.").format(day=meeting.on.isoformat())
        )
    open_meeting(db, group, meeting)
    if meeting.state is MeetingState.HELD:
        return
    meeting.state = MeetingState.HELD
    meeting.leader = leader
    for session in meeting.sessions:
        session.title = session.group_session.title


def set_outcome(db: Session, group: Group, meeting_session: MeetingSession, outcome: Outcome | None) -> Schedule | None:
    """Say what became of a session. One that is carried over is planned again first, and the rest moves on.

    Returns the new plan where it moved, else None.
    """
    meeting = next(m for m in group.meetings if m.id == meeting_session.meeting_id)
    if meeting.state is not MeetingState.HELD:
        raise UserError(_("Start the meeting before you say what became of its sessions."))
    moved = Outcome.CARRIED_OVER in (outcome, meeting_session.outcome) and outcome is not meeting_session.outcome
    meeting_session.outcome = outcome
    return replan(db, group, after=meeting.on) if moved else None


def cancel_meeting(db: Session, group: Group, meeting: Meeting, *, did_not_meet: bool = False) -> Schedule:
    """The meeting does not happen: its sessions and all later ones move one meeting on.

    Held meetings never move, and a meeting is added at the end. Where the group has an end date, what no longer fits
    is in `unplaced` of the answer.
    """
    if meeting.state is MeetingState.HELD:
        raise UserError(_("This meeting has been held. Clear its marks first if that is wrong."))
    if meeting.state not in GOING:
        raise UserError(_("This meeting is cancelled already."))
    meeting.state = MeetingState.DID_NOT_MEET if did_not_meet else MeetingState.CANCELLED
    meeting.sessions = []
    meeting.number = None
    return replan(db, group, after=date.fromordinal(meeting.on.toordinal() - 1))


def reinstate_meeting(db: Session, group: Group, meeting: Meeting) -> Schedule:
    """A cancelled meeting takes place after all, and the plan closes up again."""
    if meeting.state in GOING:
        raise UserError(_("This meeting is not cancelled."))
    meeting.state = MeetingState.PLANNED
    return replan(db, group, after=date.fromordinal(meeting.on.toordinal() - 1))


def replan(db: Session, group: Group, *, after: date) -> Schedule:
    """Lay all that is not taught yet on the open dates after a day; meetings up to it, and held ones, stay."""
    fixed = [
        m for m in group.meetings if m.state is MeetingState.HELD or (m.state is MeetingState.PLANNED and m.on <= after)
    ]
    taught = {s.group_session_id for m in fixed for s in m.sessions if s.outcome is not Outcome.CARRIED_OVER}
    left = [session for session in group.sessions if session.id not in taught]
    taken = [m.on for m in group.meetings if m in fixed or m.state not in GOING]
    closures = [parse_closure(text) for text in group.closures] + [Closure(day, day) for day in taken]
    schedule = plan_schedule(
        [session.session_id for session in left],
        pattern_of(group),
        start=date.fromordinal(max(after.toordinal() + 1, group.first_date.toordinal())),
        until=group.until,
        closures=closures,
    )
    _lay(group, schedule, keep=fixed)
    db.flush()
    return schedule


def _lay(group: Group, schedule: Schedule, *, keep: list[Meeting]) -> None:
    """Make the planned rows equal to the schedule; a meeting that keeps its date keeps its row and its notes."""
    by_id = {session.session_id: session for session in group.sessions}
    free = {m.on: m for m in group.meetings if m.state is MeetingState.PLANNED and m not in keep}
    for planned in schedule.meetings:
        meeting = free.pop(planned.on, None) or _new_meeting(group, planned)
        _set_sessions(meeting, [by_id[session_id] for session_id in planned.sessions])
    for meeting in free.values():
        group.meetings.remove(meeting)
    group.meetings.sort(key=lambda m: (m.on, m.start))
    for number, meeting in enumerate((m for m in group.meetings if m.state in GOING), 1):
        meeting.number = number


def _new_meeting(group: Group, planned: PlannedMeeting) -> Meeting:
    meeting = Meeting(
        on=planned.on,
        start=planned.start,
        minutes=planned.minutes,
        place=group.place,
        state=MeetingState.PLANNED,
        sessions=[],
        attendance=[],
    )
    group.meetings.append(meeting)
    return meeting


def _set_sessions(meeting: Meeting, wanted: list[GroupSession]) -> None:
    if [s.group_session_id for s in meeting.sessions] == [s.id for s in wanted]:
        return
    meeting.sessions = [
        MeetingSession(group_session_id=session.id, group_session=session, position=position, title=session.title)
        for position, session in enumerate(wanted)
    ]


def add_closure(db: Session, group: Group, closure: Closure, *, today: date) -> Schedule:
    """Close some days for the group; meetings planned on them move, held ones never do."""
    text = str(closure)
    if text in group.closures:
        raise UserError(_("These days are closed already."))
    group.closures = [*group.closures, text]
    return replan(db, group, after=date.fromordinal(today.toordinal() - 1))


def remove_closure(db: Session, group: Group, text: str, *, today: date) -> Schedule:
    """Open closed days again, and lay the plan anew from today."""
    if text not in group.closures:
        raise UserError(_("These days are not closed."))
    group.closures = [one for one in group.closures if one != text]
    return replan(db, group, after=date.fromordinal(today.toordinal() - 1))
