"""The window: what it imports and when, where it goes, how it locks, and what it says in which language."""

from __future__ import annotations

import subprocess
import sys
import time
from datetime import date, timedelta
from pathlib import Path

import pytest
import yaml
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QSpinBox,
    QTextBrowser,
    QWidget,
)
from pytestqt.qtbot import QtBot

from rop_facilitator import i18n, paths
from rop_facilitator.curriculum.model import Library
from rop_facilitator.errors import Problem, UserError
from rop_facilitator.gui.dialogs.search import SearchOverlay, all_hits, find
from rop_facilitator.gui.pages.library_page import LibraryPage
from rop_facilitator.gui.routes import Route
from rop_facilitator.gui.runtime import crash_report
from rop_facilitator.gui.runtime.crash_report import CrashCatcher
from rop_facilitator.gui.runtime.qt_translations import QtTexts
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.date_fields import DateField
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.backup.backup_list import backup_folder
from rop_facilitator.records.backup.create_backup import SUFFIX, backup
from rop_facilitator.records.backup.restore_backup import restore
from rop_facilitator.records.erasure.erase import erase_participant
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Group
from rop_facilitator.records.storage.opening import unlock_database
from tests.gui.conftest import LEADER, NOW, PASSPHRASE, Clock, Opened, Seconds, click, key, type_in
from tests.records.factories import all_groups

CTRL = Qt.KeyboardModifier.ControlModifier


def rename(window: MainWindow, name: str = "Another name") -> int:
    """Change something in the records; returns the group's id."""
    with window.context.write(Action.GROUP_CHANGED) as db:
        group = db.query(Group).order_by(Group.name).first()
        assert group is not None
        group.name = name
        return group.id


def name_of(window: MainWindow, group_id: int) -> str:
    with window.context.read() as db:
        return str(db.get_one(Group, group_id).name)


def unlock(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: window.page.leader.count() > 0)
    type_in(window.page.passphrase, PASSPHRASE + "\n")
    qtbot.waitUntil(lambda: window.context.is_open)


# -- start -------------------------------------------------------------------------------------------------------------

START = """
import os, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtWidgets import QApplication
from rop_facilitator.gui.app import Program
program = Program(QApplication([]))
program.window.grab()
heavy = ("sqlalchemy", "pydantic", "alembic", "docx", "openpyxl", "jinja2", "typst", "holidays", "yaml",
         "markdown_it", "argon2", "cryptography", "concurrent.futures", "datetime", "html", "locale",
         "PySide6.QtPdf", "PySide6.QtPrintSupport", "rop_facilitator.records", "rop_facilitator.curriculum.load",
         "rop_facilitator.gui.pages.today_page", "rop_facilitator.gui.widgets.display.badges",
         "rop_facilitator.gui.widgets.inputs.date_fields")
print(program.window.route.name, [name for name in heavy if name in sys.modules])
program.app.processEvents()
program.app.processEvents()
program.context.jobs.wait()
later = ("alembic", "docx", "openpyxl", "jinja2", "typst", "holidays", "PySide6.QtPdf")
print("rop_facilitator.records.storage.database" in sys.modules, [name for name in later if name in sys.modules])
"""


