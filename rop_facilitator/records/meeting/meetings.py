"""Meetings: looked up by day, opened so that everybody expected has a row, and held."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload, selectinload

from rop_facilitator.curriculum.agenda import Theme, fitted_theme
from rop_facilitator.curriculum.model import Curriculum, Library
from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _, long_date
from rop_facilitator.records.group.groups import in_order
from rop_facilitator.records.log.audit_log import note_owners
from rop_facilitator.records.marks import GAVE_NOTICE
from rop_facilitator.records.missing_rows import meeting_gone
from rop_facilitator.records.models import Attendance, Group, Meeting, MeetingSession, MeetingState, Membership
from rop_facilitator.records.plan.group_plan import GOING as GOING
from rop_facilitator.records.plan.group_plan import item_title

_WHOLE_MEETING = (
    joinedload(Meeting.group).selectinload(Group.memberships).joinedload(Membership.participant),
    joinedload(Meeting.group).selectinload(Group.memberships).joinedload(Membership.periods),
    selectinload(Meeting.sessions).joinedload(MeetingSession.group_session),
    selectinload(Meeting.attendance),
)


def meeting_on(group: Group, day: date) -> Meeting:
    """The group's meeting of a day, unless cancelled. Raises UserError that names the nearest ones."""
    going = [meeting for meeting in group.meetings if meeting.state in GOING]
    for meeting in going:
        if meeting.on == day:
            return meeting
    # The nearest, in the order of the calendar: who mistyped a day looks for its neighbour.
    near = sorted(sorted(going, key=lambda m: abs((m.on - day).days))[:3], key=lambda m: m.on)
    dates = ", ".join(long_date(m.on) for m in near) or _("none")
    raise UserError(
        _("The group has no meeting on {day}. The nearest are: {dates}.").format(day=long_date(day), dates=dates)
    )


def load_meeting(db: Session, meeting_id: int) -> Meeting:
    """A meeting with its sessions, its marks and the people of its group: all that marking needs. Raises UserError."""
    meeting = db.scalar(select(Meeting).where(Meeting.id == meeting_id).options(*_WHOLE_MEETING))
    if meeting is None:
        raise meeting_gone()
    return meeting


def expected_at(group: Group, meeting: Meeting) -> list[Membership]:
    """Who is expected, by name: the members of that day. A mark of somebody else stays in the records, uncounted."""
    return in_order(members_on(group, meeting), group.names_shown)


def gave_notice_at(group: Group, meeting: Meeting) -> list[Membership]:
    """Who of the members of that day has given notice, or is exempt, by name: nobody waits for them."""
    notice = {row.membership_id for row in meeting.attendance if row.mark in GAVE_NOTICE}
    return [membership for membership in expected_at(group, meeting) if membership.id in notice]


def awaited(group: Group, meeting: Meeting) -> int:
    """How many are waited for: the members of that day but for those who gave notice."""
    return len(members_on(group, meeting)) - len(gave_notice_at(group, meeting))


def members_on(group: Group, meeting: Meeting) -> list[Membership]:
    """Who is expected, in no order that means anything: for counting, which needs no names."""
    return [membership for membership in group.memberships if membership.covers(meeting.on)]


def nobody_expected() -> str:
    """What stands where else the number of those who are expected does."""
    return _("Nobody is expected")


def counted_rows(group: Group, meeting: Meeting) -> list[Attendance]:
    """The rows of those who are members on the day of a meeting: the ones that count."""
    expected = {membership.id for membership in members_on(group, meeting)}
    return [row for row in meeting.attendance if row.membership_id in expected]


def titles_of(meeting: Meeting) -> tuple[str, ...]:
    """What a meeting takes up, in words: "Stress", "Stress, part 1 of 2", "the rest of Stress"."""
    return tuple(item_title(session.title, session) for session in meeting.sessions)


def themes_of(meeting: Meeting, library: Library) -> tuple[Curriculum | None, tuple[Theme, ...]]:
    """The curriculum whose frame a meeting follows, that of its first session, and what it takes up.

    A session whose file is gone is left out, and of the others what is for a meeting of another length or course.
    """
    frame: Curriculum | None = None
    themes: list[Theme] = []
    for session in meeting.sessions:
        curriculum = library.curricula.get(session.group_session.curriculum_id)
        frame = frame or curriculum
        plan = library.session(session.group_session.session_id, session.group_session.curriculum_id)
        if plan is not None:
            own = curriculum if curriculum is not frame else None
            title = item_title(session.title, session)
            themes.append(Theme(plan, title, session.part, session.parts, session.rest, own))
    if frame is None:
        return None, ()
    return frame, tuple(fitted_theme(theme, frame, meeting.minutes) for theme in themes)


def open_meeting(db: Session, group: Group, meeting: Meeting) -> None:
    """Write an unmarked row for everyone who is expected and has none. Raises UserError on a cancelled meeting."""
    if meeting.state not in GOING:
        raise UserError(_("This meeting was cancelled. Undo that first."))
    note_owners(db, {membership.id: membership.participant_id for membership in group.memberships})
    there = {row.membership_id for row in meeting.attendance}
    for membership in group.memberships:
        if membership.covers(meeting.on) and membership.id not in there:
            meeting.attendance.append(Attendance(membership_id=membership.id))
    db.flush()


def start_meeting(db: Session, group: Group, meeting: Meeting, *, today: date, leader: str = "") -> None:
    """A leader says that the meeting is held: everyone expected gets a row. Raises UserError before its day."""
    if meeting.on > today:
        raise UserError(_("This meeting is on {day}. It can be started on that day.").format(day=long_date(meeting.on)))
    open_meeting(db, group, meeting)
    meeting.started = True
    hold(meeting, leader=leader)


def hold(meeting: Meeting, *, leader: str = "") -> None:
    """The meeting is held: titles stay as they are now. One that is held already keeps its leader."""
    if meeting.state is MeetingState.HELD:
        return
    meeting.state, meeting.leader = MeetingState.HELD, leader
    for session in meeting.sessions:
        session.title = session.group_session.title


def let_go(meeting: Meeting) -> None:
    """The meeting is planned, or not recorded where its day is past, as before it was held."""
    meeting.state, meeting.leader = MeetingState.PLANNED, ""


def drop_empty_rows(meeting: Meeting) -> None:
    """Nobody has begun to record the meeting: where no row says anything, none is kept."""
    if not any(says_something(row) for row in meeting.attendance):
        meeting.attendance = []


def says_something(row: Attendance) -> bool:
    """Whether a leader has written anything about a person at a meeting."""
    return bool(row.mark or row.handout_given or row.practice or row.agreed_practice)
