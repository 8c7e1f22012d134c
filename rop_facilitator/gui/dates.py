"""Days as a leader writes them."""

from __future__ import annotations

from rop_facilitator.i18n import _, day_and_month
from rop_facilitator.planning.calendar import Closure


def closure_days(closure: Closure) -> str:
    """As in “week 8 2027”, “24 December 2026” or “20 December – 2 January 2027”."""
    if closure.first == closure.last:
        return f"{day_and_month(closure.first)} {closure.first.year}"
    if closure.first.weekday() == 0 and (closure.last - closure.first).days == 6:
        year, week, _weekday = closure.first.isocalendar()
        return _("week {week} {year}").format(week=week, year=year)
    return f"{day_and_month(closure.first)} – {day_and_month(closure.last)} {closure.last.year}"
