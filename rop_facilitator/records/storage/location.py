"""Where a live database may lie: on this computer only. A backup may lie anywhere."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.private_files import mend_rights

Kind = Literal["network", "sync"]

# File systems whose locks and flushes another machine answers for.
_NETWORK_SYSTEMS = (
    " cifs smb smb2 smb3 smbfs nfs nfs4 afs afpfs ncpfs webdav davfs davfs2 ceph cephfs glusterfs lustre beegfs "
    "9p vboxsf sshfs rclone gvfsd-fuse s3fs smbnetfs onedriver google-drive-ocamlfuse vmhgfs-fuse "
)
_WINDOWS_REMOTE = 4  # GetDriveTypeW: DRIVE_REMOTE
_SYNC_VARIABLES = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
# What a sync program leaves in its top folder.
_SYNC_MARKERS: Mapping[str, str] = {
    ".dropbox": "Dropbox",
    ".dropbox.cache": "Dropbox",
    ".stfolder": "Syncthing",
    ".owncloudsync.log": "Nextcloud",
    ".nextcloudsync.log": "Nextcloud",
    ".sync_folder_marker": "Nextcloud",
    ".849C9593-D756-4E56-8D6E-42412F2A707B": "OneDrive",
    ".tmp.drivedownload": "Google Drive",
    ".shortcut-targets-by-id": "Google Drive",
}
# How the folders of sync programs are called; a firm's name may follow ("OneDrive - Helse", "Dropbox (Firm)").
_SYNC_NAMES: Mapping[str, str] = {
    "onedrive": "OneDrive",
    "dropbox": "Dropbox",
    "nextcloud": "Nextcloud",
    "owncloud": "Nextcloud",
    "google drive": "Google Drive",
    "googledrive": "Google Drive",
    "icloud drive": "iCloud",
    "iclouddrive": "iCloud",
    "mobile documents": "iCloud",
    "cloudstorage": "iCloud",
    "sharepoint": "SharePoint",
}


@dataclass(frozen=True)
class Facts:
    """What is known about a folder. `markers` are the file names found in it and in the folders above it."""

    folder: str
    file_system: str = ""
    drive_type: int = 0
    environment: Mapping[str, str] | None = None
    markers: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Objection:
    """Why a live database may not lie there, and the name of the share's kind or the sync program."""

    kind: Kind
    name: str


def objection(facts: Facts) -> Objection | None:
    """Why not, or None where a live database is safe."""
    folder = facts.folder.replace("\\", "/").rstrip("/") + "/"
    # SQLite's locks are only as good as the file system's, and two writers without one lose each other's marks.
    if folder.startswith("//") or facts.drive_type == _WINDOWS_REMOTE:
        return Objection("network", "SMB")
    if (system := facts.file_system.removeprefix("fuse.")) in _NETWORK_SYSTEMS.split():
        return Objection("network", system)
    for variable in _SYNC_VARIABLES:
        root = (facts.environment or {}).get(variable, "").replace("\\", "/").rstrip("/")
        if root and folder.casefold().startswith(root.casefold() + "/"):
            return Objection("sync", "OneDrive")
    for marker, name in _SYNC_MARKERS.items():
        if marker in facts.markers:
            return Objection("sync", name)
    for part in folder.casefold().split("/"):
        for start, name in _SYNC_NAMES.items():
            if part == start or part.startswith((start + " -", start + "-", start + " (")):
                return Objection("sync", name)
    return None


def facts_about(folder: Path, *, mounts: Iterable[str] | None = None) -> Facts:
    """Ask the system about a folder, which need not exist yet. `mounts` are lines as in /proc/mounts."""
    # A link out of a synchronised folder is safe, and one into it is not: where it really lies counts.
    real = folder.resolve()
    markers = {marker for place in (real, *real.parents) for marker in _SYNC_MARKERS if os.path.lexists(place / marker)}
    return Facts(
        folder=str(real),
        file_system=_file_system(real, _mounts() if mounts is None else mounts),
        drive_type=_drive_type(real),
        environment=os.environ,
        markers=frozenset(markers),
    )


def refuse_live_folder(folder: Path) -> None:
    """Raise UserError when a live database in this folder could be lost or doubled, with what to do instead."""
    reason = objection(facts_about(folder))
    if reason is None:
        return
    if reason.kind == "network":
        raise UserError(
            _(
                "This folder is on a network drive ({name}). Marks can be lost there when two machines write. "
                "Keep the records on this computer, and let the backup go to the network drive."
            ).format(name=reason.name)
        )
    raise UserError(
        _(
            "This folder is synchronised by {name}, which copies files while they are written. "
            "Keep the records in a folder on this computer, and let the backup go to {name}."
        ).format(name=reason.name)
    )


def mend_rights_of(path: Path) -> None:
    """Make records, what lies beside them and the folder of their backups this account's only."""
    beside = (path.with_name(path.name + ending) for ending in ("", ".keys", ".lock", ".open", "-journal"))
    mend_rights(*beside, path.parent / "backups")


def _mounts() -> list[str]:
    try:
        return Path("/proc/mounts").read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return []


def _file_system(folder: Path, mounts: Iterable[str]) -> str:
    """The type of the deepest mount above the folder; of two at one place the later one counts."""
    best, kind = -1, ""
    for line in mounts:
        fields = line.split(" ")
        if len(fields) < 3:
            continue
        place = fields[1]
        # How /proc/mounts writes what would part its fields; the backslash last, for it begins the others.
        for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\012", "\n"), ("\\134", "\\")):
            place = place.replace(code, letter)
        if len(place) >= best and folder.is_relative_to(place):
            best, kind = len(place), fields[2]
    return kind


def _drive_type(folder: Path) -> int:
    """Windows' word on the drive, mapped letters too; 0 elsewhere."""
    if sys.platform != "win32":
        return 0
    import ctypes

    return int(ctypes.windll.kernel32.GetDriveTypeW(folder.anchor))
