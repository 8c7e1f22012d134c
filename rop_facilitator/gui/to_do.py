"""What is left to do, and what comes: read from the meetings around a moment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from rop_facilitator.gui.help_numbers import has_local_number
from rop_facilitator.planning.calendar import end_of
from rop_facilitator.records.meetings import load_meeting
from rop_facilitator.records.models import Meeting, MeetingState
from rop_facilitator.records.overview import meetings_between, unmarked_meetings

if TYPE_CHECKING:
    from rop_facilitator.records.database import Session

LOOK_BACK = timedelta(days=60)
WEEK = timedelta(days=7)
LOOK_AHEAD = timedelta(days=150)


@dataclass(frozen=True)
class Around:
    """The meetings around a moment: the next one whole, those of the week after it, and past ones with people unmarked.

    Beside a past one stands how many people that are.
    """

    next: Meeting | None
    week: tuple[Meeting, ...]
    unmarked: tuple[tuple[Meeting, int], ...]


def is_over(meeting: Meeting, now: datetime) -> bool:
    """Whether its time has passed."""
    return datetime.combine(meeting.on, end_of(meeting.start, meeting.minutes)) <= now.replace(tzinfo=None)


def meetings_around(db: Session, now: datetime) -> Around:
    """Everything that *Today* asks for. A meeting older than 60 days is not asked about any more."""
    today = now.date()
    waiting = unmarked_meetings(db, today - LOOK_BACK, today)
    ids = {meeting.id for meeting, _count in waiting}
    coming = [
        meeting
        for meeting in meetings_between(db, today, today + WEEK)
        if not is_over(meeting, now) and (meeting.id in ids or meeting.state is not MeetingState.HELD)
    ]  # one that is held and fully marked before its time is up is done
    if not coming:
        coming = meetings_between(db, today + WEEK + timedelta(days=1), today + LOOK_AHEAD, most=1)
    return Around(
        next=load_meeting(db, coming[0].id) if coming else None,
        week=tuple(coming[1:]),
        unmarked=tuple(one for one in waiting if is_over(one[0], now)),
    )


def count_left(db: Session, now: datetime) -> int:
    """How many things there are to do: as many as *Today* lists."""
    waiting = unmarked_meetings(db, now.date() - LOOK_BACK, now.date())
    return sum(is_over(meeting, now) for meeting, _count in waiting) + (not has_local_number())


def session_ids(meeting: Meeting) -> Sequence[str]:
    """The sessions of a meeting, `<curriculum>/<slug>`, in order."""
    return [session.group_session.session_id for session in meeting.sessions]
