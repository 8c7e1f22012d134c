"""Nothing that is written for a leader may land on records or keys, by whatever name they are called."""

from __future__ import annotations

import unicodedata
from contextlib import suppress
from pathlib import Path

from rop_facilitator.errors import RefusedError
from rop_facilitator.i18n import _

_BESIDE = ("", ".keys", ".lock", ".open", "-journal")


def refuse_over_records(target: Path, *records: Path) -> None:
    """Raise RefusedError where `target` is one of these records, what lies beside them, or anybody's records or keys.

    Links of both kinds and another spelling of the name are seen through.
    """
    live = [path.with_name(path.name + ending) for path in records for ending in _BESIDE]
    if any(_is_same(target, place) for place in live) or _is_records(target) or _is_records(_real(target)):
        raise RefusedError(
            _("{name} holds records or their keys, which are never written over. Choose another name.").format(
                name=target.name
            )
        )


def _is_same(one: Path, other: Path) -> bool:
    with suppress(OSError):
        if one.samefile(other):
            return True
    # A disk may take large and small letters, or two ways to write å, for the same.
    return _spelling(one) == _spelling(other)


def _is_records(path: Path) -> bool:
    """Whether this is a database, which has its keys beside it, or such keys."""
    database = path.with_suffix("") if path.suffix.casefold() == ".keys" else path
    return database.with_name(database.name + ".keys").exists() or (database != path and database.exists())


def _real(path: Path) -> Path:
    try:
        return path.resolve()
    except (OSError, RuntimeError):  # links in a circle
        return path.absolute()


def _spelling(path: Path) -> str:
    return unicodedata.normalize("NFC", str(_real(path))).casefold()
