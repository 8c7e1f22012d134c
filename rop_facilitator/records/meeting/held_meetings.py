"""Meetings that are held or not after the fact: a day that has passed, a start taken back, marks taken back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.records.meeting.attendance import held_by_marks, settle_meeting
from rop_facilitator.records.meeting.meetings import load_meeting
from rop_facilitator.records.models import Attendance, Group, Meeting, MeetingState
from rop_facilitator.records.plan.group_plan import set_outcome


def settle_past_meetings(db: Session, *, today: date) -> int:
    """Meetings whose people were all marked before the day, which is past now, are held; returns how many these were.

    Everybody can have given notice beforehand, so that no mark is set after the meeting.
    """
    marked = exists().where(Attendance.meeting_id == Meeting.id, Attendance.mark.is_not(None))
    query = select(Meeting.id).join(Meeting.group).where(Group.archived.is_(None))  # an archive is only read
    query = query.where(Meeting.state == MeetingState.PLANNED, Meeting.on < today, marked)
    meetings = [load_meeting(db, meeting_id) for meeting_id in db.scalars(query).all()]
    for meeting in meetings:
        settle_meeting(db, meeting.group, meeting, today=today)
    return sum(meeting.state is MeetingState.HELD for meeting in meetings)


def settle_meetings(db: Session, meeting_ids: Iterable[int], *, today: date) -> None:
    """Make the state of these meetings what their marks say now; those that are gone are left out."""
    for meeting_id in meeting_ids:
        # An undo can have taken away the meeting itself.
        if db.get(Meeting, meeting_id) is not None:
            meeting = load_meeting(db, meeting_id)
            settle_meeting(db, meeting.group, meeting, today=today)


def take_back_held(db: Session, group: Group, meeting: Meeting, *, today: date) -> None:
    """The meeting was not held after all: that it was started, and what was said of its sessions, is taken back.

    What was carried over from it is planned in it again. Raises UserError while its marks say that it was held.
    """
    if meeting.state is not MeetingState.HELD:
        raise UserError(_("This meeting has not been held."))
    # The marks would make it held again at the next one that is set.
    if held_by_marks(group, meeting, today=today):
        raise UserError(_("The marks of this meeting say that it was held. Clear them first."))
    for session in meeting.sessions:
        if session.outcome is not None:
            set_outcome(group, session, None)
    meeting.started = False
    settle_meeting(db, group, meeting, today=today)
