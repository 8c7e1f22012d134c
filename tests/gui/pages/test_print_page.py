"""The packet of a meeting on its way to paper, on real records."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from threading import Event

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtPdf import QPdfDocument
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from rop_facilitator.documents.papers.catalogue import Paper, PaperRequest
from rop_facilitator.documents.papers.meeting.meeting_facts import MeetingFacts
from rop_facilitator.errors import Problem
from rop_facilitator.gui.pages import print_page as page_module
from rop_facilitator.gui.pages.print_page import PrintPage, pages_words
from rop_facilitator.gui.printing.paper_printer import DPI, PrintablePaper, ask_printer, open_pdf, print_pages
from rop_facilitator.gui.widgets.display.empty_state import Empty
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.papers.pdf_view import PdfView
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.log.audit_log import AuditEvent
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.attendance import mark_attendance
from rop_facilitator.records.meeting.meetings import expected_at, meeting_on
from rop_facilitator.records.models import MeetingState
from rop_facilitator.settings import Settings
from rop_facilitator.work_progress import Cancelled, WorkProgress
from tests.gui.conftest import key, settle
from tests.gui.steps import group_named
from tests.records.factories import all_groups

LEFT = Qt.MouseButton.LeftButton


class Told(WorkProgress):
    """Progress without a worker: what was told, and a cancel at a step."""

    def __init__(self, stop_at: int = -1) -> None:
        self.steps: list[tuple[int, int]] = []
        self._stop_at = stop_at

    def step(self, done: int, total: int) -> None:
        if done == self._stop_at:
            raise Cancelled
        self.steps.append((done, total))


@pytest.fixture
def window(window_on, records: Path) -> MainWindow:
    return window_on(records)


@pytest.fixture
def no_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "has_printer", lambda: False)


@pytest.fixture
def a_printer(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_module, "has_printer", lambda: True)


def next_meeting(window: MainWindow) -> tuple[int, date]:
    """(group id, day) of a meeting to come that has sheets to hand out."""
    today, library = window.context.today(), window.context.library
    with window.context.read() as db:
        for group in all_groups(db):
            for meeting in load_group(db, group.id).meetings:
                plans = [library.session(session.group_session.session_id) for session in meeting.sessions]
                ahead = meeting.on >= today and meeting.state is MeetingState.PLANNED
                if ahead and any(plan is not None and plan.handouts for plan in plans):
                    return group.id, meeting.on
    raise AssertionError("the sample has no meeting ahead")


def begun(window: MainWindow) -> PrintPage:
    assert window.page is not None
    group_id, on = next_meeting(window)
    window.page.print_paper.emit(group_id, PaperRequest("packet", on))
    assert isinstance(window.page, PrintPage)
    return window.page


def opened(window: MainWindow, qtbot: QtBot) -> PrintPage:
    page = begun(window)
    qtbot.waitUntil(lambda: page.printable is not None)
    return page


def printed_events(window: MainWindow) -> int:
    with window.context.read() as db:
        return db.query(AuditEvent).filter(AuditEvent.action == "papers printed").count()


def facts_of(page: PrintPage) -> MeetingFacts:
    assert page.paper is not None
    assert isinstance(page.paper.facts, MeetingFacts)
    return page.paper.facts


def day_of(page: PrintPage) -> date:
    assert page.request.on is not None
    return page.request.on


def nobody(_result: object) -> None:
    pass


def pages_of(pdf: bytes) -> int:
    document = open_pdf(pdf)
    return document.pageCount()


def test_the_packet_is_shown_and_said_in_words(window: MainWindow, no_printer: None, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    assert page.printable is not None
    people = sum(not person.gave_notice for person in facts_of(page).people)
    pages = pages_of(page.printable.pdf)
    assert page.words.text().startswith(f"{pages} sider: kjøreplan, notater, ")
    assert page.words.text().endswith(f"oppmøteliste, {people} sett, 2 i reserve")
    [shown] = page.findChildren(PdfView)
    document = shown.view.document()
    assert document is not None
    assert document.status() is QPdfDocument.Status.Ready
    assert shown.page.text() == f"Side 1 av {pages}"


def test_the_keyboard_is_on_the_primary_button(window: MainWindow, no_printer: None, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    qtbot.waitUntil(page.pdf.hasFocus)
    assert page.pdf.kind == "primary"


def test_the_words_leave_out_what_is_not_there(window: MainWindow) -> None:
    assert pages_words(1, {"run-sheet": 1}).endswith("kjøreplan")
    assert "reserve" not in pages_words(9, {"run-sheet": 1, "slip": 3})


def test_without_a_printer_ctrl_p_saves_a_pdf(
    window: MainWindow, no_printer: None, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(window, qtbot)
    assert not page.print.isVisible()
    assert page.pdf.kind == "primary"
    asked: list[str] = []

    def answer(_parent: object, _title: str, proposed: str, _what: str) -> tuple[str, str]:
        asked.append(proposed)
        return str(tmp_path / "ut"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", answer)
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "ut.pdf" in window.toast.text())
    assert page.printable is not None
    assert (tmp_path / "ut.pdf").read_bytes() == page.printable.pdf
    assert Path(asked[0]).name == f"papirer-{day_of(page)}.pdf"  # neither group nor people
    assert printed_events(window) == 1
    assert page.pdf.isEnabled()


def test_word_files_lie_in_a_folder_of_their_own(
    window: MainWindow, no_printer: None, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(window, qtbot)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(tmp_path))
    qtbot.mouseClick(page.word, LEFT)
    folder = tmp_path / f"papirer-{day_of(page)}"
    qtbot.waitUntil(lambda: str(folder) in window.toast.text())
    files = sorted(path.name for path in folder.iterdir())
    assert files[0] == "01-run-sheet.docx"
    assert not [name for name in files for person in facts_of(page).people if person.name.lower() in name.lower()]
    assert printed_events(window) == 1


def test_no_answer_to_where_writes_nothing(
    window: MainWindow, no_printer: None, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(window, qtbot)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: ("", ""))
    qtbot.mouseClick(page.pdf, LEFT)
    assert window.context.jobs.wait(10)
    assert printed_events(window) == 0


def test_a_place_that_cannot_be_written_is_told_and_not_recorded(
    window: MainWindow, no_printer: None, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(window, qtbot)
    gone = str(tmp_path / "borte" / "pakke.pdf")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (gone, ""))
    qtbot.mouseClick(page.pdf, LEFT)
    qtbot.waitUntil(lambda: "borte" in window.toast.text())
    assert printed_events(window) == 0
    assert page.pdf.isEnabled()


def to_file(path: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(path))
    printer.setResolution(DPI)
    printer.setFullPage(True)
    return printer


def test_ctrl_p_prints_the_pages_that_were_chosen(
    window: MainWindow, a_printer: None, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(window, qtbot)
    assert page.print.kind == "primary"
    assert page.pdf.kind == "plain"
    printer = to_file(tmp_path / "papir.pdf")
    printer.setFromTo(2, 4)
    monkeypatch.setattr(page_module, "ask_printer", lambda _parent, _pages: printer)
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "3 sider" in window.toast.text())
    assert pages_of((tmp_path / "papir.pdf").read_bytes()) == 3
    assert printed_events(window) == 1


def test_print_lands_in_the_same_place_on_paper(
    window: MainWindow, no_printer: None, qtbot: QtBot, tmp_path: Path
) -> None:
    page = opened(window, qtbot)
    assert page.printable is not None
    printer = to_file(tmp_path / "papir.pdf")
    printer.setFromTo(1, 1)
    told = Told()
    assert print_pages(page.printable.pdf, printer, told) == 1
    assert told.steps == [(0, 1), (1, 1)]
    before = open_pdf(page.printable.pdf)
    after = open_pdf((tmp_path / "papir.pdf").read_bytes())
    size = before.pagePointSize(0).toSize()
    assert abs(after.pagePointSize(0).width() - size.width()) < 2
    dark = []
    for document in (before, after):
        image = document.render(0, size)
        rows = [y for y in range(size.height()) for x in range(0, size.width(), 3) if is_ink(image.pixelColor(x, y))]
        dark.append((min(rows), max(rows)))
    assert abs(dark[0][0] - dark[1][0]) < 4
    assert abs(dark[0][1] - dark[1][1]) < 4


def is_ink(colour) -> bool:  # type: ignore[no-untyped-def]
    return colour.alpha() > 128 and colour.lightness() < 128


def test_a_cancel_stops_between_two_pages(window: MainWindow, no_printer: None, qtbot: QtBot, tmp_path: Path) -> None:
    page = opened(window, qtbot)
    assert page.printable is not None
    told = Told(stop_at=2)
    with pytest.raises(Cancelled):
        print_pages(page.printable.pdf, to_file(tmp_path / "papir.pdf"), told)
    assert [done for done, _total in told.steps] == [0, 1]


def test_the_job_on_the_printer_bears_a_neutral_name(
    window: MainWindow, no_printer: None, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(window, qtbot)
    monkeypatch.setattr("PySide6.QtPrintSupport.QPrintDialog.exec", lambda _self: 1)
    printer = ask_printer(page, 12)
    assert printer is not None
    assert printer.docName() == "Papirer"
    assert printer.resolution() == DPI
    monkeypatch.setattr("PySide6.QtPrintSupport.QPrintDialog.exec", lambda _self: 0)
    assert ask_printer(page, 12) is None


def test_a_cancel_while_it_is_made_offers_to_make_it(window: MainWindow, no_printer: None, qtbot: QtBot) -> None:
    gate = Event()
    assert window.page is not None
    window.context.jobs.run(
        window, lambda _progress: gate.wait(20), done=nobody, failed=nobody
    )  # keeps the worker busy
    page = begun(window)
    page.progress.show()  # else only after a second
    qtbot.waitUntil(page.progress.isVisible)
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: bool(page.findChildren(Empty)))
    gate.set()
    assert window.context.jobs.wait(30)
    assert page.printable is None
    assert not page.pdf.isEnabled()
    again = page.findChildren(Empty)[0].findChild(Button)
    assert again is not None
    qtbot.mouseClick(again, LEFT)
    qtbot.waitUntil(lambda: page.printable is not None)
    assert page.pdf.isEnabled()


def test_every_problem_is_told(
    window: MainWindow, no_printer: None, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = page_module.make_paper
    found = tuple(Problem("fault", f"ark-{n}.md", n, "Noe er galt.", "Rett det.") for n in range(1, 4))

    def with_problems(paper: Paper, settings: Settings, progress: WorkProgress) -> PrintablePaper:
        made = real(paper, settings, progress)
        return PrintablePaper(made.pdf, made.papers, found)

    monkeypatch.setattr(page_module, "make_paper", with_problems)
    page = opened(window, qtbot)
    assert [strip.text() for strip in page.findChildren(Strip)] == [str(one) for one in found]


def test_a_notice_given_meanwhile_makes_the_packet_anew(window: MainWindow, no_printer: None, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    assert page.printable is not None
    before = page.printable.papers["slip"]
    with window.context.write(Action.ATTENDANCE_MARKED) as db:
        group = load_group(db, page.group_id)
        meeting = meeting_on(group, day_of(page))
        member = next(one for one in expected_at(group, meeting) if not gave_notice(meeting, one.id))
        mark_attendance(db, meeting.id, member.id, Mark.NOTICE, today=window.context.today())
    qtbot.waitUntil(lambda: page.printable is not None and page.printable.papers["slip"] == before - 1)
    assert f"{before - 1} sett" in page.words.text()


def gave_notice(meeting, membership_id: int) -> bool:  # type: ignore[no-untyped-def]
    return any(row.membership_id == membership_id and row.mark is not None for row in meeting.attendance)


def test_hidden_names_are_not_on_the_screen(window: MainWindow, no_printer: None, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_F9)
    assert not [view for view in page.findChildren(PdfView) if view.isVisible()]
    assert page.pdf.isEnabled()
    qtbot.keyClick(window, Qt.Key.Key_F9)
    qtbot.waitUntil(lambda: any(view.isVisible() for view in page.findChildren(PdfView)))


def test_zoom_by_keyboard(window: MainWindow, no_printer: None, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    [shown] = page.findChildren(PdfView)
    qtbot.waitUntil(shown.isVisible)  # its keys work from then on
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window, Qt.Key.Key_Plus, control)
    first = shown.view.zoomFactor()
    qtbot.keyClick(window, Qt.Key.Key_Plus, control)
    assert shown.view.zoomFactor() == pytest.approx(first * 1.25)
    qtbot.keyClick(window, Qt.Key.Key_0, control)
    assert shown.view.zoomMode() == shown.view.ZoomMode.FitInView


def test_back_by_keyboard(window: MainWindow, no_printer: None, qtbot: QtBot) -> None:
    opened(window, qtbot)
    qtbot.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.route.name == "today"


def test_a_day_without_a_meeting_is_a_sentence(window: MainWindow, no_printer: None) -> None:
    group_id, _on = next_meeting(window)
    window.go("print", group_id, PaperRequest("packet", date(2030, 1, 1)))
    assert not isinstance(window.page, PrintPage)
    assert window.toast.text()


def test_leaving_while_it_is_made_is_quiet(window: MainWindow, no_printer: None) -> None:
    begun(window)
    window.go("today")
    assert window.context.jobs.wait(30)


def test_what_is_saved_after_the_leader_has_left_is_recorded(
    window: MainWindow, no_printer: None, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(window, qtbot)
    gate = Event()
    window.context.jobs.run(window, lambda _progress: gate.wait(20), done=nobody, failed=nobody)
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(tmp_path / "ut.pdf"), ""))
    qtbot.mouseClick(page.pdf, LEFT)
    window.go("today")
    qtbot.wait(50)  # the page is deleted
    gate.set()
    qtbot.waitUntil(lambda: printed_events(window) == 1)
    assert (tmp_path / "ut.pdf").exists()


class LaidOut(QObject):
    """Counts how often something was laid out; far too often, and it stops what does not stop by itself."""

    def __init__(self, view: PdfView) -> None:
        super().__init__()
        self.times, self._view = 0, view

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.times += 1
        if self.times == 2000:
            self._view.larger()
        return False


@pytest.mark.parametrize("kind", ["register", "packet"])
def test_a_paper_comes_to_rest_at_every_size(window: MainWindow, kind: str) -> None:
    """At 793 × 806 and others Qt's fit-in-view showed and hid a scroll bar without end."""
    group_id, on = next_meeting(window)
    window.resize(1280, 800)
    window.go("print", group_id, PaperRequest(kind, on if kind == "packet" else None))
    settle(window)
    (view,) = window.page.findChildren(PdfView)
    for size in ((793, 806), (1010, 767), (762, 652), (1258, 859), (860, 700), (1280, 800)):
        seen = LaidOut(view)
        app = QApplication.instance()
        app.installEventFilter(seen)
        window.resize(*size)
        key(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        settle(window)
        key(window, Qt.Key.Key_Escape)
        settle(window)
        app.removeEventFilter(seen)
        assert seen.times < 1000, size


def test_themes_on_plans_are_kept_for_the_group(window: MainWindow, no_printer: None, qtbot: QtBot) -> None:
    page = opened(window, qtbot)
    assert page.themes.isVisible()
    assert not page.themes.isChecked()
    assert not facts_of(page).themes_on_plans
    page.themes.click()
    qtbot.waitUntil(lambda: page.printable is not None and facts_of(page).themes_on_plans)
    assert page.themes.isChecked()
    assert group_named(window, "Tirsdagsgruppa").themes_on_plans
