"""Whom to call, and that somebody was called: the rule of a group, once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy.orm import Session

from rop_facilitator.clean_text import clean_text
from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.records.group.groups import in_order
from rop_facilitator.records.marks import ENDS_ABSENCE, Mark
from rop_facilitator.records.meeting.meetings import GOING
from rop_facilitator.records.models import NAME_LENGTH, FollowUp, Group, Membership
from rop_facilitator.records.progress.progress import NOT_EXPECTED, mark_in, meetings_held

CALL_AFTER = (1, 2, 3, 4)

# How long a person stays on the call list: until called, until a mark of another kind, or until no longer a member;
# neither months nor a summer end it. A group that is archived, or whose last meeting is longer ago than this with none
# to come, has ended, and asks for nobody.
GROUP_GOES_ON_AFTER_LAST_MEETING = timedelta(days=60)


@dataclass(frozen=True)
class ToCall:
    """A person who stayed away without a message: the days, newest last, and what was agreed the last time."""

    membership: Membership
    days: tuple[date, ...]
    last: FollowUp | None = None


def to_call(group: Group, *, today: date) -> list[ToCall]:
    """Who has been absent without a message so many times in a row, and has not been followed up since.

    `call_after` of the group says how many; the rule of the field is two (docs/domain.md). For many groups at once,
    `waiting` says the same.
    """
    goes_on = any(meeting.state in GOING and meeting.on >= goes_on_since(today) for meeting in group.meetings)
    if group.archived is not None or not goes_on:
        return []
    calls = []
    for person in in_order(group.memberships, group.names_shown):
        if not person.covers(today):
            continue
        if (call := call_due(person, absent_days(_marks_of(person, group)), group.call_after)) is not None:
            calls.append(call)
    return calls


def call_due(person: Membership, days: tuple[date, ...], call_after: int) -> ToCall | None:
    """The call that so many absences in a row ask for; None while they are too few, or when it has been made."""
    # By day, not by row: a call can be noted afterwards.
    last = max(person.follow_ups, key=lambda follow_up: follow_up.on, default=None)
    due = len(days) >= call_after and (last is None or last.on < days[-1])
    return ToCall(person, days, last) if due else None


def goes_on_since(today: date) -> date:
    """A group that has a meeting on this day or later, and one that is not cancelled, has not ended."""
    return today - GROUP_GOES_ON_AFTER_LAST_MEETING


def absent_days(marks: Iterable[tuple[date, Mark | None]]) -> tuple[date, ...]:
    """The days of absence without a message since the last mark of another kind; `marks` in order of date.

    Notice ends a row as presence does: whoever gave notice is in contact. Exempt and unrecorded meetings neither count
    nor end it.
    """
    days: tuple[date, ...] = ()
    for on, mark in marks:
        if mark is Mark.ABSENT:
            days = (*days, on)
        elif mark in ENDS_ABSENCE:
            days = ()
    return days


def _marks_of(person: Membership, group: Group) -> Iterator[tuple[date, Mark | None]]:
    for meeting in meetings_held(group):
        mark = mark_in(person, meeting)
        if mark is not NOT_EXPECTED:
            yield meeting.on, mark if isinstance(mark, Mark) else None


def follow_up(db: Session, membership: Membership, *, on: date, agreed: str = "", leader: str = "") -> FollowUp:
    """Somebody has reached the person, or tried; from now on only a new absence brings the person back on the list."""
    row = FollowUp(on=on, agreed=clean_text(agreed)[:NAME_LENGTH], leader=leader)
    membership.follow_ups.append(row)
    db.flush()
    return row


def set_contact(db: Session, membership: Membership, contact: str) -> None:
    """How the person wants to be reached, in a few words."""
    membership.contact = clean_text(contact)[:NAME_LENGTH]


def set_call_after(db: Session, group: Group, times: int) -> None:
    """After how many absences in a row without a message a person is to be called."""
    if times not in CALL_AFTER:
        raise UserError(_("Choose from {least} to {most}.").format(least=CALL_AFTER[0], most=CALL_AFTER[-1]))
    group.call_after = times
