"""Older files brought up to date. `PRAGMA user_version` is the number; Alembic is imported only when it is behind."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from rop_facilitator.records.models import SCHEMA_VERSION, Base
from rop_facilitator.records.storage.engine import open_engine

if TYPE_CHECKING:
    from alembic.config import Config


def config_for(connection: Connection, folder: Path | None = None) -> Config:
    """Alembic's configuration without a file; `env.py` finds the connection in it."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder or Path(__file__).parent).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def stamp(connection: Connection) -> None:
    """Say that a new file is at the newest revision."""
    from alembic import command

    command.stamp(config_for(connection), "head")
    connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA_VERSION}")


def new_file(path: Path, key: bytes) -> None:
    """An empty file with all tables, at the newest revision."""
    # By us, before SQLite would with the rights of the account: nobody else reads it even for a moment.
    path.touch(mode=0o600, exist_ok=False)
    engine = open_engine(path, key, writing=True)
    try:
        with engine.execution_options(writing=True).begin() as connection:
            Base.metadata.create_all(connection)
            stamp(connection)
    finally:
        engine.dispose()


def upgrade(path: Path, key: bytes, *, folder: Path | None = None, to: int = SCHEMA_VERSION) -> None:
    """Bring the file at `path` to revision `to`, whole or not at all. Take a backup first."""
    from alembic import command

    engine = open_engine(path, key, writing=True)
    try:
        with engine.execution_options(writing=True).connect() as connection:
            # A rebuilt parent table must not take its children along; the pragma works outside a transaction only.
            driver = connection.connection.driver_connection
            assert driver is not None
            driver.execute("PRAGMA foreign_keys = OFF")
            with connection.begin():
                command.upgrade(config_for(connection, folder), f"{to:04d}")
                # They were off, so nothing has looked; inside the transaction, so that a fault undoes it all.
                if broken := connection.exec_driver_sql("PRAGMA foreign_key_check").fetchall():
                    raise RuntimeError(f"the migration left {len(broken)} rows that point nowhere")
                connection.exec_driver_sql(f"PRAGMA user_version = {to}")
    finally:
        engine.dispose()
