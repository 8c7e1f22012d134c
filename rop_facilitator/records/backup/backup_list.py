"""Which backups there are: where they lie, what they say about themselves, and whether they are whole."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import ngettext
from rop_facilitator.paths import is_called_backup
from rop_facilitator.private_files import mend_rights
from rop_facilitator.records.backup.backup_file import BackupInfo, look_through, read_manifest
from rop_facilitator.records.storage.engine import friendly_errors
from rop_facilitator.records.storage.vault import read_vault

_MOST_FILES = 2000  # a stick with a life on it: what lies beyond is found by hand


@dataclass(frozen=True)
class FoundBackup:
    """A backup that was found, with what it says about itself."""

    file: Path
    info: BackupInfo


def backup_folder(path: Path) -> Path:
    """Where backups of a database go unless the leader chose another folder."""
    return path.parent / "backups"


def own_folders(path: Path | None, extra: str) -> list[Path]:
    """Where the backups of these records go by themselves, and the folder that the leader chose."""
    own = [backup_folder(path)] if path is not None else []
    return [*own, *([Path(extra)] if extra else [])]


def read_backup(file: Path) -> BackupInfo:
    """What a backup says about itself, without a key. Raises DamagedBackupError, or UserError for a newer program's."""
    with friendly_errors():
        return read_manifest(file)


def backups_in(folder: Path, mark: str) -> list[tuple[Path, BackupInfo]]:
    """The backups of the database with this key mark; what cannot be read is not ours. Their rights are mended."""
    mine = [(file, info) for file in files_called_backups(folder) if (info := info_of_own(file, mark))]
    mend_rights(*(file for file, _info in mine))
    return mine


def files_called_backups(folder: Path) -> list[Path]:
    """The files in a folder that are called like backups, by name; a folder that is not there has none."""
    return sorted(file for file in folder.glob("*") if is_called_backup(file) and file.is_file())


def info_of_own(file: Path, mark: str) -> BackupInfo | None:
    """The backup's own words if it is of this database; a file that cannot be read is not ours to take away."""
    try:
        info = read_manifest(file)
    except (UserError, OSError):
        return None
    return info if info.mark == mark else None


def find_backups(folders: Iterable[Path], *, mark: str | None = None) -> list[FoundBackup]:
    """The backups in these folders and right below them, newest first; with `mark` those of one database only.

    What cannot be read as a backup is left out, and so is a second file of the same moment in the same folder.
    """
    backups: dict[Path, FoundBackup] = {}
    for folder in folders:
        for file in _files(folder):
            with suppress(UserError, OSError):
                info = read_manifest(file)
                if mark is None or info.mark == mark:
                    backups.setdefault(file.resolve(), FoundBackup(file, info))
    return sorted(backups.values(), key=lambda backup: (backup.info.at, backup.info.number), reverse=True)


def is_whole(file: Path) -> bool:
    """Whether every byte of a backup is as it was packed; this needs no key."""
    try:
        look_through(file)
    except UserError:
        return False
    return True


def contents(info: BackupInfo) -> str:
    """Groups, people and meetings in a backup, in numbers."""
    groups, people, meetings = (info.rows.get(table, 0) for table in ("group", "participant", "meeting"))
    return " · ".join(
        (
            ngettext("{n} group", "{n} groups", groups).format(n=groups),
            ngettext("{n} person", "{n} people", people).format(n=people),
            ngettext("{n} meeting", "{n} meetings", meetings).format(n=meetings),
        )
    )


def mark_beside(path: Path) -> str | None:
    """The mark of the keys beside records; None where they are gone or damaged."""
    with suppress(UserError, OSError):
        return read_vault(path).mark
    return None


def _files(folder: Path) -> list[Path]:
    """The files in a folder and in those right below it that are called like backups."""
    with suppress(OSError):
        below = [place for place in folder.iterdir() if place.is_dir() and not place.name.startswith(".")]
        return [file for place in (folder, *below[:_MOST_FILES]) for file in _called_so(place)]
    return []


def _called_so(folder: Path) -> list[Path]:
    with suppress(OSError):
        return files_called_backups(folder)[-_MOST_FILES:]
    return []
