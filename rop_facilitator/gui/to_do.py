"""What is left to do, and what comes: read from the meetings around a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from rop_facilitator.gui.help_numbers import has_local_number
from rop_facilitator.planning.calendar import end_of
from rop_facilitator.records.attendance import unmarked
from rop_facilitator.records.meetings import meetings_between
from rop_facilitator.records.models import GroupSession, Meeting, MeetingState, Membership
from rop_facilitator.records.progress import ToCall
from rop_facilitator.records.waiting import waiting

if TYPE_CHECKING:
    from rop_facilitator.records.database import Session

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
    """The meetings around a moment: the next one, those of the week after it, and past ones with people unmarked.

    Of the groups that have these meetings: the people to call, and what is to be made up before a meeting of the week.
    """

    next: Meeting | None
    week: tuple[Meeting, ...]
    unmarked: tuple[Meeting, ...]
    to_call: tuple[ToCall, ...] = ()
    to_make_up: tuple[MakeUps, ...] = ()


def is_over(meeting: Meeting, now: datetime) -> bool:
    """Whether its time has passed."""
    return datetime.combine(meeting.on, end_of(meeting.start, meeting.minutes)) <= now.replace(tzinfo=None)


def meetings_around(db: Session, now: datetime) -> Around:
    """Everything that *Today* asks for. A meeting older than 60 days is not asked about any more."""
    today = now.date()
    found = meetings_between(db, today - LOOK_BACK, today + WEEK)
    coming = [meeting for meeting in found if _comes(meeting, now)]
    soon = {meeting.group_id: meeting for meeting in reversed(coming)}
    people = waiting(db, sorted({meeting.group_id for meeting in found}), today=today)
    make_ups = [MakeUps(soon[one.group.id], one.to_make_up) for one in people if one.group.id in soon]
    if not coming:
        coming = meetings_between(db, today + WEEK + timedelta(days=1), today + LOOK_AHEAD)[:1]
    return Around(
        next=coming[0] if coming else None,
        week=tuple(coming[1:]),
        unmarked=tuple(meeting for meeting in found if is_over(meeting, now) and _is_left(meeting, today)),
        to_call=tuple(call for one in people for call in one.to_call),
        to_make_up=tuple(
            sorted((one for one in make_ups if one.people), key=lambda one: (one.meeting.on, one.meeting.start))
        ),
    )


def count_left(around: Around) -> int:
    """How many things there are to do: as many as *Today* lists."""
    return len(around.unmarked) + len(around.to_call) + len(around.to_make_up) + (not has_local_number())


def _comes(meeting: Meeting, now: datetime) -> bool:
    """Still to come or going on; one that is held and fully marked before its time is up is done."""
    done = meeting.state is MeetingState.HELD and not unmarked(meeting.group, meeting)
    return not is_over(meeting, now) and not done


def _is_left(meeting: Meeting, today: date) -> bool:
    return meeting.on <= today and bool(unmarked(meeting.group, meeting))


def session_ids(meeting: Meeting) -> Sequence[str]:
    """The sessions of a meeting, `<curriculum>/<slug>`, in order."""
    return [session.group_session.session_id for session in meeting.sessions]
