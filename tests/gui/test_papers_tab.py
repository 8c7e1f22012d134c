"""The papers of a group: packet, sign-in sheet, register; looked at, saved, in Word."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPdfWidgets import QPdfView
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from rop_facilitator.gui.main_window import MainWindow
from rop_facilitator.gui.pages.group_page.making import PaperWish
from rop_facilitator.gui.pages.group_page.page import ATTENDANCE, PAPERS
from rop_facilitator.gui.pages.group_page.papers_tab import PapersTab
from rop_facilitator.records.models import AuditEvent
from tests.gui.test_group_page import group_named, open_group

Opened = Callable[..., MainWindow]
TODAY = date(2026, 11, 24)


@pytest.fixture
def window(window_on: Opened, records: Path) -> MainWindow:
    return window_on(records)


def tab_of(window: MainWindow) -> PapersTab:
    tab = open_group(window, "Tirsdagsgruppa", PAPERS).tab
    assert isinstance(tab, PapersTab)
    return tab


def text_of(pdf: Path | bytes) -> str:
    return "\n".join(
        page.extract_text() for page in PdfReader(io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf).pages
    )


def recorded(window: MainWindow) -> list[str]:
    with window.context.read() as db:
        return [event.action for event in db.query(AuditEvent).order_by(AuditEvent.id)]


def test_the_next_meeting_is_offered_first_and_any_other_can_be_chosen(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = tab_of(window)
    assert tab.meetings.currentText().startswith("I dag · ")
    assert tab.meetings.count() == 11
    wished: list[object] = []
    monkeypatch.setattr(window, "go", lambda *place: wished.append(place[2]))
    tab.meetings.setCurrentIndex(3)
    tab.meetings.activated.emit(3)
    tab.look.click()
    assert wished == [date(2026, 12, 1)]


def test_the_packet_opens_its_own_page_with_group_and_day(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    tab = tab_of(window)
    gone: list[tuple[object, ...]] = []
    monkeypatch.setattr(window, "go", lambda *place: gone.append(place))
    tab.look.click()
    assert gone == [("print", group_named(window, "Tirsdagsgruppa").id, TODAY)]


def test_the_sign_in_sheet_is_shown_as_it_prints(window: MainWindow, qtbot: QtBot) -> None:
    page = open_group(window, "Tirsdagsgruppa", ATTENDANCE)
    qtbot.mouseClick(page.tab.acts()[1], Qt.MouseButton.LeftButton)
    assert window.context.jobs.wait()
    QApplication.processEvents()
    tab = page.tab
    assert isinstance(tab, PapersTab)
    assert tab.preview.isVisible()
    assert tab.preview.findChild(QPdfView).document().pageCount() == 1
    made = tab.preview.made
    assert made is not None
    shown = text_of(made.pdf)
    assert "Oppmøteliste" in shown
    assert "Amund" in shown
    assert "ROP" not in shown.replace("KAT-ROP", "")


def test_back_from_the_preview_is_the_list(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    tab.show_preview(PaperWish("register"))
    assert window.context.jobs.wait()
    QApplication.processEvents()
    qtbot.keyClick(tab.preview.pdf, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert not tab.preview.isVisible()
    assert tab.look.isVisible()


@pytest.mark.parametrize(
    ("kind", "words"),
    [("packet", "Dagsorden for gruppeleder"), ("sign-in", "Oppmøteliste"), ("register", "1/2")],
)
def test_each_paper_is_saved_as_a_pdf(window: MainWindow, tmp_path: Path, kind: str, words: str) -> None:
    tab = tab_of(window)
    tab.save_pdf(kind, tmp_path / "ut.pdf")  # type: ignore[arg-type]
    assert window.context.jobs.wait()
    assert words in text_of(tmp_path / "ut.pdf")
    assert window.toast.text().startswith("Lagret som ut.pdf.")
    assert recorded(window)[-1] == "papers printed"


def test_word_files_go_into_a_folder_and_name_nobody(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = tab_of(window)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_asked: str(tmp_path / "word"))
    tab._ask_word("packet")
    assert window.context.jobs.wait()
    names = sorted(path.name for path in (tmp_path / "word").iterdir())
    assert "set-01" in " ".join(names)
    people = group_named(window, "Tirsdagsgruppa").memberships
    assert not any(one.participant.name.casefold() in name.casefold() for one in people for name in names)


def test_the_register_has_letters_counts_and_the_rule(window: MainWindow) -> None:
    tab = tab_of(window)
    tab.show_preview(PaperWish("register"))
    assert window.context.jobs.wait()
    QApplication.processEvents()
    assert tab.preview.made is not None
    assert tab.preview.made.problems == ()
    shown = text_of(tab.preview.made.pdf)
    for words in ("Oppmøte", "17. nov", "50 %", "Makuleres etter bruk", "F teller"):
        assert words in shown


def test_a_paper_is_printed_page_by_page_in_a_job(window: MainWindow, tmp_path: Path) -> None:
    tab = tab_of(window)
    tab.show_preview(PaperWish("register"))
    assert window.context.jobs.wait()
    QApplication.processEvents()
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "ut.pdf"))
    tab.preview.print_on(printer)
    assert window.context.jobs.wait()
    pages = PdfReader(tmp_path / "ut.pdf").pages
    assert len(pages) == 1
    assert pages[0].mediabox.width > pages[0].mediabox.height
    assert window.toast.text() == "1 side er på vei til skriveren."
    assert recorded(window)[-1] == "papers printed"


def test_a_disk_that_refuses_is_told_and_nothing_is_left(window: MainWindow, tmp_path: Path) -> None:
    tab = tab_of(window)
    tab.save_pdf("sign-in", tmp_path / "borte" / "ut.pdf")
    assert window.context.jobs.wait()
    assert "borte" in window.toast.text()
    assert "papers printed" not in recorded(window)
