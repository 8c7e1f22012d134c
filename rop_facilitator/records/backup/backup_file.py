"""The file of a backup: a zip without compression or dates, with records, keys and a manifest that names nobody."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import zipfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

from rop_facilitator.errors import RefusedError, UserError
from rop_facilitator.i18n import _
from rop_facilitator.json_text import parse_json
from rop_facilitator.private_files import open_private
from rop_facilitator.records.storage.engine import friendly_errors
from rop_facilitator.records.storage.vault import Vault, vault_from

_FORMAT = 1
RECORDS, KEYS, _MANIFEST = "records.rop", "records.rop.keys", "manifest.json"
_CHUNK = 1 << 20


class DamagedBackupError(UserError):
    """The backup is not whole; nothing was restored."""


@dataclass(frozen=True)
class BackupInfo:
    """What a backup says about itself; `rows` counts each table, `mark` tells one database's key from another's.

    `number` counts the backups of these records in their folder, so that their order needs no clock; 0 in older ones.
    """

    at: datetime
    schema: int
    mark: str
    rows: Mapping[str, int]
    records_hash: str
    keys_hash: str
    number: int = 0


def look_through(file: Path) -> BackupInfo:
    """Compare every byte of a backup with what was packed; this needs no key. Raises UserError, DamagedBackupError."""
    with friendly_errors():
        info = read_manifest(file)
        with open_zip(file) as packed:
            digest = hashlib.sha256()
            for chunk in _chunks(packed, RECORDS, limit=None):
                digest.update(chunk)
            if digest.hexdigest() != info.records_hash:
                raise _damaged(file.name)
            vault_from(read_small(packed, KEYS, info.keys_hash), name=KEYS)
    return info


def vault_in(file: Path) -> Vault:
    """The keys that a backup brings. Raises UserError, DamagedBackupError."""
    with friendly_errors():
        info = read_manifest(file)
        with open_zip(file) as packed:
            return vault_from(read_small(packed, KEYS, info.keys_hash), name=KEYS)


def pack(part: Path, copy: Path, keys: bytes, info: BackupInfo) -> None:
    """Write the file, flushed to disk."""
    manifest = {
        "format": _FORMAT,
        "at": info.at.isoformat(timespec="microseconds"),
        "schema": info.schema,
        "mark": info.mark,
        "rows": dict(info.rows),
        "records_hash": info.records_hash,
        "keys_hash": info.keys_hash,
        "number": info.number,
    }
    with open_private(part) as file:
        # Members without a date: a zip knows no year before 1980, and the manifest says when.
        # Stored as it is: what is encrypted does not shrink, and anybody's zip program can still take it apart.
        with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as packed:
            records = zipfile.ZipInfo(RECORDS)
            records.file_size = copy.stat().st_size
            with copy.open("rb") as source, packed.open(records, "w") as member:
                _feed(member.write, source)
            packed.writestr(zipfile.ZipInfo(KEYS), keys)
            packed.writestr(zipfile.ZipInfo(_MANIFEST), json.dumps(manifest, indent=1))
        file.flush()
        os.fsync(file.fileno())


def open_zip(file: Path) -> zipfile.ZipFile:
    """The file to read from. Raises DamagedBackupError for what is no zip, OSError."""
    try:
        return zipfile.ZipFile(file)
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise _damaged(file.name) from None


def _damaged(name: str) -> DamagedBackupError:
    return DamagedBackupError(
        _("The backup {name} is damaged, so nothing was restored. Choose another backup.").format(name=name)
    )


def read_manifest(file: Path) -> BackupInfo:
    """What the file says about itself. Raises DamagedBackupError, UserError for a newer program's, OSError."""
    if file.is_dir():
        raise RefusedError(_("{path} is a folder. Choose a backup in it.").format(path=file))
    try:
        with open_zip(file) as packed:
            manifest = parse_json(read_small(packed, _MANIFEST, None))
        if manifest["format"] > _FORMAT:
            raise UserError(_("This backup was made by a newer program. Install the newer program, then restore."))
        return BackupInfo(
            datetime.fromisoformat(manifest["at"]).replace(tzinfo=None),
            int(manifest["schema"]),
            str(manifest["mark"]),
            {str(name): int(count) for name, count in manifest["rows"].items()},
            str(manifest["records_hash"]),
            str(manifest["keys_hash"]),
            int(manifest.get("number", 0)),
        )
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
        raise _damaged(file.name) from None


def read_small(packed: zipfile.ZipFile, name: str, expected: str | None) -> bytes:
    """A small member, whole. Raises DamagedBackupError when it is missing, huge or not what was packed."""
    data = b"".join(_chunks(packed, name, limit=_CHUNK))
    if expected is not None and digest_of(data) != expected:
        raise _damaged(Path(packed.filename or "").name)
    return data


def unpack(packed: zipfile.ZipFile, name: str, target: Path, expected: str) -> None:
    """Write a member to `target` and flush it. Raises DamagedBackupError when it is not what was packed."""
    digest = hashlib.sha256()
    with open_private(target) as file:
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


def hash_of(path: Path) -> str:
    """SHA-256 of a file, as its manifest has it."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        _feed(digest.update, file)
    return digest.hexdigest()


def _feed(update: Any, file: IO[bytes]) -> None:
    for chunk in iter(lambda: file.read(_CHUNK), b""):
        update(chunk)


def digest_of(data: bytes) -> str:
    """SHA-256 of some bytes."""
    return hashlib.sha256(data).hexdigest()
