"""A session of a group says in which course the group has it, where that course has borrowed it from another."""

from __future__ import annotations

import sqlalchemy as sa

from rop_facilitator.records.migrations.rebuild import rebuild

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the column, empty: until now every session was of its own course."""
    rebuild(
        "group_session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.String(200), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(500), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("joined", sa.Boolean(), nullable=False),
        sa.Column("parts", sa.Integer(), nullable=False),
        sa.Column("skipped", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("course", sa.String(200), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"]),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("group_id", "session_id", "round"),
        new={"course": "''"},
        indexes=("group_id",),
    )
