"""Backups on the command line: taken, listed, and made into records again."""

from __future__ import annotations

import argparse
import getpass
import os
import sys
from datetime import datetime
from pathlib import Path

from rop_facilitator.cli.commands import print_json, the_records
from rop_facilitator.cli.unlocking import asked_for, from_environment
from rop_facilitator.errors import RefusedError, UserError
from rop_facilitator.i18n import _, clock, day_and_month


def backup(options: argparse.Namespace) -> int:
    """An encrypted copy, opened and checked; what is there already is only replaced on request."""
    from rop_facilitator.records.backup import backup
    from rop_facilitator.safe_targets import refuse_over_records

    refuse_over_records(options.output, options.database)
    if os.path.lexists(options.output) and not options.output.is_dir() and not options.overwrite:
        raise RefusedError(
            _("{path} is there already. Give another name, or --overwrite to replace it.").format(path=options.output)
        )
    with the_records(options) as (database, _leader):
        backup(database, options.output)
    print(_("The backup is in {path}. It was opened and checked.").format(path=options.output))
    return 0


def restore(options: argparse.Namespace) -> int:
    """Records from a backup; with a passphrase or the recovery code every page of it is looked at first."""
    from rop_facilitator.records.backup import restore
    from rop_facilitator.records.restoring import contents, key_for

    if options.output is None:
        return _list(options)
    secret = asked_for() if sys.stdin.isatty() else from_environment()
    info = restore(options.file, options.output, key=key_for(options.file, secret) if secret else None)
    print(_("The records are in {path}.").format(path=options.output))
    print(_("They are from {when}: {holds}.").format(when=_when(info.at), holds=contents(info)))
    if secret is not None and secret.code:
        _new_passphrase(options.output, secret.code, options.leader)
    return 0


def _new_passphrase(path: Path, code: str, leader: str | None) -> None:
    """After the recovery code: a passphrase for this machine, from ROP_NEW_PASSPHRASE or a prompt."""
    from rop_facilitator.records.database import Database
    from rop_facilitator.records.erase import told_at_opening

    new = os.environ.get("ROP_NEW_PASSPHRASE", "")
    if not new and sys.stdin.isatty():
        new = getpass.getpass(_("New passphrase: "))
        if new != getpass.getpass(_("New passphrase once more: ")):
            raise UserError(_("The two are not alike. The records are restored; the recovery code opens them."))
    if not new:
        print(_("The recovery code opens them. Set ROP_NEW_PASSPHRASE to give a leader a new passphrase."))
        return
    database = Database.unlock_with_code(path, code, clock=datetime.now)
    try:
        for words in told_at_opening(database):
            print(words, file=sys.stderr)
        names = [each.name for each in database.leaders()]
        if leader is None and len(names) != 1:
            raise UserError(_("Say whose passphrase it is: --leader, one of {names}.").format(names=", ".join(names)))
        database.set_passphrase(leader or names[0], new)
    finally:
        database.close()
    print(_("The new passphrase is set."))


def _list(options: argparse.Namespace) -> int:
    """The backups in a folder, newest first: when, what they hold, and whether they are whole. No key is needed."""
    from rop_facilitator.records.restoring import contents, find_backups, is_whole

    if not options.file.is_dir():
        raise RefusedError(_("Say where the records shall lie: -o DATABASE. A folder alone lists the backups in it."))
    backups = [(found, is_whole(found.file)) for found in find_backups([options.file])]
    if options.json:
        print_json(
            [
                {
                    "file": str(found.file),
                    "at": found.info.at.isoformat(),
                    "whole": whole,
                    "rows": dict(found.info.rows),
                }
                for found, whole in backups
            ]
        )
        return 0
    for found, whole in backups:
        state = _("whole") if whole else _("damaged")
        print(f"{_when(found.info.at)} · {contents(found.info)} · {state} · {found.file}")
    if not backups:
        print(_("There is no backup in {path}.").format(path=options.file))
    return 0


def _when(at: datetime) -> str:
    return f"{day_and_month(at.date())} {at.year} {clock(at.time())}"