def test_little_is_imported_before_the_window_shows(records: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "settings.json").write_text(f'{{"last_database": "{records}"}}', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", START],
        env={"ROP_FACILITATOR_HOME": str(home), "PATH": "", "LANG": "nb_NO.UTF-8"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stdout.splitlines() == ["unlock []", "True []"], done.stderr


STOP = """
import os, signal, sys
os.environ["QT_QPA_PLATFORM"] = "offscreen"
from PySide6.QtCore import QTimer
from rop_facilitator.gui import app
shown = app.Program.__init__
def begin(self, *args, **options):
    shown(self, *args, **options)
    self.timer = QTimer(interval=50)
    self.timer.timeout.connect(lambda: os.kill(os.getpid(), signal.SIGTERM))
    self.timer.start()
app.Program.__init__ = begin
sys.exit(app.main() + 7)
"""


def test_a_system_that_ends_the_program_lets_it_close(tmp_path: Path) -> None:
    environment = {"ROP_FACILITATOR_HOME": str(tmp_path), "PATH": "", "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run([sys.executable, "-c", STOP], env=environment, capture_output=True, check=False, timeout=60)
    assert done.returncode == 7, done.stderr


def test_without_a_screen_one_line_says_so(tmp_path: Path) -> None:
    environment = {"ROP_FACILITATOR_HOME": str(tmp_path), "PATH": "", "LANG": "nb_NO.UTF-8", "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "rop_facilitator"]
    done = subprocess.run(command, env=environment, capture_output=True, check=False, text=True)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("Det er ingen skjerm her")
    assert done.stderr.count("\n") == 1


def test_the_first_start_is_another_door(window_on: Opened) -> None:
    assert window_on(None).route == Route("first_run")


def test_the_title_of_the_window_names_nobody(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    rename(window, "Hemmelig gruppe")
    assert window.windowTitle() == "ROP Facilitator"


# -- where the leader is -----------------------------------------------------------------------------------------------


def test_places_go_forth_and_back(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    window.go("settings", "folders")
    window.go("library")
    window.back()
    assert window.route == Route("settings", ("folders",))
    window.back()
    assert window.route == Route("today")
    window.back()
    assert window.route == Route("today")


def test_a_group_that_is_gone_leads_to_today(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    window.go("group", 4711)
    assert window.route == Route("today")
    assert "ikke lenger" in window.toast.text()


def test_the_side_bar_names_the_groups_as_they_are_now(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    assert window.side_bar is not None
    rename(window, "Nytt navn")
    assert "Nytt navn" in window.side_bar.words()
    assert window.side_bar.saved() == "Lagret 08.35"


def test_six_leads_through_the_panes(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    window.go("settings")
    seen: list[bool] = []
    for _step in range(4):
        key(window, Qt.Key.Key_F6)
        focus = QApplication.focusWidget()
        assert focus is not None
        assert window.side_bar is not None
        seen.append(window.side_bar.isAncestorOf(focus))
    assert set(seen) == {True, False}
    assert seen[:2] == seen[2:]


def test_tabs_by_number(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    window.go("settings")
    key(window, Qt.Key.Key_3, CTRL)
    assert window.page.part == "backup"


def test_another_language_comes_at_once_and_stays_on_the_page(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    window.go("settings", "looks")
    window.page.show_part("numbers")
    window.context.change_settings(language="en")
    assert i18n.language() == "en"
    assert window.page.part == "numbers"
    assert window.side_bar is not None
    assert "New group" in window.side_bar.words()


def test_a_system_that_turns_dark_leaves_the_leader_in_place(window_on: Opened, records: Path) -> None:
    window = window_on(records, theme="system")
    window.go("settings", "looks")
    window.page.show_part("numbers")
    window._system_changed()
    assert window.page.part == "numbers"


# -- lock --------------------------------------------------------------------------------------------------------------


def test_locking_closes_the_records_and_comes_back(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    window = window_on(records)
    window.go("settings", "looks")
    window.page.show_part("folders")
    key(window, Qt.Key.Key_L, CTRL)
    assert window.route == Route("unlock")
    assert not window.context.is_open
    assert window.side_bar is None
    other = unlock_database(records, LEADER, PASSPHRASE, clock=lambda: NOW)  # nobody holds the writer's lock
    other.close()
    unlock(window, qtbot)
    assert window.route == Route("settings", ("looks",))
    assert window.page.part == "folders"


def test_nothing_of_a_group_is_left_on_the_door(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    window = window_on(records)
    with window.context.read() as db:
        names = [group.name for group in all_groups(db)]
    window.go("new_group")
    window.lock()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    words = [str(part.property("text") or "") for part in window.findChildren(QWidget)]
    assert not [name for name in names if any(name in text for text in words)]


def test_ten_idle_minutes_lock(window_on: Opened, records: Path, seconds: Seconds) -> None:
    window = window_on(records)
    seconds.at += 599
    window.idle.look()
    assert window.context.is_open
    seconds.at += 1
    window.idle.look()
    assert window.route == Route("unlock")


def test_a_touch_begins_the_time_anew(window_on: Opened, records: Path, seconds: Seconds) -> None:
    window = window_on(records)
    handle = window.windowHandle()
    assert handle is not None
    seconds.at += 599
    QTest.keyClick(handle, Qt.Key.Key_F9)
    seconds.at += 599
    window.idle.look()
    assert window.context.is_open
    assert window.context.names_hidden


def test_the_first_touch_after_too_long_only_locks(window_on: Opened, records: Path, seconds: Seconds) -> None:
    window = window_on(records)
    handle = window.windowHandle()
    assert handle is not None
    seconds.at += 601
    QTest.keyClick(handle, Qt.Key.Key_F9)
    assert window.route == Route("unlock")
    assert not window.context.names_hidden


def test_the_idle_time_is_a_choice(window_on: Opened, records: Path, seconds: Seconds) -> None:
    window = window_on(records)
    window.context.change_settings(idle_minutes=5)
    seconds.at += 300
    window.idle.look()
    assert window.route == Route("unlock")


def test_closing_after_a_change_leaves_a_backup(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    window.close()
    assert not backup_folder(records).exists()
    window = window_on(records)
    rename(window)
    window.close()
    assert len(list(backup_folder(records).glob("*" + SUFFIX))) == 1


def test_a_backup_that_fails_is_told_before_the_window_goes(
    window_on: Opened, records: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    (tmp_path / "file").touch()
    window = window_on(records, backup_folder=str(tmp_path / "file" / "extra"))
    rename(window)
    window.close()
    assert window.isVisible()
    assert window.toast.text()
    assert window.route == Route("unlock")
    window.close()
    assert not window.isVisible()


# -- what works everywhere ---------------------------------------------------------------------------------------------


def test_undo_takes_back_and_names_it(window_on: Opened, records: Path, qtbot: QtBot) -> None:
    window = window_on(records)
    with window.context.read() as db:
        before = db.query(Group).order_by(Group.name).first()
    assert before is not None
    group_id = rename(window)
    window.context.notify("Endret gruppa", undoable=True)
    button = next(one for one in window.toast.findChildren(QPushButton) if one.isVisible())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert name_of(window, group_id) == before.name
    assert window.toast.text() == "Angret: endret gruppa"
    key(window, Qt.Key.Key_Z, CTRL)
    assert name_of(window, group_id) == before.name
    assert window.toast.text() == i18n._("There is nothing to take back.")


def test_search_finds_a_person_and_goes_to_the_group(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    key(window, Qt.Key.Key_K, CTRL)
    overlay = window.overlay
    assert isinstance(overlay, SearchOverlay)
    type_in(overlay.field, "farid")
    QTest.keyClick(overlay.field, Qt.Key.Key_Return)
    assert window.route.name == "group"
    assert window.overlay is None


def test_search_is_over_after_escape(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    key(window, Qt.Key.Key_K, CTRL)
    assert window.overlay is not None
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert window.overlay is None
    assert window.route == Route("today")


def test_search_finds_sessions_handouts_and_commands_but_no_hidden_names(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    hits = all_hits(window.context)
    assert find("mestre rust", hits)[0].icon == "library"
    handout = next(hit for hit in hits if hit.icon == "page")
    assert handout in find(handout.text, hits)
    assert find("sikkerhetskopi", hits)[0].arguments == ("backup",)
    assert find("farid", hits)
    window.context.hide_names(True)
    assert not find("farid", all_hits(window.context))


def test_search_knows_sheets_by_their_titles_and_opens_the_one_it_found(
    window_on: Opened, records: Path, qtbot: QtBot
) -> None:
    window = window_on(records)
    pages = [hit for hit in all_hits(window.context) if hit.icon == "page" and hit.route == "library"]
    sheets = [hit for hit in pages if len(hit.arguments) == 2]  # a page about a module is opened by itself
    assert len({hit.arguments[1] for hit in sheets}) == len(sheets)
    written = {}
    for hit in sheets:
        owner, _slash, slug = str(hit.arguments[1]).partition("/")
        head = (paths.shipped("handouts") / owner / f"{slug}.md").read_text(encoding="utf-8").split("---")[1]
        written[hit.arguments[1]] = yaml.safe_load(head)["title"]
    assert {hit.arguments[1]: hit.text for hit in sheets} == written
    assert any(hit.text != str(hit.arguments[1]).partition("/")[2].replace("-", " ").capitalize() for hit in sheets)
    wanted = next(hit for hit in sheets if "kat-rop/" in str(hit.arguments[1]) and not hit.text.isascii())
    key(window, Qt.Key.Key_K, CTRL)
    assert isinstance(window.overlay, SearchOverlay)
    type_in(window.overlay.field, wanted.text)
    QTest.keyClick(window.overlay.field, Qt.Key.Key_Return)
    assert isinstance(window.page, LibraryPage)
    assert window.route.arguments == wanted.arguments
    page = window.page
    qtbot.waitUntil(lambda: page.preview is not None)
    assert page.preview is not None
    assert page.preview.sheet.id == wanted.arguments[1]
    assert page.preview.sheet.title == wanted.text


def test_all_keys_are_told(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    key(window, Qt.Key.Key_F1)
    assert window.overlay is not None
    words = {part.property("text") for part in window.overlay.findChildren(QWidget)}
    assert {"Møtepakke", "Lås"} <= words


def test_records_open_to_read_only_say_so(window_on: Opened, records: Path, now: Clock) -> None:
    first = unlock_database(records, LEADER, PASSPHRASE, clock=now)
    window = window_on(None)
    window.context.open_records(unlock_database(records, LEADER, PASSPHRASE, clock=now, for_writing=False))
    assert [text for text in window.banners.texts() if "bare for lesing" in text]
    first.close()


def test_who_came_back_with_a_backup_is_told_until_it_is_closed(
    window_on: Opened, records: Path, now: Clock, tmp_path: Path
) -> None:
    live = unlock_database(records, LEADER, PASSPHRASE, clock=now)
    backup(live, tmp_path / "old.rop-backup")
    erase_participant(live, 1, by=1)
    live.close()
    restored = records.with_name("again.rop")
    restore(tmp_path / "old.rop-backup", restored)
    window = window_on(restored)
    words = "1 deltaker som ble slettet etter at denne sikkerhetskopien ble tatt, er slettet igjen."
    assert window.banners.texts() == [words]
    window.go("settings")
    assert window.banners.texts() == [words]
    click(next(one for one in window.banners.findChildren(Button) if one.text() == "Lukk"))
    assert window.banners.texts() == []
    window.go("today")
    assert window.banners.texts() == []


def test_faulty_curricula_are_told(window_on: Opened, records: Path, library: Library) -> None:
    window = window_on(records)
    assert window.banners.texts() == []
    fault = Problem("fault", "curriculum.yaml", 1, "x")
    window.context.use_library(Library(library.curricula, (fault, fault)))
    window.go("settings")
    assert window.banners.texts() == ["1 fil i kursoppleggene har en feil. De andre virker."]


# -- when something goes wrong -----------------------------------------------------------------------------------------


def raise_in_a_slot(error: Exception, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, catcher: CrashCatcher) -> None:
    def fail() -> None:
        name = "Kine Hemmelig"
        raise error from ValueError(name)

    monkeypatch.setattr(sys, "excepthook", catcher.caught)
    QTimer.singleShot(0, fail)
    qtbot.wait(20)


def test_a_bug_is_told_calmly_and_the_report_names_nobody(
    window_on: Opened, records: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, now: Clock
) -> None:
    window = window_on(records)
    catcher = CrashCatcher(now)
    catcher.crashed.connect(window.show_crash)
    raise_in_a_slot(KeyError("Kine Hemmelig"), qtbot, monkeypatch, catcher)
    assert "Ingenting er tapt" in window.banners.texts()[-1]
    (file,) = crash_report.crash_folder().glob("*.txt")
    words = file.read_text(encoding="utf-8")
    assert "KeyError" in words
    assert "ValueError" in words
    assert "test_app.py" in words
    assert "Kine" not in words
    assert str(Path.home()) not in words


def test_a_wish_that_no_page_caught_is_a_toast(
    window_on: Opened, records: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, now: Clock
) -> None:
    window = window_on(records)
    catcher = CrashCatcher(now)
    catcher.request_refused.connect(window.context.notify)
    raise_in_a_slot(UserError("Velg noe annet."), qtbot, monkeypatch, catcher)
    assert window.toast.text() == "Velg noe annet."
    assert not crash_report.crash_folder().exists()


def test_only_ten_reports_are_kept(now: Clock) -> None:
    for n in range(13):
        crash_report.write_report(KeyError("x"), at=NOW + timedelta(seconds=n))
    assert len(list(crash_report.crash_folder().glob("*.txt"))) == 10


# -- Qt's own words ----------------------------------------------------------------------------------------------------

# Names of paper sizes and of keys are the same words, or are never shown by us.
OURS_NOT = {"QPageSize", "QShortcut", "QGuiApplication"}
ASKED_LATER = {
    ("QFileDialog", "%1 already exists.\nDo you want to replace it?"),
    ("QPrintDialog", "%1 already exists.\nDo you want to overwrite it?"),
    ("QAbstractSpinBox", "&Step up"),
    ("QScrollBar", "Scroll here"),
}


class _Recorder(QtTexts):
    """Writes down what Qt asks for."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: set[tuple[str, str]] = set()

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        self.asked.add((context, text))
        return super().translate(context, text, disambiguation, n)


def show_what_qt_can_say() -> list[str]:
    """Build every standard dialog and menu that the program can open; returns the words on their buttons."""
    for text in (QLineEdit("x"), QPlainTextEdit("x"), QTextBrowser()):
        text.createStandardContextMenu().deleteLater()
    box = QMessageBox()
    for button in QDialogButtonBox.StandardButton:
        if button.name and bin(button.value).count("1") == 1 and button.value >= 0x400:
            box.addButton(QMessageBox.StandardButton(button.value))
    words = [button.text() for button in box.buttons()]
    for mode in QFileDialog.AcceptMode:
        for what in (QFileDialog.FileMode.ExistingFile, QFileDialog.FileMode.Directory):
            files = QFileDialog(options=QFileDialog.Option.DontUseNativeDialog)
            files.setAcceptMode(mode)
            files.setFileMode(what)
            files.show()
            words += [button.text() for button in files.findChildren(QPushButton) if button.text()]
            files.close()
    printer = QPrinter()  # the dialog does not keep it alive
    paper = QPrintDialog(printer)
    paper.show()
    words += [button.text() for button in paper.findChildren(QPushButton) if button.text()]
    paper.close()
    for field in (QSpinBox(), DateField(date(2026, 11, 24), today=date(2026, 11, 24))):
        field.show()
        field.close()
    return words


@pytest.fixture
def recorder(qapp: QApplication) -> _Recorder:
    made = _Recorder()
    qapp.installTranslator(made)
    yield made
    qapp.removeTranslator(made)


def test_qt_speaks_bokmaal(recorder: _Recorder) -> None:
    i18n.set_language("nb")
    words = show_what_qt_can_say()
    asked = {pair for pair in recorder.asked | ASKED_LATER if pair[0] not in OURS_NOT and "Alt+" not in pair[1]}
    assert len(asked) > 100
    known = i18n._catalogue("nb")._catalog  # type: ignore[attr-defined]
    assert sorted(pair for pair in asked if f"qt:{pair[0]}\x04{pair[1]}" not in known) == []
    english = {"Cancel", "Save", "Open", "Yes", "No", "Close", "Print", "Help", "Retry", "Ignore", "Discard"}
    assert not english & {word.replace("&", "") for word in words}
    assert "Avbryt" in words


def test_qt_keeps_its_own_english(recorder: _Recorder) -> None:
    i18n.set_language("en")
    assert "Cancel" in show_what_qt_can_say()


def test_a_text_that_we_lack_is_left_to_qt() -> None:
    i18n.set_language("nb")
    texts = QtTexts()
    assert texts.translate("QPlatformTheme", "Cancel") == "Avbryt"
    assert texts.translate("QPlatformTheme", "nobody has translated this") is None


def test_pages_open_quickly_enough_to_be_called_at_once(window_on: Opened, records: Path) -> None:
    """Not a benchmark: it finds a page that reads everything for every row."""
    window = window_on(records)
    window.go("settings")
    began = time.perf_counter()
    window.go("today")
    assert time.perf_counter() - began < 2
