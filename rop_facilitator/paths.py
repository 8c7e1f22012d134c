"""Where things lie. Nobody else knows whether we run from a checkout or from a wheel."""

from __future__ import annotations

import os
from pathlib import Path

import platformdirs

RECORDS_ENDING = ".rop"
BACKUP_ENDINGS = (".rop-backup", ".ropbackup")  # the first is what the program gives by itself
_PACKAGE = Path(__file__).resolve().parent


def is_called_backup(path: Path) -> bool:
    """Whether a file is called like a backup; a stick may have made the letters large."""
    return path.suffix.casefold() in BACKUP_ENDINGS


def shipped(name: str) -> Path:
    """A folder that travels with the program: `curricula`, `handouts` or `resources`."""
    # In a wheel they lie inside the package; in a checkout beside it.
    packed = _PACKAGE / "_data" / name
    return packed if packed.is_dir() else _PACKAGE.parent / name


def data_folder() -> Path:
    """The leader's own data on this machine: local, never roaming, never in a synchronised folder.

    `ROP_FACILITATOR_HOME` names another place (tests, a portable installation).
    """
    if home := os.environ.get("ROP_FACILITATOR_HOME"):
        return Path(home)
    return Path(platformdirs.user_data_path("rop-facilitator", appauthor=False, roaming=False))


def curricula_folders() -> tuple[Path, ...]:
    """Where curricula are looked for; the leader's own folder comes first."""
    return (data_folder() / "curricula", shipped("curricula"))


def handout_folders(curriculum_folder: Path) -> tuple[Path, ...]:
    """Where the handouts of one curriculum are looked for, first hit wins.

    A curriculum anywhere brings its own in `../../handouts/<slug>`; then come the leader's folder and the shipped one.
    """
    slug = curriculum_folder.name
    return (
        data_folder() / "handouts" / slug,
        curriculum_folder.resolve().parent.parent / "handouts" / slug,
        shipped("handouts") / slug,
    )


def paper_folders(language: str) -> tuple[Path, ...]:
    """Where the standing papers of a language (`nb`, `en`) are looked for, first hit wins: the leader's own, ours."""
    return tuple(place / "papers" / language for place in (data_folder() / "handouts", shipped("handouts")))
