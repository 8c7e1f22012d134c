"""The file of the records before it is open: is it there, which one is it, whose are the keys beside it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.overwrite_guard import records_at
from rop_facilitator.records.storage.engine import friendly_errors
from rop_facilitator.records.storage.page_seals import key_fits
from rop_facilitator.records.storage.vault import KeysLostError, Vault, keys_path, new_vault, read_vault

Clock = Callable[[], datetime]


class OlderFileError(UserError):
    """Records of an older program are to be opened to read only; opening them to write brings them up to date."""


class ForeignKeysError(KeysLostError):
    """The key file opens, and no page of the records knows the key: one of the two is another's."""


def must_exist(path: Path) -> Path:
    """Where the records at `path` really lie. Raises UserError where there are none."""
    path = records_at(path)
    with friendly_errors():
        there = path.is_file()
    if not there:
        raise UserError(_("There are no records at {name}. Create them, or restore a backup.").format(name=path.name))
    return path


def vault_for_code(path: Path, key: bytes) -> Vault:
    """The keys beside records that the recovery code opens; empty ones where they are lost or another's.

    Raises UserError where the code is of other records.
    """
    try:
        vault = read_vault(path)
    except KeysLostError:
        vault = None
    if vault is not None and vault.fits(key):
        return vault
    if key_fits(path, key):
        return new_vault(key)
    if vault is None:  # then nothing tells a code of other records from a file of which no page is whole
        raise UserError(
            _(
                "This recovery code belongs to other records, or all of {name} is damaged. Look for the code that was "
                "printed for these, or restore a backup."
            ).format(name=path.name)
        )
    raise UserError(_("This recovery code belongs to other records. Look for the one that was printed for these."))


def put_foreign_keys_aside(path: Path, mark: str) -> None:
    """Before keys are written: those of other records, or what cannot be read, get a name of their own."""
    keys = keys_path(path)
    if not keys.exists() or _mark_in(path) == mark:
        return
    with suppress(OSError):
        # Numbered, not overwritten: they may be the only keys of records that lie elsewhere.
        number = next(n for n in range(1, 1000) if not keys.with_name(f"{keys.name}.{n}").exists())
        keys.rename(keys.with_name(f"{keys.name}.{number}"))


def _mark_in(path: Path) -> str:
    """The mark in the keys beside records; nothing where they cannot be read."""
    with suppress(KeysLostError, OSError):
        return read_vault(path).mark
    return ""


class Identity:
    """Which file records are, by what the system calls it: a name can come to mean another file, or none."""

    def __init__(self, path: Path) -> None:
        """Remember the file that is there now: one that is put in its place later is not written to."""
        self._path = path
        self._file = _number_of(path)

    def check(self) -> None:
        """Raise UserError where the file was moved away, or another one has taken its place, since then."""
        now = _number_of(self._path)
        if now == self._file:
            return
        if now is None:
            raise UserError(
                _(
                    "{name} is not in its folder any more, so nothing can be saved. Put it back where it lay, or lock "
                    "and open it where it lies now. All that was marked until then is in it."
                ).format(name=self._path.name)
            )
        raise UserError(
            _(
                "Another file has taken the place of {name} while it was open, so nothing was written. Lock, look "
                "which one is yours, and open that."
            ).format(name=self._path.name)
        )


def _number_of(path: Path) -> tuple[int, int] | None:
    try:
        status = path.stat()
    except FileNotFoundError:
        return None
    # Not the time of its last change: our own writing moves that.
    return status.st_dev, status.st_ino
