"""A fresh unlocked database a test: a copy of one that is made once a run, with a cheap key."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.opening import create_database, unlock_database
from rop_facilitator.records.storage.vault import KeyCost, keys_path

CHEAP = KeyCost(memory_kib=64, passes=1, lanes=1)
LEADER = "Marit"
PASSPHRASE = "fire ord på rad"
NOW = datetime(2026, 11, 24, 8, 35)


def clock() -> datetime:
    """The pinned moment of the tests."""
    return NOW


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A locked database and its recovery code; copy it, do not open it."""
    path = tmp_path_factory.mktemp("made") / "gruppe.rop"
    database, code = create_database(path, LEADER, PASSPHRASE, clock=clock, cost=CHEAP)
    database.close()
    return path, code


@pytest.fixture
def path(made_once: tuple[Path, str], tmp_path: Path) -> Path:
    """A locked database of this test's own."""
    source = made_once[0]
    target = tmp_path / "gruppe.rop"
    shutil.copyfile(source, target)
    shutil.copyfile(keys_path(source), keys_path(target))
    return target


@pytest.fixture
def code(made_once: tuple[Path, str]) -> str:
    """The recovery code of `path` and `database`."""
    return made_once[1]


@pytest.fixture
def database(path: Path) -> Iterator[Database]:
    """An empty database, unlocked by Marit, at 2026-11-24 08:35."""
    opened = unlock_database(path, LEADER, PASSPHRASE, clock=clock, cost=CHEAP)
    yield opened
    opened.close()


@pytest.fixture
def leader_id(database: Database) -> int:
    """Marit's row."""
    assert database.leader_id is not None
    return database.leader_id
