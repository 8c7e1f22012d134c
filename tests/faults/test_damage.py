"""Damaged bytes are found when the file is opened, and called damage."""

import contextlib
import hashlib
import random
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.engine import DamagedError
from rop_facilitator.records.storage.opening import create_database, unlock_database
from rop_facilitator.records.storage.records_file import ForeignKeysError
from tests.records.conftest import CHEAP, LEADER, PASSPHRASE, clock
from tests.records.factories import make_group

FLIPS = 60


@pytest.fixture
def filled(database: Database) -> Path:
    with database.write(Action.GROUP_CREATED, by=database.leader_id) as db:
        group = load_group(db, make_group(db, people=8, sessions=40).id)
        for meeting in group.meetings:
            meeting.place = "A room with a long name " * 8
    database.close()
    return database.path


def is_told(path: Path) -> bool:
    """Whether opening tells of damage, and keeps the file as it is; where no page is left whole it may be another's."""
    before = hashlib.sha256(path.read_bytes()).digest()
    message = ""
    try:
        unlock_database(path, LEADER, PASSPHRASE, clock=clock).close()
    except (DamagedError, ForeignKeysError) as error:
        message = str(error).casefold()
    unchanged = hashlib.sha256(path.read_bytes()).digest() == before
    return ("restore the newest backup" in message or "or restore a backup" in message) and unchanged


def flip(data: bytes, place: int, bit: int) -> bytes:
    return data[:place] + bytes([data[place] ^ 1 << bit]) + data[place + 1 :]


def test_every_flipped_bit_is_found(filled: Path) -> None:
    data, dice = filled.read_bytes(), random.Random(5)
    assert not is_told(filled)
    data = filled.read_bytes()
    places = [0, 15, 16, 100, 4095, 4096, len(data) - 1]
    places += [dice.randrange(len(data)) for _ in range(FLIPS - len(places))]
    missed = []
    for place in places:
        filled.write_bytes(flip(data, place, dice.randrange(8)))
        if not is_told(filled):
            missed.append(place)
    assert missed == []


def test_plain_sqlite_misses_most(tmp_path: Path) -> None:
    """The control: the same flips in the same kind of file without seals. The seals are what finds them."""
    path, dice, missed = tmp_path / "plain.db", random.Random(5), 0
    plain = sqlite3.connect(path)
    plain.execute("CREATE TABLE meeting (id INTEGER PRIMARY KEY, place TEXT)")
    plain.executemany("INSERT INTO meeting (place) VALUES (?)", [("A room with a long name " * 8,)] * 400)
    plain.commit()
    plain.close()
    data = path.read_bytes()
    for _ in range(FLIPS):
        path.write_bytes(flip(data, dice.randrange(len(data)), dice.randrange(8)))
        opened = sqlite3.connect(path)
        with contextlib.suppress(sqlite3.DatabaseError):
            missed += opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        opened.close()
    assert missed > FLIPS // 2


def zero_page(data: bytes) -> bytes:
    return data[:8192] + bytes(4096) + data[12288:]


def swap_pages(data: bytes) -> bytes:
    return data[:4096] + data[8192:12288] + data[4096:8192] + data[12288:]


@pytest.mark.parametrize(
    "harm",
    [
        zero_page,
        swap_pages,
        lambda data: b"",
        lambda data: data[:1],
        lambda data: data[:4096],
        lambda data: data[:-4096],
        lambda data: data[:-1],
        lambda data: data[: len(data) // 2],
        lambda data: bytes(len(data)),
        lambda data: b"SQLite format 3\0" + data[16:],
    ],
    ids=["zero", "swap", "empty", "byte", "page", "a page less", "a byte less", "half", "zeros", "plain head"],
)
def test_other_harm_is_found(filled: Path, harm: Callable[[bytes], bytes]) -> None:
    filled.write_bytes(harm(filled.read_bytes()))
    assert is_told(filled)


def test_another_databases_file_under_our_keys_is_found(filled: Path, tmp_path: Path) -> None:
    other, _code = create_database(tmp_path / "other.rop", LEADER, PASSPHRASE, clock=clock, cost=CHEAP)
    other.close()
    shutil.copyfile(other.path, filled)
    assert is_told(filled)
