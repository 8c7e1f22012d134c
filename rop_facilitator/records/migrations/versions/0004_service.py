"""What holds for all groups: an id for their calendars, and when the service is closed."""

from __future__ import annotations

import uuid

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Make the table with its one row. Calendars of the groups that are here may have been sent under other ids."""
    table = op.create_table(
        "service",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("calendar_id", sa.String(36), nullable=False),
        sa.Column("groups_before", sa.Integer(), nullable=False),
        sa.Column("closures", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id"),
        sqlite_autoincrement=True,
    )
    before = op.get_bind().scalar(sa.text('SELECT max(id) FROM "group"')) or 0
    op.execute(sa.insert(table).values(calendar_id=str(uuid.uuid4()), groups_before=before))
