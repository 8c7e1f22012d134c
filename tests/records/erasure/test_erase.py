"""Deleting for good: nothing is left, and no backup brings the person back."""

import json
import shutil
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from rop_facilitator.errors import UserError
from rop_facilitator.records.backup.create_backup import automatic_backup, backup
from rop_facilitator.records.backup.restore_backup import restore
from rop_facilitator.records.erasure import erase as erase_module
from rop_facilitator.records.erasure.deletion_list import UNREADABLE, Deletions, longest, person_mark, sealed
from rop_facilitator.records.erasure.erase import CameBackError, erase_participant, opening_messages
from rop_facilitator.records.group.groups import add_participant, load_group
from rop_facilitator.records.log.action_names import Action, action_text
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.attendance import mark_attendance
from rop_facilitator.records.models import (
    AuditChange,
    AuditEvent,
    Participant,
)
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.opening import unlock_database, unlock_with_code
from rop_facilitator.records.storage.vault import Vault, keys_path, read_vault, vault_from
from tests.records.conftest import CHEAP, LEADER, NOW, PASSPHRASE, clock
from tests.records.factories import make_group
from tests.records.steps import decrypted, rows, spare_pages

ONE = ["1 person who was deleted after this backup was taken has been deleted again."]
DOUBT = "The list of those who were deleted for good is damaged"


@pytest.fixture
def group_id(database: Database, leader_id: int) -> int:
    with database.write(Action.GROUP_CREATED, by=leader_id, at=NOW - timedelta(days=30)) as db:
        return make_group(db, people=3).id


def everything(database: Database) -> dict[tuple[str, int], dict[str, object]]:
    with database.read() as db:
        return rows(db)


def test_a_person_deleted_for_good_is_nowhere(database: Database, leader_id: int, group_id: int) -> None:
    canary, path, key = "Zacharias Kanarifugl", database.path, database.key
    with database.write(Action.PERSON_RENAMED, by=leader_id) as db:
        person = load_group(db, group_id).memberships[0].participant
        person.name, person.alias = canary, "Kanarialias"
    with database.write(Action.ATTENDANCE_MARKED, by=leader_id) as db:
        group = load_group(db, group_id)
        for n in range(3):
            mark_attendance(db, group.meetings[0].id, group.memberships[n].id, Mark.PRESENT, today=NOW.date())
        group.meetings[0].attendance[0].agreed_practice = "Kanarilekse " * 60
    assert all(word in decrypted(path, key) for word in (b"Zacharias", b"Kanarialias", b"Kanarilekse", b"Berit"))
    others = {
        place for place in everything(database) if place[0] != "attendance" and place != ("participant", person.id)
    }

    until = erase_participant(database, person.id, by=leader_id)

    assert until == date(2027, 2, 22)
    left = decrypted(path, key)
    assert not any(word in left for word in (b"Zacharias", b"Kanari", b"Amund"))
    assert b"Berit" in left
    assert others - everything(database).keys() == {("membership", 1), ("period", 1)}
    with database.read() as db:
        about = db.scalars(select(AuditChange).where(AuditChange.participant_id == person.id)).all()
        assert about
        assert {(change.old, change.new) for change in about} == {(None, None)}
        event = db.scalars(select(AuditEvent).order_by(AuditEvent.id.desc())).first()
        assert event is not None
        assert (event.action, event.arguments["participant"]) == ("person deleted for good", person.id)


def test_erasing_nobody_is_told(database: Database, leader_id: int) -> None:
    with pytest.raises(UserError, match="not in the records"):
        erase_participant(database, 99, by=leader_id)


# -- and then an old backup is restored


def people(database: Database) -> list[str]:
    with database.read() as db:
        return list(db.scalars(select(Participant.name).order_by(Participant.id)))


def opened(path: Path) -> tuple[list[str], list[str]]:
    """Who is in the records, and what opening them told."""
    database = unlock_database(path, LEADER, PASSPHRASE, clock=clock, cost=CHEAP)
    try:
        return people(database), opening_messages(database)
    finally:
        database.close()


def change_keys(path: Path, change: Callable[[Vault], Vault]) -> None:
    """As somebody without the data key could: the checksum fits."""
    keys_path(path).write_bytes(change(read_vault(path)).to_bytes())


@pytest.fixture
def old(database: Database, leader_id: int, group_id: int, tmp_path: Path) -> Path:
    """A backup from before Amund was deleted for good; the records themselves are closed."""
    file = tmp_path / "stick" / "old.rop-backup"
    with database.write(Action.PRACTICE_NOTED, by=leader_id) as db:
        group = load_group(db, group_id)
        mark_attendance(db, group.meetings[0].id, 1, Mark.PRESENT, today=NOW.date())
        group.meetings[0].attendance[0].agreed_practice = "Long words. " * 2000
    backup(database, file)
    erase_participant(database, 1, by=leader_id)
    assert spare_pages(database) == 0
    database.close()
    return file


