"""The power goes at any moment: what was told as saved is there, whole, and with its line in the log."""

from __future__ import annotations

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from rop_facilitator.records.backup.create_backup import backup
from rop_facilitator.records.backup.restore_backup import restore
from rop_facilitator.records.erasure.erase import erase_participant
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.attendance import mark_attendance
from rop_facilitator.records.models import (
    Attendance,
    AuditEvent,
    Participant,
)
from rop_facilitator.records.storage import engine
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.engine import connect
from rop_facilitator.records.storage.opening import unlock_database
from tests.faults.power import Recording, recording
from tests.records.conftest import CHEAP, LEADER, NOW, PASSPHRASE, clock
from tests.records.factories import make_group

CUTS = 200
MARKS = 24
PEOPLE = 8
SAVED = (Mark.PRESENT, Mark.LATE, Mark.ABSENT)


@pytest.fixture
def group(path: Path) -> Path:
    """Records, locked, with one group whose first meeting is over."""
    database = unlock(path)
    with database.write(Action.GROUP_CREATED, by=1) as db:
        make_group(db, people=PEOPLE)
    database.close()
    return path


def unlock(path: Path) -> Database:
    return unlock_database(path, LEADER, PASSPHRASE, clock=clock, cost=CHEAP)


def mark_everybody(path: Path) -> Recording:
    """Three rounds of marks at one meeting, each saved by itself."""
    with recording(path) as recorded:
        database = unlock(path)
        for n in range(MARKS):
            with database.write(Action.ATTENDANCE_MARKED, by=1) as db:
                meeting = (group := load_group(db, 1)).meetings[0]
                person = group.memberships[n % PEOPLE]
                mark_attendance(db, meeting.id, person.id, SAVED[n // PEOPLE], today=NOW.date())
            recorded.done()
        database.close()
    return recorded


def after(marks: int) -> list[str]:
    """Everybody's mark, by person, after so many were saved; one by one, round by round."""
    given = [(n % PEOPLE, SAVED[n // PEOPLE]) for n in range(marks)]
    return [mark.value if mark else "" for mark in {**dict.fromkeys(range(PEOPLE)), **dict(given)}.values()]


def images(recorded: Recording, folder: Path, *, seed: int, cuts: int) -> Iterator[tuple[int, Path]]:
    """How often "saved" had been told before each cut, and the records as the cut left them; every tenth comes last."""
    dice = random.Random(seed)
    folder.mkdir()
    for n in range(cuts):
        cut = dice.randint(0, len(recorded.steps)) if n % 10 else len(recorded.steps)
        for old in folder.iterdir():
            old.unlink()
        for name, data in recorded.cut(cut, dice).items():
            (folder / name).write_bytes(data)
        yield recorded.saved_before(cut), folder / "gruppe.rop"


def fault(path: Path, key: bytes, saved: int) -> str:
    """What is wrong with the records after so many marks that were told as saved; one more may be there."""
    try:
        handle = connect(path, key, writing=True)
    except engine.dbapi2.DatabaseError:
        return "not readable"
    try:
        marks = [mark or "" for (mark,) in handle.execute("SELECT mark FROM attendance ORDER BY membership_id, id")]
        logged = handle.execute("SELECT count(*) FROM audit_event WHERE action = 'attendance marked'").fetchone()[0]
        handle.execute("PRAGMA wal_checkpoint").fetchall()  # pages that only a write-ahead log can mend count as whole
        whole = handle.execute("PRAGMA cipher_integrity_check").fetchone() is None
        if not whole or handle.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            return "not whole"
    except engine.dbapi2.DatabaseError:
        return "not readable"
    finally:
        handle.close()
    if (marks or [""] * PEOPLE) != after(logged):
        return "mark without log"
    return "lost" if logged < saved else "invented" if logged > saved + 1 else ""


def faults(recorded: Recording, folder: Path, key: bytes, *, cuts: int = CUTS) -> list[str]:
    return [what for saved, path in images(recorded, folder, seed=7, cuts=cuts) if (what := fault(path, key, saved))]


@pytest.fixture
def key(path: Path) -> bytes:
    database = unlock(path)
    held = database.key
    database.close()
    return held


def test_while_marking(group: Path, key: bytes, tmp_path: Path) -> None:
    recorded = mark_everybody(group)
    assert recorded.saved_before(len(recorded.steps)) == MARKS
    assert faults(recorded, tmp_path / "cut", key, cuts=5 * CUTS) == []


def test_the_recording_is_all_that_happened(group: Path) -> None:
    """The control of the recorder: without a cut the steps make the very file that is there."""
    recorded = mark_everybody(group)
    assert recorded.before["gruppe.rop"] != group.read_bytes()
    assert recorded.cut(len(recorded.steps), random.Random(1))["gruppe.rop"] == group.read_bytes()
    kinds = {(step.kind, step.file) for step in recorded.steps}
    assert {("sync", "gruppe.rop"), ("sync", "gruppe.rop-journal"), ("truncate", "gruppe.rop-journal")} <= kinds


def test_without_flushing_it_breaks(group: Path, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control of the test: the same cuts where SQLite asks for no flush."""
    monkeypatch.setitem(engine._SETTINGS, "synchronous", ("OFF", 0))
    breaks = faults(mark_everybody(group), tmp_path / "cut", key)
    assert breaks.count("lost") + breaks.count("not whole") + breaks.count("not readable") > CUTS // 3
    assert "lost" in breaks


def test_a_write_ahead_log_that_is_not_flushed_loses_marks(
    group: Path, key: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control of the finer kind: here every file is whole, and only the last marks are gone."""
    monkeypatch.setitem(engine._SETTINGS, "journal_mode", ("WAL", "wal"))
    monkeypatch.setitem(engine._SETTINGS, "synchronous", ("NORMAL", 1))
    breaks = faults(mark_everybody(group), tmp_path / "cut", key)
    assert set(breaks) == {"lost"}
    assert len(breaks) > CUTS // 10


def test_a_record_after_a_cut_goes_on(group: Path, tmp_path: Path) -> None:
    """Nothing asks, nothing is to be repaired: unlock and mark on."""
    for saved, path in images(mark_everybody(group), tmp_path / "cut", seed=11, cuts=12):
        database = unlock(path)
        with database.write(Action.ATTENDANCE_MARKED, by=1) as db:
            loaded = load_group(db, 1)
            mark_attendance(db, loaded.meetings[0].id, loaded.memberships[0].id, Mark.EXEMPT, today=NOW.date())
        with database.read() as db:
            events = db.scalars(select(AuditEvent).where(AuditEvent.action == "attendance marked")).all()
            assert saved < len(events) <= saved + 2
            assert Mark.EXEMPT in db.scalars(select(Attendance.mark)).all()
        database.close()


def names(path: Path) -> set[str]:
    database = unlock(path)
    with database.read() as db:
        people = set(db.scalars(select(Participant.name)))
    handle = database.handle()
    assert handle.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    handle.close()
    database.close()
    return people


def test_while_deleting_for_good(group: Path, tmp_path: Path) -> None:
    everybody = names(group)
    with recording(group) as recorded:
        database = unlock(group)
        erase_participant(database, 1, by=1)
        recorded.done()
        database.close()
    left = []
    for saved, path in images(recorded, tmp_path / "cut", seed=3, cuts=40):
        left.append((saved, len(people := names(path))))
        assert everybody - people <= {"Amund"}
    assert {count for saved, count in left if saved} == {PEOPLE - 1}
    assert {count for saved, count in left if not saved} == {PEOPLE, PEOPLE - 1}


def test_while_deleting_again_after_a_restore(group: Path, tmp_path: Path) -> None:
    """Wherever the cut comes, the next unlocking leaves nobody behind."""
    everybody = names(group)
    database = unlock(group)
    backup(database, tmp_path / "old.rop-backup")
    erase_participant(database, 1, by=1)
    database.close()
    for file in group.parent.glob("gruppe.rop*"):
        file.rename(file.with_name(file.name.replace("gruppe", "former")))
    restore(tmp_path / "old.rop-backup", group)
    with recording(group) as recorded:
        unlock(group).close()
    keys = recorded.before["gruppe.rop.keys"]
    assert keys != (group.with_name("gruppe.rop.keys")).read_bytes()
    for file in ("former.rop", "former.rop.keys"):
        recorded.before[file] = group.with_name(file).read_bytes()
    for _saved, path in images(recorded, tmp_path / "cut", seed=5, cuts=40):
        assert names(path) == everybody - {"Amund"}


# -- files that are written whole


Order = list[tuple[str, int]]


@pytest.fixture
def order(monkeypatch: pytest.MonkeyPatch) -> Order:
    """What was flushed and what got its name, as numbers of files, in order; a rename names its folder too."""
    seen: Order = []
    flush, rename = os.fsync, Path.replace

    def fsync(handle: int) -> None:
        flush(handle)
        seen.append(("flushed", os.fstat(handle).st_ino))

    def replace(self: Path, target: Path) -> Path:
        seen.extend((("named", self.stat().st_ino), ("in", target.parent.stat().st_ino)))
        return rename(self, target)

    monkeypatch.setattr(os, "fsync", fsync)
    monkeypatch.setattr(Path, "replace", replace)
    return seen


def too_early(order: Order) -> list[tuple[str, int]]:
    """Files that got their name before they were flushed, and folders that were not flushed after."""
    early = []
    for n, (what, file) in enumerate(order):
        if what == "named" and ("flushed", file) not in order[:n]:
            early.append((what, file))
        if what == "in" and ("flushed", file) not in order[n:]:
            early.append((what, file))
    return early


ACTS: dict[str, Callable[[Database, Path], object]] = {
    "passphrase": lambda database, _folder: database.set_passphrase(LEADER, "en helt annen setning"),
    "deletion": lambda database, _folder: erase_participant(database, 1, by=1),
    "backup": lambda database, folder: backup(database, folder / "away" / "b.rop-backup"),
    "restore": lambda _database, folder: restore(folder / "b.rop-backup", folder / "back" / "again.rop"),
}


@pytest.mark.parametrize("act", list(ACTS))
def test_a_file_is_on_the_disk_before_it_has_its_name(group: Path, tmp_path: Path, order: Order, act: str) -> None:
    database = unlock(group)
    backup(database, tmp_path / "b.rop-backup")
    order.clear()
    ACTS[act](database, tmp_path)
    database.close()
    assert [what for what, _file in order].count("named") >= 1
    assert too_early(order) == []


def test_a_file_that_is_not_flushed_is_found(group: Path, order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: the same act where nothing is flushed."""
    database = unlock(group)
    order.clear()
    monkeypatch.setattr(os, "fsync", lambda _handle: None)
    database.set_passphrase(LEADER, "en helt annen setning")
    database.close()
    assert [what for what, _file in too_early(order)] == ["named", "in"]
