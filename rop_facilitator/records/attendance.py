"""Marks: who came, how that counts, and what each person was given and agreed to try."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.records.meetings import open_meeting, start_meeting
from rop_facilitator.records.models import Attendance, Group, Mark, Meeting, Practice

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
    group: Group,
    meeting: Meeting,
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
    if mark is not None and mark not in BEFORE_THE_MEETING and meeting.on > today:
        raise UserError(
            _("The meeting is on {day}. Until then only notice (A, K) and exempt (F) can be marked.").format(
                day=meeting.on.isoformat()
            )
        )
    if mark in PRESENT:
        start_meeting(db, group, meeting, today=today, leader=leader)
    else:
        open_meeting(db, group, meeting)
    row = next((r for r in meeting.attendance if r.membership_id == membership_id), None)
    if row is None:
        raise UserError(_("This person is not in the group on that day."))
    row.mark = mark
    row.minutes_late = minutes_late if mark in (Mark.LATE, Mark.LEFT_EARLY) else None
    row.minutes_early = minutes_early if mark in (Mark.LATE, Mark.LEFT_EARLY) else None
    return row


def mark_rest(db: Session, group: Group, meeting: Meeting, mark: Mark, *, today: date, leader: str = "") -> int:
    """Give everybody who is unmarked the same mark; returns how many that were."""
    open_meeting(db, group, meeting)
    rest = [row.membership_id for row in meeting.attendance if row.mark is None]
    for membership_id in rest:
        mark_attendance(db, group, meeting, membership_id, mark, today=today, leader=leader)
    return len(rest)


def unmarked(group: Group, meeting: Meeting) -> int:
    """How many expected people have no mark."""
    rows = {row.membership_id: row.mark for row in meeting.attendance}
    return sum(rows.get(m.id) is None for m in group.memberships if m.id in rows or m.covers(meeting.on))


def set_practice(db: Session, row: Attendance, *, result: Practice | None) -> None:
    """What became of the home practice that this person agreed to last time."""
    row.practice = result


def agree_practice(db: Session, row: Attendance, text: str) -> None:
    """What this person will try until next time; empty means the session's own."""
    row.agreed_practice = " ".join(text.split())[:500]


def give_handout(db: Session, row: Attendance, *, given: bool) -> None:
    """Whether this person has got the sheets of the meeting."""
    row.handout_given = given
