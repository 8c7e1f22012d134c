"""Opening, reading and writing."""

import hashlib
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import delete, insert, select, text, update
from sqlalchemy.exc import InvalidRequestError
from sqlalchemy.orm import Session

from rop_facilitator.errors import UserError
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import SCHEMA_VERSION, AuditEvent, Group, Membership, Participant
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.engine import DamagedError, connect
from rop_facilitator.records.storage.opening import create_database, unlock_database, unlock_with_code
from rop_facilitator.records.storage.vault import keys_path, parse_recovery_code
from tests.records.conftest import CHEAP, LEADER, NOW, PASSPHRASE, clock
from tests.records.factories import make_group


def hashes(path: Path) -> tuple[str, ...]:
    return tuple(hashlib.sha256(file.read_bytes()).hexdigest() for file in (path, keys_path(path)))


def test_what_is_written_is_there_next_time(database: Database, leader_id: int) -> None:
    with database.write(Action.PERSON_ADDED, by=leader_id) as db:
        db.add(Participant(name="Kåre"))
    database.close()
    again = unlock_database(database.path, None, PASSPHRASE, clock=clock)
    with again.read() as db:
        assert db.scalars(select(Participant.name)).all() == ["Kåre"]
    again.close()


def test_the_code_that_was_shown_opens(path: Path, code: str) -> None:
    opened = unlock_with_code(path, code.lower(), clock=clock)
    assert [leader.name for leader in opened.leaders()] == [LEADER]
    opened.close()


def test_an_exception_leaves_nothing(database: Database, leader_id: int) -> None:
    notices: list[frozenset[str]] = []
    database.on_change(notices.append)

    def fail() -> None:
        with database.write(Action.PERSON_ADDED, by=leader_id) as db:
            db.add(Participant(name="Kåre"))
            db.flush()
            raise ValueError("no")

    with pytest.raises(ValueError, match="no"):
        fail()
    with database.read() as db:
        assert db.scalars(select(Participant)).all() == []
        assert db.scalars(select(AuditEvent).where(AuditEvent.action == "person added")).all() == []
    assert notices == []


def test_listeners_are_told_after_the_commit_what_changed(database: Database, leader_id: int) -> None:
    seen: list[tuple[frozenset[str], int]] = []

    def listen(classes: frozenset[str]) -> None:
        with database.read() as db:
            seen.append((classes, len(db.scalars(select(Participant)).all())))

    database.on_change(listen)
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        make_group(db, people=2)
    with database.write(Action.GROUP_CHANGED, by=leader_id):
        pass
    classes = {"Group", "GroupSession", "Meeting", "MeetingSession", "Membership", "Participant", "Period"}
    assert seen == [(frozenset(classes), 2)]


def test_loaded_rows_stay_usable_and_load_nothing_more(database: Database, leader_id: int) -> None:
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        group_made = make_group(db, people=2)
    assert group_made.name == "Tuesdays"
    with database.read() as db:
        group = load_group(db, group_made.id)
        bare = db.get(Membership, group.memberships[0].id, populate_existing=False)
    assert [m.participant.name for m in group.memberships] == ["Amund", "Berit"]
    assert bare is not None
    with database.read() as db:
        lonely = db.scalars(select(Group)).one()
        with pytest.raises(InvalidRequestError, match="raise"):
            _ = lonely.meetings


def change_and_flush(db: Session) -> None:
    db.add(Participant(name="x"))
    db.flush()


def change_only(db: Session) -> None:
    db.add(Participant(name="x"))


@pytest.mark.parametrize("change", [change_and_flush, change_only])
def test_read_cannot_change(database: Database, change: Callable[[Session], None]) -> None:
    with pytest.raises(RuntimeError, match="inside read"), database.read() as db:
        change(db)


@pytest.mark.parametrize(
    "statement",
    [
        delete(Participant),
        update(Participant).values(name="x"),
        insert(Participant).values(name="x"),
        Participant.__table__.delete(),  # type: ignore[attr-defined]
        text("DELETE FROM participant"),
    ],
    ids=["delete", "update", "insert", "core", "text"],
)
def test_bulk_statements_are_refused(database: Database, leader_id: int, statement: object) -> None:
    with (
        pytest.raises(RuntimeError, match="through their objects"),
        database.write(Action.GROUP_CHANGED, by=leader_id) as db,
    ):
        db.execute(statement)  # type: ignore[call-overload]
    with pytest.raises(RuntimeError, match="through their objects"), database.read() as db:
        db.execute(statement)  # type: ignore[call-overload]


