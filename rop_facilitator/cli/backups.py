"""Backups on the command line: taken, listed, and made into records again."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from rop_facilitator.cli.passphrases import ask_secret, secret_from_environment
from rop_facilitator.cli.records_access import open_records, print_json
from rop_facilitator.errors import RefusedError, UserError
from rop_facilitator.i18n import _, clock, day_and_month
from rop_facilitator.paths import BACKUP_ENDINGS, is_called_backup
from rop_facilitator.records.storage.credentials import Secret


def backup(options: argparse.Namespace) -> int:
    """An encrypted copy, opened and checked; what is there already is only replaced on request."""
    from rop_facilitator.overwrite_guard import refuse_over_records
    from rop_facilitator.records.backup.create_backup import backup

    refuse_over_records(options.output, options.database)
    # A link that leads nowhere is there too.
    if os.path.lexists(options.output) and not options.overwrite:
        raise RefusedError(
            _("{path} is there already. Give another name, or --overwrite to replace it.").format(path=options.output)
        )
    with open_records(options) as (database, _leader):
        backup(database, options.output)
    print(_("The backup is in {path}. It was opened and checked.").format(path=options.output))
    if not is_called_backup(options.output):
        endings = _(" or ").join(BACKUP_ENDINGS)
        print(_("The search for backups only finds names that end in {endings}.").format(endings=endings))
    return 0


def restore(options: argparse.Namespace) -> int:
    """Records from a backup; with a passphrase or the recovery code every page of it is looked at first.

    Where records lie at the target and only their keys are lost, those alone are fetched.
    """
    from rop_facilitator.records.backup.backup_list import contents
    from rop_facilitator.records.backup.restore_backup import key_for, restore

    if options.output is None:
        return _list(options)
    # A script without a secret restores all the same; its backup is then not opened to be looked through.
    secret = ask_secret() if sys.stdin.isatty() else secret_from_environment()
    if _is_file(options.output) and _fetch_keys(options.file, options.output, secret):
        return 0
    file = _only_fitting(options, secret) if options.file.is_dir() else options.file
    info = restore(file, options.output, key=key_for(file, secret) if secret else None)
    print(_("The records are in {path}.").format(path=options.output))
    print(_("They are from {when}: {holds}.").format(when=_when(info.at), holds=contents(info)))
    if secret is not None and secret.code:
        _new_passphrase(options.output, secret.code, options.leader)
    return 0


def _only_fitting(options: argparse.Namespace, secret: Secret | None) -> Path:
    """The one backup in a folder that is whole and, where they are of several databases, opened by the secret.

    Raises RefusedError where there is none, or after the list of several: which one is meant is the leader's to say.
    """
    from rop_facilitator.overwrite_guard import records_at
    from rop_facilitator.records.backup.backup_list import find_backups, is_whole
    from rop_facilitator.records.backup.restore_backup import refuse_where_records_are

    refuse_where_records_are(records_at(options.output))
    every = find_backups([options.file])
    if not every:
        raise RefusedError(_("There is no backup in {path}.").format(path=options.file))
    backups = [backup for backup in every if is_whole(backup.file)] or every
    # They come newest first, so the last one to be set is the newest of its database.
    newest = {backup.info.mark: backup for backup in reversed(backups)}
    if secret is not None and len(newest) > 1:
        opened = {mark for mark, backup in newest.items() if _opens(backup.file, secret)}
        backups = [backup for backup in backups if backup.info.mark in opened] or backups
    if len(backups) == 1:
        return backups[0].file
    _list(options)
    raise RefusedError(_("Say which backup in {path} is meant, by its whole path.").format(path=options.file))


def _opens(file: Path, secret: Secret) -> bool:
    from rop_facilitator.records.backup.restore_backup import key_for

    # A passphrase that does not fit is an answer here.
    with suppress(UserError):
        key_for(file, secret)
        return True
    return False


def _is_file(path: Path) -> bool:
    from rop_facilitator.overwrite_guard import records_at
    from rop_facilitator.records.storage.engine import friendly_errors

    with friendly_errors():
        return records_at(path).is_file()


def _fetch_keys(source: Path, target: Path, secret: Secret | None) -> bool:
    """Whether the keys of the records at `target` were gone or another's, and now lie there again.

    `source` is a backup, or a folder with backups. Raises RefusedError where it cannot be done.
    """
    from rop_facilitator.overwrite_guard import records_at
    from rop_facilitator.records.backup.backup_list import FoundBackup, find_backups, mark_beside, read_backup
    from rop_facilitator.records.backup.lost_keys import keys_words, spare_keys, unlock_with_spare_keys
    from rop_facilitator.records.storage.engine import DamagedError
    from rop_facilitator.records.storage.vault import KeysLostError

    backups = find_backups([source]) if source.is_dir() else [FoundBackup(source, read_backup(source))]
    mark = mark_beside(records_at(target))
    if mark in {backup.info.mark for backup in backups}:  # they are all there: not a matter of keys
        return False
    if secret is None:
        if mark is not None:
            return False
        raise RefusedError(
            _(
                "There are records at {name}, and only their key file is missing or damaged. To fetch it out of the "
                "backup, set ROP_PASSPHRASE or ROP_RECOVERY_CODE. Or restore under another name."
            ).format(name=target.name)
        )
    try:
        database = unlock_with_spare_keys(target, secret, spare_keys(backups), clock=datetime.now)
    except DamagedError:  # its advice, to restore a backup, is what is being done
        raise RefusedError(
            _(
                "{name} is damaged and has not its own keys, so keys alone do not help. Nothing was changed. Restore "
                "the backup under another name."
            ).format(name=target.name)
        ) from None
    except KeysLostError as error:
        if mark is not None:
            return False
        raise RefusedError(str(error)) from None
    try:
        words = keys_words(database)
    finally:
        database.close()
    if not words:  # the code opens them with any backup
        raise RefusedError(_("The keys of these records are not in {path}. Choose another backup.").format(path=source))
    print(words)
    return True


def _new_passphrase(path: Path, code: str, leader: str | None) -> None:
    """After the recovery code: a passphrase for this machine, from ROP_NEW_PASSPHRASE or a prompt."""
    from rop_facilitator.records.erasure.erase import opening_messages
    from rop_facilitator.records.storage.opening import unlock_with_code

    new = os.environ.get("ROP_NEW_PASSPHRASE", "")
    if not new and sys.stdin.isatty():
        new = getpass.getpass(_("New passphrase: "))
        # Asked twice: nobody sees what is typed, and a slip would lock the leader out.
        if new != getpass.getpass(_("New passphrase once more: ")):
            raise UserError(_("The two are not alike. The records are restored; the recovery code opens them."))
    if not new:
        print(_("The recovery code opens them. Set ROP_NEW_PASSPHRASE to give a leader a new passphrase."))
        return
    database = unlock_with_code(path, code, clock=datetime.now)
    try:
        for words in opening_messages(database):
            print(words, file=sys.stderr)
        names = [owner.name for owner in database.leaders()]
        # The recovery code opens for everybody, so it does not tell whose passphrase is new.
        if leader is None and len(names) != 1:
            raise UserError(_("Say whose passphrase it is: --leader, one of {names}.").format(names=", ".join(names)))
        database.set_passphrase(leader or names[0], new)
    finally:
        database.close()
    print(_("The new passphrase is set."))


def _list(options: argparse.Namespace) -> int:
    """The backups in a folder, newest first: when, what they hold, and whether they are whole. No key is needed."""
    from rop_facilitator.records.backup.backup_list import contents, find_backups, is_whole

    if not options.file.is_dir():
        raise RefusedError(_("Say where the records shall lie: -o DATABASE. A folder alone lists the backups in it."))
    # Looked through once: telling whether one is whole means reading all of it.
    backups = [(copy, is_whole(copy.file)) for copy in find_backups([options.file])]
    if options.json:
        print_json(
            [
                {
                    "file": str(copy.file),
                    "at": copy.info.at.isoformat(),
                    "whole": whole,
                    "rows": dict(copy.info.rows),
                }
                for copy, whole in backups
            ]
        )
        return 0
    for copy, whole in backups:
        state = _("whole") if whole else _("damaged")
        print(f"{_when(copy.info.at)} · {contents(copy.info)} · {state} · {copy.file}")
    if not backups:
        print(_("There is no backup in {path}.").format(path=options.file))
    return 0


def _when(at: datetime) -> str:
    return f"{day_and_month(at.date())} {at.year} {clock(at.time())}"
