"""The door: passphrase, recovery code, a lost key file, somebody else inside, and a wait that grows."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.pages.unlock_page import wait_seconds
from rop_facilitator.gui.routes import Route
from rop_facilitator.records.backup.create_backup import backup
from rop_facilitator.records.storage.opening import create_database, unlock_database
from rop_facilitator.records.storage.vault import keys_path
from tests.gui.conftest import LEADER, NOW, PASSPHRASE, Clock, Opened, click, type_in
from tests.gui.steps import door

NEW = "fire helt nye ord"


def test_the_passphrase_and_enter_are_enough(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    window = window_on(records, locked=True)
    page = door(window, qtbot)
    assert page.leader.currentText() == LEADER
    assert page.passphrase.hasFocus()
    type_in(page.passphrase, PASSPHRASE + "\n")
    qtbot.waitUntil(lambda: window.route == Route("today"))
    assert window.context.leader_name == LEADER


def test_a_wrong_passphrase_says_so_and_can_be_typed_again(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    window = window_on(records, locked=True)
    page = door(window, qtbot)
    type_in(page.passphrase, "noe helt annet her\n")
    qtbot.waitUntil(lambda: bool(page.passphrase_field.fault()))
    assert not window.context.is_open
    assert page.unlock_button.isEnabled()
    type_in(page.passphrase, PASSPHRASE + "\n")  # the wrong one is selected, typing replaces it
    qtbot.waitUntil(lambda: window.context.is_open)


@pytest.mark.parametrize(("failures", "seconds"), [(0, 0), (2, 0), (3, 2), (4, 4), (5, 8), (6, 16), (7, 30), (50, 30)])
def test_the_wait_grows_to_half_a_minute(failures: int, seconds: int) -> None:
    assert wait_seconds(failures) == seconds


def test_after_three_wrong_ones_the_button_says_how_long(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    window = window_on(records, locked=True)
    page = door(window, qtbot)
    for _n in range(3):
        page.passphrase_field.show_fault("")
        type_in(page.passphrase, "noe helt annet her\n")
        qtbot.waitUntil(lambda: bool(page.passphrase_field.fault()))
    assert page.unlock_button.text() == "Vent 2 sekunder"
    type_in(page.passphrase, PASSPHRASE + "\n")
    window.context.jobs.wait()
    assert not window.context.is_open  # Enter does not get round it
    page._second_over()
    assert page.unlock_button.text() == "Vent 1 sekund"
    page._second_over()
    click(page.unlock_button)
    qtbot.waitUntil(lambda: window.context.is_open)


def test_the_recovery_code_leads_to_a_new_passphrase(
    window_on: Opened, records: Path, code: str, qtbot: QtBot, now: Clock
) -> None:
    window = window_on(records, locked=True)
    page = door(window, qtbot)
    page._use_code()
    page.code.set_text(code.lower().replace("-", " "))
    click(page.code_button)
    qtbot.waitUntil(lambda: page.way == "new")
    assert not window.context.is_open
    type_in(page.new.passphrase, NEW)
    type_in(page.new.again, "noe annet\n")
    assert page.new.again_field.fault()
    page.new.again.clear()
    type_in(page.new.again, NEW + "\n")
    qtbot.waitUntil(lambda: window.context.is_open)
    assert window.context.leader_name == LEADER
    window.close()
    unlock_database(records, LEADER, NEW, clock=now).close()


def test_a_short_new_passphrase_is_refused(window_on: Opened, records: Path, code: str, qtbot: QtBot) -> None:
    window = window_on(records, locked=True)
    page = door(window, qtbot)
    page._use_code()
    page.code.set_text(code)
    click(page.code_button)
    qtbot.waitUntil(lambda: page.way == "new")
    type_in(page.new.passphrase, "kort")
    type_in(page.new.again, "kort\n")
    assert "12" in page.new.passphrase_field.fault()
    assert not window.context.is_open


def test_a_slip_in_the_code_is_told(window_on: Opened, records: Path, code: str, qtbot: QtBot) -> None:
    window = window_on(records, locked=True)
    page = door(window, qtbot)
    page._use_code()
    page.code.set_text(code[:-1] + ("0" if code[-1] != "0" else "1"))
    click(page.code_button)
    qtbot.waitUntil(lambda: bool(page.code_field.fault()))
    assert page.code_button.isEnabled()
    assert "Gruppe 14" in page.code_field.fault()
    assert page.code.wrong() == (14,)
    assert page.code.groups[13].hasFocus()


def test_lost_keys_leave_the_code(window_on: Opened, records: Path, code: str, qtbot: QtBot) -> None:
    keys_path(records).unlink()
    window = window_on(records, locked=True)
    page = door(window, qtbot)
    qtbot.waitUntil(lambda: page.way == "code")
    assert "gruppe.rop.keys" in page.code_field.fault()
    page.code.set_text(code)
    click(page.code_button)
    qtbot.waitUntil(lambda: page.way == "new")
    assert page.new.leader.currentText() == LEADER


def take_backup(records: Path, folder: Path, name: str = "one.rop-backup") -> None:
    database = unlock_database(records, LEADER, PASSPHRASE, clock=lambda: NOW)
    backup(database, folder / name, at=NOW - timedelta(days=1))
    database.close()


@pytest.mark.parametrize("name", ["one.rop-backup", "copy.ropbackup"])
def test_lost_keys_come_out_of_a_backup(window_on: Opened, records: Path, qtbot: QtBot, name: str) -> None:
    take_backup(records, records.parent / "backups", name)
    keys_path(records).unlink()
    number = records.stat().st_ino
    window = window_on(records, locked=True)
    page = door(window, qtbot)
    qtbot.waitUntil(lambda: bool(page._spares))
    assert page.way == "passphrase"
    assert "i går 08.35" in page.lead.text()
    assert "arkivet blir som det er" in page.lead.text()
    assert page.leader.currentText() == LEADER
    type_in(page.passphrase, "noe helt annet her\n")
    qtbot.waitUntil(lambda: bool(page.passphrase_field.fault()))
    assert "da sikkerhetskopien" in page.passphrase_field.fault()
    type_in(page.passphrase, PASSPHRASE + "\n")
    qtbot.waitUntil(lambda: window.context.is_open)
    assert window.context.leader_name == LEADER
    told = [text for text in window.banners.texts() if "Nøkkelfila" in text]
    assert len(told) == 1
    assert "mandag 23. november" in told[0]
    assert records.stat().st_ino == number
    assert keys_path(records).exists()
    window.banners._dismiss_opening_notes()
    assert told[0] not in window.banners.texts()


def test_keys_of_other_records_beside_them(window_on: Opened, records: Path, tmp_path: Path, qtbot: QtBot) -> None:
    take_backup(records, records.parent / "backups")
    other, _code = create_database(tmp_path / "other.rop", LEADER, PASSPHRASE, clock=lambda: NOW)
    other.close()
    keys_path(records).write_bytes(keys_path(other.path).read_bytes())
    window = window_on(records, locked=True)
    type_in(door(window, qtbot).passphrase, PASSPHRASE + "\n")
    qtbot.waitUntil(lambda: window.context.is_open)  # found, and tried with what was typed
    assert window.context.database.path == records
    assert len(window.banners.texts()) == 1


def test_with_a_foreign_backup_the_code_is_left(
    window_on: Opened, records: Path, tmp_path: Path, code: str, qtbot: QtBot
) -> None:
    other, _code = create_database(tmp_path / "else" / "other.rop", LEADER, PASSPHRASE, clock=lambda: NOW)
    backup(other, records.parent / "backups" / "one.rop-backup")
    other.close()
    keys_path(records).unlink()
    window = window_on(records, locked=True)
    page = door(window, qtbot)
    qtbot.waitUntil(lambda: bool(page._spares))
    type_in(page.passphrase, PASSPHRASE + "\n")
    qtbot.waitUntil(lambda: page.way == "code")
    assert "et annet arkiv" in page.code_field.fault()
    assert not keys_path(records).exists()
    page.code.set_text(code)
    click(page.code_button)
    qtbot.waitUntil(lambda: page.way == "new")


def test_without_a_backup_it_is_said(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    keys_path(records).unlink()
    window = window_on(records, locked=True)
    page = door(window, qtbot)
    qtbot.waitUntil(lambda: page.way == "code")
    assert "Fant ingen sikkerhetskopi med nøkler" in page.code_field.fault()
    take_other = page.code_field.fault()
    page._use_passphrase()
    qtbot.waitUntil(lambda: page.way == "code")  # looked once more
    assert page.code_field.fault() == take_other


def test_somebody_else_inside_leaves_reading(window_on: Opened, records: Path, qtbot: QtBot, now: Clock) -> None:
    other = unlock_database(records, LEADER, PASSPHRASE, clock=now)
    window = window_on(records, locked=True)
    page = door(window, qtbot)
    type_in(page.passphrase, PASSPHRASE + "\n")
    qtbot.waitUntil(lambda: page.strip.isVisible())
    assert LEADER in page.strip.text()
    page._open_to_read()
    qtbot.waitUntil(lambda: window.context.is_open)
    assert not window.context.database.writable
    other.close()


def test_closing_before_the_new_passphrase_lets_the_records_go(
    window_on: Opened, records: Path, code: str, qtbot: QtBot, now: Clock
) -> None:
    window = window_on(records, locked=True)
    page = door(window, qtbot)
    page._use_code()
    page.code.set_text(code)
    click(page.code_button)
    qtbot.waitUntil(lambda: page.way == "new")
    window.close()
    database = unlock_database(records, LEADER, PASSPHRASE, clock=now)
    assert database.writable
    database.close()


def test_tab_goes_in_reading_order(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    window = window_on(records, locked=True)
    page = door(window, qtbot)
    page.leader.setFocus()
    QTest.keyClick(page.leader, Qt.Key.Key_Tab)
    assert page.passphrase.hasFocus()
    QTest.keyClick(page.passphrase, Qt.Key.Key_Tab)
    assert page.unlock_button.hasFocus()


@pytest.mark.parametrize("places", [(100_000,), tuple(range(100_000, 100_005))])
def test_damage_behind_the_right_passphrase_opens_the_page_of_backups(
    window_on: Opened, records: Path, qtbot: QtBot, places: tuple[int, ...]
) -> None:
    data = bytearray(records.read_bytes())
    for place in places:
        data[place] ^= 0xFF
    records.write_bytes(bytes(data))
    window = window_on(records, locked=True)
    type_in(door(window, qtbot).passphrase, PASSPHRASE + "\n")  # the field of the code is not made yet
    qtbot.waitUntil(lambda: window.route == Route("restore", ("damaged",)))
    assert not window.context.is_open
    assert records.read_bytes() == bytes(data)
