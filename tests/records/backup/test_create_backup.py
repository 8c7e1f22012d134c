"""Backups: made, checked, thinned, restored."""

import json
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import select

from rop_facilitator.errors import UserError
from rop_facilitator.records.backup import create_backup as backup_module
from rop_facilitator.records.backup.backup_list import read_backup
from rop_facilitator.records.backup.create_backup import DamagedBackupError, backup
from rop_facilitator.records.backup.restore_backup import restore
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import SCHEMA_VERSION, AuditEvent, Participant
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.opening import unlock_database, unlock_with_code
from rop_facilitator.records.storage.vault import WrongPassphraseError, keys_path
from tests.records.conftest import CHEAP, NOW, PASSPHRASE, clock
from tests.records.factories import make_group


@pytest.fixture
def saved(database: Database, leader_id: int, tmp_path: Path) -> Path:
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        make_group(db, people=3)
    backup(database, tmp_path / "away" / "gruppe.rop-backup")
    return tmp_path / "away" / "gruppe.rop-backup"


def people(database: Database) -> list[str]:
    with database.read() as db:
        return list(db.scalars(select(Participant.name).order_by(Participant.id)))


def test_it_says_what_it_holds_and_names_nobody(saved: Path, database: Database) -> None:
    info = read_backup(saved)
    assert (info.at, info.schema, info.mark) == (NOW, SCHEMA_VERSION, database.key_mark)
    assert (info.rows["participant"], info.rows["meeting"], info.rows["leader"]) == (3, 5, 1)
    data = saved.read_bytes()
    assert not any(word in data for word in (b"Amund", b"Berit", b"Tuesdays", b"SQLite format 3"))
    assert sorted(file.name for file in saved.parent.iterdir()) == ["gruppe.rop-backup"]


def test_it_is_noted(saved: Path, database: Database, leader_id: int) -> None:
    with database.read() as db:
        event = db.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
    assert event is not None
    assert (event.action, event.leader_id) == ("backup taken", leader_id)


def test_on_an_empty_machine_the_passphrase_opens_it(saved: Path, tmp_path: Path) -> None:
    target = tmp_path / "other machine" / "gruppe.rop"
    restore(saved, target)
    opened = unlock_database(target, None, PASSPHRASE, clock=clock)
    assert people(opened) == ["Amund", "Berit", "Daniel"]
    opened.close()


def test_on_an_empty_machine_the_code_alone_opens_it(saved: Path, tmp_path: Path, code: str) -> None:
    target = tmp_path / "other machine" / "gruppe.rop"
    restore(saved, target)
    keys_path(target).unlink()
    opened = unlock_with_code(target, code, clock=clock, cost=CHEAP)
    assert people(opened) == ["Amund", "Berit", "Daniel"]
    opened.set_passphrase("Marit", "en helt ny setning")
    opened.close()
    unlock_database(target, "Marit", "en helt ny setning", clock=clock).close()


def test_a_backup_keeps_the_passphrase_of_its_time(saved: Path, database: Database, tmp_path: Path) -> None:
    database.set_passphrase("Marit", "en helt ny setning")
    restore(saved, tmp_path / "old.rop")
    with pytest.raises(WrongPassphraseError):
        unlock_database(tmp_path / "old.rop", None, "en helt ny setning", clock=clock)
    opened = unlock_database(tmp_path / "old.rop", None, PASSPHRASE, clock=clock)
    assert people(opened) == ["Amund", "Berit", "Daniel"]
    opened.close()


def test_with_lost_keys_a_backup_still_opens_with_the_code(path: Path, code: str, tmp_path: Path) -> None:
    keys_path(path).unlink()
    opened = unlock_with_code(path, code, clock=clock)
    backup(opened, tmp_path / "b.rop-backup")
    opened.close()
    restore(tmp_path / "b.rop-backup", tmp_path / "again.rop")
    again = unlock_with_code(tmp_path / "again.rop", code, clock=clock)
    assert [leader.name for leader in again.leaders()] == ["Marit"]
    again.close()


def test_restoring_never_overwrites(saved: Path, database: Database) -> None:
    before = database.path.read_bytes()
    with pytest.raises(UserError, match=r"already.*another name"):
        restore(saved, database.path)
    assert database.path.read_bytes() == before


def test_a_reader_beside_the_writer_can_take_one(database: Database, tmp_path: Path) -> None:
    beside = unlock_database(database.path, None, PASSPHRASE, clock=clock, for_writing=False)
    backup(beside, tmp_path / "b.rop-backup")
    beside.close()
    assert read_backup(tmp_path / "b.rop-backup").rows["leader"] == 1


