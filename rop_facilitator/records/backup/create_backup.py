"""A backup: one encrypted file with the database, its keys and what it should hold, opened and checked when made."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from rop_facilitator.i18n import _
from rop_facilitator.overwrite_guard import refuse_closed_folder, refuse_over_records
from rop_facilitator.paths import BACKUP_ENDINGS
from rop_facilitator.private_files import flush_folder, make_private_folder, mend_rights, parts_beside
from rop_facilitator.records.backup.backup_file import (
    KEYS,
    RECORDS,
    digest_of,
    hash_of,
    open_zip,
    pack,
    read_manifest,
    read_small,
    unpack,
)
from rop_facilitator.records.backup.backup_file import BackupInfo as BackupInfo
from rop_facilitator.records.backup.backup_file import DamagedBackupError as DamagedBackupError
from rop_facilitator.records.backup.backup_list import backup_folder, backups_in
from rop_facilitator.records.backup.backup_retention import LIFETIME as LIFETIME
from rop_facilitator.records.backup.backup_retention import to_keep as to_keep
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import SCHEMA_VERSION, Base
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.engine import check_file, connect, friendly_errors
from rop_facilitator.records.storage.location import facts_about, objection
from rop_facilitator.records.storage.vault import (
    KeysLostError,
    mark_of,
    new_vault,
    read_vault,
    vault_from,
)

SUFFIX = BACKUP_ENDINGS[0]


def backup(database: Database, target: Path, *, at: datetime | None = None, number: int = 0) -> BackupInfo:
    """Write a checked backup of everything committed to `target`; an older file there goes only when this one is whole.

    Raises RefusedError where records or keys lie there, UserError when it cannot be written or does not pass its
    check; then what was there is untouched.
    """
    refuse_over_records(target, database.path)
    refuse_closed_folder(target)
    with friendly_errors():
        database.identity.check()
        make_private_folder(target.parent)
        moment = at or database.clock()
        info = BackupInfo(moment.replace(tzinfo=None), SCHEMA_VERSION, database.key_mark, {}, "", "", number)
        info = _write(database.path, database.key, database.keys_file, target, info)
    if database.writable:
        database.log_event(Action.BACKUP_TAKEN, by=database.leader_id, at=moment)
    return info


def automatic_backup(database: Database, folder: Path, *, at: datetime | None = None) -> Path:
    """A backup into `folder`, named by the moment; then those that are due to go are deleted. Returns the new file.

    What ends as only a leader would write it stays: it was not made by the clock.
    """
    moment = at or database.clock()
    with friendly_errors():
        if folder == backup_folder(database.path):
            mend_rights(folder)
        before = _our_own(folder, database.key_mark)
        target = _free_name(folder, database.path, moment, {file for file, _info in before})
        backup(database, target, at=moment, number=_next_number(before))
        # Only after the new one is whole: a backup that fails must not cost an old one.
        mine = {info.at: file for file, info in _in_order(_our_own(folder, database.key_mark))}
        for old in mine.keys() - to_keep(list(mine), at=moment.replace(tzinfo=None)):
            mine[old].unlink(missing_ok=True)
    return target


def back_up_before_migrating(path: Path, key: bytes, *, version: int, at: datetime) -> Path:
    """A backup of an older program's file, before its tables are changed."""
    try:
        keys = read_vault(path).to_bytes()
    except KeysLostError:
        # No keys lie beside it: it was opened by the code, and so is this copy. Keys without a slot make it a backup.
        keys = new_vault(key).to_bytes()
    folder, mark = backup_folder(path), mark_of(key)
    make_private_folder(folder)
    before = _our_own(folder, mark)
    target = _free_name(folder, path, at, {file for file, _info in before})
    info = BackupInfo(at.replace(tzinfo=None), version, mark, {}, "", "", _next_number(before))
    _write(path, key, keys, target, info)
    return target


# -- the file


def _free_name(folder: Path, path: Path, at: datetime, mine: set[Path]) -> Path:
    """Named by the moment. Another database's backup of that second keeps its name; our own gives way."""
    stem = f"{path.stem}-{at:%Y%m%d-%H%M%S}"
    names = (folder / f"{stem}{more}{SUFFIX}" for more in ("", *(f"-{n}" for n in range(2, 100))))
    return next((name for name in names if name in mine or not name.exists()), folder / f"{stem}{SUFFIX}")


def _our_own(folder: Path, mark: str) -> list[tuple[Path, BackupInfo]]:
    return [(file, info) for file, info in backups_in(folder, mark) if file.suffix == SUFFIX]


def _next_number(before: Iterable[tuple[Path, BackupInfo]]) -> int:
    return 1 + max((info.number for _file, info in before), default=0)


def _in_order(backups: Iterable[tuple[Path, BackupInfo]]) -> list[tuple[Path, BackupInfo]]:
    """In the order in which they were taken."""
    return sorted(backups, key=lambda each: (each[1].number, each[1].at))


@contextmanager
def _place_for_copies(path: Path, target: Path) -> Iterator[Path]:
    """A private folder on a local disk, where SQLite may write: beside the target, or else beside the records."""
    # SQLite needs locks that hold: a share or a synchronised folder gets only the finished file.
    local = objection(facts_about(target.parent)) is None or not os.access(path.parent, os.W_OK)
    with parts_beside(target if local else path) as place:
        yield place


def _write(path: Path, key: bytes, keys: bytes, target: Path, info: BackupInfo) -> BackupInfo:
    """Copy, pack, check, and only then take the name; `info` says what is known before."""
    with _place_for_copies(path, target) as place, parts_beside(target) as parts:
        copy, part = place / RECORDS, parts / target.name
        rows = _copy(path, key, copy)
        info = replace(info, rows=rows, records_hash=hash_of(copy), keys_hash=digest_of(keys))
        pack(part, copy, keys, info)
        # On what was packed, not on the copy: a disk that writes badly is found now, not on the day of need.
        _verify(part, key, place / "check.rop")
        part.replace(target)
    flush_folder(target.parent)
    return info


def _copy(path: Path, key: bytes, copy: Path) -> dict[str, int]:
    """Copy one moment of the database with SQLite's own means, under the same key; returns the rows of each table."""
    copy.touch(mode=0o600)
    source, target = connect(path, key, writing=False), connect(copy, key, writing=True)
    try:
        # One moment for both: rows that are counted while somebody marks would not be those that are copied.
        source.execute("BEGIN")
        rows = _rows(source)
        source.backup(target)
        source.execute("COMMIT")
    finally:
        source.close()
        target.close()
    return rows


def _rows(handle: Any) -> dict[str, int]:
    """How many rows each table has that this file knows."""
    names = {name for (name,) in handle.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    # The file may be older than the program, before a migration, and lack tables.
    known = sorted(names & set(Base.metadata.tables))
    return {name: handle.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in known}


def _verify(part: Path, key: bytes, check: Path) -> None:
    """Open what was written with its key, check every page and count the rows: a backup that cannot be read is none."""
    info = read_manifest(part)
    with open_zip(part) as packed:
        unpack(packed, RECORDS, check, info.records_hash)
        vault = vault_from(read_small(packed, KEYS, info.keys_hash), name=KEYS)
    handle = connect(check, key, writing=False)
    try:
        check_file(handle)
        if _rows(handle) != info.rows or not vault.fits(key):
            raise DamagedBackupError(
                _("The backup did not pass its check. Take it again, in another folder if it repeats.")
            )
    finally:
        handle.close()
