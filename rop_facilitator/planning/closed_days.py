"""Closed days as a leader types them, with or without a name: uke 8 Vinterferie, 20.12–2.1, fredager i juni."""

from __future__ import annotations

from datetime import date

from rop_facilitator.errors import UserError
from rop_facilitator.planning.calendar import LONGEST_NAME, Closure, parse_closure
from rop_facilitator.planning.date_words import Lean, parse_days


def typed_closures(text: str, today: date) -> tuple[Closure, ...]:
    """Closures from what is typed; without a year they lie ahead of `today`. Raises UserError with what to write."""
    try:
        return (parse_closure(text),)  # as it is kept and as scripts write it: 2026-W40 17. mai
    except UserError:
        days = parse_days(text, today, lean=Lean.AHEAD, named=True)
    return tuple(Closure(first, last, days.name[:LONGEST_NAME]) for first, last in days.spans)
