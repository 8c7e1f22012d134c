"""A person's way in and out of a group: away, back, days corrected, on to another group.

A change is made as a value (`membership_periods`), looked at (`effect_of`), then kept (`save_periods`). So the window
and the command line show the same before they change anything.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from rop_facilitator.alphabet import alphabetical
from rop_facilitator.errors import RefusedError
from rop_facilitator.i18n import _, long_date
from rop_facilitator.records.marks import Mark, Share, mark_name, share
from rop_facilitator.records.meeting.meetings import GOING, counted_rows, says_something
from rop_facilitator.records.membership.membership_periods import Days, NewPeriods, covers, ended, periods_of, returned
from rop_facilitator.records.membership.unique_names import check_free_in
from rop_facilitator.records.models import (
    Attendance,
    Group,
    MakeUp,
    Meeting,
    Membership,
    MembershipStatus,
    Period,
    Way,
)
from rop_facilitator.records.progress.progress import Received, progress_of_person, taught_at, taught_sessions


class MarksOutsideError(RefusedError):
    """Marks would stand outside the periods, where they do not count; `marks` are their days and what they say."""

    def __init__(self, marks: tuple[tuple[date, Mark], ...]) -> None:
        """Say which marks they are, and that they can be kept uncounted."""
        self.marks = marks
        days = ", ".join(f"{long_date(day)} ({mark_name(mark)})" for day, mark in marks)
        super().__init__(
            _(
                "These marks would be outside the days in the group, and would not count: {marks}. "
                "Nothing was changed. Choose another day, or keep the marks without counting them."
            ).format(marks=days)
        )


@dataclass(frozen=True)
class PeriodEffect:
    """What other periods would mean for a person: the days, the share, and the marks that would no longer count."""

    before: Days
    after: Days
    share_before: Share
    share_after: Share
    marks_outside: tuple[tuple[date, Mark], ...]


# -- periods -----------------------------------------------------------------------------------------------------------


def share_in(group: Group, membership_id: int, days: Days) -> Share:
    """Present of counted at the meetings in these periods, of a loaded group."""
    return share(row.mark for _meeting, row in _rows(group, membership_id) if covers(days, _meeting.on))


def shares_of(group: Group) -> dict[int, Share]:
    """The share of everybody by membership, in one walk over a loaded group."""
    marks: dict[int, list[Mark | None]] = {membership.id: [] for membership in group.memberships}
    for meeting in group.meetings:
        if meeting.state in GOING:
            for row in counted_rows(group, meeting):
                marks[row.membership_id].append(row.mark)
    return {membership_id: share(given) for membership_id, given in marks.items()}


def effect_of(group: Group, membership: Membership, change: NewPeriods) -> PeriodEffect:
    """What a change would mean, of a loaded group; nothing is changed."""
    before = periods_of(membership)
    outside = [
        (meeting.on, row.mark)
        for meeting, row in _rows(group, membership.id)
        if row.mark is not None and covers(before, meeting.on) and not covers(change.days, meeting.on)
    ]
    return PeriodEffect(
        before=before,
        after=change.days,
        share_before=share_in(group, membership.id, before),
        share_after=share_in(group, membership.id, change.days),
        marks_outside=tuple(outside),
    )


def save_periods(
    db: Session, group: Group, membership: Membership, change: NewPeriods, *, keep_marks: bool = False
) -> PeriodEffect:
    """Change a person's periods. Raises MarksOutsideError where marks would no longer count, unless they are kept so.

    Rows without anything in them go where the person is no member any more, and come where a meeting has been opened.
    """
    effect = effect_of(group, membership, change)
    # Nothing is lost, for they count again when the day is corrected, but a share that drops must be asked about.
    if effect.marks_outside and not keep_marks:
        raise MarksOutsideError(effect.marks_outside)
    _set_days(db, membership, change.days)
    if membership.status is not change.status:
        membership.status = change.status
    _set_rows(group, membership, change.days)
    db.flush()
    return effect


def _rows(group: Group, membership_id: int) -> list[tuple[Meeting, Attendance]]:
    """The rows of a person at meetings that go, by day."""
    meetings = sorted(
        (meeting for meeting in group.meetings if meeting.state in GOING),
        key=lambda meeting: (meeting.on, meeting.start),
    )
    return [(meeting, row) for meeting in meetings for row in meeting.attendance if row.membership_id == membership_id]


def _set_days(db: Session, membership: Membership, days: Days) -> None:
    """A period that only gets another day stays the same row: the log tells one changed field."""
    # By first day, for that is what two periods of a person can never share (unique in the file).
    spare = {period.first_day: period for period in membership.periods}
    rows = {days_: spare.pop(days_[0], None) for days_ in days}
    left_over = sorted(spare.values(), key=lambda period: period.first_day)
    for (first, last), row in rows.items():
        period = row or (left_over.pop(0) if left_over else None)
        if period is None:
            membership.periods.append(Period(first_day=first, last_day=last))
        elif (period.first_day, period.last_day) != (first, last):
            period.first_day, period.last_day = first, last
    for period in left_over:
        membership.periods.remove(period)
    db.flush()
    membership.periods.sort(key=lambda period: period.first_day)


def _set_rows(group: Group, membership: Membership, days: Days) -> None:
    for meeting in group.meetings:
        row = next((row for row in meeting.attendance if row.membership_id == membership.id), None)
        is_member = covers(days, meeting.on)
        if row is not None and not is_member and not says_something(row):
            meeting.attendance.remove(row)
        # Where nobody has opened the meeting there are no rows at all, and one alone would look like a beginning.
        elif row is None and is_member and meeting.attendance and meeting.state in GOING:
            meeting.attendance.append(Attendance(membership_id=membership.id, handout_given=False, agreed_practice=""))


# -- another group -----------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class ReceivedSession:
    """A session that counts as received in another group too: its id there, the day, and who led."""

    session_id: str
    on: date
    leader: str


def received_in(group: Group, membership: Membership) -> tuple[ReceivedSession, ...]:
    """What a person has received in a loaded group, in the group or made up, each session once."""
    progress = progress_of_person(group, membership)
    meetings, made_up = taught_at(group), {make_up.group_session_id: make_up for make_up in membership.make_ups}
    received: dict[str, ReceivedSession] = {}
    for session, state in zip(taught_sessions(group), progress.states, strict=True):
        if state is Received.MADE_UP:
            note = made_up[session.id]
            received.setdefault(session.session_id, ReceivedSession(session.session_id, note.on, note.leader))
        elif state is Received.ATTENDED:
            meeting = [meeting for meeting in meetings[session.id] if membership.covers(meeting.on)][-1]
            received.setdefault(session.session_id, ReceivedSession(session.session_id, meeting.on, meeting.leader))
    return tuple(received.values())


def move_to(
    db: Session, source: Group, membership: Membership, target: Group, *, first_day: date, keep_marks: bool = False
) -> Membership:
    """On to another group from a day on; both groups loaded whole. Returns the place there.

    The marks stay in the old group. What was received there is noted here as received in another group, where the new
    group has the same session: content received, never attendance. Raises RefusedError, MarksOutsideError as above.
    """
    there = check_move(source, membership, target, first_day=first_day)
    received = received_in(source, membership)
    save_periods(db, source, membership, ended(membership, first_day, MembershipStatus.LEFT), keep_marks=keep_marks)
    if there is None:
        there = _new_place(db, target, membership, first_day)
    else:
        save_periods(db, target, there, returned(there, first_day))
    _note_received(target, there, received)
    db.flush()
    return there


def check_move(source: Group, membership: Membership, target: Group, *, first_day: date) -> Membership | None:
    """The place that the person had in the other group already, or None. Raises RefusedError where it cannot be."""
    if source.id == target.id:
        raise RefusedError(_("This is the same group. Choose another one."))
    there = next((other for other in target.memberships if other.participant_id == membership.participant_id), None)
    if there is None:
        check_free_in(target, membership.participant.name, membership.participant.alias)
    else:
        returned(there, first_day)
    return there


def groups_of(db: Session, participant_id: int) -> list[str]:
    """The names of all groups in which a person is or was."""
    query = select(Group.name).join(Group.memberships).where(Membership.participant_id == participant_id)
    return list(db.scalars(query.order_by(Group.name)))


def groups_to_move_to(db: Session, group_id: int) -> list[tuple[int, str]]:
    """Id and name of every other group that goes on, by the alphabet."""
    query = select(Group.id, Group.name).where(Group.id != group_id, Group.archived.is_(None))
    return sorted(((number, name) for number, name in db.execute(query)), key=lambda pair: alphabetical(pair[1]))


def counts_there(target: Group, received: Iterable[ReceivedSession]) -> list[str]:
    """The titles of the sessions of another group that have been received already, in its order."""
    ids = {received_session.session_id for received_session in received}
    return [session.title for session in target.sessions if session.session_id in ids and session.round == 1]


def _new_place(db: Session, target: Group, membership: Membership, first_day: date) -> Membership:
    highest = db.scalar(select(func.max(Membership.number)).where(Membership.group_id == target.id)) or 0
    there = Membership(
        number=highest + 1,
        periods=[Period(first_day=first_day, last_day=None)],
        status=MembershipStatus.ACTIVE,
        contact=membership.contact,
        attendance=[],
        make_ups=[],
        follow_ups=[],
        participant=membership.participant,
    )
    target.memberships.append(there)
    db.flush()
    _set_rows(target, there, periods_of(there))
    return there


def _note_received(target: Group, there: Membership, received: Iterable[ReceivedSession]) -> None:
    """Once for each session, in its first round, where it has not been received here already."""
    here = {session.session_id for session in received_in(target, there)}
    have = {make_up.group_session_id for make_up in there.make_ups}
    notes = {
        received_session.session_id: received_session
        for received_session in received
        if received_session.session_id not in here
    }
    for session in target.sessions:
        note = notes.get(session.session_id)
        if note is not None and session.round == 1 and session.id not in have:
            there.make_ups.append(
                MakeUp(group_session_id=session.id, on=note.on, way=Way.OTHER_GROUP, leader=note.leader)
            )
