"""Back from a backup: damaged records, a new computer, the settings, a stick, a file; and what I dag says then."""

from __future__ import annotations

import shutil
import stat
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from rop_facilitator import paths
from rop_facilitator.gui.pages.first_run_page import FirstRunPage
from rop_facilitator.gui.pages.first_run_page import first_choice as ways_module
from rop_facilitator.gui.pages.restore_page import RestorePage
from rop_facilitator.gui.pages.restore_page import page as page_module
from rop_facilitator.gui.pages.unlock_page import UnlockPage
from rop_facilitator.gui.routes import Route
from rop_facilitator.gui.runtime import backup_search as finding
from rop_facilitator.gui.widgets.access.secret_fields import SecretField
from rop_facilitator.gui.widgets.inputs.choice_cards import Pick
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.backup.backup_list import backup_folder
from rop_facilitator.records.backup.create_backup import automatic_backup, backup
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import AuditEvent, Group
from rop_facilitator.records.storage.opening import create_database, unlock_database
from rop_facilitator.records.storage.vault import keys_path
from rop_facilitator.settings import load_settings
from tests.gui.conftest import LEADER, NOW, PASSPHRASE, Clock, Opened, click, key, settle, type_in

NEW = "fire helt nye ord"


def backups(records: Path, *days: int) -> None:
    """Backups so many days ago, beside the records."""
    database = unlock_database(records, LEADER, PASSPHRASE, clock=lambda: NOW)
    for day in sorted(days, reverse=True):
        automatic_backup(database, backup_folder(records), at=NOW - timedelta(days=day))
    database.close()


def spoil(file: Path, place: int = 9000) -> bytes:
    data = bytearray(file.read_bytes())
    data[place : place + 64] = bytes(64)
    file.write_bytes(bytes(data))
    return bytes(data)


def restoring(window: MainWindow) -> RestorePage:
    settle(window)
    assert isinstance(window.page, RestorePage)
    return window.page


def unlocking(window: MainWindow) -> UnlockPage:
    settle(window)
    assert isinstance(window.page, UnlockPage)
    return window.page


def groups(window: MainWindow) -> int:
    with window.context.read() as db:
        return db.query(Group).count()


def test_damage_leads_to_the_newest_sound_copy_and_enter_does_it(
    window_on: Opened, records: Path, qtbot: QtBot
) -> None:
    backups(records, 1, 2, 9, 10, 11)
    newest = max(backup_folder(records).iterdir(), key=lambda file: file.name)
    spoil(newest)
    damaged = spoil(records)
    window = window_on(records, locked=True)
    type_in(unlocking(window).passphrase, PASSPHRASE + "\n")
    qtbot.waitUntil(lambda: window.route == Route("restore", ("damaged",)))
    page = restoring(window)
    assert page.title.text() == "Arkivet er skadet, men du har en kopi"
    assert not page.openers.isVisible()  # the passphrase was typed just now
    first, second = page.copies.picks[:2]
    assert "skadet" in first.accessibleName()
    assert not first.isEnabled()
    assert second.isChecked()
    assert second.name() == "22. november 08.35"
    assert "3 grupper" in second.second()
    assert page.copies.more.text() == "2 eldre kopier"
    assert page.use.text() == "Bruk kopien fra 22. november 08.35"
    assert page.use.hasFocus()
    key(window, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.context.is_open)
    assert window.route == Route("today")
    assert groups(window) == 3
    (kept,) = records.parent.glob("gruppe-erstattet-*.rop")
    assert kept.read_bytes() == damaged
    assert stat.S_IMODE(kept.stat().st_mode) == stat.S_IMODE(keys_path(kept).stat().st_mode) == 0o600
    told = [text for text in window.banners.texts() if kept.name in text]
    assert len(told) == 1
    assert "søndag 22. november" in told[0]
    with window.context.read() as db:
        assert db.query(AuditEvent).filter_by(action="backup restored").count() == 1