def test_a_backup_does_not_bring_anybody_back(old: Path, database: Database) -> None:
    restored = database.path.with_name("again.rop")
    restore(old, restored)
    before = shutil.copy(restored, database.path.with_name("before"))

    again = unlock_database(restored, LEADER, PASSPHRASE, clock=clock)

    assert people(again) == ["Berit", "Daniel"]
    assert opening_messages(again) == ONE
    assert spare_pages(again) == 0
    with again.read() as db:
        assert {(c.old, c.new) for c in db.scalars(select(AuditChange).where(AuditChange.participant_id == 1))} == {
            (None, None)
        }
        noted = db.scalars(select(AuditEvent).where(AuditEvent.action == "deleted again")).one()
        assert (noted.leader_id, noted.arguments) == (again.leader_id, {"people": 1})
        assert action_text(noted.action, noted.arguments) != noted.action
    key = again.key
    again.close()
    assert b"Amund" in decrypted(before, key)
    assert b"Amund" not in decrypted(restored, key)
    assert b"Berit" in decrypted(restored, key)
    assert opened(restored) == (["Berit", "Daniel"], [])


def test_without_the_list_the_person_is_back(old: Path, database: Database, tmp_path: Path) -> None:
    """The control, and what the page on it says: a machine that has only old backups knows of no deletion."""
    restored = tmp_path / "other machine" / "again.rop"
    restore(old, restored)
    assert opened(restored) == (["Amund", "Berit", "Daniel"], [])


def test_a_newer_backup_beside_it_is_enough(old: Path, database: Database, tmp_path: Path) -> None:
    live = unlock_database(database.path, LEADER, PASSPHRASE, clock=clock)
    live.set_passphrase(LEADER, "en helt ny setning")
    automatic_backup(live, old.parent, at=NOW + timedelta(days=1))
    live.close()
    (old.parent / "broken.rop-backup").write_bytes(b"x")
    restored = tmp_path / "other machine" / "again.rop"
    restore(old, restored)
    assert opened(restored) == (["Berit", "Daniel"], ONE)


def test_the_programs_own_backups_are_enough(old: Path, database: Database, tmp_path: Path) -> None:
    live = unlock_database(database.path, LEADER, PASSPHRASE, clock=clock)
    automatic_backup(live, tmp_path / "backups")
    live.close()
    for file in (database.path, keys_path(database.path)):
        file.unlink()
    restore(old, database.path)
    assert opened(database.path) == (["Berit", "Daniel"], ONE)


def test_who_is_deleted_after_the_restore_goes_from_the_copy_as_well(
    old: Path, database: Database, leader_id: int
) -> None:
    restored = database.path.with_name("again.rop")
    restore(old, restored)
    live = unlock_database(database.path, LEADER, PASSPHRASE, clock=clock)
    erase_participant(live, 2, by=leader_id)
    live.close()
    assert opened(restored) == (
        ["Daniel"],
        ["2 people who were deleted after this backup was taken have been deleted again."],
    )


def test_nobody_else_is_deleted_for_having_the_same_number(old: Path, database: Database, leader_id: int) -> None:
    """Two copies that go on by themselves give the same id to two people."""
    restored = database.path.with_name("again.rop")
    restore(old, restored)
    ids = []
    for path, name, day in ((database.path, "Ola", 1), (restored, "Kari", 2)):
        copy = unlock_database(path, LEADER, PASSPHRASE, clock=clock)
        with copy.write(Action.PERSON_ADDED, by=leader_id, at=NOW + timedelta(days=day)) as db:
            group = load_group(db, 1)
            ids.append(add_participant(db, group, name, joined=group.first_date).participant_id)
        if name == "Ola":
            erase_participant(copy, ids[0], by=leader_id)
        copy.close()
    assert ids == [4, 4]
    assert opened(restored) == (["Berit", "Daniel", "Kari"], [])


def test_a_clock_that_was_set_back_changes_nothing(database: Database, leader_id: int, tmp_path: Path) -> None:
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        make_group(db, people=2)
    backup(database, tmp_path / "b.rop-backup")
    database.clock = lambda: NOW - timedelta(days=400)
    erase_participant(database, 1, by=leader_id)
    database.close()
    restore(tmp_path / "b.rop-backup", tmp_path / "again.rop")
    assert opened(tmp_path / "again.rop")[0] == ["Berit"]


def test_to_read_only_they_are_not_shown(old: Path, database: Database) -> None:
    restored = database.path.with_name("again.rop")
    restore(old, restored)
    with pytest.raises(CameBackError, match="Open these records to write first"):
        unlock_database(restored, LEADER, PASSPHRASE, clock=clock, for_writing=False)
    opened(restored)
    unlock_database(restored, LEADER, PASSPHRASE, clock=clock, for_writing=False).close()


