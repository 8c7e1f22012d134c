"""The command `mark`: who came to a meeting."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from rop_facilitator.cli.records_access import open_records
from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.records.log.action_names import Action

if TYPE_CHECKING:
    from rop_facilitator.records.marks import Mark


def _mark_or_clear(text: str) -> Mark | None:
    """A mark, or None for the word that takes one away. Raises UserError that lists the marks."""
    from rop_facilitator.records.marks import parse_mark

    return None if text.strip().casefold() in ("-", "clear", _("clear").casefold()) else parse_mark(text)


def mark(options: argparse.Namespace) -> int:
    """Marks by name at one meeting, all or none; `clear` takes a mark away."""
    from rop_facilitator.records.group.groups import find_group, find_member
    from rop_facilitator.records.marks import LETTERS, parse_mark, share
    from rop_facilitator.records.meeting.attendance import (
        mark_attendance,
        mark_rest,
        unmarked,
    )
    from rop_facilitator.records.meeting.held_meetings import settle_past_meetings, take_back_held
    from rop_facilitator.records.meeting.meetings import expected_at, meeting_on

    # Read before the records are opened, so that a word that is no mark costs no unlocking.
    wanted = [(name, _mark_or_clear(mark)) for name, mark in options.person]
    rest = parse_mark(options.rest) if options.rest else None
    if not wanted and rest is None and not options.not_held:
        raise UserError(_("Nothing to mark. Give --person NAME MARK, --rest present, or --not-held."))
    today = options.today
    cleared = rest is None and all(mark is None for _name, mark in wanted)
    action = Action.ATTENDANCE_MARKED if wanted else Action.REST_MARKED if rest else Action.MEETING_NOT_HELD
    # Cleared only where nothing was set besides.
    action = Action.MARK_CLEARED if wanted and cleared else action
    with open_records(options, for_writing=True) as (database, leader):
        # An act of nobody's: whoever takes the marks back does not take that back.
        with database.write(Action.PAST_MEETINGS_SETTLED, by=None) as db:
            settle_past_meetings(db, today=today)
        # One transaction: with a name that fits nobody, none of the marks is stored.
        with database.write(action, by=leader.id) as db:
            group = find_group(db, options.group)
            meeting = meeting_on(group, options.on)
            people = expected_at(group, meeting)
            for name, mark in wanted:
                membership = find_member(people, name, group.names_shown)
                mark_attendance(db, meeting.id, membership.id, mark, today=today, leader=leader.name)
            if rest is not None:
                mark_rest(db, meeting.id, rest, today=today, leader=leader.name)
            if options.not_held:
                take_back_held(db, group, meeting, today=today)
            by_person = {row.membership_id: row.mark for row in meeting.attendance}
            marks = [by_person.get(membership.id) for membership in expected_at(group, meeting)]
            left = unmarked(group, meeting)
        attendance = share(marks)
        letters = " ".join(LETTERS[mark] if mark else "·" for mark in marks)
    print(
        _("{present} of {counted} present, {left} not marked: {letters}").format(
            present=attendance.present, counted=attendance.counted, left=left, letters=letters
        )
    )
    return 0
