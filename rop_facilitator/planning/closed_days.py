"""Closed days as a leader types them, and what becomes of those that are there when a calendar file brings others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.planning.calendar import LONGEST_NAME, Closure, is_namesake, parse_closure
from rop_facilitator.planning.date_words import Lean, parse_days, span_words


def typed_closures(text: str, today: date) -> tuple[Closure, ...]:
    """Closures from what is typed, with or without a name: uke 8 Vinterferie, 20.12–2.1, fredager i juni.

    Without a year they lie ahead of `today`. Raises UserError with what to write.
    """
    try:
        return (parse_closure(text),)  # as it is stored and as scripts write it: 2026-W40 17. mai
    except UserError:
        days = parse_days(text, today, lean=Lean.AHEAD, named=True)
    return tuple(Closure(first, last, days.name[:LONGEST_NAME]) for first, last in days.spans)


def closure_words(closure: Closure) -> str:
    """A closure in words: “Høstferie, 5 to 9 October 2026”, or the days alone."""
    days = span_words(closure.first, closure.last)
    return f"{closure.name}, {days}" if closure.name else days


@dataclass(frozen=True)
class ClosureMerge:
    """Closures after others have come: all of them, those that are new, and those that gave way to newer ones."""

    closures: tuple[Closure, ...]
    added: tuple[Closure, ...]
    replaced: tuple[tuple[Closure, tuple[Closure, ...]], ...] = ()

    @property
    def changes(self) -> bool:
        """Whether anything is another than before."""
        return bool(self.added or self.replaced)

    @property
    def words(self) -> str:
        """What gave way to what, a sentence each; "" where nothing did."""
        sentences = []
        for old, new in self.replaced:
            if new:
                days = ", ".join(span_words(closure.first, closure.last) for closure in new)
                sentences.append(_("{old} gives way to {new}.").format(old=closure_words(old), new=days))
            else:
                sentences.append(_("{old} is not in the calendar any more.").format(old=closure_words(old)))
        return " ".join(sentences)


def merge_closures(known: Sequence[Closure], new: Iterable[Closure], *, today: date) -> ClosureMerge:
    """Closures with others beside them. Days that are closed already stay as they are.

    What the same calendar event (UID) closed before and no longer does gives way, unless it is over.
    """
    coming = list(dict.fromkeys(new))
    uids = {closure.uid for closure in coming if closure.uid}
    # What is over stays: it tells why there was no meeting then.
    out = [closure for closure in known if closure.uid in uids and closure.last >= today and closure not in coming]
    staying = [closure for closure in known if closure not in out]
    # Days are compared as text: the same days under another name are closed already.
    closed = {str(closure) for closure in staying}
    added = [closure for closure in coming if str(closure) not in closed]
    replaced = tuple((old, tuple(closure for closure in added if closure.uid == old.uid)) for old in out)
    return ClosureMerge((*staying, *added), tuple(added), replaced)


# -- what closing some days comes to ---------------------------------------------------------------------------------


def effect_words(closures: Sequence[Closure], meetings: Sequence[date], *, today: date) -> str:
    """What closing these days does to meetings that are planned on some days, in words."""
    if all(closure.last < today for closure in closures):
        return _("is over")
    count = sum(any(day in closure for closure in closures) for day in meetings)
    if count:
        return ngettext("{n} meeting moves", "{n} meetings move", count).format(n=count)
    first = min(closure.first for closure in closures)
    return _("after the last meeting") if meetings and first > max(meetings) else _("no meetings")


def clash_words(closure: Closure, known: Sequence[Closure]) -> str:
    """What of the same calendar event or the same name is closed already, on other days; "" where nothing is."""
    same_event = [other for other in known if other.uid and other.uid == closure.uid and other != closure]
    if same_event:
        return _("instead of {days}").format(
            days=", ".join(span_words(closure.first, closure.last) for closure in same_event)
        )
    alike = [other for other in known if is_namesake(other, closure) and str(other) != str(closure)]
    return _("you have {days}").format(days=span_words(alike[0].first, alike[0].last)) if alike else ""


def is_closed(closure: Closure, known: Sequence[Closure]) -> bool:
    """Whether these very days are closed already."""
    return str(closure) in map(str, known)
