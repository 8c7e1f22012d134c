"""Marks: who came, how that counts, and what each person was given and agreed to try."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, bindparam, select
from sqlalchemy.orm import Session

from rop_facilitator.clean_text import clean_text
from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.records.audit import change_now, tell_whose
from rop_facilitator.records.meetings import GOING, counted_rows, expected_at, load_meeting, open_meeting, start_meeting
from rop_facilitator.records.models import (
    NAME_LENGTH,
    Attendance,
    Group,
    Mark,
    Meeting,
    MeetingState,
    Membership,
    Practice,
)
from rop_facilitator.records.periods import is_member_on

LETTERS = {
    Mark.PRESENT: "M",
    Mark.LATE: "S",
    Mark.LEFT_EARLY: "T",
    Mark.REMOTE: "D",
    Mark.NOTICE: "A",
    Mark.LATE_NOTICE: "K",
    Mark.ABSENT: "I",
    Mark.EXEMPT: "F",
}
PRESENT = frozenset({Mark.PRESENT, Mark.LATE, Mark.LEFT_EARLY, Mark.REMOTE})
COUNTED = PRESENT | {Mark.NOTICE, Mark.LATE_NOTICE, Mark.ABSENT}
BEFORE_THE_MEETING = frozenset({Mark.NOTICE, Mark.LATE_NOTICE, Mark.EXEMPT})
_PLACE = (
    select(
        Meeting.on,
        Meeting.state,
        Attendance,
        Membership.participant_id,
        is_member_on(Meeting.on, bindparam("membership")),
    )
    .outerjoin(
        Attendance, and_(Attendance.meeting_id == Meeting.id, Attendance.membership_id == bindparam("membership"))
    )
    .outerjoin(Membership, Membership.id == Attendance.membership_id)
    .where(Meeting.id == bindparam("meeting"))
)


@dataclass(frozen=True)
class Share:
    """Present of counted: always shown together. `percent` is None where nothing counts."""

    present: int
    counted: int

    @property
    def percent(self) -> int | None:
        """Whole per cent, rounded half up."""
        return (200 * self.present + self.counted) // (2 * self.counted) if self.counted else None


def share(marks: Iterable[Mark | None]) -> Share:
    """The one attendance figure: (M+S+T+D) of (M+S+T+D+A+K+I); exempt and unmarked are outside (domain 6.4)."""
    known = [mark for mark in marks if mark is not None]
    return Share(sum(mark in PRESENT for mark in known), sum(mark in COUNTED for mark in known))


def mark_name(mark: Mark) -> str:
    """The words of a mark, small letters."""
    return {
        Mark.PRESENT: _("present"),
        Mark.LATE: _("came late"),
        Mark.LEFT_EARLY: _("left early"),
        Mark.REMOTE: _("remote"),
        Mark.NOTICE: _("gave notice"),
        Mark.LATE_NOTICE: _("gave late notice"),
        Mark.ABSENT: _("absent"),
        Mark.EXEMPT: _("exempt"),
    }[mark]


def parse_mark(text: str) -> Mark:
    """A mark from its letter, its stored name or its words. Raises UserError that lists them."""
    wanted = text.strip().casefold()
    for mark, letter in LETTERS.items():
        if wanted in (letter.casefold(), mark.value, mark.value.replace("_", "-"), mark_name(mark).casefold()):
            return mark
    known = ", ".join(f"{letter} {mark.value}" for mark, letter in LETTERS.items())
    raise UserError(_("“{text}” is not a mark. Use one of these: {known}.").format(text=text[:40], known=known))


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
) -> Attendance:
    """Mark one person, or clear the mark with None. The first present mark makes the meeting held.

    Before the day only notice and exempt can be marked. Raises UserError otherwise, or when the person is not expected.
    """
    on, state, row = _place(db, meeting_id, membership_id, clearing=mark is None)
    _check_day(on, mark, today=today)
    if mark in PRESENT and state is not MeetingState.HELD:
        meeting = load_meeting(db, meeting_id)
        start_meeting(db, meeting.group, meeting, today=today, leader=leader)
    if row is None or state not in GOING:
        row = _open(db, meeting_id, membership_id)
    timed = mark in (Mark.LATE, Mark.LEFT_EARLY)
    late, early = (minutes_late, minutes_early) if timed else (None, None)
    change_now(db, row, mark=mark, minutes_late=late, minutes_early=early)
    return row


def mark_rest(db: Session, meeting_id: int, mark: Mark, *, today: date, leader: str = "") -> int:
    """Give everybody who is unmarked the same mark; returns how many that were. Raises UserError as for one mark."""
    meeting = load_meeting(db, meeting_id)
    _check_day(meeting.on, mark, today=today)
    open_meeting(db, meeting.group, meeting)
    rest = [row for row in counted_rows(meeting.group, meeting) if row.mark is None]
    if rest and mark in PRESENT:
        start_meeting(db, meeting.group, meeting, today=today, leader=leader)
    for row in rest:
        row.mark = mark
    return len(rest)


def attendance_row(db: Session, meeting_id: int, membership_id: int) -> Attendance:
    """The row of an expected person; where the meeting has not been opened, everybody's is written now.

    Raises UserError when the meeting is gone or cancelled, or when the person is not expected.
    """
    _on, state, row = _place(db, meeting_id, membership_id)
    return row if row is not None and state in GOING else _open(db, meeting_id, membership_id)


def _place(
    db: Session, meeting_id: int, membership_id: int, *, clearing: bool = False
) -> tuple[date, MeetingState, Attendance | None]:
    """The day and state of a meeting, and one person's row if there is one: all that a mark needs, in one query."""
    found = db.execute(_PLACE, {"meeting": meeting_id, "membership": membership_id}).one_or_none()
    if found is None:
        raise UserError(_("The meeting is not here any more."))
    on, state, row, participant_id, is_member = found
    if not is_member and not (clearing and row is not None):
        raise UserError(_("This person is not in the group on that day."))
    if row is not None:
        tell_whose(db, {membership_id: participant_id})
    return on, state, row


def _open(db: Session, meeting_id: int, membership_id: int) -> Attendance:
    """The row that one person gets when the meeting is opened."""
    meeting = load_meeting(db, meeting_id)
    open_meeting(db, meeting.group, meeting)
    for row in meeting.attendance:
        if row.membership_id == membership_id:
            return row
    raise UserError(_("This person is not in the group on that day."))


def _check_day(on: date, mark: Mark | None, *, today: date) -> None:
    if mark is not None and mark not in BEFORE_THE_MEETING and on > today:
        raise UserError(
            _("The meeting is on {day}. Until then only notice (A, K) and exempt (F) can be marked.").format(
                day=on.isoformat()
            )
        )


def unmarked(group: Group, meeting: Meeting) -> int:
    """How many expected people have no mark."""
    rows = {row.membership_id: row.mark for row in meeting.attendance}
    return sum(rows.get(membership.id) is None for membership in expected_at(group, meeting))


def set_practice(db: Session, row: Attendance, *, result: Practice | None) -> None:
    """What became of the home practice that this person agreed to last time."""
    row.practice = result


def agree_practice(db: Session, row: Attendance, text: str) -> None:
    """What this person will try until next time; empty means the session's own."""
    row.agreed_practice = clean_text(text)[:NAME_LENGTH]


def give_handout(db: Session, row: Attendance, *, given: bool) -> None:
    """Whether this person has got the sheets of the meeting."""
    row.handout_given = given
