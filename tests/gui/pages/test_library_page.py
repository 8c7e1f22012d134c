"""The library by keyboard and mouse, on the curricula that come with the program."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from rop_facilitator.curriculum.load import load_library
from rop_facilitator.curriculum.model import Library, SessionPlan
from rop_facilitator.errors import Problem
from rop_facilitator.gui.pages.library_page import LibraryPage
from rop_facilitator.gui.pages.library_page.curriculum_view import CourseView, FaultsView, ModuleView
from rop_facilitator.gui.pages.library_page.overview_view import OverviewView
from rop_facilitator.gui.pages.library_page.session_view import SessionView
from rop_facilitator.gui.pages.library_page.sheet_pictures import SheetButton
from rop_facilitator.gui.widgets.display.badges import Badge
from rop_facilitator.gui.widgets.display.empty_state import Empty
from rop_facilitator.gui.widgets.inputs.choices import NavItem
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.i18n import _


@pytest.fixture
def window(window_on, records: Path) -> MainWindow:
    return window_on(records)


def opened(window: MainWindow, session_id: str = "") -> LibraryPage:
    window.go("library", *([session_id] if session_id else []))
    assert isinstance(window.page, LibraryPage)
    return window.page


def a_session(library: Library, *, outline: bool) -> SessionPlan:
    return next(session for session in library.curricula["kat-rop"].sessions if session.is_outline is outline)


@pytest.fixture
def written(library: Library) -> SessionPlan:
    return a_session(library, outline=False)


@pytest.fixture
def an_outline(tmp_path: Path) -> tuple[Library, SessionPlan]:
    """A curriculum of one module with a session that is an outline."""
    folder = tmp_path / "kort"
    folder.mkdir()
    (folder / "curriculum.yaml").write_text(
        "title: Kort kurs\nlanguage: nb\nframes:\n  60:\n    - {title: Velkommen, minutes: 10, text: Hei.}\n"
        "    - {title: Tema, minutes: 50, theme: true}\n"
        "modules:\n  - {number: '1', title: Alt, origin: source, sessions: [en]}\n",
        "utf-8",
    )
    (folder / "en.md").write_text("---\ntitle: Den første\norigin: source\n---\n", "utf-8")
    made = load_library((tmp_path,))
    return made, made.curricula["kort"].sessions[0]


def texts(page: LibraryPage) -> list[str]:
    assert page.view is not None
    return [one.text() for one in page.view.findChildren(QLabel)]


def drawn(page: LibraryPage, qtbot: QtBot) -> list[SheetButton]:
    view = page.view
    assert isinstance(view, SessionView)
    qtbot.waitUntil(lambda: all(button.isEnabled() for button in view.sheets))
    return view.sheets


def test_it_begins_with_the_first_curriculum(window: MainWindow, library: Library) -> None:
    page = opened(window)
    first = next(iter(library))
    assert isinstance(page.view, CourseView)
    assert page.tree.current_key() == first.id
    assert first.title in texts(page)
    assert first.origin_note in texts(page)


def test_another_page_lands_on_the_session(window: MainWindow, written: SessionPlan) -> None:
    assert window.page is not None
    window.page.open_session.emit(written.id)
    page = window.page
    assert isinstance(page, LibraryPage)
    assert isinstance(page.view, SessionView)
    assert page.tree.current_key() == written.id
    assert written.title in texts(page)
    item = page.tree.currentItem()
    assert item is not None
    assert page.tree.viewport().rect().intersects(page.tree.visualItemRect(item))


def test_arrows_go_down_into_a_curriculum(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    page = opened(window, "e-imr")
    modules = library.curricula["e-imr"].modules
    qtbot.keyClick(page.tree, Qt.Key.Key_Right)
    qtbot.keyClick(page.tree, Qt.Key.Key_Down)
    assert isinstance(page.view, ModuleView)
    assert modules[0].title in texts(page)
    qtbot.keyClick(page.tree, Qt.Key.Key_Return)
    qtbot.keyClick(page.tree, Qt.Key.Key_Down)
    assert isinstance(page.view, SessionView)
    assert page.view.session is modules[0].sessions[0]
    qtbot.keyClick(page.tree, Qt.Key.Key_Left)
    qtbot.keyClick(page.tree, Qt.Key.Key_Left)
    assert not page.tree.currentItem().isExpanded()


def test_a_click_on_the_arrow_only_opens_and_one_on_the_words_chooses(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, "e-imr")
    row = next(item for item in page.tree.all_items() if item.text(0) == "KAT-ROP")
    box = page.tree.visualItemRect(row)
    left = Qt.MouseButton.LeftButton
    qtbot.mouseClick(page.tree.viewport(), left, pos=QPoint(18, box.center().y()))
    assert row.isExpanded()
    assert page.tree.current_key() == "e-imr"
    qtbot.mouseClick(page.tree.viewport(), left, pos=QPoint(18, box.center().y()))
    assert not row.isExpanded()
    qtbot.mouseClick(page.tree.viewport(), left, pos=QPoint(80, box.center().y()))
    assert row.isExpanded()
    assert page.tree.current_key() == "kat-rop"


def test_counts_and_numbers_are_told(window: MainWindow, library: Library, written: SessionPlan) -> None:
    page = opened(window)
    told = {item.data(0, Qt.ItemDataRole.AccessibleTextRole) for item in page.tree.all_items()}
    place = library.curricula["kat-rop"].sessions.index(written) + 1
    assert f"KAT-ROP, {len(library.curricula['kat-rop'].sessions)}" in told
    assert f"{written.title}, {place}" in told


def test_the_plan_adds_up_to_the_length_that_is_chosen(window: MainWindow, written: SessionPlan, qtbot: QtBot) -> None:
    page = opened(window, written.id)
    view = page.view
    assert isinstance(view, SessionView)
    assert view.lengths is not None
    for length in (90, 60):
        view.lengths.choose([60, 90].index(length))
        QApplication.processEvents()
        minutes = [one.text() for one in view.findChildren(QLabel) if one.isVisibleTo(view) and one.text().isdigit()]
        assert sum(map(int, minutes)) == length


def test_the_origin_of_title_and_text_is_told_apart(window: MainWindow, written: SessionPlan) -> None:
    page = opened(window, written.id)
    assert page.view is not None
    badges = [badge for badge in page.view.findChildren(Badge) if badge.reason]
    assert [badge.text() for badge in badges] == ["tittel: kilde", "tekst: vår egen"]
    assert badges[0].reason == "Tittelen står i kilden."


def test_sheets_are_drawn_as_they_print_and_open(window: MainWindow, written: SessionPlan, qtbot: QtBot) -> None:
    page = opened(window, written.id)
    sheets = drawn(page, qtbot)
    assert len(sheets) == len(written.handouts)
    sheet = sheets[0].sheet
    assert sheet is not None
    assert sheet.image is not None
    grey = [sheet.image.pixelColor(x, y).lightness() for x in range(0, 100, 2) for y in range(0, 100, 2)]
    assert min(grey) < 200 < max(grey)  # there is print on it
    qtbot.mouseClick(sheets[0], Qt.MouseButton.LeftButton)
    assert page.preview is not None
    assert not page.view.isVisible()
    told = [one.text() for one in page.preview.findChildren(QLabel)]
    assert page.preview.sheet.title in told
    assert f"Side 1 av {sheet.pages}" in told
    qtbot.keyClick(page.preview.to_session, Qt.Key.Key_Escape)
    assert page.preview is None
    assert page.view.isVisible()
    assert sheets[0].hasFocus()


@pytest.mark.parametrize(("ending", "start"), [(".pdf", b"%PDF"), (".docx", b"PK")])
def test_a_sheet_is_saved(
    ending: str,
    start: bytes,
    window: MainWindow,
    written: SessionPlan,
    qtbot: QtBot,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    page = opened(window, written.id)
    drawn(page, qtbot)[0].click()
    assert page.preview is not None
    asked: list[str] = []

    def answer(_parent: object, _title: str, proposed: str, _what: str) -> tuple[str, str]:
        asked.append(proposed)
        return str(tmp_path / "arket"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    button = page.preview.save_pdf if ending == ".pdf" else page.preview.save_word
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    target = tmp_path / f"arket{ending}"
    qtbot.waitUntil(lambda: str(target) in window.toast.text())
    assert target.read_bytes().startswith(start)
    assert Path(asked[0]).suffix == ending


def test_a_place_that_cannot_be_written_is_told(
    window: MainWindow, written: SessionPlan, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(window, written.id)
    drawn(page, qtbot)[0].click()
    assert page.preview is not None
    gone = str(tmp_path / "borte" / "ark.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (gone, ""))
    qtbot.mouseClick(page.preview.save_pdf, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "borte" in window.toast.text())
    assert page.preview.progress.isHidden()


def test_an_outline_says_so_and_has_nothing_to_print(
    window: MainWindow, an_outline: tuple[Library, SessionPlan]
) -> None:
    made, session = an_outline
    window.context.use_library(made)
    page = opened(window, session.id)
    view = page.view
    assert isinstance(view, SessionView)
    assert len(view.findChildren(Empty)) == 1
    assert "Sesjonen er et omriss" in texts(page)
    assert "omriss" in texts(page)
    assert view.sheets == []
    item = page.tree.currentItem()
    assert item is not None
    assert item.data(0, Qt.ItemDataRole.AccessibleTextRole) == "Den første, omriss"


def test_a_curriculum_tells_what_the_check_found(
    window: MainWindow, an_outline: tuple[Library, SessionPlan], qtbot: QtBot
) -> None:
    made, session = an_outline
    (session.file.parent / "kort.md").write_text("---\ntitle: Uten plass\norigin: source\n---\n", "utf-8")
    window.context.use_library(made)
    page = opened(window, "kort")
    view = page.view
    assert isinstance(view, CourseView)
    qtbot.waitUntil(lambda: bool(view.problems))
    told = texts(page)
    assert _("No module names this session.") in told
    assert any(words.startswith("Kontrollen fant") for words in told)


def test_a_module_row_leads_to_the_module_and_back_in_the_list(window: MainWindow, qtbot: QtBot) -> None:
    page = opened(window, "e-imr")
    assert page.view is not None
    link = next(one for one in page.view.findChildren(NavItem) if one.text().startswith("1  "))
    link.setFocus()
    qtbot.keyClick(link, Qt.Key.Key_Return)
    assert isinstance(page.view, ModuleView)
    assert page.tree.current_key() == "e-imr#1"


def test_a_session_that_is_gone_is_told(window: MainWindow) -> None:
    page = opened(window, "kat-rop/finnes-ikke")
    assert "Sesjonen er ikke i biblioteket" in texts(page)


def test_files_that_could_not_be_read_are_told(window: MainWindow, library: Library, qtbot: QtBot) -> None:
    problem = Problem("fault", "curricula/x/curriculum.yaml", 3, "Noe er galt.", "Rett det.")
    window.context.use_library(replace(library, problems=(problem,)))
    page = opened(window)
    qtbot.mouseClick(page.faults, Qt.MouseButton.LeftButton)
    assert isinstance(page.view, FaultsView)
    assert "Noe er galt." in texts(page)
    assert "Feil · curricula/x/curriculum.yaml:3" in texts(page)
    page.tree.choose("e-imr")
    assert isinstance(page.view, CourseView)


def test_an_empty_library_says_what_to_do(window: MainWindow) -> None:
    window.context.use_library(Library())
    assert "Biblioteket er tomt" in texts(opened(window))


def test_coming_back_is_to_the_same_place(window: MainWindow, written: SessionPlan) -> None:
    page = opened(window)
    page.tree.choose(written.id)
    window.go("today")
    window.back()
    assert isinstance(window.page, LibraryPage)
    assert window.page.tree.current_key() == written.id


def test_at_double_text_the_list_and_the_page_take_turns(
    window_on, records: Path, written: SessionPlan, qtbot: QtBot
) -> None:
    window = window_on(records, text_percent=200)
    window.resize(1280, 800)
    page = opened(window, written.id)
    qtbot.waitUntil(lambda: page.to_list.isVisible())
    assert not page.tree.isVisible()
    qtbot.mouseClick(page.to_list, Qt.MouseButton.LeftButton)
    assert page.tree.isVisible()
    assert page.tree.hasFocus()
    assert not page.page.isVisible()
    qtbot.keyClick(page.tree, Qt.Key.Key_Down)
    assert not page.page.isVisible()  # arrows only choose
    qtbot.keyClick(page.tree, Qt.Key.Key_Return)
    assert page.page.isVisible()
    assert isinstance(page.view, SessionView)
    assert page.view.session.id != written.id


def test_leaving_before_the_sheets_are_drawn_is_quiet(window: MainWindow, written: SessionPlan, qtbot: QtBot) -> None:
    opened(window, written.id)
    qtbot.wait(150)  # the work has begun
    window.go("today")
    assert window.context.jobs.wait(20)


def test_the_page_about_a_module_is_read_and_opens_as_it_prints(window: MainWindow, qtbot: QtBot) -> None:
    key = "kombinerte-behandlingstiltak/fysisk-aktivitet"
    page = opened(window, key)
    assert page.tree.current_key() == key
    assert page.tree.currentItem().data(0, Qt.ItemDataRole.AccessibleTextRole) == "Fysisk aktivitet, oversikt"
    assert isinstance(page.view, OverviewView)
    assert "Kombinerte behandlingstiltak · modul 5" in texts(page)
    assert "Trygt nok?" in texts(page)
    qtbot.waitUntil(lambda: all(button.isEnabled() for button in page.view.sheets))
    assert [button.sheet.kind for button in page.view.sheets] == ["overview", "handout"]
    qtbot.mouseClick(page.view.sheets[0], Qt.MouseButton.LeftButton)
    assert page.preview is not None
    assert page.preview.sheet.title == "Fysisk aktivitet"
    qtbot.keyClick(page.preview.to_session, Qt.Key.Key_Escape)
    assert page.view.sheets[0].hasFocus()


def test_a_module_of_a_page_alone_is_no_outline(window: MainWindow) -> None:
    page = opened(window, "kombinerte-behandlingstiltak")
    rows = {item.text(0): item.data(0, Qt.ItemDataRole.AccessibleTextRole) for item in page.tree.all_items()}
    assert rows["5  Fysisk aktivitet"] == "5  Fysisk aktivitet, oversikt"
    assert rows["3  KAT-ROP"] == "3  KAT-ROP"
    assert page.tree.choose("kombinerte-behandlingstiltak#4")
    assert isinstance(page.view, ModuleView)
    assert "For ledere" in texts(page)
    assert "Sesjoner" not in texts(page)
    [link] = [item for item in page.view.findChildren(NavItem) if item.text() == "Fysisk aktivitet"]
    link.click()
    assert isinstance(page.view, OverviewView)
