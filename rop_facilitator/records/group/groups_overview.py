"""All groups at once: only what is shown is read, and who counts is decided as for one group."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select
from sqlalchemy.orm import Session, joinedload, selectinload

from rop_facilitator.alphabet import alphabetical
from rop_facilitator.curriculum.model import curriculum_id_of
from rop_facilitator.records.meeting.attendance import count_unmarked
from rop_facilitator.records.meeting.meetings import GOING
from rop_facilitator.records.membership.membership_periods import covers, days_by_group, is_counted_in
from rop_facilitator.records.models import Attendance, Group, GroupSession, Meeting, MeetingState


@dataclass(frozen=True)
class GroupSummary:
    """One line about a group on a day; `next_meeting` is None when all meetings are over."""

    name: str
    curricula: tuple[str, ...]
    members: int
    held: int
    planned: int
    next_meeting: date | None


def group_summaries(db: Session, *, today: date, archived: bool = False) -> list[GroupSummary]:
    """Every group that goes on, or else those that are archived, with members and meetings as they stand on a day."""
    curricula: dict[int, dict[str, None]] = {}
    columns = select(GroupSession.group_id, GroupSession.session_id, GroupSession.course)
    for group_id, session_id, course in db.execute(columns.order_by(GroupSession.group_id, GroupSession.position)):
        curricula.setdefault(group_id, {})[course or curriculum_id_of(session_id)] = None
    rows = db.execute(
        select(
            Group.id,
            Group.name,
            func.count(Meeting.id).filter(Meeting.state == MeetingState.HELD),
            func.count(Meeting.id),
            func.min(Meeting.on).filter(Meeting.is_ahead(today)),
        )
        .outerjoin(Meeting, and_(Meeting.group_id == Group.id, Meeting.state.in_(GOING)))
        .where(Group.archived.is_not(None) if archived else Group.archived.is_(None))
        .group_by(Group.id)
    ).all()
    days = days_by_group(db, [group_id for group_id, *_counts in rows])
    members = {group_id: sum(is_counted_in(own, today) for own in people.values()) for group_id, people in days.items()}
    return [
        GroupSummary(name, tuple(curricula.get(group_id, ())), members.get(group_id, 0), held, planned, following)
        for group_id, name, held, planned, following in sorted(rows, key=lambda row: alphabetical(row[1]))
    ]


# Of archived groups nothing is asked and nothing comes.
_GOES_ON = Meeting.group_id.not_in(select(Group.id).where(Group.archived.is_not(None)))


def meetings_between(db: Session, first: date, last: date, *, most: int | None = None) -> list[Meeting]:
    """The meetings of all groups in these days that are not cancelled, earliest first, with group and sessions."""
    return list(
        db.scalars(
            select(Meeting)
            .where(Meeting.on >= first, Meeting.on <= last, Meeting.state.in_(GOING), _GOES_ON)
            .order_by(Meeting.on, Meeting.start, Meeting.id)
            .limit(most)
            .options(joinedload(Meeting.group), selectinload(Meeting.sessions))
        )
    )


def groups_meeting_since(db: Session, first: date) -> list[int]:
    """The ids of the groups that have a meeting on this day or later which is not cancelled."""
    query = select(Meeting.group_id).where(Meeting.on >= first, Meeting.state.in_(GOING), _GOES_ON)
    return list(db.scalars(query.distinct().order_by(Meeting.group_id)))


def unmarked_meetings(db: Session, first: date, last: date) -> list[tuple[Meeting, int]]:
    """The meetings of these days in which expected people have no mark, and how many, earliest first.

    Only these are loaded, with their groups; of the others the plain values that tell that nobody is left.
    """
    going = (Meeting.on >= first, Meeting.on <= last, Meeting.state.in_(GOING), _GOES_ON)
    meetings = db.execute(select(Meeting.id, Meeting.group_id, Meeting.on).where(*going)).all()
    days = days_by_group(db, {group_id for _id, group_id, _on in meetings})
    marked: dict[int, set[int]] = {}
    has_mark = select(Attendance.meeting_id, Attendance.membership_id).join(Attendance.meeting)
    for meeting_id, membership_id in db.execute(has_mark.where(*going, Attendance.mark.is_not(None))):
        marked.setdefault(meeting_id, set()).add(membership_id)
    counts = {
        meeting_id: count_unmarked(
            (key for key, own in days.get(group_id, {}).items() if covers(own, on)), marked.get(meeting_id, ())
        )
        for meeting_id, group_id, on in meetings
    }
    left = [meeting_id for meeting_id, count in counts.items() if count]
    query = select(Meeting).where(Meeting.id.in_(left)).order_by(Meeting.on, Meeting.start, Meeting.id)
    return [(meeting, counts[meeting.id]) for meeting in db.scalars(query.options(selectinload(Meeting.group)))]
