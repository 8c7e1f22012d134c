"""What a group is called on paper, and whether plans that hang where others see them say what a meeting is about."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_NEW = {"name_on_paper": "''", "themes_on_plans": "0"}


def upgrade() -> None:
    """Rebuild the table: so it holds no defaults, and is as in a new file to the letter."""
    columns: list[sa.Column[Any]] = [
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(500), nullable=False),
        sa.Column("name_on_paper", sa.String(500), nullable=False),
        sa.Column("weekdays", sa.JSON(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(500), nullable=False),
        sa.Column("first_date", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("closures", sa.JSON(), nullable=False),
        sa.Column("extra_days", sa.JSON(), nullable=False),
        sa.Column("later_patterns", sa.JSON(), nullable=False),
        sa.Column("leaders", sa.JSON(), nullable=False),
        sa.Column("archived", sa.Date(), nullable=True),
        sa.Column("call_after", sa.Integer(), nullable=False),
        sa.Column("names_shown", sa.String(24), nullable=False),
        sa.Column("name_on_sheets", sa.Boolean(), nullable=False),
        sa.Column("themes_on_plans", sa.Boolean(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
    ]
    names = [column.name for column in columns]
    there = ", ".join(f'"{name}"' for name in names)
    values = ", ".join(_NEW.get(name, f'"{name}"') for name in names)
    op.create_table(
        "group_new", *columns, sa.PrimaryKeyConstraint("id"), sa.UniqueConstraint("name"), sqlite_autoincrement=True
    )
    op.execute(sa.text(f'INSERT INTO group_new ({there}) SELECT {values} FROM "group"'))
    # An id is never given twice, also where the newest rows are gone.
    op.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = 'group_new'"))
    op.execute(sa.text("INSERT INTO sqlite_sequence SELECT 'group_new', seq FROM sqlite_sequence WHERE name = 'group'"))
    op.drop_table("group")
    op.rename_table("group_new", "group")
