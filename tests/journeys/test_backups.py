"""Backups on the command line: never over records, never over anything unasked, and back again on an empty machine."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from rop_facilitator.cli import main
from rop_facilitator.records.storage.opening import unlock_database
from rop_facilitator.records.storage.vault import keys_path
from rop_facilitator.records.storage.writer_lock import InUseError
from tests.records.conftest import LEADER, NOW, PASSPHRASE

NEW = "fire helt nye ord"


@pytest.fixture(autouse=True)
def _passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)


def back_up(path: Path, target: Path, *more: str) -> int:
    return main(["backup", "--database", str(path), "-o", str(target), *more])


def everything(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in folder.iterdir() if file.is_file() and "lock" not in file.name}


@pytest.mark.parametrize(
    "way", ["same", "spelling", "case", "symlink", "hard link", "folder link", "keys", "keys link"]
)
def test_a_backup_never_lands_on_records_or_keys(
    path: Path, tmp_path: Path, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "a folder").mkdir()
    (tmp_path / "symlink").symlink_to(path)
    os.link(path, tmp_path / "hard link")
    (tmp_path / "folder link").symlink_to(tmp_path)
    os.link(keys_path(path), tmp_path / "keys link")
    target = {
        "same": path,
        "spelling": tmp_path / "a folder" / ".." / path.name,
        "case": path.with_name("GRUPPE.Rop"),
        "folder link": tmp_path / "folder link" / path.name,
        "keys": keys_path(path),
    }.get(way, tmp_path / way)
    before = everything(tmp_path)
    for force in ([], ["--overwrite"], ["--force"]):
        assert back_up(path, target, *force) == 2
        assert "never written over" in capsys.readouterr().err
    assert everything(tmp_path) == before


def test_other_records_are_safe_too(path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.rop"
    other.write_bytes(path.read_bytes())
    keys_path(other).write_bytes(keys_path(path).read_bytes())
    before = other.read_bytes(), keys_path(other).read_bytes()
    assert back_up(path, other, "--force") == 2
    assert back_up(path, keys_path(other), "--force") == 2
    calendar = ["export", "--database", str(path), "--group", "x", "-o", str(other)]
    assert main(calendar) != 0
    assert (other.read_bytes(), keys_path(other).read_bytes()) == before


def test_what_is_there_is_only_replaced_on_request(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "b.rop-backup"
    target.write_text("something else")
    assert back_up(path, target) == 2
    assert "--overwrite" in capsys.readouterr().err
    assert target.read_text() == "something else"
    assert back_up(path, target, "--overwrite") == 0
    assert back_up(path, target) == 2
    assert main(["restore", str(target), "-o", str(tmp_path / "new" / "again.rop")]) == 0


def test_records_that_are_there_are_refused_like_a_file(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target, before = tmp_path / "b.rop-backup", path.read_bytes()
    assert back_up(path, target) == 0
    assert main(["restore", str(target), "-o", str(path)]) == 2
    assert "already" in capsys.readouterr().err
    assert main(["demo", str(path)]) == 2
    assert "already" in capsys.readouterr().err
    assert path.read_bytes() == before


def test_records_behind_a_link_are_those_of_the_file(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere" / "link.rop"
    link.parent.mkdir()
    link.symlink_to(path)
    assert main(["groups", "--database", str(link)]) == 0  # the keys lie beside the file
    first = unlock_database(link, LEADER, PASSPHRASE, clock=lambda: NOW)
    assert first.path == path
    with pytest.raises(InUseError):  # one writer, by whatever name
        unlock_database(path, LEADER, PASSPHRASE, clock=lambda: NOW)
    first.set_passphrase(LEADER, NEW)
    first.close()
    assert [file.name for file in link.parent.iterdir()] == ["link.rop"]
    unlock_database(path, LEADER, NEW, clock=lambda: NOW).close()


@pytest.mark.parametrize("name", ["a folder", "dev", "long"])
def test_a_target_that_is_no_file_is_refused(
    path: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = tmp_path / "b.rop-backup"
    assert back_up(path, copy) == 0
    target = {"dev": tmp_path / "pipe", "long": tmp_path / ("a" * 300)}.get(name, tmp_path / name)
    if name == "dev":
        os.mkfifo(target)
    elif name == "a folder":
        target.mkdir()
    code = 1 if name == "long" else 2
    capsys.readouterr()
    assert back_up(path, target, "--overwrite") == code
    assert main(["restore", str(copy), "-o", str(target)]) == code
    assert "rop-parts" not in capsys.readouterr().err
    assert main(["restore", str(copy), "-o", str(tmp_path / "new.rop")]) == 0


@pytest.mark.parametrize("lost", ["gone", "damaged", "another's"])
def test_only_the_keys_are_fetched(
    path: Path, tmp_path: Path, lost: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    target, other = tmp_path / "stick" / "b.rop-backup", tmp_path / "pc" / "other.rop"
    assert back_up(path, target) == 0
    assert main(["demo", str(other)]) == 0
    if lost == "another's":
        keys_path(path).write_bytes(keys_path(other).read_bytes())
    elif lost == "damaged":
        keys_path(path).write_bytes(b"{")
    else:
        keys_path(path).unlink()
    before = path.read_bytes()
    monkeypatch.delenv("ROP_PASSPHRASE")
    assert main(["restore", str(target), "-o", str(path)]) == 2
    assert ("already" if lost == "another's" else "ROP_PASSPHRASE") in capsys.readouterr().err
    monkeypatch.setenv("ROP_PASSPHRASE", "noe helt annet her")
    assert main(["restore", str(target), "-o", str(path)]) == 1
    assert path.read_bytes() == before
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    number = path.stat().st_ino
    source = target.parent if lost == "damaged" else target  # a folder with backups does as well
    assert main(["restore", str(source), "-o", str(path)]) == 0
    assert "The records are as they were" in capsys.readouterr().out
    assert path.stat().st_ino == number
    assert main(["groups", "--database", str(path)]) == 0
    assert main(["restore", str(target), "-o", str(path)]) == 2  # all is well, so nothing is to be done


def test_keys_of_a_foreign_backup_are_refused(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, code: str
) -> None:
    other, target = tmp_path / "pc" / "other.rop", tmp_path / "b.rop-backup"
    assert main(["demo", str(other)]) == 0
    assert back_up(other, target) == 0
    keys_path(path).unlink()
    before = everything(tmp_path)
    (tmp_path / "empty").mkdir()
    capsys.readouterr()
    assert main(["restore", str(target), "-o", str(path)]) == 2
    assert "belong to other records" in capsys.readouterr().err
    assert main(["restore", str(tmp_path / "empty"), "-o", str(path)]) == 2
    assert "recovery code" in capsys.readouterr().err
    monkeypatch.delenv("ROP_PASSPHRASE")
    monkeypatch.setenv("ROP_RECOVERY_CODE", code)  # it is the right one, and opens the records without keys
    assert main(["restore", str(target), "-o", str(path)]) == 2
    assert "keys of these records are not in" in capsys.readouterr().err
    assert not keys_path(path).exists()
    assert everything(tmp_path).keys() - before.keys() <= {"gruppe.rop-journal"}  # empty; SQLite's


@pytest.mark.parametrize("name", ["copy.ropbackup", "copy.rop-backup", "COPY.ROPBACKUP"])
def test_what_readme_names_is_found_in_a_folder(
    path: Path, tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    folder, again = tmp_path / "stick", tmp_path / "pc" / "again.rop"
    assert back_up(path, folder / name) == 0
    assert "only finds" not in capsys.readouterr().out
    assert main(["restore", str(folder)]) == 0
    assert name in capsys.readouterr().out
    assert main(["restore", str(folder), "-o", str(again)]) == 0  # the only one that is meant
    assert main(["groups", "--database", str(again)]) == 0
    keys_path(path).unlink()
    assert main(["restore", str(folder), "-o", str(path)]) == 0
    assert main(["groups", "--database", str(path)]) == 0
    capsys.readouterr()
    assert main(["restore", str(folder), "-o", str(path)]) == 2
    assert "There are records at gruppe.rop already" in capsys.readouterr().err


def test_damaged_records_with_foreign_keys_are_not_sent_in_a_circle(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target, other = tmp_path / "stick" / "b.rop-backup", tmp_path / "pc" / "other.rop"
    assert back_up(path, target) == 0
    assert main(["demo", str(other)]) == 0
    data = bytearray(path.read_bytes())
    data[9000] ^= 0xFF
    path.write_bytes(bytes(data))
    capsys.readouterr()
    assert main(["groups", "--database", str(path)]) == 1
    error = capsys.readouterr().err
    assert "gruppe.rop is damaged. Keep the file" in error
    assert "rop-facilitator restore BACKUP" in error
    keys_path(path).write_bytes(keys_path(other).read_bytes())
    assert main(["restore", str(target), "-o", str(path)]) == 2
    assert "under another name" in capsys.readouterr().err
    assert path.read_bytes() == bytes(data)
    assert main(["restore", str(target), "-o", str(tmp_path / "again.rop")]) == 0


def test_lost_keys_name_the_command_that_fetches_them(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    keys_path(path).unlink()
    assert main(["groups", "--database", str(path)]) == 1
    error = capsys.readouterr().err
    assert "recovery code" in error
    assert f"rop-facilitator restore BACKUP -o {path}" in error


def test_an_ending_that_no_search_finds_is_told(path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert back_up(path, tmp_path / "stick" / "copy.zip") == 0
    assert "only finds names that end in .rop-backup or .ropbackup" in capsys.readouterr().out


def test_among_several_backups_the_leader_says_which(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, other, again = tmp_path / "stick", tmp_path / "other.rop", tmp_path / "pc" / "again.rop"
    folder.mkdir()
    assert main(["restore", str(folder), "-o", str(again)]) == 2
    assert "There is no backup in" in capsys.readouterr().err
    assert back_up(path, folder / "a.ropbackup") == 0
    monkeypatch.setenv("ROP_PASSPHRASE", NEW)
    assert main(["demo", str(other)]) == 0
    assert back_up(other, folder / "b.rop-backup") == 0
    capsys.readouterr()
    monkeypatch.delenv("ROP_PASSPHRASE")
    assert main(["restore", str(folder), "-o", str(again)]) == 2
    shown = capsys.readouterr()
    assert "a.ropbackup" in shown.out
    assert "b.rop-backup" in shown.out
    assert "Say which backup" in shown.err
    assert not again.exists()
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    assert main(["restore", str(folder), "-o", str(again)]) == 0  # the passphrase opens one of the two
    assert main(["groups", "--database", str(again)]) == 0


@pytest.fixture
def only_a_backup(path: Path, tmp_path: Path) -> Path:
    """A machine with nothing but one backup file."""
    target = tmp_path / "stick" / "b.rop-backup"
    assert back_up(path, target) == 0
    path.unlink()
    keys_path(path).unlink()
    return target


def test_with_the_wrong_passphrase_nothing_is_made(
    only_a_backup: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ROP_PASSPHRASE", "noe helt annet her")
    target = tmp_path / "pc" / "groups.rop"
    assert main(["restore", str(only_a_backup), "-o", str(target)]) == 1
    assert "Wrong passphrase" in capsys.readouterr().err
    assert not target.exists()


def test_by_recovery_code_with_a_new_passphrase(
    only_a_backup: Path, tmp_path: Path, code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ROP_PASSPHRASE")
    monkeypatch.setenv("ROP_RECOVERY_CODE", code.lower())
    first, second = tmp_path / "pc" / "first.rop", tmp_path / "pc" / "second.rop"
    assert main(["restore", str(only_a_backup), "-o", str(first)]) == 0
    assert main(["groups", "--database", str(first), "--json"]) == 0  # the code opens them as well
    monkeypatch.setenv("ROP_NEW_PASSPHRASE", NEW)
    assert main(["restore", str(only_a_backup), "-o", str(second), "--leader", LEADER]) == 0
    capsys.readouterr()
    monkeypatch.delenv("ROP_RECOVERY_CODE")
    monkeypatch.setenv("ROP_PASSPHRASE", NEW)
    assert main(["groups", "--database", str(second), "--json"]) == 0
    assert main(["groups", "--database", str(first), "--json"]) == 1


def test_another_code_is_told(
    only_a_backup: Path, tmp_path: Path, code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("ROP_PASSPHRASE")
    monkeypatch.setenv("ROP_RECOVERY_CODE", code[:-1] + ("0" if code[-1] != "0" else "1"))
    assert main(["restore", str(only_a_backup), "-o", str(tmp_path / "pc" / "groups.rop")]) == 1
    assert "Group 14 is wrong" in capsys.readouterr().err
    assert not (tmp_path / "pc").exists()


def test_a_folder_lists_its_backups(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "stick"
    assert back_up(path, folder / "a.rop-backup") == 0
    assert back_up(path, folder / "below" / "b.rop-backup") == 0
    damaged = folder / "below" / "b.rop-backup"
    data = bytearray(damaged.read_bytes())
    data[5000] ^= 1
    damaged.write_bytes(bytes(data))
    (folder / "c.rop-backup").write_bytes(b"x")
    monkeypatch.delenv("ROP_PASSPHRASE")
    capsys.readouterr()
    assert main(["restore", str(folder), "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {(Path(row["file"]).name, row["whole"]) for row in rows} == {("a.rop-backup", True), ("b.rop-backup", False)}
    assert rows[0]["rows"]["leader"] == 1
    assert main(["restore", str(folder)]) == 0
    assert "damaged" in capsys.readouterr().out
    assert main(["restore", str(folder / "a.rop-backup")]) == 2
    (tmp_path / "empty").mkdir()
    capsys.readouterr()
    assert main(["restore", str(tmp_path / "empty")]) == 0
    assert "no backup" in capsys.readouterr().out
