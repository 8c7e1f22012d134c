"""One writer, named to the next one; readers beside it."""

import json
import platform
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from rop_facilitator import i18n
from rop_facilitator.errors import UserError
from rop_facilitator.json_text import DEEPEST
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Participant
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.opening import unlock_database
from rop_facilitator.records.storage.writer_lock import Holder, InUseError, holder_of, holder_path
from tests.records.conftest import LEADER, NOW, PASSPHRASE, clock


def test_the_second_is_told_who_holds_it(database: Database) -> None:
    assert holder_of(database.path) == Holder(LEADER, platform.node(), NOW)
    with pytest.raises(InUseError, match=f"{LEADER} .*{platform.node()}.*24.11 08:35.*read only"):
        unlock_database(database.path, None, PASSPHRASE, clock=clock)


def test_the_second_is_told_in_norwegian(database: Database) -> None:
    i18n.set_language("nb")
    with pytest.raises(InUseError, match=r"24\.11 kl\. 08\.35"):
        unlock_database(database.path, None, PASSPHRASE, clock=clock)


@pytest.mark.parametrize("note", [None, b"", b"{", b"[]", b'{"leader": 1}', b"\xff" * 100, b"[" * (DEEPEST + 1)])
def test_without_a_note_the_refusal_still_reads(database: Database, note: bytes | None) -> None:
    holder_path(database.path).unlink()
    if note is not None:
        holder_path(database.path).write_bytes(note)
    with pytest.raises(InUseError, match="another window"):
        unlock_database(database.path, None, PASSPHRASE, clock=clock)


def test_reading_beside_a_writer(database: Database, leader_id: int) -> None:
    beside = unlock_database(database.path, None, PASSPHRASE, clock=clock, for_writing=False)
    with database.write(Action.PERSON_ADDED, by=leader_id) as db:
        db.add(Participant(name="Kåre"))
    with beside.read() as db:
        assert db.scalars(select(Participant.name)).all() == ["Kåre"]
    for act in (
        lambda: beside.log_event(Action.GROUP_CHANGED, by=1),
        lambda: beside.set_passphrase(LEADER, "en ny setning her"),
    ):
        with pytest.raises(UserError, match="read only"):
            act()
    with pytest.raises(UserError, match="read only"), beside.write(Action.GROUP_CHANGED, by=1):
        pass
    beside.close()
    assert holder_of(database.path) is not None


def test_a_reader_cannot_write_even_by_hand(database: Database) -> None:
    beside = unlock_database(database.path, None, PASSPHRASE, clock=clock, for_writing=False)
    handle = beside.handle()
    with pytest.raises(Exception, match="readonly"):
        handle.execute("DELETE FROM leader")
    handle.close()
    beside.close()


def test_closing_frees_it_and_a_second_close_does_nothing(database: Database) -> None:
    database.close()
    assert not holder_path(database.path).exists()
    again = unlock_database(database.path, None, PASSPHRASE, clock=clock)
    database.close()
    assert holder_of(database.path) is not None
    again.close()


def test_an_old_note_after_a_crash_is_replaced(path: Path) -> None:
    old = {"leader": "Jonas", "computer": "elsewhere", "since": "2020-01-01T08:00"}
    holder_path(path).write_text(json.dumps(old))
    opened = unlock_database(path, None, PASSPHRASE, clock=lambda: datetime(2026, 11, 24, 9, 0))
    assert holder_of(path) == Holder(LEADER, platform.node(), datetime(2026, 11, 24, 9, 0))
    opened.close()


def test_a_failed_opening_leaves_no_lock(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole[:5000])
    with pytest.raises(UserError):
        unlock_database(path, None, PASSPHRASE, clock=clock)
    path.write_bytes(whole)
    unlock_database(path, None, PASSPHRASE, clock=clock).close()
