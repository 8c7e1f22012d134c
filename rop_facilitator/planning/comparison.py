"""What a change of a plan moves: as a value, and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from rop_facilitator.i18n import _, day_and_month, ngettext
from rop_facilitator.planning.planned_sessions import SessionPart
from rop_facilitator.planning.schedule import Schedule


@dataclass(frozen=True)
class Move:
    """A session, or one part of it, before and after a change; None where it has no date."""

    item: SessionPart
    before: date | None
    after: date | None


@dataclass(frozen=True)
class Comparison:
    """What a change does: which sessions move, which days come and go, and when the course ends."""

    moves: tuple[Move, ...]
    added: tuple[date, ...]
    dropped: tuple[date, ...]
    last_before: date | None
    last_after: date | None
    unplaced: tuple[str, ...]


def compare(before: Schedule, after: Schedule) -> Comparison:
    """The difference of two schedules of the same group. What stands on the same day in both is not named."""
    old, new = _dates(before), _dates(after)
    moves = [Move(item, old.get(item), new.get(item)) for item in _each(old, new) if old.get(item) != new.get(item)]
    days_before, days_after = {m.on for m in before.meetings}, {m.on for m in after.meetings}
    return Comparison(
        moves=tuple(moves),
        added=tuple(sorted(days_after - days_before)),
        dropped=tuple(sorted(days_before - days_after)),
        last_before=before.last,
        last_after=after.last,
        # Only what loses its date by this change: what had none before is none of its doing.
        unplaced=tuple(key for key in after.unplaced if key not in before.unplaced),
    )


def _dates(schedule: Schedule) -> dict[SessionPart, date | None]:
    placed: dict[SessionPart, date | None] = {
        item: meeting.on for meeting in schedule.meetings for item in meeting.items
    }
    return {**placed, **{item: None for content in schedule.left_over for item in content}}


def _each(old: dict[SessionPart, date | None], new: dict[SessionPart, date | None]) -> Iterable[SessionPart]:
    return dict.fromkeys([*old, *new])


_NAMED = 4


def change_facts(comparison: Comparison) -> list[str]:
    """What a change does, a sentence each: how many sessions move, meetings more and fewer, and the last day."""
    moved = sum(move.before is not None and move.after is not None for move in comparison.moves)
    facts = [ngettext("{n} session moves", "{n} sessions move", moved).format(n=moved) if moved else _("Nothing moves")]
    placed = sum(move.before is None for move in comparison.moves)
    if placed:
        facts.append(ngettext("{n} session gets a date", "{n} sessions get a date", placed).format(n=placed))
    if comparison.added:
        more = ngettext("{n} meeting more: {days}", "{n} meetings more: {days}", len(comparison.added))
        facts.append(more.format(n=len(comparison.added), days=_days(comparison.added)))
    if comparison.dropped:
        fewer = ngettext("{n} meeting fewer: {days}", "{n} meetings fewer: {days}", len(comparison.dropped))
        facts.append(fewer.format(n=len(comparison.dropped), days=_days(comparison.dropped)))
    if comparison.last_before == comparison.last_after:
        facts.append(_("The last meeting is {day}, as before").format(day=_day(comparison.last_after)))
    else:
        end = _("The last meeting is {after}; it was {before}")
        facts.append(end.format(before=_day(comparison.last_before), after=_day(comparison.last_after)))
    return facts


def lost_text(comparison: Comparison, titles: Mapping[str, str]) -> str:
    """Which sessions lose their date, and what can be done; "" where none does."""
    if not comparison.unplaced:
        return ""
    count = len(comparison.unplaced)
    named = named_titles([titles.get(key, key) for key in comparison.unplaced])
    lost = ngettext("{n} session loses its date: {titles}.", "{n} sessions lose their date: {titles}.", count)
    return f"{lost.format(n=count, titles=named)} {_('End later, or take sessions into one meeting.')}"


def named_titles(titles: Sequence[str]) -> str:
    """The first few of some titles, and how many more there are."""
    return _first_of([_("“{title}”").format(title=title) for title in titles])


def _first_of(words: Sequence[str]) -> str:
    named, more = ", ".join(words[:_NAMED]), len(words) - _NAMED
    if more <= 0:
        return named
    return ngettext("{named} and {n} more", "{named} and {n} more", more).format(named=named, n=more)


def _day(day: date | None) -> str:
    return f"{day_and_month(day)} {day.year}" if day is not None else _("none")


def _days(days: Sequence[date]) -> str:
    return _first_of([day_and_month(day) for day in days])
