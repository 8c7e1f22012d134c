"""A full disk, no access, a file that another program holds: told plainly, nothing lost, reading goes on."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from rop_facilitator.errors import UserError
from rop_facilitator.records.backup.create_backup import backup
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Participant
from rop_facilitator.records.storage import engine
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.engine import connect
from rop_facilitator.records.storage.opening import unlock_database
from rop_facilitator.records.storage.vault import keys_path, parse_recovery_code
from tests.faults import children
from tests.records.conftest import LEADER, PASSPHRASE, clock

ROOMS = [0, 1, 4095, 4096, 9_000, 20_000, 40_000]


def messages_while_writing(path: Path, tmp_path: Path, room: int | None) -> list[str]:
    report = tmp_path / f"report-{room}"
    with children.running(children.write_in_little_room, path, tmp_path / f"b-{room}", room, report) as child:
        child.join(60)
        assert child.exitcode == 0
    stored, *said = report.read_text().split("\n")
    opened = unlock_database(path, LEADER, PASSPHRASE, clock=clock)
    with opened.read() as db:
        assert len(db.scalars(select(Participant)).all()) == int(stored)
    opened.close()
    return said


@pytest.mark.parametrize("room", ROOMS)
def test_no_room_for_the_file(path: Path, tmp_path: Path, room: int) -> None:
    said = messages_while_writing(path, tmp_path, room)
    assert said
    assert set(said) <= {
        "The disk is full, so this was not saved. Make room and try again; all from before is kept.",
        "The disk did not answer as it should, so this was not saved. Try again, and take a backup.",
    }
    assert not list(tmp_path.glob("b-*.part"))


def test_with_room_nothing_is_told(path: Path, tmp_path: Path) -> None:
    """The control: the same work without the limit."""
    assert messages_while_writing(path, tmp_path, None) == []


def test_sqlites_own_full_disk_is_called_full(database: Database, leader_id: int) -> None:
    with database.read() as db:
        pages = db.connection().exec_driver_sql("PRAGMA page_count").scalar()
        db.connection().exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        for _ in range(100):
            with database.write(Action.PERSON_ADDED, by=leader_id) as db:
                db.add(Participant(name="x" * 400))

    with pytest.raises(UserError, match="disk is full"):
        fill()
    with database.read() as db:
        before = len(db.scalars(select(Participant)).all())
        db.connection().exec_driver_sql("PRAGMA max_page_count = 100000")
    with database.write(Action.PERSON_ADDED, by=leader_id) as db:
        db.add(Participant(name="now there is room"))
    with database.read() as db:
        assert len(db.scalars(select(Participant)).all()) == before + 1


@pytest.mark.parametrize("room", [0, 1_000, 40_000, 100_000])
def test_no_room_for_a_copy(database: Database, tmp_path: Path, room: int) -> None:
    """SQLite's own way to copy a database tells its faults without their names."""
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    target = tmp_path / "little" / "b.rop-backup"
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, hard))
    try:
        with pytest.raises(UserError, match="disk"):
            backup(database, target)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list(target.parent.iterdir()) == []
    backup(database, target)
    assert target.exists()


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("disk I/O error", "did not answer"),
        ("database or disk is full", "disk is full"),
        ("database is locked", "Another program"),
        ("attempt to write a readonly database", "may not write"),
        ("unable to open database file", "may not write"),
        ("database disk image is malformed", "damaged"),
        ("file is not a database", "damaged"),
    ],
)
def test_a_fault_without_its_name_is_told_by_its_sentence(sentence: str, words: str) -> None:
    with pytest.raises(UserError, match=words), engine.friendly_errors():
        raise engine.dbapi2.OperationalError(sentence)
    with pytest.raises(engine.dbapi2.OperationalError), engine.friendly_errors():
        raise engine.dbapi2.OperationalError("no such table: nobody")  # a mistake of our own


def test_a_file_that_is_held_is_told_and_works_again(path: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BUSY_SECONDS", 0.05)
    database = unlock_database(path, LEADER, PASSPHRASE, clock=clock)
    holder = connect(path, parse_recovery_code(code), writing=True)
    holder.execute("BEGIN EXCLUSIVE")
    with pytest.raises(UserError, match="Another program"):
        database.log_event(Action.PAPERS_PRINTED, by=1)
    with pytest.raises(UserError, match="Another program"), database.read() as db:
        db.scalars(select(Participant)).all()
    holder.execute("ROLLBACK")
    holder.close()
    database.log_event(Action.PAPERS_PRINTED, by=1)
    database.close()


@pytest.fixture
def shared(path: Path) -> Iterator[Path]:
    """The database in a folder that another account can reach."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "records"
        folder.mkdir()
        Path(place).chmod(0o755)
        for file in (path, keys_path(path)):
            shutil.copyfile(file, folder / file.name)
            (folder / file.name).chmod(0o666)
        folder.chmod(0o777)
        yield folder / path.name
        folder.chmod(0o777)


def as_nobody(path: Path, report: Path) -> list[str]:
    """What an account without special rights is told when it opens to write, then to read."""
    with children.running(children.open_as_nobody, path, report) as child:
        child.join(60)
        assert child.exitcode == 0
    return report.read_text().splitlines()


def test_with_access_both_work(shared: Path, tmp_path: Path) -> None:
    """The control of the cases below."""
    assert as_nobody(shared, tmp_path / "report") == [LEADER, LEADER]


@pytest.mark.parametrize(("folder", "file"), [(0o777, 0o444), (0o555, 0o666), (0o555, 0o444)])
def test_without_the_right_to_write_it_is_told_and_can_be_read(
    shared: Path, tmp_path: Path, folder: int, file: int
) -> None:
    shared.chmod(file)
    shared.parent.chmod(folder)
    before = shared.read_bytes()
    refused, read = as_nobody(shared, tmp_path / "report")
    assert refused.startswith("This account may not write here")
    assert read == LEADER
    assert shared.read_bytes() == before


def test_a_folder_that_is_closed_to_a_backup_is_named(shared: Path, tmp_path: Path) -> None:
    closed = shared.parent.parent / "closed"
    closed.mkdir(mode=0o555)
    report = shared.parent / "report"
    with children.running(children.back_up_as_nobody, shared, closed / "b.rop-backup", report) as child:
        child.join(60)
        assert child.exitcode == 0
    lines = report.read_text().splitlines()
    assert (
        lines
        == [
            f"This account may not write in {closed}, so nothing was changed. Choose another folder.",
        ]
        * 2
    )
    assert list(closed.iterdir()) == []


def test_without_the_right_to_read_it_is_told(shared: Path, tmp_path: Path) -> None:
    shared.chmod(0o000)
    assert all(said.startswith("This account may not") for said in as_nobody(shared, tmp_path / "report"))
