"""Records that are moved, replaced or beside another's keys, and a clock before 1980: right words, nothing lost."""

from __future__ import annotations

import time
import zipfile
from pathlib import Path

import pytest

from rop_facilitator.documents.exchange.register import collect_register
from rop_facilitator.documents.exchange.register_xlsx import xlsx_bytes
from rop_facilitator.documents.output.docx import render_docx
from rop_facilitator.documents.page import blocks as b
from rop_facilitator.errors import UserError
from rop_facilitator.records.backup.backup_list import read_backup
from rop_facilitator.records.backup.create_backup import backup
from rop_facilitator.records.backup.restore_backup import restore
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import NamesShown, Participant
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.engine import DamagedError
from rop_facilitator.records.storage.opening import create_database, unlock_database, unlock_with_code
from rop_facilitator.records.storage.page_seals import key_fits
from rop_facilitator.records.storage.records_file import ForeignKeysError
from rop_facilitator.records.storage.vault import keys_path, read_vault
from tests.records.conftest import CHEAP, LEADER, PASSPHRASE, clock
from tests.records.factories import make_group

NEW = "en helt ny setning"


def add(database: Database, name: str) -> None:
    with database.write(Action.PERSON_ADDED, by=1) as db:
        db.add(Participant(name=name))


def people(database: Database) -> list[str]:
    with database.read() as db:
        return [person.name for person in db.query(Participant)]


def test_moved_away_while_open(database: Database, path: Path, tmp_path: Path) -> None:
    add(database, "Amund")
    away = tmp_path / "away.rop"
    path.rename(away)
    for work in (lambda: add(database, "Berit"), lambda: people(database), lambda: backup(database, tmp_path / "b")):
        with pytest.raises(UserError, match=r"gruppe.rop is not in its folder.*Put it back"):
            work()
    assert not path.exists()  # nothing was made in its place
    away.rename(path)
    add(database, "Berit")
    assert people(database) == ["Amund", "Berit"]


@pytest.mark.parametrize("same", [True, False])
def test_replaced_while_open(database: Database, path: Path, tmp_path: Path, same: bool) -> None:
    """By an older copy of the same records, or by another's."""
    add(database, "Amund")
    other = tmp_path / "other.rop"
    if same:
        backup(database, tmp_path / "b")
        restore(tmp_path / "b", other)
    else:
        create_database(other, "Jonas", NEW, clock=clock, cost=CHEAP)[0].close()
    other.replace(path)
    before = path.read_bytes()
    for work in (lambda: add(database, "Berit"), lambda: people(database), lambda: backup(database, tmp_path / "c")):
        with pytest.raises(UserError, match="Another file has taken the place of gruppe"):
            work()
    assert path.read_bytes() == before
    assert not (tmp_path / "c").exists()


@pytest.fixture
def stranger(path: Path, tmp_path: Path) -> bytes:
    """The key file of other records, put beside ours."""
    other = tmp_path / "other.rop"
    create_database(other, LEADER, NEW, clock=clock, cost=CHEAP)[0].close()
    data = keys_path(other).read_bytes()
    other.unlink()
    keys_path(other).rename(keys_path(path))
    return data


def test_anothers_keys_beside_them(path: Path, stranger: bytes, code: str) -> None:
    before = path.read_bytes()
    with pytest.raises(ForeignKeysError, match=r"belongs to other records.*recovery code"):
        unlock_database(path, LEADER, NEW, clock=clock)
    assert path.read_bytes() == before
    opened = unlock_with_code(path, code, clock=clock, cost=CHEAP)
    opened.set_passphrase(LEADER, "enda en ny setning")
    opened.close()
    strangers_keys = keys_path(path).with_name("gruppe.rop.keys.1")  # the stranger's are not lost by our mistake
    assert strangers_keys.read_bytes() == stranger
    assert read_vault(path).slots.keys() == {LEADER}
    unlock_database(path, LEADER, "enda en ny setning", clock=clock).close()


def test_damage_is_called_damage(path: Path, database: Database) -> None:
    key = database.key
    database.close()
    data = bytearray(path.read_bytes())
    data[5000] ^= 1
    path.write_bytes(bytes(data))
    assert key_fits(path, key)
    assert not key_fits(path, bytes(32))
    with pytest.raises(DamagedError, match="damaged"):
        unlock_database(path, LEADER, PASSPHRASE, clock=clock)


def test_a_clock_before_1980(database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A flat battery starts a computer in 1970. What we write is zips, which know no such year."""
    with database.write(Action.GROUP_CREATED, by=1) as db:
        group = make_group(db)
        register = collect_register(group, names=NamesShown.DISPLAY, today=clock().date())
    early = time.struct_time((1970, 1, 1, 0, 0, 0, 3, 1, 0))
    monkeypatch.setattr(time, "localtime", lambda *_at: early)
    with pytest.raises(ValueError, match="1980"):  # the control
        zipfile.ZipInfo("x", time.localtime()[:6])
    path = tmp_path / "b.rop-backup"
    backup(database, path, at=clock().replace(year=1970))
    assert read_backup(path).at.year == 1970
    assert xlsx_bytes(register).startswith(b"PK")
    packet = b.Packet("x", "en", (b.Document("x", "x", (b.Paragraph((b.Span("x"),)),)),))
    assert render_docx(packet).startswith(b"PK")
