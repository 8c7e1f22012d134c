"""A backup: one encrypted file with the database, its keys and what it should hold, opened and checked when made."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import IO, Any

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.json_text import parse_json
from rop_facilitator.paths import flush_folder, write_file
from rop_facilitator.records.database import Database
from rop_facilitator.records.deletions import UNREADABLE
from rop_facilitator.records.engine import check_file, connect, friendly_errors
from rop_facilitator.records.location import refuse_live_folder
from rop_facilitator.records.models import SCHEMA_VERSION, Base
from rop_facilitator.records.vault import (
    KeysLostError,
    keys_path,
    mark_of,
    new_vault,
    read_vault,
    vault_from,
    vaults_beside,
)

SUFFIX = ".rop-backup"
DAYS_DAILY = 14
DAYS_WEEKLY = 56
# No backup outlives this while newer ones exist, so that a person who is deleted for good is soon gone here too.
LIFETIME = timedelta(days=90)
_FORMAT = 1
_RECORDS, _KEYS, _MANIFEST = "records.rop", "records.rop.keys", "manifest.json"
_CHUNK = 1 << 20


class DamagedBackupError(UserError):
    """The backup is not whole; nothing was restored."""


@dataclass(frozen=True)
class BackupInfo:
    """What a backup says about itself; `rows` counts each table, `mark` tells one database's key from another's."""

    at: datetime
    schema: int
    mark: str
    rows: Mapping[str, int]
    records_hash: str
    keys_hash: str


def backup_folder(path: Path) -> Path:
    """Where backups of a database go unless the leader chose another folder."""
    return path.parent / "backups"


def backup(database: Database, target: Path, *, at: datetime | None = None) -> BackupInfo:
    """Write a checked backup of everything committed to `target`; an older file there goes only when this one is whole.

    Raises UserError when it cannot be written or does not pass its check; then what was there is untouched.
    """
    with friendly_errors():
        target.parent.mkdir(parents=True, exist_ok=True)
        moment = at or database.clock()
        info = _write(database.path, database.key, database.keys_file, target, schema=SCHEMA_VERSION, at=moment)
    if database.writable:
        database.record("backup taken", by=database.leader_id, at=moment)
    return info


def automatic_backup(database: Database, folder: Path, *, at: datetime | None = None) -> Path:
    """A backup into `folder`, named by the moment; then those that are due to go are deleted. Returns the new file."""
    moment = at or database.clock()
    target = folder / _name(database.path, moment)
    backup(database, target, at=moment)
    with friendly_errors():
        mine = {info.at: file for file, info in backups_in(folder, database.key_mark)}
        for old in mine.keys() - to_keep(mine, at=moment):
            mine[old].unlink(missing_ok=True)
    return target


def back_up_before_migrating(path: Path, key: bytes, *, version: int, at: datetime) -> Path:
    """A backup of an older program's file, before its tables are changed."""
    try:
        keys = read_vault(path).to_bytes()
    except KeysLostError:
        keys = new_vault(key).to_bytes()
    target = backup_folder(path) / _name(path, at)
    target.parent.mkdir(parents=True, exist_ok=True)
    _write(path, key, keys, target, schema=version, at=at)
    return target


def to_keep(moments: Iterable[datetime], *, at: datetime) -> set[datetime]:
    """Which backups stay: the newest, one a day for 14 days, one a week for 8 weeks, one a month for 90 days.

    One that lies ahead of the clock stays: a clock that was set back must not cost a backup.
    """
    newest_of: dict[object, datetime] = {}
    ordered = sorted(moments)
    for moment in ordered:
        age = at - moment
        week, month = moment.isocalendar()[:2], (moment.year, moment.month)
        if age < timedelta(0):
            newest_of[moment] = moment
        if age < timedelta(days=DAYS_DAILY):
            newest_of["day", moment.date()] = moment
        if age < timedelta(days=DAYS_WEEKLY):
            newest_of["week", week] = moment
        if age < LIFETIME:
            newest_of["month", month] = moment
    return {*newest_of.values(), *ordered[-1:]}


