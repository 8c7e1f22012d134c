"""Back from the worst: which backups there are, whether they are whole, and one of them put in place and opened."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.overwrite_guard import records_at, refuse_closed_folder
from rop_facilitator.private_files import flush_folder, make_private_folder, mend_rights
from rop_facilitator.records.backup.backup_file import BackupInfo, look_through, read_manifest, vault_in
from rop_facilitator.records.backup.create_backup import (
    backup_folder,
    check_with_key,
    files_called_backups,
    put_in_place,
    unpacked,
)
from rop_facilitator.records.erasure.deletion_list import UNREADABLE
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Leader
from rop_facilitator.records.storage.credentials import Secret
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.engine import friendly_errors
from rop_facilitator.records.storage.location import refuse_live_folder
from rop_facilitator.records.storage.opening import unlock_database, unlock_with_code
from rop_facilitator.records.storage.records_file import Clock
from rop_facilitator.records.storage.vault import (
    KeysLostError,
    Vault,
    WrongPassphraseError,
    keys_path,
    parse_recovery_code,
    read_vault,
    vault_from,
)
from rop_facilitator.records.storage.writer_lock import WriterLock

_STEM = "groups"
_MOST_FILES = 2000  # a stick with a life on it: what lies beyond is found by hand


@dataclass(frozen=True)
class FoundBackup:
    """A backup that was found, with what it says about itself."""

    file: Path
    info: BackupInfo


@dataclass(frozen=True)
class Restored:
    """Records that were put in place from a backup of `at`, unlocked; `kept` is where those from before lie now."""

    database: Database
    at: datetime
    kept: Path | None


def find_backups(folders: Iterable[Path], *, mark: str | None = None) -> list[FoundBackup]:
    """The backups in these folders and right below them, newest first; with `mark` those of one database only.

    What cannot be read as a backup is left out, and so is a second file of the same moment in the same folder.
    """
    backups: dict[Path, FoundBackup] = {}
    for folder in folders:
        for file in _files(folder):
            with suppress(UserError, OSError):
                info = read_manifest(file)
                if mark is None or info.mark == mark:
                    backups.setdefault(file.resolve(), FoundBackup(file, info))
    return sorted(backups.values(), key=lambda backup: (backup.info.at, backup.info.number), reverse=True)


def is_whole(file: Path) -> bool:
    """Whether every byte of a backup is as it was packed; this needs no key."""
    try:
        look_through(file)
    except UserError:
        return False
    return True


def contents(info: BackupInfo) -> str:
    """Groups, people and meetings in a backup, in numbers."""
    groups, people, meetings = (info.rows.get(table, 0) for table in ("group", "participant", "meeting"))
    return " · ".join(
        (
            ngettext("{n} group", "{n} groups", groups).format(n=groups),
            ngettext("{n} person", "{n} people", people).format(n=people),
            ngettext("{n} meeting", "{n} meetings", meetings).format(n=meetings),
        )
    )


def mark_beside(path: Path) -> str | None:
    """The mark of the keys beside records; None where they are gone or damaged."""
    with suppress(UserError, OSError):
        return read_vault(path).mark
    return None


def place_for(info: BackupInfo, current: Path | None, folder: Path) -> Path:
    """Where a backup goes: over its own records, which are kept beside, or under a name that is free in `folder`."""
    if current is not None and (current.exists() or keys_path(current).exists()):
        # Keys that are gone or damaged tell nothing against it; what lies there is kept beside in any case.
        if mark_beside(current) in (None, info.mark):
            return current
        folder = current.parent
    names = (folder / f"{_STEM}{'' if n == 1 else f'-{n}'}.rop" for n in count(1))
    return next(name for name in names if not name.exists() and not keys_path(name).exists())


def key_for(file: Path, secret: Secret) -> bytes:
    """The data key of a backup. Raises WrongPassphraseError, or UserError for a wrong code or a damaged backup."""
    return _open_keys(vault_in(file), None, secret)[1]


def restore_and_open(file: Path, target: Path, secret: Secret, *, clock: Clock) -> Restored:
    """Put a backup in place of `target`, unlock it and note that in its log; what lay there is kept beside.

    Nothing is touched before the backup has been opened with the secret and every page of it has been looked at.
    Raises WrongPassphraseError, DamagedBackupError, InUseError or another UserError that says what to do.
    """
    target = records_at(target)
    refuse_live_folder(target.parent)
    with friendly_errors():
        # Someone may have changed passphrase since the backup: that one opens it too, and stays.
        newer = _keys_of(target)
        leader, key, by_newer = _open_keys(vault_in(file), newer, secret)
        refuse_closed_folder(target)
        make_private_folder(target.parent)
        lock = WriterLock(target, leader or "", at=clock())
        try:
            with unpacked(file, target) as (part, info, keys):
                # Before the records at the target are touched: a damaged backup leaves them as they were.
                check_with_key(part, key, file)
                kept = _keep_beside(target, at=clock())
                put_in_place(part, _keys_to_write(keys, newer if by_newer else None, target), target)
        finally:
            lock.release()
    return Restored(_open(target, secret, leader, clock=clock), info.at, kept)


def _open(target: Path, secret: Secret, leader: str | None, *, clock: Clock) -> Database:
    if secret.code:
        database = unlock_with_code(target, secret.code, clock=clock)
    else:
        database = unlock_database(target, leader, secret.passphrase, clock=clock)
    try:
        if database.leader_id is None and leader is not None:  # who came after the backup was taken
            with database.write(Action.LEADER_ADDED, by=None) as db:
                row = Leader(name=leader)
                db.add(row)
            database.leader_id = row.id
        database.log_event(Action.BACKUP_RESTORED, by=database.leader_id)
    except BaseException:
        database.close()
        raise
    return database


def _open_keys(vault: Vault, newer: Vault | None, secret: Secret) -> tuple[str | None, bytes, bool]:
    """The leader whom the secret names (None by code), the data key, and whether `newer`, not `vault`, knew them.

    `newer` are the keys that lie beside the records now. Raises WrongPassphraseError, UserError.
    """
    same = newer is not None and newer.mark == vault.mark
    if secret.code:
        key = parse_recovery_code(secret.code)
        if not vault.fits(key):
            raise UserError(
                _("This recovery code belongs to other records. Look for the one that was printed for these.")
            )
        return None, key, same
    if newer is not None and same:
        with suppress(WrongPassphraseError):
            return *newer.open(None, secret.passphrase), True
    return *vault.open(None, secret.passphrase), False


def _keys_to_write(keys: bytes, newer: Vault | None, target: Path) -> bytes:
    """Those of the backup, or the newer ones, and in both what either knows of deletions."""
    vault = vault_from(keys, name=keys_path(target).name)
    present = _keys_of(target)
    lists = present.deletions if present is not None and present.mark == vault.mark else ()
    if present is None and keys_path(target).exists():
        # Keys that cannot be read may have known of deletions: then the leader is told to look.
        lists = (UNREADABLE,)
    return (newer or vault).with_deletions((*vault.deletions, *lists)).to_bytes()


def _keys_of(target: Path) -> Vault | None:
    try:
        return read_vault(target)
    except KeysLostError:
        return None


def _keep_beside(target: Path, *, at: datetime) -> Path | None:
    """Give what lies at `target` a second name, with its keys and its journal; the first name stays until the end."""
    if not target.exists() and not keys_path(target).exists():
        return None
    word = _("replaced")
    stem = f"{target.stem}-{word}-{at:%Y%m%d-%H%M%S}"
    names = (target.with_name(f"{stem}{'' if n == 1 else f'-{n}'}{target.suffix}") for n in count(1))
    kept = next(name for name in names if not name.exists() and not keys_path(name).exists())
    # The records last: when they are there, so is the journal that makes them whole, and what opens them.
    for ending in ("-journal", ".keys", ""):
        source, copy = target.with_name(target.name + ending), kept.with_name(kept.name + ending)
        if source.exists():
            try:
                os.link(source, copy)
            except OSError:  # a disk that knows no second names
                shutil.copyfile(source, copy)
            mend_rights(copy)
    flush_folder(target.parent)
    return kept


def _files(folder: Path) -> list[Path]:
    """The files in a folder and in those right below it that are called like backups."""
    with suppress(OSError):
        below = [place for place in folder.iterdir() if place.is_dir() and not place.name.startswith(".")]
        return [file for place in (folder, *below[:_MOST_FILES]) for file in _called_so(place)]
    return []


def _called_so(folder: Path) -> list[Path]:
    with suppress(OSError):
        return files_called_backups(folder)[-_MOST_FILES:]
    return []


def own_folders(path: Path | None, extra: str) -> list[Path]:
    """Where the backups of these records go by themselves, and the folder that the leader chose."""
    own = [backup_folder(path)] if path is not None else []
    return [*own, *([Path(extra)] if extra else [])]
