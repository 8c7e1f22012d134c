"""A table made anew with all its rows, so that a migrated file is as a new one to the letter, without defaults."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op


def rebuild(name: str, *parts: Any, new: dict[str, str], indexes: tuple[str, ...] = ()) -> None:
    """Put a table with these parts in the place of one, with all rows; `new` are the added columns, as SQL values."""
    for index in indexes:
        op.drop_index(f"ix_{name}_{index}", name)
    op.create_table(f"{name}_new", *parts, sqlite_autoincrement=True)
    columns = [part.name for part in parts if isinstance(part, sa.Column)]
    there = ", ".join(f'"{column}"' for column in columns)
    values = ", ".join(new.get(column, f'"{column}"') for column in columns)
    op.execute(sa.text(f'INSERT INTO "{name}_new" ({there}) SELECT {values} FROM "{name}"'))
    # An id is never given twice, also where the newest rows are gone.
    op.execute(sa.text(f"DELETE FROM sqlite_sequence WHERE name = '{name}_new'"))
    op.execute(
        sa.text(f"INSERT INTO sqlite_sequence SELECT '{name}_new', seq FROM sqlite_sequence WHERE name = '{name}'")
    )
    op.drop_table(name)
    op.rename_table(f"{name}_new", name)
    for index in indexes:
        op.create_index(f"ix_{name}_{index}", name, [index], unique=False)
