"""The ways into records: made, unlocked by a passphrase or the recovery code, brought up to date first."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import func, select

from rop_facilitator.errors import RefusedError, UserError
from rop_facilitator.i18n import _
from rop_facilitator.overwrite_guard import records_at
from rop_facilitator.private_files import make_private_folder, write_file
from rop_facilitator.records.calendar.service_rows import new_service
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import SCHEMA_VERSION, AuditEvent, Leader
from rop_facilitator.records.storage.database import Database, clean_leader_name
from rop_facilitator.records.storage.engine import DamagedError, check_file, connect, friendly_errors
from rop_facilitator.records.storage.location import mend_rights_of, refuse_live_folder
from rop_facilitator.records.storage.page_seals import key_fits
from rop_facilitator.records.storage.records_file import (
    Clock,
    ForeignKeysError,
    OlderFileError,
    must_exist,
    vault_for_code,
)
from rop_facilitator.records.storage.vault import (
    DEFAULT,
    KeyCost,
    Vault,
    keys_path,
    new_key,
    new_vault,
    parse_recovery_code,
    read_vault,
    recovery_code,
)
from rop_facilitator.records.storage.writer_lock import WriterLock


def check_and_migrate(path: Path, key: bytes, *, clock: Clock, for_writing: bool, by_code: bool) -> None:
    """Find damage, refuse a newer program's file untouched, bring an older one up to date after a backup.

    Raises DamagedError, ForeignKeysError where no page of the file knows the key (which came from the key file, not
    `by_code`), OlderFileError, UserError.
    """
    try:
        with friendly_errors(path):
            # By a bare connection: nothing of ours may touch a file before it is known to be whole and of this version.
            handle = connect(path, key, writing=False)
            try:
                check_file(handle, path)
                version = handle.execute("PRAGMA user_version").fetchone()[0]
            finally:
                handle.close()
    except DamagedError:
        # The driver cannot tell damage from a wrong key. A code has a checksum, so with one it is the file.
        if by_code or key_fits(path, key):
            raise
        raise ForeignKeysError(
            _(
                "The key file beside {name} belongs to other records, or all of {name} is damaged. Put the right key "
                "file back, open with the recovery code, or restore a backup."
            ).format(name=path.name)
        ) from None
    if version == SCHEMA_VERSION:
        return
    if version > SCHEMA_VERSION:
        raise UserError(
            _(
                "These records were made by a newer program (records version {theirs}; this program knows {ours}). "
                "Install the newer program. Nothing was changed."
            ).format(theirs=version, ours=SCHEMA_VERSION)
        )
    if version < 1:  # opens with our key, but no program of ours has written it to the end
        raise DamagedError(_("This file holds no records. Restore the newest backup."))
    if not for_writing:
        raise OlderFileError(
            _("These records are from an older program. Open them in the window once, then read them here.")
        )
    from rop_facilitator.records.backup.create_backup import back_up_before_migrating
    from rop_facilitator.records.migrations import upgrade

    back_up_before_migrating(path, key, version=version, at=clock())
    upgrade(path, key)


def create_database(
    path: Path, leader_name: str, passphrase: str, *, clock: Clock, cost: KeyCost = DEFAULT
) -> tuple[Database, str]:
    """A new, unlocked database and its recovery code, which is shown once and never stored.

    Raises UserError: a file is there already, the folder is shared or synchronised, the passphrase is short.
    """
    # Before anything is made: what a sync program has once seen of a file cannot be taken back.
    refuse_live_folder((path := records_at(path)).parent)
    leader_name = clean_leader_name(leader_name)
    if path.exists() or keys_path(path).exists():
        raise RefusedError(
            _("There are records at {name} already. Open them, or choose another name.").format(name=path.name)
        )
    from rop_facilitator.records.migrations import new_file

    key = new_key()
    vault = new_vault(key).with_slot(leader_name, passphrase, key, cost=cost)
    with friendly_errors():
        make_private_folder(path.parent)
        lock = WriterLock(path, leader_name, at=clock())
        try:
            new_file(path, key)
            write_file(keys_path(path), vault.to_bytes())
            database = Database(path, key, vault, clock=clock, lock=lock, cost=cost)
            with database.write(Action.RECORDS_CREATED, by=1) as db:  # the first leader's own row
                db.add_all([leader := Leader(name=leader_name), new_service()])
        except BaseException:
            # Both were made here: what lay there before was refused above.
            path.unlink(missing_ok=True)
            keys_path(path).unlink(missing_ok=True)
            lock.release()
            raise
    database.leader_id, database.leader_name = leader.id, leader_name
    database.first_event = 2
    return database, recovery_code(key)


def unlock_database(
    path: Path,
    leader_name: str | None,
    passphrase: str,
    *,
    clock: Clock,
    for_writing: bool = True,
    cost: KeyCost = DEFAULT,
) -> Database:
    """The database, opened by one leader's passphrase; None stands for the only leader whose passphrase fits.

    Raises WrongPassphraseError, KeysLostError, DamagedError, InUseError or another UserError that says what to do.
    """
    path = must_exist(path)
    with friendly_errors(path):
        vault = read_vault(path)
        name, key = vault.open(leader_name, passphrase)
        return open_with_key(path, key, vault, leader=name, clock=clock, for_writing=for_writing, cost=cost)


def unlock_with_code(
    path: Path, code: str, *, clock: Clock, for_writing: bool = True, cost: KeyCost = DEFAULT
) -> Database:
    """The database, opened by the recovery code, with or without its key file. Set a passphrase next.

    Raises UserError for a slip in the code or a code of other records, and as `unlock_database`.
    """
    path = must_exist(path)
    key = parse_recovery_code(code)
    with friendly_errors(path):
        vault = vault_for_code(path, key)
        return open_with_key(path, key, vault, leader=None, clock=clock, for_writing=for_writing, cost=cost)


def open_with_key(
    path: Path, key: bytes, vault: Vault, *, leader: str | None, clock: Clock, for_writing: bool, cost: KeyCost
) -> Database:
    """What the ways in have in common: the file, opened with its key. `leader` is None after the recovery code."""
    if for_writing:
        refuse_live_folder(path.parent)
    from rop_facilitator.records.erasure.erase import erase_again

    mend_rights_of(path)
    lock = WriterLock(path, leader or "", at=clock()) if for_writing else None
    try:
        check_and_migrate(path, key, clock=clock, for_writing=for_writing, by_code=leader is None)
        database = Database(path, key, vault, clock=clock, lock=lock, cost=cost)
        with database.read() as db:
            database.leader_id = db.scalar(select(Leader.id).where(Leader.name == leader))
            database.leader_name = leader or ""
        database.find_archived()
        # Before a page can show anybody: who was deleted for good must not come back for a moment.
        erase_again(database)
        with database.read() as db:
            # After that deletion, so that undo reaches neither it nor what another leader did before.
            database.first_event = 1 + (db.scalar(select(func.max(AuditEvent.id))) or 0)
        if lock:
            database.log_event(Action.RECORDS_OPENED, by=database.leader_id)
    except BaseException:
        if lock:
            lock.release()
        raise
    return database