def test_the_settings_have_taken(database: Database) -> None:
    """Only TRUNCATE with FULL lost nothing in simulated power cuts; a pragma that did not take says nothing."""
    wanted = {"journal_mode": "truncate", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1, "temp_store": 2}
    with database.read() as db:
        settings = {name: db.connection().exec_driver_sql(f"PRAGMA {name}").scalar() for name in wanted}
    assert settings == wanted
    with database.read() as db:
        assert db.connection().exec_driver_sql("PRAGMA user_version").scalar() == SCHEMA_VERSION


def test_a_setting_that_does_not_take_is_a_crash(database: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        __import__("rop_facilitator.records.storage.engine", fromlist=["x"])._SETTINGS, "synchronous", ("OFF", 2)
    )
    with pytest.raises(RuntimeError, match="synchronous"):
        database.handle()


def test_foreign_keys_hold(database: Database, leader_id: int) -> None:
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError), database.write(Action.GROUP_CHANGED, by=leader_id) as db:
        db.add(Membership(group_id=99, participant_id=99, number=1))


def test_the_moment_is_the_clock_that_was_given(database: Database, leader_id: int) -> None:
    database.log_event(Action.PAPERS_PRINTED, by=leader_id)
    database.log_event(Action.PAPERS_PRINTED, by=leader_id, at=datetime(2026, 1, 2, 3, 4))
    with database.read() as db:
        times = db.scalars(select(AuditEvent.at).where(AuditEvent.action == "papers printed")).all()
    assert times == [NOW, datetime(2026, 1, 2, 3, 4)]


def test_creating_never_overwrites(path: Path) -> None:
    before = hashes(path)
    with pytest.raises(UserError, match="already"):
        create_database(path, "Jonas", PASSPHRASE, clock=clock, cost=CHEAP)
    assert hashes(path) == before


def test_a_short_passphrase_leaves_no_file(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="12 characters"):
        create_database(tmp_path / "new" / "a.rop", "Jonas", "kort", clock=clock, cost=CHEAP)
    assert list(tmp_path.rglob("*.rop*")) == []


def test_a_missing_database_is_told(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no records"):
        unlock_database(tmp_path / "a.rop", None, PASSPHRASE, clock=clock)


@pytest.mark.parametrize("ahead", [1, 10])
def test_a_newer_database_is_left_untouched(path: Path, code: str, ahead: int) -> None:
    handle = connect(path, parse_recovery_code(code), writing=True)
    handle.execute(f"PRAGMA user_version = {SCHEMA_VERSION + ahead}")
    handle.execute("CREATE TABLE from_the_future (x)")
    handle.close()
    before = hashes(path)
    with pytest.raises(UserError, match=rf"version {SCHEMA_VERSION + ahead}.*knows {SCHEMA_VERSION}"):
        unlock_database(path, LEADER, PASSPHRASE, clock=clock)
    assert hashes(path) == before


def test_a_file_without_records_is_told(path: Path, code: str) -> None:
    path.write_bytes(b"")
    with pytest.raises(DamagedError):
        unlock_database(path, LEADER, PASSPHRASE, clock=clock)
    path.write_bytes(b"SQLite format 3\0" + b"x" * 8000)
    with pytest.raises(DamagedError):
        unlock_with_code(path, code, clock=clock)


def test_opening_and_writing_need_neither_alembic_nor_qt(path: Path) -> None:
    """Unlocking happens while somebody waits; Alembic costs 0.4 s."""
    script = f"""
import sys
from datetime import datetime
from pathlib import Path
from rop_facilitator.records.storage.opening import unlock_database
from rop_facilitator.records.models import Participant
opened = unlock_database(Path({str(path)!r}), None, {PASSPHRASE!r}, clock=lambda: datetime(2026, 11, 24))
with opened.write("person added", by=1) as db:
    db.add(Participant(name="x"))
opened.close()
print(sorted({{"alembic", "mako", "PySide6", "pydantic"}} & set(sys.modules)))
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert done.stderr == ""
