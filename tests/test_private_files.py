"""What we write is for this account only from its first moment; what a leader exports has the rights of its folder."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from rop_facilitator.documents.output.write_file import write_document
from rop_facilitator.gui.runtime.crash_report import crash_folder, write_report
from rop_facilitator.paths import data_folder
from rop_facilitator.private_files import (
    make_private_folder,
    mend_rights,
    open_private,
    private_temp_folder,
    write_file,
)
from rop_facilitator.records.backup.backup_list import backup_folder
from rop_facilitator.records.backup.create_backup import automatic_backup
from rop_facilitator.records.backup.restore_backup import restore
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.storage.opening import create_database, unlock_database
from rop_facilitator.records.storage.vault import KeyCost
from rop_facilitator.settings import Settings, save_settings

CHEAP = KeyCost(memory_kib=64, passes=1, lanes=1)
PASSPHRASE = "fire ord på rad"


def clock() -> datetime:
    return datetime(2026, 11, 24, 8, 35)


@pytest.fixture(params=[0o000, 0o022, 0o027])
def umask(request: pytest.FixtureRequest) -> Iterator[int]:
    """What the system takes from new files by itself: nothing, and more."""
    before = os.umask(request.param)
    yield int(request.param)
    os.umask(before)


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def open_to_others(folder: Path) -> dict[str, str]:
    """What below a folder is not for this account only."""
    return {
        str(path.relative_to(folder)): oct(mode(path))
        for path in (folder, *folder.rglob("*"))
        if mode(path) != (0o700 if path.is_dir() else 0o600)
    }


def test_records_keys_backups_lock_and_reports(umask: int, tmp_path: Path) -> None:
    path = tmp_path / "home" / "rop" / "groups.rop"
    database, _code = create_database(path, "Marit", PASSPHRASE, clock=clock, cost=CHEAP)
    with database.write(Action.LEADER_ADDED, by=1) as db:
        database.leaders()[0].name = "x"
        db.connection().exec_driver_sql("CREATE TABLE x (y)")
        assert open_to_others(path.parent) == {}  # the journal as well
    saved = automatic_backup(database, backup_folder(path))
    automatic_backup(database, tmp_path / "home" / "stick")
    database.close()
    restore(saved, tmp_path / "home" / "again" / "again.rop")
    assert open_to_others(tmp_path / "home") == {}


def test_settings_and_crash_reports(umask: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("ROP_FACILITATOR_HOME", str(tmp_path / "home"))
    save_settings(Settings())
    assert write_report(ValueError("x"), at=clock())
    assert crash_folder().is_relative_to(data_folder())
    assert open_to_others(data_folder()) == {}


def test_an_export_has_the_rights_of_its_folder(umask: int, tmp_path: Path) -> None:
    target = tmp_path / "list.csv"
    write_document(target, b"x")
    assert mode(target) == 0o666 & ~umask
    target.chmod(0o640)
    write_document(target, b"y")
    assert (mode(target), target.read_bytes()) == (0o640, b"y")


def test_older_files_are_mended_when_they_are_opened(tmp_path: Path) -> None:
    path = tmp_path / "records" / "groups.rop"
    database, _code = create_database(path, "Marit", PASSPHRASE, clock=clock, cost=CHEAP)
    automatic_backup(database, backup_folder(path))
    database.close()
    for place in (path.parent, *path.parent.rglob("*")):
        place.chmod(0o755 if place.is_dir() else 0o644)
    database = unlock_database(path, None, PASSPHRASE, clock=clock, for_writing=False, cost=CHEAP)
    database.close()
    # The folder of the records may be the leader's own, with other things in it: it stays as it is.
    assert set(open_to_others(path.parent)) == {".", f"backups/{next(backup_folder(path).iterdir()).name}"}
    database = unlock_database(path, None, PASSPHRASE, clock=clock, cost=CHEAP)
    automatic_backup(database, backup_folder(path))
    database.close()
    assert set(open_to_others(path.parent)) == {"."}


def test_no_moment_in_between(umask: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each file is looked at in the moment when it is made."""
    real = os.open
    seen: list[int] = []

    def look(path: str, flags: int, *more: int, **options: int) -> int:
        handle = real(path, flags, *more, **options)
        if flags & os.O_CREAT:
            seen.append(stat.S_IMODE(os.fstat(handle).st_mode))
        return handle

    monkeypatch.setattr(os, "open", look)
    write_file(tmp_path / "x", b"x")
    open_private(tmp_path / "y").close()
    database, _code = create_database(tmp_path / "g.rop", "Marit", PASSPHRASE, clock=clock, cost=CHEAP)
    automatic_backup(database, tmp_path / "backups")
    database.close()
    assert len(seen) > 10
    assert set(seen) == {0o600}


def test_libraries_that_need_a_temp_folder_get_one_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt asks the system each time where temporary files go, and the spool of a printer goes there."""
    from PySide6.QtCore import QDir

    monkeypatch.setenv("TMPDIR", "/tmp")
    with private_temp_folder():
        ours = Path(QDir.tempPath())
        assert ours.parent == data_folder()
        assert mode(ours) == 0o700
        (ours / "spool").write_text("x")
    assert QDir.tempPath() == "/tmp"
    assert not ours.exists()


def test_what_is_not_ours_keeps_its_rights(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    (tmp_path / "file").chmod(0o644)
    (tmp_path / "link").symlink_to(tmp_path / "file")
    mend_rights(tmp_path / "link", tmp_path / "not there")
    assert mode(tmp_path / "file") == 0o644
    mend_rights(tmp_path / "file")
    assert mode(tmp_path / "file") == 0o600


def test_a_file_in_the_way_of_a_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(OSError, match="file"):
        make_private_folder(tmp_path / "file" / "below")
    with pytest.raises(NotADirectoryError):
        make_private_folder(tmp_path / "file")