def test_the_recovery_code_deletes_them_again_as_well(old: Path, database: Database, code: str) -> None:
    restored = database.path.with_name("again.rop")
    restore(old, restored)
    keys_path(restored).unlink()
    by_code = unlock_with_code(restored, code, clock=clock, cost=CHEAP)
    assert people(by_code) == ["Berit", "Daniel"]
    assert not keys_path(restored).exists()
    by_code.set_passphrase(LEADER, PASSPHRASE)
    assert len(read_vault(restored).deletions) == 1
    by_code.close()


# -- the list itself


def test_it_names_nobody_and_comes_along(old: Path, database: Database, leader_id: int, tmp_path: Path) -> None:
    text = keys_path(database.path).read_text(encoding="utf-8")
    (first,) = read_vault(database.path).deletions
    assert len(first.marks) == 1
    assert "Amund" not in text
    assert set(json.loads(text)["deletions"][0]) == {"marks", "seal"}
    live = unlock_database(database.path, LEADER, PASSPHRASE, clock=clock, cost=CHEAP)
    live.set_passphrase(LEADER, PASSPHRASE)
    erase_participant(live, 2, by=leader_id)
    assert vault_from(live.keys_file, name="x").deletions == read_vault(database.path).deletions
    (two,) = live.deletions
    assert first.marks < two.marks
    assert two.is_whole(live.key)
    assert not two.is_whole(bytes(32))
    live.close()


def test_a_list_with_a_mark_less_is_told_once(old: Path, database: Database, leader_id: int) -> None:
    live = unlock_database(database.path, LEADER, PASSPHRASE, clock=clock, cost=CHEAP)
    erase_participant(live, 2, by=leader_id)
    live.close()
    restored = database.path.with_name("again.rop")
    restore(old, restored)
    (whole,) = read_vault(database.path).deletions
    keys_path(database.path).unlink()
    kept = Deletions(frozenset(sorted(whole.marks)[:1]), whole.seal)
    change_keys(restored, lambda vault: vault.with_deletions([kept]))
    left, messages = opened(restored)
    assert len(left) == 2
    assert messages[0] == ONE[0]
    assert messages[1].startswith(DOUBT)
    assert opened(restored) == (left, [])


def test_a_key_file_that_cannot_be_read_is_told_once(old: Path, database: Database) -> None:
    keys_path(database.path).write_bytes(b"x")
    restored = database.path.with_name("again.rop")
    restore(old, restored)
    left, messages = opened(restored)
    assert left == ["Amund", "Berit", "Daniel"]
    assert [words[: len(DOUBT)] for words in messages] == [DOUBT]
    assert opened(restored) == (left, [])


def test_nobody_without_the_key_can_have_somebody_deleted(database: Database, group_id: int) -> None:
    added = NOW - timedelta(days=30)
    database.close()
    forged = sealed(bytes(32), [person_mark(bytes(32), n, added) for n in range(1, 4)])
    change_keys(database.path, lambda vault: vault.with_deletions([forged]))
    left, messages = opened(database.path)
    assert left == ["Amund", "Berit", "Daniel"]
    assert [words[: len(DOUBT)] for words in messages] == [DOUBT]


def test_what_a_crash_kept_off_the_list_is_put_on_it(
    database: Database, leader_id: int, group_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(erase_module, "_note", crash)
    with pytest.raises(KeyboardInterrupt):
        erase_participant(database, 1, by=leader_id)
    database.close()
    monkeypatch.undo()
    assert read_vault(database.path).deletions == ()
    opened(database.path)
    (deletions,) = read_vault(database.path).deletions
    assert len(deletions.marks) == 1


def test_where_nobody_was_deleted_the_key_file_stays_as_it_is(database: Database, group_id: int) -> None:
    database.close()
    before = keys_path(database.path).stat()
    assert opened(database.path) == (["Amund", "Berit", "Daniel"], [])
    assert keys_path(database.path).stat().st_ino == before.st_ino


def test_many_years_fit_into_the_key_file(database: Database) -> None:
    marks = frozenset(person_mark(database.key, n, datetime(2026, 1, 1)) for n in range(20_000))
    database.save_deletions(marks)
    assert vault_from(keys_path(database.path).read_bytes(), name="x").deletions[0].marks == marks
    assert read_vault(database.path).deletions[0].marks == marks


@given(st.lists(st.frozensets(st.integers(0, 8).map(lambda n: bytes([n] * 12)), max_size=6), max_size=6))
def test_only_the_longest_lists_are_kept(mark_sets: list[frozenset[bytes]]) -> None:
    lists = [sealed(b"key", marks) for marks in mark_sets]
    kept = longest([*lists, UNREADABLE])
    assert UNREADABLE in kept
    assert {mark for deletions in kept for mark in deletions.marks} == {
        mark for deletions in lists for mark in deletions.marks
    }
    assert not any(deletions.marks < other.marks for deletions in kept if deletions.seal for other in kept)
