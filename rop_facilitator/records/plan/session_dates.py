"""What a change does to the plan of a group in words: before it is made, and for the toast afterwards."""

from __future__ import annotations

from datetime import date

from rop_facilitator.i18n import _, ngettext
from rop_facilitator.records.meeting.meetings import GOING
from rop_facilitator.records.models import Group, Outcome


def dates_of(group: Group) -> dict[int, date]:
    """The last date of each session that has one, by the id of the group's session."""
    return {
        session.group_session_id: meeting.on
        for meeting in sorted(group.meetings, key=lambda meeting: meeting.on)
        if meeting.state in GOING
        for session in meeting.sessions
        if session.outcome is not Outcome.CARRIED_OVER
    }


def moved_text(before: dict[int, date], after: dict[int, date]) -> str:
    """How many sessions moved, and how many lost their date, as a sentence; "" when nothing moved."""
    moved = sum(session in after and after[session] != on for session, on in before.items())
    lost = sum(session not in after for session in before)
    placed = sum(session not in before for session in after)
    parts = []
    if moved:
        parts.append(ngettext("{n} session moved.", "{n} sessions moved.", moved).format(n=moved))
    if lost:
        parts.append(ngettext("{n} session has no date now.", "{n} sessions have no date now.", lost).format(n=lost))
    if placed and not lost:
        parts.append(ngettext("{n} session got a date.", "{n} sessions got a date.", placed).format(n=placed))
    return " ".join(parts) or _("Nothing else moved.")
