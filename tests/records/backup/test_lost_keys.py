"""Records that are whole while their keys are gone: a backup of the same records brings them back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from rop_facilitator.errors import UserError
from rop_facilitator.records.backup.backup_list import backup_folder, find_backups
from rop_facilitator.records.backup.create_backup import automatic_backup
from rop_facilitator.records.backup.lost_keys import SpareKeys, keys_words, spare_keys, unlock_with_spare_keys
from rop_facilitator.records.models import AuditEvent
from rop_facilitator.records.storage.credentials import Secret
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.engine import DamagedError
from rop_facilitator.records.storage.opening import create_database, unlock_database
from rop_facilitator.records.storage.vault import KeysLostError, WrongPassphraseError, keys_path, read_vault
from tests.records.conftest import CHEAP, LEADER, NOW, PASSPHRASE

OTHER = "fire helt andre ord"
RIGHT = Secret(passphrase=PASSPHRASE)


def opened(path: Path, passphrase: str = PASSPHRASE) -> Database:
    return unlock_database(path, LEADER, passphrase, clock=lambda: NOW, cost=CHEAP)


@pytest.fixture
def backed_up(path: Path) -> Path:
    """Records with a backup beside them."""
    database = opened(path)
    automatic_backup(database, backup_folder(path), at=NOW - timedelta(days=1))
    database.close()
    return path


def spares(path: Path) -> list[SpareKeys]:
    return spare_keys(find_backups([backup_folder(path)]))


def fetch(path: Path, secret: Secret = RIGHT, *, for_writing: bool = True) -> Database:
    return unlock_with_spare_keys(path, secret, spares(path), clock=lambda: NOW, for_writing=for_writing)


def spoil_keys(path: Path) -> None:
    keys_path(path).write_bytes(keys_path(path).read_bytes()[:-40])


def put_foreign_keys(path: Path) -> None:
    other = path.parent / "elsewhere" / "other.rop"
    database, _code = create_database(other, "Jonas", PASSPHRASE, clock=lambda: NOW, cost=CHEAP)
    database.close()
    keys_path(path).write_bytes(keys_path(other).read_bytes())


@pytest.mark.parametrize(
    ("harm", "was"),
    [
        (lambda path: keys_path(path).unlink(), "was missing and"),
        (spoil_keys, "was damaged, so"),
        (put_foreign_keys, "belonged to other records, so"),
    ],
)
def test_the_keys_come_back_and_the_records_stay(backed_up: Path, harm: Callable[[Path], None], was: str) -> None:
    before = keys_path(backed_up).read_bytes()
    number = backed_up.stat().st_ino
    harm(backed_up)
    lost = keys_path(backed_up).read_bytes() if keys_path(backed_up).exists() else None
    database = fetch(backed_up)
    assert database.leader_name == LEADER
    assert "Monday 23 November" in keys_words(database)
    assert f"gruppe.rop.keys {was}" in keys_words(database)
    with database.read() as db:
        assert db.query(AuditEvent).filter_by(action="keys fetched").count() == 1
        assert db.query(AuditEvent).filter_by(action="backup taken").count() == 1  # after which the backup was packed
    database.close()
    assert backed_up.stat().st_ino == number
    assert set(read_vault(backed_up).slots) == {LEADER}
    assert read_vault(backed_up).mark in before.decode()
    kept = backed_up.with_name(backed_up.name + ".keys.1")
    assert (kept.read_bytes() if kept.exists() else None) == lost
    opened(backed_up).close()


def test_by_code_every_leader_gets_in_again(backed_up: Path, code: str) -> None:
    keys_path(backed_up).unlink()
    fetch(backed_up, Secret(code=code)).close()
    database = opened(backed_up)
    assert set(read_vault(backed_up).slots) == {LEADER}
    database.close()


def test_the_newest_keys_that_the_passphrase_opens(path: Path) -> None:
    database = opened(path)
    for days, passphrase in ((9, OTHER), (5, ""), (1, PASSPHRASE)):
        if passphrase:
            database.set_passphrase(LEADER, passphrase)
        automatic_backup(database, backup_folder(path), at=NOW - timedelta(days=days))
    database.close()
    keys_path(path).unlink()
    assert len(spares(path)) == 2  # two backups have the same keys
    database = fetch(path)
    assert database.keys_from == NOW - timedelta(days=1)
    database.close()
    keys_path(path).unlink()
    database = fetch(path, Secret(passphrase=OTHER))
    assert database.keys_from == NOW - timedelta(days=5)
    database.close()


def test_a_foreign_backup_is_told_and_nothing_is_written(path: Path) -> None:
    other = path.parent / "elsewhere" / "other.rop"
    database, _code = create_database(other, LEADER, PASSPHRASE, clock=lambda: NOW, cost=CHEAP)
    automatic_backup(database, backup_folder(path), at=NOW)
    database.close()
    keys_path(path).unlink()
    with pytest.raises(KeysLostError, match="other records") as error:
        fetch(path)
    assert path.name in str(error.value)
    assert not keys_path(path).exists()


def test_no_backup_and_a_wrong_passphrase(backed_up: Path) -> None:
    keys_path(backed_up).unlink()
    with pytest.raises(KeysLostError):
        unlock_with_spare_keys(backed_up, RIGHT, [], clock=lambda: NOW)
    with pytest.raises(WrongPassphraseError):
        fetch(backed_up, Secret(passphrase=OTHER))
    assert not keys_path(backed_up).exists()


def test_damaged_records_are_told_as_such(backed_up: Path) -> None:
    keys_path(backed_up).unlink()
    data = bytearray(backed_up.read_bytes())
    data[9000:9064] = bytes(64)
    backed_up.write_bytes(bytes(data))
    with pytest.raises(DamagedError):
        fetch(backed_up)
    assert not keys_path(backed_up).exists()


def test_to_read_only_nothing_is_written(backed_up: Path) -> None:
    keys_path(backed_up).unlink()
    database = fetch(backed_up, for_writing=False)
    assert not database.writable
    database.close()
    assert not keys_path(backed_up).exists()


def test_a_code_of_other_records_is_no_damage(backed_up: Path, tmp_path: Path) -> None:
    database, other = create_database(tmp_path / "else.rop", LEADER, PASSPHRASE, clock=lambda: NOW, cost=CHEAP)
    database.close()
    keys_path(backed_up).unlink()
    with pytest.raises(UserError, match="other records") as error:
        fetch(backed_up, Secret(code=other))
    assert not isinstance(error.value, DamagedError)
