"""Days as a leader writes them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _, day_and_month, month_name
from rop_facilitator.planning.calendar import Closure

_YEARS = (2000, 2099)
_FORMS = (
    re.compile(r"(?P<d>\d{1,2})\.\s*(?P<m>\d{1,2})\.\s*(?P<y>\d{4})"),
    re.compile(r"(?P<y>\d{4})-(?P<m>\d{1,2})-(?P<d>\d{1,2})"),
)


def parse_date(text: str) -> date:
    """A day from 1.12.2026 or 2026-12-01. Raises UserError that says what is wrong and what to write."""
    found = next((hit for form in _FORMS if (hit := form.fullmatch(text.strip()))), None)
    if found is None:
        raise UserError(_("This is not a date. Write day, month and year: 1.12.2026."))
    year, month, day = int(found["y"]), int(found["m"]), int(found["d"])
    if not _YEARS[0] <= year <= _YEARS[1]:
        raise UserError(_("Write a year from {first} to {last}.").format(first=_YEARS[0], last=_YEARS[1]))
    if not 1 <= month <= 12:
        raise UserError(_("There is no month {month}. Write day, month and year: 1.12.2026.").format(month=month))
    days = monthrange(year, month)[1]
    if not 1 <= day <= days:
        told = month_name(date(year, month, 1))
        raise UserError(_("{month} {year} has days 1 to {days}.").format(month=told, year=year, days=days))
    return date(year, month, day)


def written_date(day: date) -> str:
    """A day as it stands in a field: 1.12.2026."""
    return f"{day.day}.{day.month}.{day.year}"


def closure_days(closure: Closure) -> str:
    """As in “week 8 2027”, “24 December 2026” or “20 December – 2 January 2027”."""
    if closure.first == closure.last:
        return f"{day_and_month(closure.first)} {closure.first.year}"
    if closure.first.weekday() == 0 and (closure.last - closure.first).days == 6:
        year, week, _weekday = closure.first.isocalendar()
        return _("week {week} {year}").format(week=week, year=year)
    return f"{day_and_month(closure.first)} – {day_and_month(closure.last)} {closure.last.year}"
