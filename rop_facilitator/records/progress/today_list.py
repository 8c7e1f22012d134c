"""What is left to do, and what comes: read from the meetings around a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from rop_facilitator.planning.calendar import end_of
from rop_facilitator.records.group.groups_overview import groups_meeting_since, meetings_between, unmarked_meetings
from rop_facilitator.records.meeting.meetings import load_meeting
from rop_facilitator.records.models import GroupSession, Meeting, MeetingState, Membership
from rop_facilitator.records.progress.call_list import ToCall, goes_on_since
from rop_facilitator.records.progress.waiting_in_groups import waiting

if TYPE_CHECKING:
    from rop_facilitator.records.storage.database import Session

READS = frozenset(
    {
        "Group",
        "Meeting",
        "MeetingSession",
        "Attendance",
        "Membership",
        "Period",
        "Participant",
        "MakeUp",
        "FollowUp",
    }
)  # the classes of rows that decide what is left to do and what comes
LOOK_BACK = timedelta(days=60)
WEEK = timedelta(days=7)
LOOK_AHEAD = timedelta(days=150)


@dataclass(frozen=True)
class MakeUps:
    """What people of a group have to make up before its next meeting."""

    meeting: Meeting
    people: tuple[tuple[Membership, tuple[GroupSession, ...]], ...]


@dataclass(frozen=True)
class Around:
    """The meetings around a moment: the next one whole, those of the week after it, and past ones with people unmarked.

    Beside a past one stands how many people that are. Of the groups that have these meetings: the people to call, and
    what is to be made up before a meeting of the week.
    """

    next: Meeting | None
    week: tuple[Meeting, ...]
    unmarked: tuple[tuple[Meeting, int], ...]
    to_call: tuple[ToCall, ...] = ()
    to_make_up: tuple[MakeUps, ...] = ()


def is_over(meeting: Meeting, now: datetime) -> bool:
    """Whether its time is up."""
    return datetime.combine(meeting.on, end_of(meeting.start, meeting.minutes)) <= now.replace(tzinfo=None)


def meetings_around(db: Session, now: datetime) -> Around:
    """Everything that *Today* asks for. A meeting older than 60 days is not asked about any more.

    Whom to call is not by the age of a meeting: `call_list` says how long a person stays there.
    """
    today = now.date()
    unmarked = unmarked_meetings(db, today - LOOK_BACK, today)
    coming = _coming(db, now, {meeting.id for meeting, _count in unmarked})
    to_call, to_make_up = _people(db, today, coming)
    # Read only where the week is empty: after a holiday Today still tells when the group meets next.
    if not coming:
        coming = meetings_between(db, today + WEEK + timedelta(days=1), today + LOOK_AHEAD, most=1)
    return Around(
        next=load_meeting(db, coming[0].id) if coming else None,
        week=tuple(coming[1:]),
        unmarked=tuple(meeting for meeting in unmarked if is_over(meeting[0], now)),
        to_call=to_call,
        to_make_up=to_make_up,
    )


def _coming(db: Session, now: datetime, unmarked: set[int]) -> list[Meeting]:
    """The meetings of the week from now; one that is held and fully marked before its time is up is done."""
    return [
        meeting
        for meeting in meetings_between(db, now.date(), now.date() + WEEK)
        if not is_over(meeting, now) and (meeting.id in unmarked or meeting.state is not MeetingState.HELD)
    ]


def _people(db: Session, today: date, coming: Sequence[Meeting]) -> tuple[tuple[ToCall, ...], tuple[MakeUps, ...]]:
    """Whom to call, and what is to be made up, the earliest meeting first."""
    groups = groups_meeting_since(db, goes_on_since(today))
    people = waiting(db, groups, today=today, since=today - LOOK_BACK)
    soon = {meeting.group_id: meeting for meeting in reversed(coming)}
    make_ups = [
        MakeUps(soon[person.group.id], person.to_make_up)
        for person in people
        if person.group.id in soon and person.to_make_up
    ]
    make_ups.sort(key=lambda item: (item.meeting.on, item.meeting.start))
    return tuple(call for person in people for call in person.to_call), tuple(make_ups)


def count_of(around: Around, *, number_missing: bool) -> int:
    """How many things there are to do; to put in the service's own help number is one."""
    return len(around.unmarked) + len(around.to_call) + len(around.to_make_up) + number_missing


def count_left(db: Session, now: datetime, *, number_missing: bool) -> int:
    """How many things there are to do: as many as *Today* lists, without reading what is next."""
    today = now.date()
    unmarked = unmarked_meetings(db, today - LOOK_BACK, today)
    to_call, to_make_up = _people(db, today, _coming(db, now, {meeting.id for meeting, _count in unmarked}))
    over = tuple(meeting for meeting in unmarked if is_over(meeting[0], now))
    return count_of(Around(None, (), over, to_call, to_make_up), number_missing=number_missing)
