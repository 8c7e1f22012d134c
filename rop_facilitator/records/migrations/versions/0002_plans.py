"""A group's own order and choice of sessions, meetings that differ, what was made up, and who was followed up."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

from rop_facilitator.records.migrations.rebuild import rebuild

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Rebuild the tables that get columns: so they hold no defaults, and are as in a new file to the letter."""
    _group()
    _group_session()
    _membership()
    _meeting()
    _meeting_session()
    _new_tables()


def _column(name: str, kind: Any, *, nullable: bool = False) -> sa.Column[Any]:
    return sa.Column(name, kind, nullable=nullable)


def _id() -> tuple[Any, Any]:
    return _column("id", sa.Integer()), sa.PrimaryKeyConstraint("id")


def _points_at(column: str, table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"])


def _group() -> None:
    number, key = _id()
    rebuild(
        "group",
        number,
        _column("name", sa.String(500)),
        _column("weekdays", sa.JSON()),
        _column("start", sa.Time()),
        _column("minutes", sa.Integer()),
        _column("place", sa.String(500)),
        _column("first_date", sa.Date()),
        _column("until", sa.Date(), nullable=True),
        _column("closures", sa.JSON()),
        _column("extra_days", sa.JSON()),
        _column("call_after", sa.Integer()),
        _column("names_shown", sa.String(24)),
        _column("name_on_sheets", sa.Boolean()),
        _column("is_sample", sa.Boolean()),
        key,
        sa.UniqueConstraint("name"),
        new={"extra_days": "'[]'", "call_after": "2"},
    )


def _group_session() -> None:
    number, key = _id()
    rebuild(
        "group_session",
        number,
        _column("group_id", sa.Integer()),
        _column("session_id", sa.String(200)),
        _column("position", sa.Integer()),
        _column("title", sa.String(500)),
        _column("round", sa.Integer()),
        _column("joined", sa.Boolean()),
        _column("parts", sa.Integer()),
        _column("skipped", sa.Boolean()),
        _column("reason", sa.String(500)),
        _points_at("group_id", "group"),
        key,
        sa.UniqueConstraint("group_id", "session_id", "round"),
        new={"round": "1", "joined": "0", "parts": "1", "skipped": "0", "reason": "''"},
        indexes=("group_id",),
    )


def _membership() -> None:
    number, key = _id()
    rebuild(
        "membership",
        number,
        _column("group_id", sa.Integer()),
        _column("participant_id", sa.Integer()),
        _column("number", sa.Integer()),
        _column("joined", sa.Date()),
        _column("left", sa.Date(), nullable=True),
        _column("status", sa.String(24)),
        _column("contact", sa.String(500)),
        _points_at("group_id", "group"),
        _points_at("participant_id", "participant"),
        key,
        sa.UniqueConstraint("group_id", "number"),
        sa.UniqueConstraint("group_id", "participant_id"),
        new={"contact": "''"},
        indexes=("group_id", "participant_id"),
    )


def _meeting() -> None:
    number, key = _id()
    op.drop_index("ix_meeting_on_date", "meeting")
    rebuild(
        "meeting",
        number,
        _column("group_id", sa.Integer()),
        _column("number", sa.Integer(), nullable=True),
        _column("on_date", sa.Date()),
        _column("start", sa.Time()),
        _column("minutes", sa.Integer()),
        _column("place", sa.String(500)),
        _column("state", sa.String(24)),
        _column("leader", sa.String(500)),
        _column("slot", sa.Date()),
        _column("changed", sa.Boolean()),
        _column("reason", sa.String(500)),
        _points_at("group_id", "group"),
        key,
        new={"slot": "on_date", "changed": "0", "reason": "''"},
        indexes=("group_id",),
    )
    op.create_index("ix_meeting_on_date", "meeting", ["on_date"], unique=False)


def _meeting_session() -> None:
    number, key = _id()
    rebuild(
        "meeting_session",
        number,
        _column("meeting_id", sa.Integer()),
        _column("group_session_id", sa.Integer()),
        _column("position", sa.Integer()),
        _column("part", sa.Integer()),
        _column("parts", sa.Integer()),
        _column("rest", sa.Boolean()),
        _column("title", sa.String(500)),
        _column("outcome", sa.String(24), nullable=True),
        _points_at("group_session_id", "group_session"),
        _points_at("meeting_id", "meeting"),
        key,
        sa.UniqueConstraint("meeting_id", "group_session_id"),
        new={"parts": "1", "rest": "0"},
        indexes=("group_session_id", "meeting_id"),
    )


def _new_tables() -> None:
    number, key = _id()
    op.create_table(
        "make_up",
        number,
        _column("membership_id", sa.Integer()),
        _column("group_session_id", sa.Integer()),
        _column("on_date", sa.Date()),
        _column("way", sa.String(24)),
        _column("leader", sa.String(500)),
        _points_at("membership_id", "membership"),
        _points_at("group_session_id", "group_session"),
        key,
        sa.UniqueConstraint("membership_id", "group_session_id"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_make_up_membership_id", "make_up", ["membership_id"], unique=False)
    op.create_index("ix_make_up_group_session_id", "make_up", ["group_session_id"], unique=False)
    number, key = _id()
    op.create_table(
        "follow_up",
        number,
        _column("membership_id", sa.Integer()),
        _column("on_date", sa.Date()),
        _column("leader", sa.String(500)),
        _column("agreed", sa.String(500)),
        _points_at("membership_id", "membership"),
        key,
        sqlite_autoincrement=True,
    )
    op.create_index("ix_follow_up_membership_id", "follow_up", ["membership_id"], unique=False)