def test_the_strip_stays_until_it_is_closed(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    backups(records, 1)
    window = window_on(records)
    window.go("restore")
    page = restoring(window)
    type_in(page.passphrase, PASSPHRASE + "\n")
    qtbot.waitUntil(lambda: window.context.is_open)
    assert len(window.banners.texts()) == 1
    window.lock()
    type_in(unlocking(window).passphrase, PASSPHRASE + "\n")
    qtbot.waitUntil(lambda: window.context.is_open)
    assert len(window.banners.texts()) == 1
    assert load_settings().restored
    window.banners._forget_restored()
    assert window.banners.texts() == []
    assert load_settings().restored == ()


def test_damaged_records_with_keys_of_others_still_find_their_backups(
    window_on: Opened, records: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    backups(records, 1)
    other, _code = create_database(tmp_path / "other" / "annet.rop", LEADER, PASSPHRASE, clock=lambda: NOW)
    other.close()
    keys_path(records).write_bytes(keys_path(other.path).read_bytes())
    damaged = spoil(records)
    window = window_on(records, locked=True)
    type_in(unlocking(window).passphrase, PASSPHRASE + "\n")
    qtbot.waitUntil(lambda: window.route == Route("restore", ("damaged",)))
    page = restoring(window)
    assert [pick.name() for pick in page.copies.picks] == ["I går 08.35"]
    click(page.use)
    qtbot.waitUntil(lambda: window.context.is_open)
    assert records.read_bytes() == damaged


def test_what_stands_there_on_paper(
    window_on: Opened, records: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from pypdf import PdfReader

    backups(records, 1, 2)
    spoil(records)
    window = window_on(records, locked=True)
    type_in(unlocking(window).passphrase, PASSPHRASE + "\n")
    qtbot.waitUntil(lambda: window.route.name == "restore")
    page = restoring(window)
    assert page.print.text() == "Skriv ut det som står her"
    target = tmp_path / "på papir.pdf"
    chosen = [None, target]
    monkeypatch.setattr(page_module.paper_printer, "has_printer", lambda: False)
    monkeypatch.setattr(page_module.paper_printer, "ask_file", lambda *_a: chosen.pop(0))
    click(page.print)
    qtbot.waitUntil(lambda: len(chosen) == 1)  # thought better of it
    assert page.print.isEnabled()
    key(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(target.exists)
    settle(window)
    (sheet,) = PdfReader(target).pages
    words = " ".join(sheet.extract_text().split())
    for shown in (page.title.text(), page.lead.text(), *page.fact_words, page.copies.picks[1].name()):
        assert shown in words
    assert LEADER not in words
    assert not [name for name in ("Tirsdagsgruppa", "KAT-ROP", "Amund") if name in words]
    printed: list[object] = []
    monkeypatch.setattr(page_module.paper_printer, "has_printer", lambda: True)
    monkeypatch.setattr(page_module.paper_printer, "ask_printer", lambda *_a: "a printer")
    monkeypatch.setattr(page_module.paper_printer, "print_pages", lambda *a: printed.append(a[1]) or 1)
    click(page.print)
    qtbot.waitUntil(lambda: printed == ["a printer"])


def test_only_damage_is_printed(window_on: Opened, records: Path) -> None:
    backups(records, 1)
    window = window_on(records, locked=True)
    window.go("restore")
    page = restoring(window)
    key(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert not page.print.isVisible()


def test_by_code_when_unlocking_found_damage(window_on: Opened, records: Path, code: str, qtbot: QtBot) -> None:
    backups(records, 1)
    spoil(records)
    window = window_on(records, locked=True)
    page = unlocking(window)
    page._use_code()
    page.code.set_text(code)
    click(page.code_button)
    qtbot.waitUntil(lambda: window.route.name == "restore")
    door = restoring(window)
    click(door.use)
    qtbot.waitUntil(lambda: door.new.isVisible())
    assert not window.context.is_open
    type_in(door.new.passphrase, NEW)
    type_in(door.new.again, NEW + "\n")
    qtbot.waitUntil(lambda: window.context.is_open)
    assert window.context.leader_name == LEADER


def test_without_any_backup_it_is_said_plainly(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    before = spoil(records)
    window = window_on(records, locked=True)
    type_in(unlocking(window).passphrase, PASSPHRASE + "\n")
    qtbot.waitUntil(lambda: window.route.name == "restore")
    page = restoring(window)
    assert page.title.text() == "Arkivet er skadet"
    assert page.lead.text().startswith("Fant ingen sikkerhetskopi")
    assert not page.use.isEnabled()
    assert records.read_bytes() == before


@pytest.fixture
def stick(records: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A stick with one backup; the records are gone from this computer."""
    folder = tmp_path / "stick"
    database = unlock_database(records, LEADER, PASSPHRASE, clock=lambda: NOW)
    backup(database, folder / "ROP" / "mine.rop-backup", at=NOW - timedelta(days=1))
    database.close()
    records.unlink()
    keys_path(records).unlink()
    for module in (page_module, ways_module):
        monkeypatch.setattr(module, "removable_drives", lambda: {"Minnepinne": folder})
    return folder


def test_on_a_new_computer_the_stick_is_found(window_on: Opened, stick: Path, qtbot: QtBot) -> None:
    window = window_on(None)
    first = window.page
    assert isinstance(first, FirstRunPage)
    qtbot.waitUntil(lambda: first.ways.picks[2].second() == "Funnet: i går 08.35, Minnepinne")
    assert first.ways.picks[0].hasFocus()
    key(window, Qt.Key.Key_Right)
    key(window, Qt.Key.Key_Right)
    assert first.ways.picks[2].isChecked()
    assert "i går 08.35" in first.ways.meaning.text()
    assert "Minnepinne" in first.ways.meaning.text()
    key(window, Qt.Key.Key_Return)
    page = restoring(window)
    assert [pick.name() for pick in page.copies.picks] == ["I går 08.35"]
    assert page.copies.picks[0].second().endswith("Minnepinne")
    assert page.passphrase.hasFocus()
    type_in(page.passphrase, "noe helt annet her\n")
    qtbot.waitUntil(lambda: bool(page.passphrase_field.fault()))
    assert not list(paths.data_folder().glob("*.rop"))
    type_in(page.passphrase, PASSPHRASE + "\n")  # the wrong one is selected
    qtbot.waitUntil(lambda: window.context.is_open)
    assert window.context.database.path == paths.data_folder() / "groups.rop"
    assert groups(window) == 3
    assert (stick / "ROP" / "mine.rop-backup").exists()


def test_on_a_new_computer_by_code(window_on: Opened, stick: Path, code: str, qtbot: QtBot) -> None:
    window = window_on(None)
    window.go("restore")
    page = restoring(window)
    click(page.other_way)
    assert page.code.groups[0].hasFocus()
    QApplication.clipboard().setText(code.lower().replace("-", " "))
    QTest.keyClick(page.code.groups[3], Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert page.code.text() == code
    wrong = page.code.groups[4]
    right = wrong.text()
    wrong.setText(("0" if right[0] != "0" else "1") + right[1:])
    click(page.use)
    qtbot.waitUntil(lambda: bool(page.code_field.fault()))
    assert "Gruppe 5 stemmer ikke" in page.code_field.fault()
    assert page.code.wrong() == (5,)
    type_in(wrong, right)  # it is selected
    click(page.use)
    qtbot.waitUntil(lambda: page.new.isVisible())
    type_in(page.new.passphrase, NEW)
    type_in(page.new.again, NEW + "\n")
    qtbot.waitUntil(lambda: window.context.is_open)
    window.close()
    unlock_database(paths.data_folder() / "groups.rop", LEADER, NEW, clock=lambda: NOW).close()


def test_from_the_settings_back_to_yesterday(window_on: Opened, records: Path, qtbot: QtBot, now: Clock) -> None:
    backups(records, 1)
    window = window_on(records)
    with window.context.write(Action.GROUP_CHANGED) as db:
        db.scalars(select(Group)).first().name = "Et annet navn"  # type: ignore[union-attr]
    window.go("settings", "backup")
    window.page.shown.fetch.click()  # type: ignore[union-attr]
    page = restoring(window)
    assert [pick.name() for pick in page.copies.picks] == ["I dag 08.35", "I går 08.35"]  # locking took one
    page.copies.picks[0].setFocus()
    QTest.keyClick(page.copies.picks[0], Qt.Key.Key_Down)
    assert page.copies.picks[1].isChecked()
    type_in(page.passphrase, PASSPHRASE + "\n")
    qtbot.waitUntil(lambda: window.context.is_open)
    with window.context.read() as db:
        assert "Et annet navn" not in {group.name for group in db.scalars(select(Group))}
    assert len(list(records.parent.glob("gruppe-erstattet-*.rop"))) == 1
    assert window.route == Route("today")


@pytest.mark.parametrize("days", [(1,), (1, 2)])
def test_the_chosen_copy_stays_chosen_when_it_is_pressed_again(
    window_on: Opened, records: Path, qtbot: QtBot, days: tuple[int, ...]
) -> None:
    backups(records, *days)
    window = window_on(records, locked=True)
    window.go("restore")
    page = restoring(window)
    (chosen, *_others) = page.copies.picks
    for press in (click, lambda pick: QTest.keyClick(pick, Qt.Key.Key_Space)):
        press(chosen)
        assert chosen.isChecked()
        assert page.copies.current() is not None
    type_in(page.passphrase, PASSPHRASE)
    click(page.use)  # bright, so it does what it says
    qtbot.waitUntil(lambda: window.context.is_open)


def test_a_file_that_was_brought(window_on: Opened, stick: Path, qtbot: QtBot) -> None:
    window = window_on(None)
    window.begin(stick / "ROP" / "mine.rop-backup")
    page = restoring(window)
    assert page.copies.current() is not None
    assert len(page.copies.picks) == 1  # the same file on the stick is not shown twice
    type_in(page.passphrase, PASSPHRASE + "\n")
    qtbot.waitUntil(lambda: window.context.is_open)


def test_a_file_that_is_chosen_and_one_that_is_no_backup(
    window_on: Opened, stick: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(page_module, "removable_drives", dict)
    other = tmp_path / "holiday.jpg"
    other.write_bytes(b"x")
    window = window_on(None)
    window.go("restore")
    page = restoring(window)
    assert not page.use.isEnabled()
    chosen = ["", str(other), str(stick / "ROP" / "mine.rop-backup")]
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a: (chosen.pop(0), ""))
    for _n in range(2):
        click(page.copies.file)
        settle(window)
    assert "holiday.jpg" in page.strip.text()
    click(page.copies.file)
    settle(window)
    assert page.use.isEnabled()
    assert not page.strip.isVisible()


def test_other_records_are_restored_beside(window_on: Opened, records: Path, tmp_path: Path, qtbot: QtBot) -> None:
    other, _code = create_database(tmp_path / "other" / "annet.rop", "Jonas", NEW, clock=lambda: NOW)
    backup(other, tmp_path / "other" / "theirs.rop-backup")
    other.close()
    before = records.read_bytes()
    window = window_on(records, locked=True)
    window.begin(tmp_path / "other" / "theirs.rop-backup")
    page = restoring(window)
    type_in(page.passphrase, NEW + "\n")
    qtbot.waitUntil(lambda: window.context.is_open)
    assert window.context.leader_name == "Jonas"
    assert window.context.database.path == records.parent / "groups.rop"
    assert records.read_bytes() == before


def test_while_somebody_else_has_them_open(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    backups(records, 1)
    other = unlock_database(records, LEADER, PASSPHRASE, clock=lambda: NOW)
    before = records.read_bytes()
    window = window_on(records, locked=True)
    window.go("restore")
    page = restoring(window)
    type_in(page.passphrase, PASSPHRASE + "\n")
    qtbot.waitUntil(page.strip.isVisible)
    assert LEADER in page.strip.text()
    assert page.use.isEnabled()
    other.close()
    assert records.read_bytes() == before


def test_back_and_closing_leave_all_as_it_was(window_on: Opened, records: Path) -> None:
    window = window_on(records, locked=True)
    window.go("restore")
    page = restoring(window)
    page._back()
    assert window.route == Route("unlock")


def test_the_eye(window_on: Opened, records: Path) -> None:
    window = window_on(records, locked=True)
    field = unlocking(window).passphrase
    assert isinstance(field, SecretField)
    field.setFocus()
    type_in(field, "abc")
    assert field.displayText() != "abc"
    key(window, Qt.Key.Key_V, Qt.KeyboardModifier.AltModifier)
    assert field.displayText() == "abc"
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=field._eye().center())
    assert field.displayText() != "abc"


def test_what_opens_by_a_screen_reader(window_on: Opened, records: Path) -> None:
    backups(records, 1, 3)
    window = window_on(records, locked=True)
    window.go("restore")
    page = restoring(window)
    spoken = [pick.accessibleName() for pick in page.copies.picks]
    assert spoken[0].startswith("Kopi fra i går 08.35, prøvd nå og hel")
    assert page.code.groups[3].accessibleName() == "Gruppe 4 av 14"
    assert all(isinstance(pick, Pick) for pick in page.copies.picks)


def test_a_stick_is_what_can_be_taken_away(monkeypatch: pytest.MonkeyPatch) -> None:
    assert finding._is_stick("/media/marit/ROP")
    assert finding._is_stick("/run/media/marit/ROP")
    assert not finding._is_stick("/")
    assert not finding._is_stick("/home")


def test_the_code_goes_on_by_itself(window_on: Opened, records: Path, code: str) -> None:
    window = window_on(records, locked=True)
    page = unlocking(window)
    page._use_code()
    page.code.groups[0].setFocus()
    for sign in code.replace("-", "").lower():
        QTest.keyClicks(QApplication.focusWidget(), sign)
    assert page.code.text() == code
    assert page.code.is_full()
    page.code.groups[2].clear()
    page.code.groups[2].setFocus()
    QTest.keyClick(page.code.groups[2], Qt.Key.Key_Backspace)
    assert page.code.groups[1].hasFocus()
    shutil.rmtree(backup_folder(records), ignore_errors=True)
