"""The papers of a group: each opens the print page, where it is looked at, printed and saved."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from rop_facilitator.documents.papers.catalogue import PaperRequest
from rop_facilitator.documents.papers.standing_papers import ORDER
from rop_facilitator.gui.pages import print_page as page_module
from rop_facilitator.gui.pages.group_page.page import ATTENDANCE, PAPERS
from rop_facilitator.gui.pages.group_page.papers.papers_tab import PapersTab
from rop_facilitator.gui.pages.print_page import PrintPage
from rop_facilitator.gui.widgets.inputs.choices import Tick
from rop_facilitator.gui.widgets.papers.pdf_view import PdfView
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.models import AuditEvent
from tests.gui.conftest import click, settle
from tests.gui.steps import group_named, open_group

Opened = Callable[..., MainWindow]
TODAY = date(2026, 11, 24)
REGISTER = PaperRequest("register")
SIGN_IN = PaperRequest("sign-in", TODAY)


@pytest.fixture
def window(window_on: Opened, records: Path) -> MainWindow:
    return window_on(records)


def tab_of(window: MainWindow) -> PapersTab:
    tab = open_group(window, "Tirsdagsgruppa", PAPERS).tab
    assert isinstance(tab, PapersTab)
    return tab


def looked_at(window: MainWindow, wish: PaperRequest) -> PrintPage:
    """The print page with that paper of the group, from the tab and back to it."""
    tab_of(window).print_wanted.emit(wish)
    settle(window)
    assert isinstance(window.page, PrintPage)
    return window.page


def text_of(pdf: Path | bytes) -> str:
    """What is printed, with plain spaces in place of the hard ones."""
    reader = PdfReader(io.BytesIO(pdf) if isinstance(pdf, bytes) else pdf)
    return "\n".join(page.extract_text() for page in reader.pages).replace("\u00a0", " ")


def recorded(window: MainWindow) -> list[str]:
    with window.context.read() as db:
        return [event.action for event in db.query(AuditEvent).order_by(AuditEvent.id)]


def test_the_next_meeting_is_offered_first_and_any_other_can_be_chosen(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    tab = tab_of(window)
    assert tab.meetings.currentText().startswith("I dag · ")
    assert tab.meetings.count() == 11, "ten, and that there are more"
    wished: list[object] = []
    monkeypatch.setattr(window, "go", lambda *place: wished.append(place[2]))
    tab.meetings.setCurrentIndex(3)
    tab.meetings.activated.emit(3)
    tab.look.click()
    assert wished == [PaperRequest("packet", date(2026, 12, 1))]


def test_ten_meetings_around_today_then_all(window: MainWindow) -> None:
    """The course of 50: three that have been, then those to come; each says that it is an outline."""
    tab = open_group(window, "Onsdagsgruppa", PAPERS).tab
    assert isinstance(tab, PapersTab)
    shown = [tab.meetings.itemText(at) for at in range(tab.meetings.count())]
    assert len(shown) == 11
    assert shown[-1] == "Vis alle 50"
    assert shown[0].startswith("Onsdag 4. november · ")
    assert tab.meetings.currentText().startswith("Onsdag 25. november · ")
    assert tab.meetings.currentText().endswith(" · omriss")
    assert tab.meetings.accessibleName() == "Møte"
    chosen = tab.meetings.currentText()
    tab.meetings.setFocus()
    QTest.keyClick(tab.meetings, Qt.Key.Key_End)
    settle(window)
    assert tab.meetings.count() == 50
    assert tab.meetings.currentText() == chosen
    tab.meetings.hidePopup()
    QTest.keyClick(tab.meetings, Qt.Key.Key_Home)
    settle(window)
    assert tab.meetings.currentText().startswith("Onsdag 2. september · ")


def test_every_paper_opens_the_print_page(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    tab = tab_of(window)
    gone: list[tuple[object, ...]] = []
    monkeypatch.setattr(window, "go", lambda *place: gone.append(place))
    for button in tab.buttons.values():
        button.click()
    group_id = group_named(window, "Tirsdagsgruppa").id
    substitute, plan = PaperRequest("substitute", TODAY), PaperRequest("term-plan")
    wishes = PaperRequest("packet", TODAY), SIGN_IN, substitute, plan, REGISTER
    assert gone == [("print", group_id, wish) for wish in wishes]


def test_the_sign_in_sheet_is_shown_as_it_prints(window: MainWindow, qtbot: QtBot) -> None:
    tab = open_group(window, "Tirsdagsgruppa", ATTENDANCE).tab
    qtbot.mouseClick(tab.head_buttons()[1], Qt.MouseButton.LeftButton)
    settle(window)
    page = window.page
    assert isinstance(page, PrintPage)
    assert page.printable is not None
    [shown] = page.findChildren(PdfView)
    assert shown.page.text() == "Side 1 av 1"
    assert page.words.text() == "1 side"
    printed = text_of(page.printable.pdf)
    assert "Oppmøteliste" in printed
    assert "Amund" in printed
    assert "ROP" not in printed.replace("KAT-ROP", "")


def test_back_is_the_list(window: MainWindow, qtbot: QtBot) -> None:
    looked_at(window, REGISTER)
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert isinstance(window.page.tab, PapersTab)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("wish", "words"),
    [(PaperRequest("packet", TODAY), "Kjøreplan"), (SIGN_IN, "Oppmøteliste"), (REGISTER, "1/2")],
    ids=lambda value: getattr(value, "kind", ""),
)
def test_each_paper_is_saved_as_a_pdf(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, wish: PaperRequest, words: str
) -> None:
    page = looked_at(window, wish)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (str(tmp_path / "ut"), ""))
    page.save_pdf()
    settle(window)
    assert words in text_of(tmp_path / "ut.pdf")
    assert "ut.pdf" in window.toast.text()
    assert recorded(window)[-1] == "papers printed"


def test_a_paper_by_itself_is_one_word_file(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = looked_at(window, SIGN_IN)
    proposed: list[str] = []

    def answer(_parent: object, _title: str, name: str, _kind: str) -> tuple[str, str]:
        proposed.append(Path(name).name)
        return str(tmp_path / "ut"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    page.save_word()
    settle(window)
    assert proposed == ["oppmoteliste-2026-11-24.docx"]  # neither group nor people
    assert (tmp_path / "ut.docx").read_bytes().startswith(b"PK")
    assert recorded(window)[-1] == "papers printed"


def test_the_register_has_letters_counts_and_the_rule(window: MainWindow) -> None:
    rendered = looked_at(window, REGISTER).printable
    assert rendered is not None
    assert rendered.problems == ()
    shown = text_of(rendered.pdf)
    for words in ("Oppmøte", "17. nov", "50 %", "Makuleres etter bruk", "F teller"):
        assert words in shown


def test_a_paper_that_lies_is_printed_lying(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = looked_at(window, REGISTER)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "ut.pdf"))
    monkeypatch.setattr(page_module, "ask_printer", lambda _parent, _pages: printer)
    page.print_now()
    settle(window)
    pages = PdfReader(tmp_path / "ut.pdf").pages
    assert len(pages) == 1
    assert pages[0].mediabox.width > pages[0].mediabox.height
    assert window.toast.text().startswith("1 side er på vei til skriveren")
    assert recorded(window)[-1] == "papers printed"


def test_standing_papers_open_the_print_page_too(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> None:
    tab = tab_of(window)
    gone: list[tuple[object, ...]] = []
    monkeypatch.setattr(window, "go", lambda *place: gone.append(place[2:]))
    assert [*tab.standing.buttons] == [*ORDER]
    tab.standing.buttons["group-agreement"].click()
    assert gone == [(PaperRequest("group-agreement"),)]


def test_the_leader_chooses_who_gets_a_certificate(window: MainWindow, qtbot: QtBot) -> None:
    tab = tab_of(window)
    chooser = tab.standing.people["certificate"]
    assert not chooser.isVisible()
    click(tab.standing.buttons["certificate"])
    assert chooser.isVisible()
    ticks = {tick.accessibleName(): tick for tick in chooser.findChildren(Tick)}
    assert ticks["Amund · 2 av 2"].hasFocus()
    assert ticks["Berit · 1 av 2"].isChecked()
    assert not ticks["Lars · 0 av 2"].isChecked()
    for tick in ticks.values():
        tick.setChecked(False)
    assert not chooser.look.isEnabled()
    qtbot.keyClick(ticks["Berit · 1 av 2"], Qt.Key.Key_Space)
    click(chooser.look)
    settle(window)
    page = window.page
    assert isinstance(page, PrintPage)
    assert page.printable is not None
    printed = text_of(page.printable.pdf)
    assert "Berit" in printed
    assert "1 av 2 møter" in printed
    assert "Amund" not in printed


def test_ticks_stay_when_the_records_change_and_names_can_be_hidden(window: MainWindow) -> None:
    tab = tab_of(window)
    click(tab.standing.buttons["certificate"])
    chooser = tab.standing.people["certificate"]
    chooser.findChildren(Tick)[0].setChecked(False)
    chosen = chooser.chosen()
    window.toggle_names()
    settle(window)
    assert tab.standing.people["certificate"] is chooser
    assert chooser.chosen() == chosen
    shown = [tick.accessibleName() for tick in chooser.findChildren(Tick) if tick.isVisible()]
    assert shown[0] == "Deltaker 1 · 2 av 2"
    assert "Amund" not in " ".join(shown)


def test_what_names_nobody_is_shown_also_while_names_are_hidden(window: MainWindow) -> None:
    window.toggle_names()
    assert looked_at(window, REGISTER).findChildren(PdfView) == []
    assert len(looked_at(window, PaperRequest("term-plan")).findChildren(PdfView)) == 1


def test_a_disk_that_refuses_is_told_and_nothing_is_left(
    window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = looked_at(window, SIGN_IN)
    gone = str(tmp_path / "borte" / "ut.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_asked: (gone, ""))
    page.save_pdf()
    settle(window)
    assert "borte" in window.toast.text()
    assert "papers printed" not in recorded(window)