def read_backup(file: Path) -> BackupInfo:
    """What a backup says about itself, without a key. Raises DamagedBackupError, or UserError for a newer program's."""
    with friendly_errors():
        return _info(file)


def backups_in(folder: Path, mark: str) -> list[tuple[Path, BackupInfo]]:
    """The backups of the database with this key mark; what cannot be read is not ours."""
    return [(file, info) for file in folder.glob("*" + SUFFIX) if (info := _mine(file, mark))]


def restore(file: Path, target: Path) -> BackupInfo:
    """Make the database at `target` from a backup; both passphrases and recovery code of that time open it.

    Who was deleted for good since then is still in it: unlocking deletes them again, by the lists that are gathered
    here from the backups beside this one and beside the target. Raises UserError: something is there already (it is
    never overwritten), the backup is damaged or too new, the folder is shared or synchronised.
    """
    refuse_live_folder(target.parent)
    with friendly_errors():
        info = _info(file)
        if info.schema > SCHEMA_VERSION:
            raise UserError(_("This backup was made by a newer program. Install the newer program, then restore."))
        if target.exists() or keys_path(target).exists():
            raise UserError(
                _("There are records at {name} already. Restore under another name, then compare.").format(
                    name=target.name
                )
            )
        target.parent.mkdir(parents=True, exist_ok=True)
        part = target.with_name(target.name + ".part")
        try:
            with _reading(file) as packed:
                _unpack(packed, _RECORDS, part, info.records_hash)
                keys = _small(packed, _KEYS, info.keys_hash)
            write_file(keys_path(target), _with_later_deletions(keys, info.mark, file, target))
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            if not target.exists():
                keys_path(target).unlink(missing_ok=True)
            raise
        flush_folder(target.parent)
    return info


# -- the file


def _name(path: Path, at: datetime) -> str:
    return f"{path.stem}-{at:%Y%m%d-%H%M%S}{SUFFIX}"


def _write(path: Path, key: bytes, keys: bytes, target: Path, *, schema: int, at: datetime) -> BackupInfo:
    part = target.with_name(target.name + ".part")
    # SQLite writes its copy on a local disk: the target may be a network drive. The copy is encrypted as well.
    with tempfile.TemporaryDirectory(prefix="rop-backup-") as place:
        copy = Path(place) / _RECORDS
        rows = _copy(path, key, copy)
        info = BackupInfo(at.replace(tzinfo=None), schema, mark_of(key), rows, _hash(copy), _digest(keys))
        try:
            _pack(part, copy, keys, info)
            _verify(part, key, Path(place) / "check.rop")
            part.replace(target)
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    flush_folder(target.parent)
    return info


def _copy(path: Path, key: bytes, copy: Path) -> dict[str, int]:
    """Copy one moment of the database with SQLite's own means, under the same key; returns the rows of each table."""
    copy.touch(mode=0o600)
    source, target = connect(path, key, writing=False), connect(copy, key, writing=True)
    try:
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
    known = sorted(names & set(Base.metadata.tables))
    return {name: handle.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in known}


def _pack(part: Path, copy: Path, keys: bytes, info: BackupInfo) -> None:
    manifest = {
        "format": _FORMAT,
        "at": info.at.isoformat(timespec="microseconds"),
        "schema": info.schema,
        "mark": info.mark,
        "rows": dict(info.rows),
        "records_hash": info.records_hash,
        "keys_hash": info.keys_hash,
    }
    with part.open("wb") as file:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:
            packed.write(copy, _RECORDS)
            packed.writestr(_KEYS, keys)
            packed.writestr(_MANIFEST, json.dumps(manifest, indent=1))
        file.flush()
        os.fsync(file.fileno())