def attempt(saved: Path, target: Path) -> str:
    """What a leader is told when restoring; empty when it went well."""
    try:
        restore(saved, target)
    except UserError as error:
        return str(error)
    return ""


def test_every_damage_is_told_and_leaves_nothing(saved: Path, tmp_path: Path) -> None:
    whole = saved.read_bytes()
    target = tmp_path / "restored.rop"
    for place in (*range(0, len(whole), max(1, len(whole) // 97)), *range(len(whole) - 22, len(whole))):
        saved.write_bytes(whole[:place] + bytes([whole[place] ^ 0x40]) + whole[place + 1 :])
        message = attempt(saved, target)
        if message:
            assert "damaged" in message or "newer" in message
            assert not target.exists()
            assert not keys_path(target).exists()
        else:
            # Some bytes of a zip (a date, an attribute) mean nothing to us; then the records must be whole.
            unlock_database(target, None, PASSPHRASE, clock=clock).close()
            target.unlink()
            keys_path(target).unlink()
    for cut in (0, 1, 100, len(whole) // 2, len(whole) - 1):
        saved.write_bytes(whole[:cut])
        with pytest.raises(DamagedBackupError, match="Choose another backup"):
            restore(saved, target)
    assert [file for file in tmp_path.iterdir() if "restored" in file.name and "lock" not in file.name] in (
        [],
        [tmp_path / "restored.rop-journal"],
    )


def test_a_file_that_is_not_there_is_told(saved: Path, database: Database, tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"nowhere\.rop-backup .*Check the folder"):
        restore(tmp_path / "nowhere.rop-backup", tmp_path / "r.rop")
    with pytest.raises(UserError, match="Check the folder"):
        backup(database, saved / "a folder that is a file" / "b.rop-backup")
    with pytest.raises(UserError, match="is a folder"):
        backup(database, tmp_path)


def repack(file: Path, change: dict[str, object], *, compressed: bool = False) -> None:
    with zipfile.ZipFile(file) as packed:
        members = {name: packed.read(name) for name in packed.namelist()}
    manifest = json.loads(members["manifest.json"]) | change
    members["manifest.json"] = json.dumps(manifest).encode()
    kind = zipfile.ZIP_DEFLATED if compressed else zipfile.ZIP_STORED
    with zipfile.ZipFile(file, "w", kind) as packed:
        for name, data in members.items():
            packed.writestr(name, data)


@pytest.mark.parametrize("change", [{"format": 2}, {"schema": SCHEMA_VERSION + 1}])
def test_a_newer_programs_backup_is_told(saved: Path, tmp_path: Path, change: dict[str, object]) -> None:
    repack(saved, change)
    with pytest.raises(UserError, match="newer program"):
        restore(saved, tmp_path / "r.rop")
    assert not (tmp_path / "r.rop").exists()


@pytest.mark.parametrize(
    "change", [{"rows": None}, {"at": "yesterday"}, {"records_hash": "0" * 64}, {"keys_hash": None}, {"format": "x"}]
)
def test_a_manifest_that_lies_is_told(saved: Path, tmp_path: Path, change: dict[str, object]) -> None:
    repack(saved, change)
    with pytest.raises(DamagedBackupError):
        restore(saved, tmp_path / "r.rop")


def test_a_compressed_file_is_not_ours(saved: Path, tmp_path: Path) -> None:
    repack(saved, {}, compressed=True)
    with pytest.raises(DamagedBackupError):
        restore(saved, tmp_path / "r.rop")


def test_a_copy_that_lost_rows_never_takes_the_good_ones_place(
    saved: Path, database: Database, leader_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the check: what SQLite copied is tampered with before it is packed."""
    good = saved.read_bytes()
    real = backup_module._copy

    def lossy(path: Path, key: bytes, copy: Path) -> dict[str, int]:
        rows = real(path, key, copy)
        handle = backup_module.connect(copy, key, writing=True)
        handle.execute("DELETE FROM attendance")
        handle.execute("DELETE FROM period")
        handle.execute("DELETE FROM membership")
        handle.close()
        return rows

    monkeypatch.setattr(backup_module, "_copy", lossy)
    with pytest.raises(DamagedBackupError, match="did not pass"):
        backup(database, saved)
    assert saved.read_bytes() == good
    assert [file.name for file in saved.parent.iterdir()] == [saved.name]
