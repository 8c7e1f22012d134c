"""Nothing that is written for a leader may land on records or keys, by whatever name they are called."""

from __future__ import annotations

import os
import stat
import unicodedata
from contextlib import suppress
from pathlib import Path

from rop_facilitator.errors import RefusedError, UserError
from rop_facilitator.i18n import _

_BESIDE = ("", ".keys", ".lock", ".open", "-journal")


def refuse_over_records(target: Path, *records: Path) -> None:
    """Raise RefusedError where `target` is one of these records, what lies beside them, or anybody's records or keys.

    Links of both kinds and another spelling of the name are seen through. What is there and no file, such as a folder
    or a device, is not written over either: a rename would take its place.
    """
    if stat.S_ISDIR(_mode(target)):
        raise RefusedError(_("{path} is a folder. Give the file a name.").format(path=target))
    if _mode(target) and not stat.S_ISREG(_mode(target)):
        raise RefusedError(_("{path} is not an ordinary file. Choose another name.").format(path=target))
    live = [path.with_name(path.name + ending) for path in records for ending in _BESIDE]
    if any(_is_same(target, place) for place in live) or _is_records(target) or _is_records(_real(target)):
        raise RefusedError(
            _("{name} holds records or their keys, which are never written over. Choose another name.").format(
                name=target.name
            )
        )


def refuse_closed_folder(target: Path) -> None:
    """Raise UserError where this account may not write in the folder of `target`, or in the one it would be made in."""
    folder = next((place for place in target.absolute().parents if _mode(place)), None)
    if folder is not None and stat.S_ISDIR(_mode(folder)) and not os.access(folder, os.W_OK | os.X_OK):
        raise UserError(
            _("This account may not write in {folder}, so nothing was changed. Choose another folder.").format(
                folder=folder
            )
        )


def records_at(path: Path) -> Path:
    """Where records really lie: a link is followed, so that lock, keys and backups are those of the file."""
    with suppress(OSError):
        if path.is_symlink():
            return _real(path)
    return path


def _mode(path: Path) -> int:
    """What kind of thing this is; 0 where there is none. A name that no disk takes is told where it is written."""
    with suppress(OSError, ValueError):
        return path.stat().st_mode
    return 0


def _is_same(path: Path, other: Path) -> bool:
    with suppress(OSError):
        if path.samefile(other):
            return True
    # A disk may take large and small letters, or two ways to write å, for the same.
    return _spelling(path) == _spelling(other)


def _is_records(path: Path) -> bool:
    """Whether this is a database, which has its keys beside it, or such keys."""
    database = path.with_suffix("") if path.suffix.casefold() == ".keys" else path
    keys = database.with_name(database.name + ".keys")
    return bool(_mode(keys) or (database != path and _mode(database)))


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # links in a circle
        return path.absolute()


def _spelling(path: Path) -> str:
    return unicodedata.normalize("NFC", str(_real(path))).casefold()
