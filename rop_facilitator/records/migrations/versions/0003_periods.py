"""A membership has periods, a table of their own, in place of one first and one last day."""

from __future__ import annotations

import datetime as dt
from itertools import groupby
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

Days = tuple[dt.date, dt.date | None]
_PERIOD = sa.table(
    "period", sa.column("membership_id", sa.Integer), sa.column("first_day", sa.Date), sa.column("last_day", sa.Date)
)


def upgrade() -> None:
    """Make the periods from the days that the memberships hold, then take those days out of them."""
    _new_table()
    for membership_id, first, last in _memberships():
        for first_day, last_day in _with_marked_days((first, last), _marked_days(membership_id, first, last)):
            row = {"membership_id": membership_id, "first_day": first_day, "last_day": last_day}
            op.execute(sa.insert(_PERIOD).values(**row))
    _without_days()


def _new_table() -> None:
    op.create_table(
        "period",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("membership_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["membership_id"], ["membership.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("membership_id", "first_day"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_period_membership_id", "period", ["membership_id"], unique=False)


def _memberships() -> list[tuple[int, dt.date, dt.date | None]]:
    rows = op.get_bind().execute(sa.text('SELECT id, joined, "left" FROM membership ORDER BY id'))
    return [(number, dt.date.fromisoformat(joined), _day(left)) for number, joined, left in rows]


def _day(text: str | None) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None


def _marked_days(membership_id: int, first: dt.date, last: dt.date | None) -> list[dt.date]:
    """The days of meetings before the first day or after the last one at which the person has a mark, in order."""
    query = sa.text(
        "SELECT DISTINCT meeting.on_date FROM attendance JOIN meeting ON meeting.id = attendance.meeting_id"
        " WHERE attendance.membership_id = :person AND attendance.mark IS NOT NULL"
        " AND meeting.state IN ('planned', 'held') ORDER BY meeting.on_date"
    )
    days = [dt.date.fromisoformat(day) for (day,) in op.get_bind().execute(query, {"person": membership_id})]
    return [day for day in days if day < first or (last is not None and day > last)]


def _with_marked_days(period: Days, marked: list[dt.date]) -> list[Days]:
    """The period, with one more for marks outside it: they have counted, so they go on counting.

    The day after the last one lengthens the period: who was taken out after a meeting was there on that day.
    """
    first, last = period
    if last is not None and last + dt.timedelta(1) in marked:
        last += dt.timedelta(1)
        marked = [day for day in marked if day != last]
    if first - dt.timedelta(1) in marked:
        first -= dt.timedelta(1)
        marked = [day for day in marked if day != first]
    runs = [list(run) for _, run in groupby(marked, key=lambda day: day.toordinal() - marked.index(day))]
    outside: list[Days] = [(run[0], run[-1]) for run in runs]
    return sorted([(first, last), *outside], key=lambda days: days[0])


def _without_days() -> None:
    """The table of memberships anew, as in a new file to the letter."""
    columns = ("id", "group_id", "participant_id", "number", "status", "contact")
    for index in ("group_id", "participant_id"):
        op.drop_index(f"ix_membership_{index}", "membership")
    kept: list[Any] = [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("participant_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("status", sa.String(24), nullable=False),
        sa.Column("contact", sa.String(500), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"]),
        sa.ForeignKeyConstraint(["participant_id"], ["participant.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("group_id", "number"),
        sa.UniqueConstraint("group_id", "participant_id"),
    ]
    op.create_table("membership_new", *kept, sqlite_autoincrement=True)
    names = ", ".join(columns)
    op.execute(sa.text(f"INSERT INTO membership_new ({names}) SELECT {names} FROM membership"))
    # An id is never given twice, also where the newest rows are gone.
    op.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = 'membership_new'"))
    op.execute(
        sa.text(
            "INSERT INTO sqlite_sequence SELECT 'membership_new', seq FROM sqlite_sequence WHERE name = 'membership'"
        )
    )
    op.drop_table("membership")
    op.rename_table("membership_new", "membership")
    for index in ("group_id", "participant_id"):
        op.create_index(f"ix_membership_{index}", "membership", [index], unique=False)
