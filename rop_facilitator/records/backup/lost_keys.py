"""Records that are whole while the keys beside them are gone, damaged or another's: a backup has them as well."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.records.backup.backup_file import vault_in
from rop_facilitator.records.backup.backup_list import FoundBackup, mark_beside
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.storage.credentials import Secret
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.engine import friendly_errors
from rop_facilitator.records.storage.opening import open_with_key, unlock_with_code
from rop_facilitator.records.storage.records_file import Clock, ForeignKeysError, must_exist, vault_for_code
from rop_facilitator.records.storage.vault import (
    DEFAULT,
    KeysFault,
    KeysLostError,
    Vault,
    WrongPassphraseError,
    keys_path,
    parse_recovery_code,
)

_MOST = 12  # different sets of keys: each costs a second or so to try


@dataclass(frozen=True)
class SpareKeys:
    """Keys that lie in a backup."""

    backup: FoundBackup
    vault: Vault


def spare_keys(backups: Iterable[FoundBackup]) -> list[SpareKeys]:
    """The different keys in these backups, of whatever records, in the order given: newest first.

    Which records they are of only shows with a passphrase. Each brings the deletions that newer backups know of.
    """
    spares: list[SpareKeys] = []
    for backup in backups:
        with suppress(UserError, OSError):
            vault = vault_in(backup.file)
            # Each set of keys once: most backups of a year hold the same.
            if vault.slots and all(spare.vault.slots != vault.slots for spare in spares):
                newer = (
                    deletion for spare in spares if spare.vault.mark == vault.mark for deletion in spare.vault.deletions
                )
                spares.append(SpareKeys(backup, vault.with_deletions(newer)))
    return spares[:_MOST]


def unlock_with_spare_keys(
    path: Path, secret: Secret, spares: Iterable[SpareKeys], *, clock: Clock, for_writing: bool = True
) -> Database:
    """The database, opened by keys out of a backup, which are put beside it again; the records stay as they are.

    What lay in their place gets another name. Raises WrongPassphraseError where no backup knows the passphrase,
    KeysLostError where none is of these records, DamagedError where the records are not whole either.
    """
    path = must_exist(path)
    spares = _fitting(spares, secret)
    if not spares and not secret.code:
        raise KeysLostError(
            _("No backup that was found holds keys. Open {name} with the recovery code.").format(name=path.name)
        )
    foreign = False
    for spare in spares:
        try:
            database = _unlock(path, secret, spare.vault, clock=clock, for_writing=for_writing)
        except WrongPassphraseError:
            continue
        except ForeignKeysError:
            foreign = True
            continue
        try:
            database.keys_from, database.keys_fault = spare.backup.info.at, _fault_of(path)
            if database.writable:
                # Without this the next start would ask again; the passphrases are from then on those of that day.
                database.save_keys()
                database.log_event(Action.KEYS_FETCHED, by=database.leader_id)
        except BaseException:
            database.close()
            raise
        return database
    if secret.code:
        return unlock_with_code(path, secret.code, clock=clock, for_writing=for_writing)
    if foreign:
        raise KeysLostError(
            _(
                "The keys in the backups that were found belong to other records. Open {name} with the recovery code, "
                "or plug in the stick with its own backups."
            ).format(name=path.name)
        )
    raise WrongPassphraseError(
        _(
            "Wrong passphrase. Type the one that you had when the backup of {name} was taken; the recovery code opens "
            "it too."
        ).format(name=path.name)
    )


def keys_words(database: Database) -> str:
    """What became of the keys, for whoever opened the records; empty where they lay beside them."""
    from rop_facilitator.i18n import clock, long_date

    if database.keys_from is None:
        return ""
    words = {
        KeysFault.MISSING: _(
            "The key file {name} was missing and has been fetched from the backup of {day} {time}. The records are as "
            "they were. The passphrases are those of that day."
        ),
        KeysFault.DAMAGED: _(
            "The key file {name} was damaged, so the keys are now those in the backup of {day} {time}. The records are "
            "as they were. The passphrases are those of that day."
        ),
        KeysFault.FOREIGN: _(
            "The key file {name} belonged to other records, so the keys are now those in the backup of {day} {time}. "
            "The records are as they were. The passphrases are those of that day."
        ),
    }[database.keys_fault]
    at = database.keys_from
    return words.format(name=keys_path(database.path).name, day=long_date(at.date()), time=clock(at.time()))


def _fault_of(path: Path) -> KeysFault:
    if not keys_path(path).exists():
        return KeysFault.MISSING
    return KeysFault.DAMAGED if mark_beside(path) is None else KeysFault.FOREIGN


def _fitting(spares: Iterable[SpareKeys], secret: Secret) -> list[SpareKeys]:
    """Those that may be meant: the recovery code tells its own at once."""
    if not secret.code:
        return list(spares)
    key = parse_recovery_code(secret.code)
    return [spare for spare in spares if spare.vault.fits(key)]


def _unlock(path: Path, secret: Secret, vault: Vault, *, clock: Clock, for_writing: bool) -> Database:
    leader: str | None = None
    with friendly_errors():
        if secret.code:
            key = parse_recovery_code(secret.code)
            vault_for_code(path, key)  # a code of other records is told as such
        else:
            leader, key = vault.open(None, secret.passphrase)
        return open_with_key(path, key, vault, leader=leader, clock=clock, for_writing=for_writing, cost=DEFAULT)
