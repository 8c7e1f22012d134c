"""Marks: who came, how that counts, and what each person was given and agreed to try."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from rop_facilitator.clean_text import clean_text
from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _, day_and_month, long_date
from rop_facilitator.records.log.audit_log import change_now, note_owners
from rop_facilitator.records.marks import GAVE_NOTICE, MISSED_MINUTES, PRESENT, Mark, known_before_words
from rop_facilitator.records.meeting.meetings import (
    GOING,
    counted_rows,
    drop_empty_rows,
    hold,
    let_go,
    load_meeting,
    members_on,
    open_meeting,
)
from rop_facilitator.records.missing_rows import meeting_gone
from rop_facilitator.records.models import (
    NAME_LENGTH,
    Attendance,
    Group,
    Meeting,
    MeetingState,
    Membership,
    Period,
    PracticeResult,
    is_in_period,
)

# Made once, for a mark is set while people wait.
_PLACE = (
    select(
        Meeting.on,
        Meeting.state,
        Meeting.started,
        Attendance,
        Membership.participant_id,
        Period.first_day,
        Period.last_day,
    )
    .outerjoin(
        Attendance, and_(Attendance.meeting_id == Meeting.id, Attendance.membership_id == bindparam("membership"))
    )
    .outerjoin(Membership, Membership.id == Attendance.membership_id)
    .outerjoin(Period, Period.membership_id == bindparam("membership"))
    .where(Meeting.id == bindparam("meeting"))
)

_MARKS = (
    select(Attendance.mark, Meeting.on, Period.first_day, Period.last_day)
    .join(Meeting, Meeting.id == Attendance.meeting_id)
    .join(Period, Period.membership_id == Attendance.membership_id)
    .where(Attendance.meeting_id == bindparam("meeting"))
)


class NotMarkedError(UserError):
    """A mark that cannot be set; `reason` is why, in a few words that follow “Not marked: ”."""

    def __init__(self, text: str, reason: str) -> None:
        super().__init__(text)
        self.reason = reason


def refusal(error: UserError) -> str:
    """Why a mark was not set, as its row says it: “Not marked: the meeting is on 1 December”."""
    return _("Not marked: {why}").format(why=error.reason) if isinstance(error, NotMarkedError) else str(error)


def mark_attendance(
    db: Session,
    meeting_id: int,
    membership_id: int,
    mark: Mark | None,
    *,
    today: date,
    leader: str = "",
    minutes_late: int | None = None,
    minutes_early: int | None = None,
) -> Attendance | None:
    """Mark one person, or clear the mark with None; the meeting is held or not as its marks then say.

    Before the day only notice and exempt can be marked. Raises UserError otherwise, or when the person is not expected.
    None is returned where there was nothing to clear.
    """
    on, state, started, row = _place(db, meeting_id, membership_id, clearing=mark is None)
    _check_day(on, mark, today=today)
    if row is None and mark is None and state in GOING:
        return None
    if row is None or state not in GOING:
        row = _open(db, meeting_id, membership_id)
    timed = mark in MISSED_MINUTES
    late, early = (minutes_late, minutes_early) if timed else (None, None)
    # Minutes go with the mark: those of a person who was late must not stay under “present”.
    change_now(db, row, mark=mark, minutes_late=late, minutes_early=early)
    if not started and not _stands(db, meeting_id, mark, held=state is MeetingState.HELD):
        meeting = load_meeting(db, meeting_id)
        settle_meeting(db, meeting.group, meeting, today=today, leader=leader)
    return row


def mark_rest(db: Session, meeting_id: int, mark: Mark, *, today: date, leader: str = "") -> int:
    """Give everybody who is unmarked the same mark; returns how many that were. Raises UserError as for one mark."""
    meeting = load_meeting(db, meeting_id)
    _check_day(meeting.on, mark, today=today)
    open_meeting(db, meeting.group, meeting)
    rest = [row for row in counted_rows(meeting.group, meeting) if row.mark is None]
    for row in rest:
        row.mark = mark
    settle_meeting(db, meeting.group, meeting, today=today, leader=leader)
    return len(rest)


# -- what the marks say of the meeting ---------------------------------------------------------------------------------


def held_by_marks(group: Group, meeting: Meeting, *, today: date) -> bool:
    """Whether the marks say that a meeting was held.

    Somebody was there, or everybody who is expected is marked and the day is past. On the day itself that holds when
    one of them is marked absent: notice and exempt can be known before the meeting, that nobody came cannot.
    """
    marks = {row.mark for row in meeting.attendance if row.mark is not None}
    if marks & PRESENT:
        return True
    if not marks or meeting.on > today or unmarked(group, meeting):
        return False
    return meeting.on < today or Mark.ABSENT in marks


def settle_meeting(db: Session, group: Group, meeting: Meeting, *, today: date, leader: str = "") -> None:
    """Make the state of a meeting what its marks say, unless a leader has said that it is held.

    So a meeting whose marks are cleared is as it was before the first one: its state, its leader and its rows. What
    was made up stays: it was received, whatever became of the meeting.
    """
    if meeting.started or meeting.state not in GOING:
        return
    if held_by_marks(group, meeting, today=today):
        hold(meeting, leader=leader)
        return
    if meeting.state is MeetingState.HELD:
        let_go(meeting)
    note_owners(db, {member.id: member.participant_id for member in group.memberships})
    drop_empty_rows(meeting)


def _stands(db: Session, meeting_id: int, mark: Mark | None, *, held: bool) -> bool:
    """Whether one mark leaves the state of its meeting as it is: told from the marks alone, for this is asked often."""
    # Only what is certain: everything else is left to `settle_meeting`, which loads the meeting whole.
    if mark in PRESENT:
        return held
    rows = db.execute(_MARKS, {"meeting": meeting_id})
    marks = {each for each, on, first_day, last_day in rows if is_in_period(on, first_day, last_day)}
    if held:
        return bool(marks & PRESENT)
    return mark is not None and None in marks


def attendance_row(db: Session, meeting_id: int, membership_id: int) -> Attendance:
    """The row of an expected person; where the meeting has not been opened, everybody's is written now.

    Raises UserError when the meeting is gone or cancelled, or when the person is not expected.
    """
    _on, state, _started, row = _place(db, meeting_id, membership_id)
    return row if row is not None and state in GOING else _open(db, meeting_id, membership_id)


def rows_by_id(db: Session, row_ids: Iterable[int]) -> list[Attendance]:
    """These rows, as far as they are still there."""
    return list(db.scalars(select(Attendance).where(Attendance.id.in_(row_ids))))


def _place(
    db: Session, meeting_id: int, membership_id: int, *, clearing: bool = False
) -> tuple[date, MeetingState, bool, Attendance | None]:
    """A meeting's day, state and whether it was started, and one person's row if there is one, in one query."""
    places = db.execute(_PLACE, {"meeting": meeting_id, "membership": membership_id}).all()  # one a period
    if not places:
        raise meeting_gone()
    on, state, started, row, participant_id, _first_day, _last_day = places[0]
    is_member = any(first is not None and is_in_period(on, first, last) for *_place, first, last in places)
    # A mark that stands outside the periods can still be cleared; nobody could get rid of it else.
    if not is_member and not (clearing and row is not None):
        raise _not_a_member()
    if row is not None:
        note_owners(db, {membership_id: participant_id})
    return on, state, started, row


def _open(db: Session, meeting_id: int, membership_id: int) -> Attendance:
    """The row that one person gets when the meeting is opened."""
    meeting = load_meeting(db, meeting_id)
    open_meeting(db, meeting.group, meeting)
    for row in meeting.attendance:
        if row.membership_id == membership_id:
            return row
    raise _not_a_member()


def _not_a_member() -> NotMarkedError:
    return NotMarkedError(_("This person is not in the group on that day."), _("not in the group on that day"))


def _check_day(on: date, mark: Mark | None, *, today: date) -> None:
    if mark is not None and mark not in GAVE_NOTICE and on > today:
        raise NotMarkedError(
            _("The meeting is on {day}. Until then only notice ({notice}) and exempt ({exempt}) can be marked.").format(
                day=long_date(on), **known_before_words()
            ),
            _("the meeting is on {day}").format(day=day_and_month(on)),
        )


def unmarked(group: Group, meeting: Meeting) -> int:
    """How many expected people have no mark."""
    marked = {row.membership_id for row in meeting.attendance if row.mark is not None}
    return count_unmarked((membership.id for membership in members_on(group, meeting)), marked)


def count_unmarked(expected: Iterable[int], marked: Container[int]) -> int:
    """How many of those who are expected have no mark, both as ids of memberships: *Today* counts many meetings so.

    Who is expected decides, not the rows: whoever joined late has none, and whoever left may still have one.
    """
    return sum(membership_id not in marked for membership_id in expected)


def set_practice(db: Session, row: Attendance, *, result: PracticeResult | None) -> None:
    """What became of the home practice that this person agreed to last time."""
    row.practice = result


def agree_practice(db: Session, row: Attendance, text: str) -> None:
    """What this person will try until next time; empty means the session's own."""
    row.agreed_practice = clean_text(text)[:NAME_LENGTH]


def give_handout(db: Session, row: Attendance, *, given: bool) -> None:
    """Whether this person has got the sheets of the meeting."""
    row.handout_given = given
