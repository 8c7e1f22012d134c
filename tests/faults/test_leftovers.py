"""A backup, a restore or an export that is killed leaves nothing that blocks or tells, wherever it was killed."""

from __future__ import annotations

import signal
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from rop_facilitator.cli import main
from rop_facilitator.paths import data_folder
from rop_facilitator.private_files import PartsFolder, notes_folder, sweep_parts
from rop_facilitator.records.backup.backup_list import read_backup
from rop_facilitator.records.backup.create_backup import backup
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.storage.opening import unlock_database
from rop_facilitator.records.storage.vault import keys_path
from tests.faults import children
from tests.records.conftest import CHEAP, LEADER, PASSPHRASE, clock
from tests.records.factories import make_group
from tests.records.steps import CANARY, hits


@pytest.fixture
def named(path: Path) -> Path:
    """Records with a group of people whose names would give them away."""
    database = unlock_database(path, LEADER, PASSPHRASE, clock=clock, cost=CHEAP)
    with database.write(Action.GROUP_CREATED, by=database.leader_id) as db:
        group = make_group(db, people=3)
        for membership in group.memberships:
            membership.participant.name = f"{CANARY} {membership.participant.name}"
    database.close()
    return path


def killed(scratch: Path, number: int, work: Callable[..., object], *arguments: object) -> bool:
    """Whether the work was killed at its `number`th flush; False when it was done before."""
    with children.running(children.die_at_flush, data_folder(), scratch, number, work, *arguments) as child:
        child.join(60)
        assert child.exitcode in (0, -signal.SIGKILL)
        return child.exitcode != 0


def kill_everywhere(scratch: Path, work: Callable[..., object], *arguments: object, look: Callable[[], None]) -> int:
    """Kill the work at each of its flushes in turn and look at what is left; returns how many there were."""
    number = 1
    while killed(scratch, number, work, *arguments):
        look()
        number += 1
        assert number < 50
    return number - 1


def files(folder: Path) -> set[str]:
    return {str(file.relative_to(folder)) for file in folder.rglob("*") if file.is_file()}


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    """The temp folder of the system."""
    folder = tmp_path / "scratch"
    folder.mkdir()
    return folder


@pytest.mark.parametrize("name", ["list.csv", "list.xlsx"])
def test_a_killed_export(named: Path, tmp_path: Path, scratch: Path, name: str) -> None:
    target = tmp_path / "documents" / name
    target.parent.mkdir()
    seen: list[str] = []

    def look() -> None:
        assert files(scratch) == set()
        for folder in target.parent.glob(".rop-parts-*"):  # until it is swept, nobody else can look into it
            assert stat.S_IMODE(folder.stat().st_mode) == 0o700
            seen.append(folder.name)
        sweep_parts()
        target.unlink(missing_ok=True)  # after the rename, before the folder was flushed
        assert files(target.parent) == files(notes_folder()) == set()
        assert hits(tmp_path, data_folder()) == []

    # The first flushes are those of opening the records and of the note about who has them open.
    assert kill_everywhere(scratch, children.write_list, named, target, look=look) >= 2
    assert seen
    assert target.exists()


def test_a_killed_backup(named: Path, tmp_path: Path, scratch: Path) -> None:
    target = tmp_path / "stick" / "b.rop-backup"

    def look() -> None:
        assert files(scratch) == set()
        sweep_parts()
        assert files(target.parent) <= {target.name} if target.parent.exists() else True
        assert not list(tmp_path.glob(".rop-parts-*"))
        assert hits(tmp_path, data_folder()) == []
        if target.exists():
            read_backup(target)

    assert kill_everywhere(scratch, children.back_up_once, named, target, look=look) >= 5
    assert read_backup(target).rows["participant"] == 3


@pytest.fixture
def saved(named: Path, tmp_path: Path) -> Path:
    database = unlock_database(named, LEADER, PASSPHRASE, clock=clock, cost=CHEAP)
    backup(database, tmp_path / "stick" / "b.rop-backup")
    database.close()
    return tmp_path / "stick" / "b.rop-backup"


def test_a_killed_restore_can_be_done_again(saved: Path, tmp_path: Path, scratch: Path) -> None:
    target = tmp_path / "pc" / "groups.rop"

    def look() -> None:
        assert files(scratch) == set()
        sweep_parts()
        assert not list(target.parent.glob(".rop-parts-*")) if target.parent.exists() else True
        if target.exists():
            target.unlink()
        keys_path(target).unlink(missing_ok=True)

    assert kill_everywhere(scratch, children.restore_once, saved, target, look=look) >= 3
    unlock_database(target, LEADER, PASSPHRASE, clock=clock).close()


def test_a_restore_over_records_that_is_killed_leaves_the_old_or_the_new(
    saved: Path, named: Path, tmp_path: Path, scratch: Path
) -> None:
    data = bytearray(named.read_bytes())
    data[4096:8192] = bytes(4096)
    damaged = bytes(data)
    keys = keys_path(named).read_bytes()

    def look() -> None:
        sweep_parts()
        now = named.read_bytes()
        assert now == damaged or unlock_database(named, LEADER, PASSPHRASE, clock=clock).close() is None
        replaced = [file for file in tmp_path.glob("gruppe-replaced-*.rop") if file.read_bytes() == damaged]
        assert now == damaged or replaced
        named.write_bytes(damaged)
        keys_path(named).write_bytes(keys)
        for file in tmp_path.glob("gruppe-replaced-*"):
            file.unlink()

    named.write_bytes(damaged)
    assert kill_everywhere(scratch, children.restore_over, saved, named, look=look) >= 3
    (replaced,) = tmp_path.glob("gruppe-replaced-*.rop")
    assert replaced.read_bytes() == damaged
    assert keys_path(replaced).read_bytes() == keys
    unlock_database(named, LEADER, PASSPHRASE, clock=clock).close()


def test_what_is_at_work_is_not_swept(tmp_path: Path) -> None:
    folder = PartsFolder(tmp_path)
    (folder.path / "x").write_text("x")
    sweep_parts()
    assert (folder.path / "x").exists()
    folder.cleanup()
    assert files(tmp_path) == files(notes_folder()) == set()


def test_a_stick_that_is_away_is_swept_when_it_is_back(tmp_path: Path) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    with children.running(
        children.die_at_flush, data_folder(), tmp_path, 1, children.write_small, stick / "x"
    ) as child:
        child.join(60)
    assert len(files(stick)) == 1
    stick.rename(tmp_path / "away")
    sweep_parts()
    assert len(files(notes_folder())) == 1
    (tmp_path / "away").rename(stick)
    assert main(["curricula", "--json"]) == 0  # each command sweeps first, and so does the window
    assert files(stick) == files(notes_folder()) == set()


def test_a_note_that_lies_takes_nothing_away(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    notes_folder().mkdir(parents=True)
    (notes_folder() / "x").write_text(str(tmp_path / "mine"))
    (notes_folder() / "y").write_bytes(b"\0\xff")
    (notes_folder() / "z").mkdir()
    sweep_parts()
    assert (tmp_path / "mine").exists()


def test_without_room_in_the_temp_folder_all_goes_on(
    named: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing of ours is written there, so it may be full or gone."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "not there"))
    monkeypatch.setenv("TMPDIR", str(tmp_path / "not there"))
    children.back_up_once(named, tmp_path / "b.rop-backup")
    children.restore_once(tmp_path / "b.rop-backup", tmp_path / "again.rop")
    children.write_list(tmp_path / "again.rop", tmp_path / "list.xlsx")
    assert (tmp_path / "list.xlsx").stat().st_size > 5000
