"""A meeting keeps that a leader has said that it is held; any other one is held as far as its marks say so."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from rop_facilitator.records.migrations.rebuild import rebuild

revision = "0005"
down_revision = "0004"

# Held, and told by more than marks: it was started by the button, or it was said what became of its sessions. Where
# nobody is marked as present, marks have not held it in an older program: it stays held, and can be taken back.
_STARTED = """
CASE WHEN state = 'held' AND (
    EXISTS (SELECT 1 FROM meeting_session WHERE meeting_id = meeting.id AND outcome IS NOT NULL)
    OR NOT EXISTS (
        SELECT 1 FROM attendance
        WHERE meeting_id = meeting.id AND mark IN ('present', 'late', 'left_early', 'remote')
    )
    OR EXISTS (
        SELECT 1 FROM audit_change JOIN audit_event ON audit_event.id = audit_change.event_id
        WHERE audit_event.action = 'meeting started' AND audit_change.row_table = 'meeting'
        AND audit_change.row_id = meeting.id AND audit_change.field = 'state'
    )
) THEN 1 ELSE 0 END
"""


def upgrade() -> None:
    """Add the column, with what the records tell of it."""
    op.drop_index("ix_meeting_on_date", "meeting")
    rebuild(
        "meeting",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("group_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("on_date", sa.Date(), nullable=False),
        sa.Column("start", sa.Time(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(500), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("leader", sa.String(500), nullable=False),
        sa.Column("slot", sa.Date(), nullable=False),
        sa.Column("changed", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(500), nullable=False),
        sa.Column("started", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["group_id"], ["group.id"]),
        sa.PrimaryKeyConstraint("id"),
        new={"started": _STARTED},
        indexes=("group_id",),
    )
    op.create_index("ix_meeting_on_date", "meeting", ["on_date"], unique=False)
