"""Where a live database may lie, for every system and sync program, and what the leader is told."""

from pathlib import Path

import pytest

from rop_facilitator.errors import UserError
from rop_facilitator.records.backup.create_backup import backup
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.location import Facts, Objection, facts_about, objection, refuse_live_folder
from rop_facilitator.records.storage.opening import create_database, unlock_database
from tests.records.conftest import CHEAP, PASSPHRASE, clock

NETWORK, SYNC = "network", "sync"
TABLE = [
    # Windows
    (Facts(r"C:\Users\kari\AppData\Local\rop-facilitator", drive_type=3), None),
    (Facts(r"\\server\felles\gruppe", drive_type=4), (NETWORK, "SMB")),
    (Facts(r"\\?\UNC\server\felles", drive_type=1), (NETWORK, "SMB")),
    (Facts(r"H:\gruppe", drive_type=4), (NETWORK, "SMB")),
    (Facts(r"E:\gruppe", drive_type=2), None),
    (Facts(r"C:\Users\kari\OneDrive - Helse\Documents", drive_type=3), (SYNC, "OneDrive")),
    (
        Facts(r"D:\Sky\Dokumenter", drive_type=3, environment={"OneDriveCommercial": "D:\\Sky\\"}),
        (SYNC, "OneDrive"),
    ),
    (Facts(r"D:\SKY", drive_type=3, environment={"OneDrive": r"d:\sky"}), (SYNC, "OneDrive")),
    (Facts(r"D:\Skytjeneste", drive_type=3, environment={"OneDrive": r"D:\Sky"}), None),
    (Facts(r"C:\Users\kari\iCloudDrive\rop", drive_type=3), (SYNC, "iCloud")),
    (Facts(r"G:\My Drive", drive_type=3, markers=frozenset({".shortcut-targets-by-id"})), (SYNC, "Google Drive")),
    (Facts(r"C:\Users\kari\Dropbox (Kommunen)\rop", drive_type=3), (SYNC, "Dropbox")),
    # Linux
    (Facts("/home/kari/.local/share/rop-facilitator", file_system="ext4"), None),
    (Facts("/home/kari", file_system="btrfs", environment={"OneDrive": ""}), None),
    (Facts("/media/kari/usb", file_system="fuseblk"), None),
    (Facts("/home/kari/hemmelig", file_system="fuse.gocryptfs"), None),
    (Facts("/", file_system="overlay"), None),
    *((Facts("/mnt/h", file_system=kind), (NETWORK, kind)) for kind in ("cifs", "smb3", "nfs", "nfs4", "9p", "afs")),
    (Facts("/mnt/h", file_system="fuse.sshfs"), (NETWORK, "sshfs")),
    (Facts("/run/user/1000/gvfs/x", file_system="fuse.gvfsd-fuse"), (NETWORK, "gvfsd-fuse")),
    (Facts("/home/kari/Nextcloud/rop", file_system="ext4"), (SYNC, "Nextcloud")),
    (Facts("/srv/rop", file_system="xfs", markers=frozenset({".stfolder"})), (SYNC, "Syncthing")),
    (Facts("/srv/rop", file_system="xfs", markers=frozenset({".dropbox"})), (SYNC, "Dropbox")),
    # macOS
    (Facts("/Users/kari/Library/Application Support/rop-facilitator"), None),
    (Facts("/Users/kari/Library/Mobile Documents/com~apple~CloudDocs"), (SYNC, "iCloud")),
    (Facts("/Users/kari/Library/CloudStorage/OneDrive-Helse"), (SYNC, "iCloud")),
    # What only looks like one
    (Facts("/home/kari/onedriver-kode", file_system="ext4"), None),
    (Facts("/home/kari/Dropboxing", file_system="ext4"), None),
]


@pytest.mark.parametrize(("facts", "expected"), TABLE, ids=lambda value: getattr(value, "folder", ""))
def test_the_table(facts: Facts, expected: tuple[str, str] | None) -> None:
    assert objection(facts) == (Objection(*expected) if expected else None)  # type: ignore[arg-type]


def test_the_deepest_mount_counts_and_the_later_of_two(tmp_path: Path) -> None:
    inner = tmp_path / "felles mappe" / "gruppe"
    inner.mkdir(parents=True)
    escaped = str(inner.parent).replace(" ", "\\040")
    mounts = [
        "/dev/vda / ext4 rw 0 0",
        f"//server/x {escaped} cifs rw 0 0",
        f"tmpfs {tmp_path} tmpfs rw 0 0",
        "nonsense",
    ]
    assert facts_about(inner, mounts=mounts).file_system == "cifs"
    assert facts_about(tmp_path, mounts=mounts).file_system == "tmpfs"
    assert facts_about(inner, mounts=[*mounts, f"y {escaped} ext4 rw 0 0"]).file_system == "ext4"
    assert facts_about(Path("/"), mounts=mounts).file_system == "ext4"


def test_a_link_into_a_sync_folder_is_seen_through(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "rop").mkdir(parents=True)
    (tmp_path / "here").symlink_to(tmp_path / "Dropbox" / "rop")
    reason = objection(facts_about(tmp_path / "here"))
    assert reason == Objection("sync", "Dropbox")


def test_a_marker_far_above_counts(tmp_path: Path) -> None:
    (tmp_path / ".stfolder").mkdir()
    with pytest.raises(UserError, match="synchronised by Syncthing"):
        refuse_live_folder(tmp_path / "a" / "b" / "c")


def test_live_is_refused_and_backup_is_welcome(tmp_path: Path, database: Database) -> None:
    sync = tmp_path / "OneDrive - Helse"
    with pytest.raises(UserError, match=r"OneDrive.*on this computer.*backup"):
        create_database(sync / "a.rop", "Marit", PASSPHRASE, clock=clock, cost=CHEAP)
    assert not sync.exists()
    backup(database, sync / "gruppe.rop-backup")
    assert [file.name for file in sync.iterdir()] == ["gruppe.rop-backup"]


def test_a_database_that_was_moved_there_is_not_opened_for_writing(path: Path, tmp_path: Path) -> None:
    sync = tmp_path / "Nextcloud"
    sync.mkdir()
    for name in ("gruppe.rop", "gruppe.rop.keys"):
        (path.parent / name).rename(sync / name)
    with pytest.raises(UserError, match="Nextcloud"):
        unlock_database(sync / "gruppe.rop", None, PASSPHRASE, clock=clock)
    unlock_database(sync / "gruppe.rop", None, PASSPHRASE, clock=clock, for_writing=False).close()
