"""The first start: four steps to records of one's own, or the sample in one click."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPageSize, QPdfWriter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rop_facilitator import i18n, paths
from rop_facilitator.gui.pages.first_run_page import FirstRunPage, first_choice
from rop_facilitator.gui.pages.first_run_page import page as page_module
from rop_facilitator.gui.printing import recovery_code_paper
from rop_facilitator.gui.routes import Route
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.storage.opening import unlock_database, unlock_with_code
from rop_facilitator.settings import load_settings
from tests.gui.conftest import NOW, PASSPHRASE, Clock, Opened, click, key, settle, type_in
from tests.records.factories import all_groups


def first_page(window: MainWindow) -> FirstRunPage:
    assert isinstance(window.page, FirstRunPage)
    return window.page


def fill_in(page: FirstRunPage, name: str, passphrase: str, again: str) -> None:
    for field, text in ((page.name, name), (page.passphrase, passphrase), (page.again, again)):
        field.clear()
        type_in(field, text)
    click(page.make)


def test_four_steps_lead_to_records(window_on: Opened, qtbot: QtBot, now: Clock) -> None:
    window = window_on(None)
    page = first_page(window)
    click(page.begin)
    assert page.name.hasFocus()
    fill_in(page, "Marit", PASSPHRASE, PASSPHRASE)
    qtbot.waitUntil(lambda: page.step == 3)
    code = "-".join(page._groups)
    type_in(page.typed, page._groups[page._asked - 1].lower() + "\n")
    assert page.step == 4
    click(page.open)
    assert window.route == Route("today")
    assert window.context.leader_name == "Marit"
    path = window.context.database.path
    window.close()
    assert load_settings().last_database == str(path)
    unlock_database(path, "Marit", PASSPHRASE, clock=now).close()
    unlock_with_code(path, code, clock=now).close()


def test_arrows_choose_what_one_has_and_enter_does(
    window_on: Opened, qtbot: QtBot, records: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = window_on(None)
    page = first_page(window)
    nothing, own, backup = page.ways.picks
    assert nothing.isChecked()
    assert nothing.hasFocus()
    assert page.begin.text() == "Begynn"
    assert [pick.accessibleName().split(",")[0] for pick in page.ways.picks] == [
        "Ingenting",
        "Et arkiv",
        "En sikkerhetskopi",
    ]
    qtbot.waitUntil(lambda: "Fant ingen" in page.ways._means[2])
    key(window, Qt.Key.Key_Right)
    assert own.isChecked()
    assert page.begin.text() == "Velg fila …"
    assert ".keys" in page.ways.meaning.text()
    key(window, Qt.Key.Key_Right)
    assert backup.isChecked()
    assert page.begin.text() == "Hent tilbake en kopi"
    assert page.ways.meaning.text().startswith("Fant ingen")
    key(window, Qt.Key.Key_Left)
    chosen = [None, records]
    monkeypatch.setattr(page_module, "choose_records", lambda *_a: chosen.pop(0))
    key(window, Qt.Key.Key_Return)
    assert first_page(window) is page  # thought better of it
    click(page.begin)
    assert window.route == Route("unlock")
    assert load_settings().last_database == str(records)


def test_a_window_that_is_closed_at_once_looks_for_nothing(window_on: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    window = window_on(None)
    page = first_page(window)
    looked: list[bool] = []
    monkeypatch.setattr(first_choice, "removable_drives", lambda: looked.append(True) or [])
    page._back()  # the first step anew, with its look for backups still to come
    page.repaint()
    window.close()
    QApplication.processEvents()
    assert looked == []


def test_the_newcomer_needs_enter_only(window_on: Opened) -> None:
    window = window_on(None)
    page = first_page(window)
    key(window, Qt.Key.Key_Return)
    assert page.step == 2
    page._back()
    settle(window)
    assert page.ways.current == 0
    assert page.begin.isVisible()
    assert page.sample.isVisible()


@pytest.mark.parametrize(
    ("name", "passphrase", "again", "field"),
    [
        ("", PASSPHRASE, PASSPHRASE, "name_field"),
        ("Marit", "for kort", "for kort", "passphrase_field"),
        ("Marit", " " * 20, " " * 20, "passphrase_field"),
        ("Marit", PASSPHRASE, PASSPHRASE + "!", "again_field"),
    ],
)
def test_what_is_missing_is_told_at_its_field(
    window_on: Opened, name: str, passphrase: str, again: str, field: str
) -> None:
    window = window_on(None)
    page = first_page(window)
    click(page.begin)
    fill_in(page, name, passphrase, again)
    assert getattr(page, field).fault()
    assert page.step == 2
    assert not list(paths.data_folder().glob("*.rop"))


def test_the_code_must_be_on_paper(window_on: Opened, qtbot: QtBot) -> None:
    window = window_on(None)
    page = first_page(window)
    click(page.begin)
    fill_in(page, "Marit", PASSPHRASE, PASSPHRASE)
    qtbot.waitUntil(lambda: page.step == 3)
    type_in(page.typed, "\n")
    assert page.typed_field.fault()
    assert page.step == 3


def test_the_code_outlives_a_system_that_turns_dark(window_on: Opened, qtbot: QtBot) -> None:
    window = window_on(None, theme="system")
    page = first_page(window)
    click(page.begin)
    fill_in(page, "Marit", PASSPHRASE, PASSPHRASE)
    qtbot.waitUntil(lambda: page.step == 3)
    window._system_changed()
    assert first_page(window) is page
    type_in(page.typed, page._groups[page._asked - 1] + "\n")
    assert page.step == 4


def test_a_window_closed_before_the_code_is_typed_leaves_records_that_open(
    window_on: Opened, qtbot: QtBot, now: Clock
) -> None:
    window = window_on(None)
    page = first_page(window)
    click(page.begin)
    fill_in(page, "Marit", PASSPHRASE, PASSPHRASE)
    qtbot.waitUntil(lambda: page.step == 3)
    window.close()
    database = unlock_database(Path(load_settings().last_database), "Marit", PASSPHRASE, clock=now)
    assert [leader.name for leader in database.leaders()] == ["Marit"]
    database.close()


def test_a_folder_that_cannot_hold_records_is_told(window_on: Opened, qtbot: QtBot, tmp_path: Path) -> None:
    window = window_on(None)
    page = first_page(window)
    click(page.begin)
    page.folder = tmp_path / "OneDrive"
    fill_in(page, "Marit", PASSPHRASE, PASSPHRASE)
    qtbot.waitUntil(lambda: page.strip.isVisible())
    assert "OneDrive" in page.strip.text()
    assert page.make.isEnabled()


def test_the_language_changes_at_once_and_is_kept(window_on: Opened) -> None:
    window = window_on(None)
    first_page(window).languages.choose(1)
    assert i18n.language() == "en"
    page = first_page(window)
    assert page.begin.text() == "Begin"
    assert load_settings().language == "en"


def test_the_sample_is_one_click_and_gone_when_closed(window_on: Opened, qtbot: QtBot) -> None:
    window = window_on(None)
    click(first_page(window).sample)
    qtbot.waitUntil(lambda: window.context.is_open)
    assert window.route == Route("today")
    assert "oppdiktet" in window.banners.texts()[0]
    with window.context.read() as db:
        assert len(all_groups(db)) == 3
    path = window.context.database.path
    assert path.exists()
    window.lock()
    assert window.context.is_open  # there is no passphrase to come back with
    window.close()
    assert not path.parent.exists()
    assert load_settings().last_database == ""


def test_from_the_sample_to_ones_own(window_on: Opened, qtbot: QtBot) -> None:
    window = window_on(None)
    click(first_page(window).sample)
    qtbot.waitUntil(lambda: window.context.is_open)
    path = window.context.database.path
    window.banners.leave_sample.emit()
    assert window.route == Route("first_run")
    assert window.side_bar is None
    assert window.banners.texts() == []
    assert not path.exists()


def test_records_that_have_moved_are_asked_for(window_on: Opened, tmp_path: Path) -> None:
    window = window_on(tmp_path / "borte.rop", locked=True)
    page = first_page(window)
    assert "borte.rop" in page.strip.text()
    assert page.ways.picks[1].isChecked()  # records are what this leader has
    assert page.ways.picks[1].hasFocus()


def test_the_recovery_paper_fits_on_one_page(qapp: object, tmp_path: Path) -> None:
    from pypdf import PdfReader

    i18n.set_language("nb")
    groups = [f"A{n:03d}" for n in range(14)]
    writer = QPdfWriter(str(tmp_path / "code.pdf"))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    recovery_code_paper.draw_recovery(writer, groups, on=NOW.date())
    (page,) = PdfReader(tmp_path / "code.pdf").pages
    words = " ".join(page.extract_text().split())
    assert [group for group in groups if group not in words] == []
    assert "24. november" in words


def test_a_cancelled_print_prints_nothing(window_on: Opened, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[object] = []
    monkeypatch.setattr(recovery_code_paper, "draw_recovery", lambda *a, **k: drawn.append(a))
    monkeypatch.setattr(recovery_code_paper.QPrintDialog, "exec", lambda self: 0)
    assert recovery_code_paper.print_recovery(QWidget(), ["A000"], on=NOW.date()) is False
    assert drawn == []
