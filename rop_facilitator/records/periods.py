"""The days on which people are members of a group, asked of the database."""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, exists, or_

from rop_facilitator.records.models import Membership, Period


def is_member_on(day: date | ColumnElement[date] | Any, membership_id: Any = Membership.id) -> ColumnElement[bool]:
    """`Membership.covers` in SQL, of the membership of the query around it; `day` may be a column of that query."""
    return exists().where(
        Period.membership_id == membership_id,
        Period.first_day <= day,
        or_(Period.last_day.is_(None), Period.last_day >= day),
    )
