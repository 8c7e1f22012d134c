"""All groups at once: only what is shown is read, and counting is left to the database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from rop_facilitator.alphabet import alphabetical
from rop_facilitator.curriculum.model import curriculum_id_of
from rop_facilitator.records.meeting.meetings import GOING
from rop_facilitator.records.membership.membership_periods import is_member_on
from rop_facilitator.records.models import Attendance, Group, GroupSession, Meeting, MeetingState, Membership, Period


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
    for group_id, session_id in db.execute(
        select(GroupSession.group_id, GroupSession.session_id).order_by(GroupSession.group_id, GroupSession.position)
    ):
        curricula.setdefault(group_id, {})[curriculum_id_of(session_id)] = None
    open_or_ahead = or_(Period.last_day.is_(None), Period.last_day >= today)
    here = exists().where(Period.membership_id == Membership.id, open_or_ahead)
    members = select(func.count()).where(Membership.group_id == Group.id, here).scalar_subquery()
    ahead = and_(Meeting.state == MeetingState.PLANNED, Meeting.on >= today)
    rows = db.execute(
        select(
            Group.id,
            Group.name,
            members,
            func.count(Meeting.id).filter(Meeting.state == MeetingState.HELD),
            func.count(Meeting.id),
            func.min(Meeting.on).filter(ahead),
        )
        .outerjoin(Meeting, and_(Meeting.group_id == Group.id, Meeting.state.in_(GOING)))
        .where(Group.archived.is_not(None) if archived else Group.archived.is_(None))
        .group_by(Group.id)
    )
    return [
        GroupSummary(name, tuple(curricula.get(group_id, ())), count, held, planned, following)
        for group_id, name, count, held, planned, following in sorted(rows, key=lambda row: alphabetical(row[1]))
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


def groups_meeting_between(db: Session, first: date, last: date) -> list[int]:
    """The ids of the groups that have a meeting in these days which is not cancelled."""
    query = select(Meeting.group_id).where(Meeting.on >= first, Meeting.on <= last, Meeting.state.in_(GOING), _GOES_ON)
    return list(db.scalars(query.distinct().order_by(Meeting.group_id)))


def unmarked_meetings(db: Session, first: date, last: date) -> list[tuple[Meeting, int]]:
    """The meetings of these days in which expected people have no mark, and how many: `attendance.unmarked` in SQL."""
    row = and_(Attendance.meeting_id == Meeting.id, Attendance.membership_id == Membership.id)
    rows = db.execute(
        select(Meeting, func.count())
        .join(Membership, Membership.group_id == Meeting.group_id)
        .outerjoin(Attendance, row)
        .where(Meeting.on >= first, Meeting.on <= last, Meeting.state.in_(GOING), _GOES_ON)
        .where(Attendance.mark.is_(None), is_member_on(Meeting.on))
        .group_by(Meeting.on, Meeting.id)  # by date first, so that the index on dates is used
        .order_by(Meeting.on, Meeting.start, Meeting.id)
        .options(selectinload(Meeting.group))
    )
    return [(meeting, count) for meeting, count in rows]
