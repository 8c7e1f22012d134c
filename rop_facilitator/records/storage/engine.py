"""The connection: SQLCipher under SQLAlchemy, with settings that lose no acknowledged mark, and errors in words."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import QueuePool, StaticPool
from sqlcipher3 import dbapi2

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.private_files import PARTS

BUSY_SECONDS = 5
_FULL = (errno.ENOSPC, errno.EFBIG, errno.EDQUOT)
_SENTENCES = {
    "file is not a database": "SQLITE_NOTADB",
    "disk image is malformed": "SQLITE_CORRUPT",
    "disk is full": "SQLITE_FULL",
    "readonly database": "SQLITE_READONLY",
    "unable to open database file": "SQLITE_CANTOPEN",
    "is locked": "SQLITE_BUSY",
    "disk I/O error": "SQLITE_IOERR",
}
_FORBIDDEN = (errno.EACCES, errno.EPERM, errno.EROFS)
# Read back after setting: a pragma that did not take says nothing by itself.
_SETTINGS = {
    "journal_mode": ("TRUNCATE", "truncate"),
    "synchronous": ("FULL", 2),
    "foreign_keys": ("ON", 1),
    "secure_delete": ("ON", 1),
    "temp_store": ("MEMORY", 2),
}


class NoAccessError(UserError):
    """The account may not write where the records lie."""


class DamagedError(UserError):
    """The file is damaged or does not belong to this key; the message says where to turn."""


def connect(path: Path, key: bytes, *, writing: bool) -> Any:
    """A bare driver connection with the key given and the settings checked; without `writing` it cannot change a row.

    A reader may still roll back what a killed writer left half done, so the file is opened read-only only where
    the system allows nothing else.
    """
    solid = not writing and not (os.access(path, os.W_OK) and os.access(path.parent, os.W_OK))
    handle = dbapi2.connect(
        f"{path.absolute().as_uri()}?mode={'ro' if solid else 'rw'}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        check_same_thread=False,
    )
    try:
        _give_key(handle, key)
        for name, (wanted, expected) in _SETTINGS.items():
            if solid and name == "journal_mode":
                continue
            handle.execute(f"PRAGMA {name} = {wanted}").fetchall()
            if (got := handle.execute(f"PRAGMA {name}").fetchone()[0]) != expected:
                raise RuntimeError(f"PRAGMA {name} is {got!r}, not {expected!r}")
        if not writing:
            handle.execute("PRAGMA query_only = ON")
    except BaseException:
        handle.close()
        raise
    return handle


def _give_key(handle: Any, key: bytes) -> None:
    # SQLCipher writes a log of its own to stderr, also where the fault is a mistyped passphrase.
    handle.execute("PRAGMA cipher_log_level = NONE")
    handle.execute(f"PRAGMA key = \"x'{key.hex()}'\"")


def open_engine(path: Path, key: bytes, *, writing: bool) -> Engine:
    """An engine whose transactions begin when SQLAlchemy says so; connections marked `writing` begin as writers."""
    engine = create_engine(
        "sqlite://", module=dbapi2, creator=lambda: connect(path, key, writing=writing), poolclass=QueuePool
    )
    _begin_when_told(engine)
    return engine


def copy_engine(path: Path, key: bytes) -> Engine:
    """An engine on a copy of this moment that is in memory only: what is done there never reaches the file."""
    copy = dbapi2.connect(":memory:", isolation_level=None, check_same_thread=False)
    source = connect(path, key, writing=False)
    try:
        _give_key(copy, key)  # SQLCipher copies into a database without a key from one without a key only
        copy.execute("PRAGMA foreign_keys = ON")
        source.backup(copy)
    except BaseException:
        copy.close()
        raise
    finally:
        source.close()
    engine = create_engine("sqlite://", module=dbapi2, creator=lambda: copy, poolclass=StaticPool)
    _begin_when_told(engine)
    return engine


def _begin_when_told(engine: Engine) -> None:
    @event.listens_for(engine, "begin")
    def _begin(connection: Connection) -> None:
        # The driver begins nothing (isolation_level None), else DDL survives a rollback. IMMEDIATE: a reader that
        # turns into a writer halfway could be refused halfway.
        writer = connection.get_execution_options().get("writing", False)
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("BEGIN IMMEDIATE" if writer else "BEGIN")


def check_file(handle: Any, path: Path | None = None) -> None:
    """Raise DamagedError unless every page of an open database carries a true seal. About 3 ms a megabyte.

    `path` is the file that the leader knows; None where it is a copy of our own.
    """
    # The read first: it opens the file, and rolls back what a killed writer left.
    handle.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if handle.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
        raise DamagedError(_damaged(path))


def _damaged(path: Path | None) -> str:
    if path is None:
        return _("The file with the records is damaged. Keep it, and restore the newest backup that is whole.")
    return _("{name} is damaged. Keep the file, and restore the newest backup that is whole.").format(name=path.name)


def _kind_of(error: BaseException) -> str:
    """SQLite's name of a fault; its way to copy a database, and older drivers, give only the sentence."""
    kind = getattr(error, "sqlite_errorname", "") or ""
    if kind or not isinstance(error, dbapi2.Error):
        return kind
    return next((name for sentence, name in _SENTENCES.items() if sentence in str(error)), "")


def _in_words(error: BaseException, path: Path | None) -> UserError | None:
    """A fault of the disk or the file as a sentence; None for what is our own mistake."""
    kind = _kind_of(error)
    number = error.errno if isinstance(error, OSError) else None
    if kind.startswith(("SQLITE_NOTADB", "SQLITE_CORRUPT")):
        return DamagedError(_damaged(path))
    if kind.startswith("SQLITE_FULL") or number in _FULL:
        return UserError(
            _("The disk is full, so this was not saved. Make room and try again; all from before is kept.")
        )
    if kind.startswith(("SQLITE_READONLY", "SQLITE_CANTOPEN", "SQLITE_PERM")) or number in _FORBIDDEN:
        return NoAccessError(
            _(
                "This account may not write here, so nothing was changed. Open to read only, or move the records to "
                "a folder of your own."
            )
        )
    if kind.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return UserError(_("Another program holds the file just now. Wait a moment and try again; nothing is lost."))
    if isinstance(error, FileNotFoundError | FileExistsError | IsADirectoryError | NotADirectoryError):
        place = Path(str(error.filename or ""))
        name = (place.parent if place.name.startswith(PARTS) else place).name  # our own parts tell nobody anything
        return UserError(_("{name} is not what was looked for. Check the folder and the name.").format(name=name))
    if number == errno.ENAMETOOLONG:
        return UserError(_("The name of the file does not work on this disk. Choose a shorter one."))
    if kind.startswith("SQLITE_IOERR") or number is not None:
        return UserError(
            _("The disk did not answer as it should, so this was not saved. Try again, and take a backup.")
        )
    return None


@contextmanager
def friendly_errors(path: Path | None = None) -> Iterator[None]:
    """Turn faults of disk and file into a UserError in words; our own mistakes pass as they are.

    `path` are the records that are read or written: they are named where they turn out damaged.
    """
    try:
        yield
    except DBAPIError as error:
        if error.orig is not None and (said := _in_words(error.orig, path)):
            raise said from error
        raise
    except (dbapi2.Error, OSError) as error:
        if said := _in_words(error, path):
            raise said from error
        raise
