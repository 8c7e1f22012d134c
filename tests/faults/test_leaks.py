"""No name lies readable on the disk: not in the file, its journal, its backup, or what is made on the way."""

import sqlite3
import tempfile
from pathlib import Path

import pytest

from rop_facilitator.records.backup import create_backup as backup_module
from rop_facilitator.records.backup.create_backup import automatic_backup
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Participant
from rop_facilitator.records.storage.database import Database
from tests.records.steps import CANARY, hits


def test_nothing_readable_is_ever_written(
    database: Database, leader_id: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    looked: list[str] = []
    real = backup_module._verify

    def look(part: Path, key: bytes, check: Path) -> None:
        real(part, key, check)
        looked.extend(file.name for file in tmp_path.rglob("*") if file.is_file())
        assert hits(tmp_path) == []

    monkeypatch.setattr(backup_module, "_verify", look)
    with database.write(Action.PERSON_ADDED, by=leader_id) as db:
        for n in range(300):
            db.add(Participant(name=f"{CANARY} {n}", alias=CANARY * 3))
    with database.write(Action.PERSON_RENAMED, by=leader_id) as db:
        for person in db.query(Participant):
            person.alias = f"Ny {CANARY}"
        db.flush()
        # The journal holds the old pages now.
        assert database.path.with_name("gruppe.rop-journal").stat().st_size > 4096
        assert hits(tmp_path) == []
    automatic_backup(database, tmp_path / "backups")
    assert {"records.rop", "check.rop"} <= set(looked)
    handle = database.handle()
    handle.execute("VACUUM")
    handle.close()
    assert hits(tmp_path) == []
    assert database.path.read_bytes()[:16] != b"SQLite format 3\0"


def test_the_look_finds_what_is_plain(tmp_path: Path) -> None:
    """The control: the same name in a file without a key, and in its journal."""
    plain = sqlite3.connect(tmp_path / "plain.db", isolation_level=None)
    plain.execute("PRAGMA journal_mode = TRUNCATE")
    plain.execute("CREATE TABLE participant (name TEXT)")
    plain.execute("INSERT INTO participant VALUES (?)", (CANARY,))
    assert hits(tmp_path) == ["plain.db"]
    plain.execute("PRAGMA cache_size = 1")
    plain.execute("BEGIN")
    plain.execute("UPDATE participant SET name = 'x'")
    assert "plain.db-journal" in hits(tmp_path)
    plain.close()
