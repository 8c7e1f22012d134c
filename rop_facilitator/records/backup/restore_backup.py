"""Back from the worst: a backup unpacked, looked through, put in place and opened."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from itertools import count
from pathlib import Path

from rop_facilitator.errors import RefusedError, UserError
from rop_facilitator.i18n import _
from rop_facilitator.overwrite_guard import records_at, refuse_closed_folder
from rop_facilitator.private_files import flush_folder, make_private_folder, mend_rights, parts_beside, write_file
from rop_facilitator.records.backup.backup_file import (
    KEYS,
    RECORDS,
    BackupInfo,
    DamagedBackupError,
    open_zip,
    read_manifest,
    read_small,
    unpack,
    vault_in,
)
from rop_facilitator.records.backup.backup_list import (
    backup_folder,
    files_called_backups,
    info_of_own,
    mark_beside,
    read_backup,
)
from rop_facilitator.records.erasure.deletion_list import UNREADABLE
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import SCHEMA_VERSION, Leader
from rop_facilitator.records.storage.credentials import Secret
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.engine import DamagedError, check_file, connect, friendly_errors
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
    vaults_beside,
)
from rop_facilitator.records.storage.writer_lock import WriterLock

_STEM = "groups"


@dataclass(frozen=True)
class Restored:
    """Records that were put in place from a backup of `at`, unlocked; `kept` is where those from before lie now."""

    database: Database
    at: datetime
    kept: Path | None


def refuse_where_records_are(target: Path) -> None:
    """Raise RefusedError where records or keys lie already."""
    if target.exists() or keys_path(target).exists():
        raise RefusedError(
            _("There are records at {name} already. Restore under another name, then compare.").format(name=target.name)
        )


def restore(file: Path, target: Path, *, key: bytes | None = None) -> BackupInfo:
    """Make the database at `target` from a backup; both passphrases and recovery code of that time open it.

    Who was deleted for good since then is still in it: unlocking deletes them again, by the lists that are gathered
    here from the backups beside this one and beside the target. With `key` every page is looked at first. Raises
    UserError: something is there already (it is never overwritten), the backup is damaged or too new, the folder is
    shared or synchronised.
    """
    target = records_at(target)
    refuse_live_folder(target.parent)
    with friendly_errors():
        read_backup(file)  # what is wrong with the backup is told first
        if target.is_dir():
            raise RefusedError(_("{path} is a folder. Give the file a name.").format(path=target))
        refuse_where_records_are(target)
        refuse_closed_folder(target)
        make_private_folder(target.parent)
        with unpacked(file, target) as (part, info, keys):
            if key is not None:
                check_with_key(part, key, file)
            put_in_place(part, keys, target)
    return info


@contextmanager
def unpacked(file: Path, target: Path) -> Iterator[tuple[Path, BackupInfo, bytes]]:
    """The records of a backup in a private folder beside `target`, what it says about itself, and its keys.

    Every byte is compared with what was packed; the keys know of later deletions. Raises UserError.
    """
    info = read_manifest(file)
    if info.schema > SCHEMA_VERSION:
        raise UserError(_("This backup was made by a newer program. Install the newer program, then restore."))
    with parts_beside(target) as parts, open_zip(file) as packed:
        unpack(packed, RECORDS, parts / RECORDS, info.records_hash)
        keys = read_small(packed, KEYS, info.keys_hash)
        yield parts / RECORDS, info, _with_later_deletions(keys, info.mark, file, target)


def put_in_place(part: Path, keys: bytes, target: Path) -> None:
    """Give unpacked records and their keys their names; whatever happens on the way, nothing is half."""
    # What a killed writer left beside other records of this name would be rolled back into these.
    target.with_name(target.name + "-journal").unlink(missing_ok=True)
    try:
        write_file(keys_path(target), keys)
        part.replace(target)
    except BaseException:
        if not target.exists():
            keys_path(target).unlink(missing_ok=True)
        raise
    flush_folder(target.parent)


def check_with_key(part: Path, key: bytes, file: Path) -> None:
    """Look at every page of unpacked records. Raises DamagedBackupError that names the backup."""
    handle = None
    try:
        with friendly_errors():
            handle = connect(part, key, writing=False)
            check_file(handle)
    except DamagedError:
        raise DamagedBackupError(
            _("The backup {name} is damaged, so nothing was restored. Choose another backup.").format(name=file.name)
        ) from None
    finally:
        if handle is not None:
            handle.close()


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


def _with_later_deletions(keys: bytes, mark: str, file: Path, target: Path) -> bytes:
    """The key file of a backup with the lists of deletions that newer backups of the same records brought along."""
    lists = [UNREADABLE for other in vaults_beside(target) if other is None]
    here, there = file.parent, backup_folder(target)
    for other in {*here.glob("*" + file.suffix), *files_called_backups(here), *files_called_backups(there)}:
        with suppress(UserError, OSError):
            if info := info_of_own(other, mark):
                with open_zip(other) as packed:
                    lists += vault_from(read_small(packed, KEYS, info.keys_hash), name=KEYS).deletions
    return vault_from(keys, name=KEYS).with_deletions(lists).to_bytes()