def _verify(part: Path, key: bytes, check: Path) -> None:
    """Open what was written with its key, check every page and count the rows: a backup that cannot be read is none."""
    info = _info(part)
    with _reading(part) as packed:
        _unpack(packed, _RECORDS, check, info.records_hash)
        vault = vault_from(_small(packed, _KEYS, info.keys_hash), name=_KEYS)
    handle = connect(check, key, writing=False)
    try:
        check_file(handle)
        if _rows(handle) != info.rows or not vault.fits(key):
            raise DamagedBackupError(
                _("The backup did not pass its check. Take it again, in another folder if it repeats.")
            )
    finally:
        handle.close()


def _mine(file: Path, mark: str) -> BackupInfo | None:
    """The backup's own words if it is of this database; a file that cannot be read is not ours to take away."""
    try:
        info = _info(file)
    except (UserError, OSError):
        return None
    return info if info.mark == mark else None


def _with_later_deletions(keys: bytes, mark: str, file: Path, target: Path) -> bytes:
    """The key file of a backup with the lists of deletions that newer backups of the same records brought along."""
    lists = [UNREADABLE for other in vaults_beside(target) if other is None]
    here, there = file.parent, backup_folder(target)
    for other in {*here.glob("*" + file.suffix), *here.glob("*" + SUFFIX), *there.glob("*" + SUFFIX)}:
        with suppress(UserError, OSError):
            if info := _mine(other, mark):
                with _reading(other) as packed:
                    lists += vault_from(_small(packed, _KEYS, info.keys_hash), name=_KEYS).deletions
    return vault_from(keys, name=_KEYS).with_deletions(lists).to_bytes()


def _reading(file: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _damaged(file.name) from None


def _damaged(name: str) -> DamagedBackupError:
    return DamagedBackupError(
        _("The backup {name} is damaged, so nothing was restored. Choose another backup.").format(name=name)
    )


def _info(file: Path) -> BackupInfo:
    try:
        with _reading(file) as packed:
            found = parse_json(_small(packed, _MANIFEST, None))
        if found["format"] > _FORMAT:
            raise UserError(_("This backup was made by a newer program. Install the newer program, then restore."))
        return BackupInfo(
            datetime.fromisoformat(found["at"]),
            int(found["schema"]),
            str(found["mark"]),
            {str(name): int(count) for name, count in found["rows"].items()},
            str(found["records_hash"]),
            str(found["keys_hash"]),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _damaged(file.name) from None


def _small(packed: zipfile.ZipFile, name: str, expected: str | None) -> bytes:
    """A small member, whole. Raises DamagedBackupError when it is missing, huge or not what was packed."""
    data = b"".join(_chunks(packed, name, limit=_CHUNK))
    if expected is not None and _digest(data) != expected:
        raise _damaged(Path(packed.filename or "").name)
    return data


def _unpack(packed: zipfile.ZipFile, name: str, target: Path, expected: str) -> None:
    """Write a member to `target` and flush it. Raises DamagedBackupError when it is not what was packed."""
    digest = hashlib.sha256()
    with target.open("wb") as file:
        for chunk in _chunks(packed, name, limit=None):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != expected:
        raise _damaged(Path(packed.filename or "").name)


def _chunks(packed: zipfile.ZipFile, name: str, *, limit: int | None) -> Iterable[bytes]:
    try:
        member = packed.getinfo(name)
        # We never compress: a member that is larger inside than outside was not made by us.
        if member.compress_type != zipfile.ZIP_STORED or (limit is not None and member.file_size > limit):
            raise _damaged(Path(packed.filename or "").name)
        with packed.open(member) as source:
            yield from iter(lambda: source.read(_CHUNK), b"")
    except (zipfile.BadZipFile, KeyError, EOFError, RuntimeError, NotImplementedError, ValueError):
        raise _damaged(Path(packed.filename or "").name) from None
    except OSError as error:
        if error.errno != errno.EINVAL:
            raise
        raise _damaged(Path(packed.filename or "").name) from None  # it says that it begins before the file does


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        _feed(digest.update, file)
    return digest.hexdigest()


def _feed(update: Any, file: IO[bytes]) -> None:
    for chunk in iter(lambda: file.read(_CHUNK), b""):
        update(chunk)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()
