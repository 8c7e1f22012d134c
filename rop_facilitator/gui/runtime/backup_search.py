"""Where backups may lie on this computer, and which of them are whole; for the worker."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QStorageInfo

from rop_facilitator.i18n import _, clock, day_and_month, ngettext
from rop_facilitator.work_progress import WorkProgress

if TYPE_CHECKING:
    from datetime import date, datetime

    from rop_facilitator.records.backup.backup_list import FoundBackup

TRIED = 6
_STICKS = ("/media/", "/run/media/", "/mnt/", "/Volumes/")
_REMOVABLE = 2  # GetDriveTypeW


@dataclass(frozen=True)
class BackupCopy:
    """A backup that can be chosen: where it lies in words, and whether it is whole (None: not tried yet)."""

    backup: FoundBackup
    place: str
    whole: bool | None


@dataclass(frozen=True)
class BackupSearch:
    """What was found: the copies, newest first, and when the records that they would replace were last written."""

    copies: tuple[BackupCopy, ...]
    records_written: datetime | None


def removable_drives() -> dict[str, Path]:
    """What is plugged in and can be taken away, by the name that the system gives it."""
    volumes: dict[str, Path] = {}
    for volume in QStorageInfo.mountedVolumes():
        root = volume.rootPath()
        if volume.isValid() and volume.isReady() and _is_stick(root):
            volumes.setdefault(volume.displayName() or root, Path(root))
    return volumes


def _is_stick(root: str) -> bool:
    if sys.platform == "win32":
        import ctypes

        return int(ctypes.windll.kernel32.GetDriveTypeW(root)) == _REMOVABLE
    return (root.rstrip("/") + "/").startswith(_STICKS)


def search_backups(
    records: Path | None,
    extra: str,
    file: Path | None,
    only_own: bool,
    drives: dict[str, Path],
    step: WorkProgress,
) -> BackupSearch:
    """All backups of these records (or, without `only_own`, of any), the newest ones tried; `file` stands first."""
    from rop_facilitator.records.backup.backup_list import find_backups, is_whole, mark_beside, own_folders

    mark = mark_beside(records) if records is not None and only_own else None
    places = dict.fromkeys(own_folders(records, ""), _("this computer"))
    if records is not None:
        places.setdefault(records.parent, _("this computer"))
    places |= {Path(extra): Path(extra).name} if extra else {}
    places |= {root: name for name, root in drives.items()}
    for only in dict.fromkeys((mark, None)):  # the keys beside the records may be another's: then any may be meant
        backups = {
            backup.file.resolve(): (backup, words)
            for place, words in places.items()
            for backup in find_backups([place], mark=only)
        }
        if backups:
            break
    ordered = sorted(backups.values(), key=lambda pair: (pair[0].info.at, pair[0].info.number), reverse=True)
    copies: list[BackupCopy] = []
    for number, (backup, words) in enumerate(ordered):
        step.step(number, len(ordered))
        sound = any(copy.whole for copy in copies)
        copies.append(BackupCopy(backup, words, is_whole(backup.file) if number < TRIED or not sound else None))
    if file is not None:
        copies = [
            backup_of_file(file, step),
            *(copy for copy in copies if copy.backup.file.resolve() != file.resolve()),
        ]
    return BackupSearch(tuple(copies), _written(records))


def newest_copy(extra: str, drives: dict[str, Path], _step: WorkProgress) -> BackupCopy | None:
    """The newest backup of whatever records on a computer that knows of none; a stick comes first. Not tried yet."""
    from rop_facilitator import paths
    from rop_facilitator.records.backup.backup_list import find_backups, own_folders

    here = [*own_folders(paths.data_folder() / "any.rop", extra), paths.data_folder()]
    places = [*((name, [root]) for name, root in drives.items()), (_("this computer"), here)]
    copies = [BackupCopy(backups[0], name, None) for name, roots in places if (backups := find_backups(roots))]
    return max(copies, key=lambda copy: copy.backup.info.at, default=None)


def folders_for(records: Path, extra: str, drives: dict[str, Path]) -> list[Path]:
    """Every folder in which a backup of these records may lie."""
    from rop_facilitator.records.backup.backup_list import own_folders

    return [*own_folders(records, extra), records.parent, *drives.values()]


def backup_of_file(file: Path, _step: WorkProgress) -> BackupCopy:
    """A file that the leader chose. Raises UserError, DamagedBackupError for what is no backup."""
    from rop_facilitator.records.backup.backup_list import FoundBackup, is_whole, read_backup

    return BackupCopy(FoundBackup(file, read_backup(file)), file.parent.name or str(file.parent), is_whole(file))


def _written(records: Path | None) -> datetime | None:
    from datetime import datetime

    try:
        # Local wall time, as backups tell theirs.
        return datetime.fromtimestamp(records.stat().st_mtime) if records is not None else None  # noqa: DTZ006
    except OSError:
        return None


def when(at: datetime, today: date) -> str:
    """As in "i dag 16.12", "i går 16.12"; else the day and the time."""
    days = (today - at.date()).days
    if days == 0:
        day = _("today")
    elif days == 1:
        day = _("yesterday")
    else:
        day = day_and_month(at.date()) if 0 < days < 200 else f"{day_and_month(at.date())} {at.year}"
    return f"{day} {clock(at.time())}"


def missing(at: datetime, written: datetime | None) -> str:
    """How much is not in a backup of `at` that the records held when they were last written."""
    if written is None:
        return ""
    days = (written.date() - at.date()).days
    if days <= 0:
        return _("from the same day")
    return ngettext("{n} day missing", "{n} days missing", days).format(n=days)
