"""kill -9 at any moment: nothing acknowledged is lost, nothing is half."""

import random
from pathlib import Path

import pytest
from sqlalchemy import select

from rop_facilitator.records.backup.backup_list import read_backup
from rop_facilitator.records.backup.restore_backup import restore
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import AuditChange, AuditEvent, Participant
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.opening import unlock_database, unlock_with_code
from rop_facilitator.records.storage.vault import WrongPassphraseError, keys_path, parse_recovery_code
from tests.faults import children
from tests.records.conftest import LEADER, PASSPHRASE, clock

PAUSES = [random.Random(19).uniform(0.0, 0.15) for _ in range(15)]


@pytest.fixture
def counting(path: Path) -> Path:
    """Two people called 0, who are counted up together."""
    database = unlock_database(path, LEADER, PASSPHRASE, clock=clock)
    with database.write(Action.PERSON_ADDED, by=1) as db:
        db.add_all([Participant(name="0"), Participant(name="0")])
    database.close()
    return path


def faults(database: Database, acknowledged: int) -> list[str]:
    """What is wrong with a file after so many acknowledged actions, of which one more may have been stored."""
    with database.read() as db:
        names = set(db.scalars(select(Participant.name)))
        events = len(db.scalars(select(AuditEvent).where(AuditEvent.action == Action.PERSON_RENAMED)).all())
        changes = len(db.scalars(select(AuditChange).where(AuditChange.field == "name")).all())
    handle = database.handle()
    whole = handle.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    handle.close()
    return [
        fault
        for fault, is_so in {
            "half an action": len(names) != 1,
            "lost or invented": not names <= {str(events)} or events < acknowledged,
            "rows without log": changes != 2 * events,
            "not whole": not whole,
        }.items()
        if is_so
    ]


def test_while_marking(counting: Path, tmp_path: Path) -> None:
    acks = tmp_path / "acks"
    for pause in PAUSES:
        assert children.kill_at_work(children.mark_for_ever, acks, counting, after=pause) > 0
        # The lock is free at once, no question is asked.
        database = unlock_database(counting, LEADER, PASSPHRASE, clock=clock)
        assert faults(database, children.acknowledged(acks)) == []
        database.close()
    assert children.acknowledged(acks) > 15


def test_the_check_can_fail(counting: Path, code: str, database: Database) -> None:
    """The control: a change without its log, half an action, a lost action."""
    database.close()
    opened = unlock_with_code(counting, code, clock=clock)
    assert faults(opened, 0) == []
    assert faults(opened, 1) == ["lost or invented"]
    handle = opened.handle()
    handle.execute("UPDATE participant SET name = '1' WHERE id = 1")
    assert faults(opened, 0) == ["half an action", "lost or invented"]
    handle.execute("UPDATE participant SET name = '1'")
    handle.execute(
        "INSERT INTO audit_event (at, action, arguments) VALUES ('2026-11-24 08:35:00', 'person renamed', '{}')"
    )
    assert faults(opened, 1) == ["rows without log"]
    handle.close()
    opened.close()


@pytest.mark.parametrize("pause", PAUSES[:4])
def test_while_changing_the_passphrase(path: Path, tmp_path: Path, pause: float) -> None:
    children.kill_at_work(children.change_passphrase_for_ever, tmp_path / "acks", path, after=pause)
    opened = 0
    for passphrase in (PASSPHRASE, children.OTHER_PASSPHRASE):
        try:
            unlock_database(path, LEADER, passphrase, clock=clock).close()
            opened += 1
        except WrongPassphraseError:
            continue
    assert opened == 1
    assert keys_path(path).exists()


@pytest.mark.parametrize("pause", PAUSES[:4])
def test_while_backing_up(counting: Path, tmp_path: Path, pause: float) -> None:
    target = tmp_path / "away" / "b.rop-backup"
    children.kill_at_work(children.back_up_for_ever, tmp_path / "acks", counting, target, after=pause)
    assert read_backup(target).rows["leader"] == 1
    restore(target, tmp_path / "again.rop")
    database = unlock_database(tmp_path / "again.rop", LEADER, PASSPHRASE, clock=clock)
    assert faults(database, 0) == []
    assert [leader.name for leader in database.leaders()] == [LEADER]
    database.close()


@pytest.mark.parametrize("pause", PAUSES[:4])
def test_while_tidying_the_file(counting: Path, code: str, tmp_path: Path, pause: float) -> None:
    children.kill_at_work(children.vacuum_for_ever, tmp_path / "acks", counting, after=pause)
    assert parse_recovery_code(code)
    database = unlock_database(counting, LEADER, PASSPHRASE, clock=clock)
    assert faults(database, 0) == []
    database.close()
