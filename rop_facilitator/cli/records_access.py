"""What every command needs: the records opened as a leader, the library, JSON, and refusals that end with 2."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from rop_facilitator import paths
from rop_facilitator.cli.passphrases import ask_secret
from rop_facilitator.errors import RefusedError, UserError
from rop_facilitator.i18n import _

if TYPE_CHECKING:
    from rop_facilitator.curriculum.model import Library
    from rop_facilitator.records.models import Leader
    from rop_facilitator.records.storage.credentials import Secret
    from rop_facilitator.records.storage.database import Database

_Value = TypeVar("_Value")

# Commands import what they work with when they run: `--help` and a word that is mistyped wait for no database and no
# typesetting.


def print_json(value: object) -> None:
    """Print a value as JSON for other programs; days and times as in 2026-09-29."""
    print(json.dumps(value, ensure_ascii=False, indent=2, default=str))


def refusing(work: Callable[[], _Value]) -> _Value:
    """What the rules of the records refuse ends with 2: nothing is wrong with them."""
    try:
        return work()
    except UserError as error:
        raise RefusedError(str(error)) from error


def read_library() -> Library:
    """All curricula, shipped and the leader's own."""
    from rop_facilitator.curriculum.load import load_library

    return load_library(paths.curricula_folders())


@contextmanager
def open_records(
    options: argparse.Namespace, *, for_writing: bool = False, if_free: bool = False
) -> Iterator[tuple[Database, Leader]]:
    """The unlocked database and its acting leader: the owner of the passphrase.

    With `if_free` it is opened to read where somebody else writes: an export goes on, and only its note is left out.
    """
    from rop_facilitator.records.erasure.erase import CameBackError, opening_messages
    from rop_facilitator.records.storage.engine import NoAccessError
    from rop_facilitator.records.storage.records_file import OlderFileError
    from rop_facilitator.records.storage.writer_lock import InUseError

    secret = ask_secret()
    try:
        database = _unlocked(options.database, secret, for_writing=for_writing)
    except (CameBackError, OlderFileError):  # a restored or older file is put right before it is read
        database = _unlocked(options.database, secret, for_writing=True)
    except (InUseError, NoAccessError):
        if not if_free:
            raise
        print(_("The records can only be read now, so this is not noted in the log."), file=sys.stderr)
        database = _unlocked(options.database, secret, for_writing=False)
    try:
        for words in opening_messages(database):
            # To stderr, so that the JSON on stdout stays JSON.
            print(words, file=sys.stderr)
        yield database, _acting(database)
    finally:
        database.close()


def _unlocked(path: Path, secret: Secret, *, for_writing: bool) -> Database:
    from rop_facilitator.records.storage.engine import DamagedError
    from rop_facilitator.records.storage.opening import unlock_database, unlock_with_code
    from rop_facilitator.records.storage.vault import KeysLostError

    try:
        if secret.code:
            return unlock_with_code(path, secret.code, clock=datetime.now, for_writing=for_writing)
        return unlock_database(path, None, secret.passphrase, clock=datetime.now, for_writing=for_writing)
    except KeysLostError as error:
        way = _("To fetch the keys out of a backup: rop-facilitator restore BACKUP -o {path}").format(path=path)
        raise KeysLostError(f"{error} {way}") from error
    except DamagedError as error:
        raise DamagedError(f"{error} " + _("The command: rop-facilitator restore BACKUP -o NEW.rop")) from error


def _acting(database: Database) -> Leader:
    """Who unlocked; the recovery code names nobody, so it is enough only where there is one leader."""
    leaders = database.leaders()
    named = [leader for leader in leaders if leader.id == database.leader_id] or leaders
    if len(named) != 1:
        raise UserError(_("The recovery code does not say who you are. Give the passphrase of a leader instead."))
    return named[0]
