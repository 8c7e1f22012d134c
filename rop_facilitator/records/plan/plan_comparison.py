"""What a change does to the plan of a group in words: before it is made, and for the toast afterwards."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from rop_facilitator.i18n import _, day_and_month, ngettext
from rop_facilitator.planning.schedule import Comparison
from rop_facilitator.records.meeting.meetings import GOING
from rop_facilitator.records.models import Group, Outcome

_NAMED = 4


def dates_of(group: Group) -> dict[int, date]:
    """The last date of each session that has one, by the id of the group's session."""
    return {
        session.group_session_id: meeting.on
        for meeting in sorted(group.meetings, key=lambda one: one.on)
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


def change_facts(found: Comparison) -> list[str]:
    """What a change does, a sentence each: how many sessions move, meetings more and fewer, and the last day."""
    moved = sum(one.before is not None and one.after is not None for one in found.moves)
    facts = [ngettext("{n} session moves", "{n} sessions move", moved).format(n=moved) if moved else _("Nothing moves")]
    placed = sum(one.before is None for one in found.moves)
    if placed:
        facts.append(ngettext("{n} session gets a date", "{n} sessions get a date", placed).format(n=placed))
    if found.added:
        more = ngettext("{n} meeting more: {days}", "{n} meetings more: {days}", len(found.added))
        facts.append(more.format(n=len(found.added), days=_days(found.added)))
    if found.dropped:
        fewer = ngettext("{n} meeting fewer: {days}", "{n} meetings fewer: {days}", len(found.dropped))
        facts.append(fewer.format(n=len(found.dropped), days=_days(found.dropped)))
    if found.last_before == found.last_after:
        facts.append(_("The last meeting is {day}, as before").format(day=_day(found.last_after)))
    else:
        told = _("The last meeting is {after}; it was {before}")
        facts.append(told.format(before=_day(found.last_before), after=_day(found.last_after)))
    return facts


def lost_text(found: Comparison, titles: Mapping[str, str]) -> str:
    """Which sessions lose their date, and what can be done; "" where none does."""
    if not found.unplaced:
        return ""
    count = len(found.unplaced)
    named = named_titles([titles.get(one, one) for one in found.unplaced])
    told = ngettext("{n} session loses its date: {titles}.", "{n} sessions lose their date: {titles}.", count)
    return f"{told.format(n=count, titles=named)} {_('End later, or take sessions into one meeting.')}"


def named_titles(titles: Sequence[str]) -> str:
    """The first few of some titles, and how many more there are."""
    return _first_of([_("“{title}”").format(title=one) for one in titles])


def _first_of(words: Sequence[str]) -> str:
    named, more = ", ".join(words[:_NAMED]), len(words) - _NAMED
    if more <= 0:
        return named
    return ngettext("{named} and {n} more", "{named} and {n} more", more).format(named=named, n=more)


def _day(day: date | None) -> str:
    return f"{day_and_month(day)} {day.year}" if day is not None else _("none")


def _days(days: Sequence[date]) -> str:
    return _first_of([day_and_month(one) for one in days])
