"""The print page: any paper of a group as it prints, what it is in words, and three ways out."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from rop_facilitator.documents.papers.catalogue import Paper, PaperRequest, collect_paper
from rop_facilitator.documents.papers.meeting.meeting_facts import SPARE_SETS
from rop_facilitator.gui.context import AppContext, Page
from rop_facilitator.gui.printing.paper_printer import (
    PrintablePaper,
    ask_file,
    ask_folder,
    ask_printer,
    has_printer,
    make_paper,
    open_pdf,
    print_pages,
    save_pdf,
    save_word,
)
from rop_facilitator.gui.runtime.jobs import Job
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.empty_state import Empty
from rop_facilitator.gui.widgets.display.notices import ProgressNotice, Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.choices import Tick
from rop_facilitator.gui.widgets.layout.boxes import STRETCH, clear, column, flow, label, page_edge, row, scroll
from rop_facilitator.gui.widgets.papers.pdf_view import PdfView
from rop_facilitator.i18n import _, ngettext, pgettext
from rop_facilitator.records.group.group_changes import GroupChange, change_group
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.storage.database import Session
from rop_facilitator.work_progress import WorkProgress as JobProgress

if TYPE_CHECKING:
    from PySide6.QtPdf import QPdfDocument

T = TypeVar("T")
_SHEETS = ("handout", "worksheet", "cards")
_PLANS = ("packet", "term-plan")  # papers of which one is hung up where others see it


class PrintPage(Page):
    """Is this what I want on paper? Then one key prints it."""

    shows: ClassVar[frozenset[str]] = frozenset(
        {"Group", "GroupSession", "Participant", "Membership", "Period", "Meeting", "MeetingSession", "Attendance"}
    )

    def __init__(self, context: AppContext, group_id: int, request: PaperRequest) -> None:
        """Raises UserError when the group has no meeting that day, or its curriculum is gone."""
        super().__init__(context)
        self.group_id, self.request = group_id, request
        self.paper: Paper | None = None
        self.printable: PrintablePaper | None = None
        self._document: QPdfDocument | None = None
        self._making: Job | None = None
        self._task: Job | None = None
        self.can_print = has_printer()
        self.back = Button("", "quiet", "chevron-left", "Alt+←", name=_("Back"), clicked=self.leave.emit)
        self.print = Button(_("Print"), "primary", "print", "Ctrl+P", clicked=self.print_now)
        kind, keys = ("plain", "") if self.can_print else ("primary", "Ctrl+P")
        self.pdf = Button(_("Save as PDF"), kind, "export", keys, clicked=self.save_pdf)
        self.word = Button(_("Save as Word"), "plain", "export", clicked=self.save_word)
        self.words = label("", "strong")
        self.themes = Tick(_("Themes on plans to hang up"))
        if request.kind not in _PLANS:
            self.themes.hide()
        self.themes.clicked.connect(self._themes_ticked)
        self.progress = ProgressNotice()
        self.progress.cancelled.connect(self._cancel)
        self._problems = column(gap=theme.S)
        self._middle = column(gap=0)
        self._primary = self.print if self.can_print else self.pdf
        self._waits: Button | None = self._primary
        self._build()
        for keys, slot in (("Ctrl+P", self._first_act), ("Alt+Left", self.leave.emit)):
            QShortcut(QKeySequence(keys), self, slot, context=Qt.ShortcutContext.WindowShortcut)
        self.reload()

    def _build(self) -> None:
        self._title = label("", "title")
        self._where = label("", "body", "muted")
        buttons = [self.print, self.pdf, self.word] if self.can_print else [self.pdf, self.word]
        title = row(self.back, gap=theme.S)
        title.addLayout(column(self._title, self._where, gap=2), 1)
        body = page_edge(column(title, theme.S, self.words, gap=6, edge=(36, 28, 36, 24)))
        if not self.can_print:
            body.addWidget(label(_("No printer is set up on this computer. Save the paper as PDF."), "small", "muted"))
        body.addSpacing(theme.XS)
        body.addLayout(flow(*buttons, STRETCH, gap=theme.S))
        body.addWidget(self.themes)
        body.addWidget(self.progress)
        body.addLayout(self._problems)
        body.addSpacing(theme.S)
        body.addLayout(self._middle, 1)
        inner = QWidget()
        inner.setObjectName("scrolled")
        inner.setLayout(body)
        whole = column(gap=0)
        whole.addWidget(scroll(inner))
        self.setLayout(whole)

    def first_focus(self) -> QWidget | None:
        """The primary button, so that Enter is enough; it comes into use with the packet."""
        return self._primary if self._primary.isEnabled() else self.back

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page: print (or save, without a printer) and go back."""
        return [("Ctrl+P", _("Print") if self.can_print else _("Save as PDF")), ("Alt+←", _("Back"))]

    def retire(self) -> None:
        """Make nothing more; what is on its way to the printer or to a file goes on."""
        super().retire()
        if self._making is not None:
            self._making.cancel()

    # -- the paper

    def reload(self) -> None:
        """Collect the facts anew; the paper is made again only when they have changed, or names were hidden."""
        with self.context.read() as db:
            group = load_group(db, self.group_id)
        paper = collect_paper(group, self.context.library, self.request, today=self.context.today())
        self.themes.setChecked(group.themes_on_plans)
        self.themes.setEnabled(group.archived is None)
        self._title.setText(paper.title)
        self._where.setText(paper.about)
        self.word.setText(_("Word files in a folder") if paper.in_parts else _("Save as Word"))
        if paper != self.paper or self.printable is None:
            self.paper, self.printable = paper, None
            self._make()
        else:
            self._show_paper()

    def _themes_ticked(self, on: bool) -> None:
        """Kept for the group: the page lays itself out anew when it is told."""
        change = GroupChange(self.context.today(), themes_on_plans=on)

        def apply(db: Session) -> bool:
            change_group(load_group(db, self.group_id), change, today=self.context.today())
            return True

        self.context.save(Action.GROUP_CHANGED, apply)

    def _make(self) -> None:
        if self._making is not None:
            self._making.cancel()
        assert self.paper is not None
        self._enable(can=False)
        self.words.setText(_("The pages are being laid out …"))
        clear(self._problems)
        clear(self._middle)
        self._middle.addWidget(QWidget(), 1)  # keeps the head together at the top
        self.progress.begin(_("Lays out the pages"))
        work = partial(make_paper, self.paper, self.context.settings)
        self._making = self.context.jobs.run(
            self, work, done=self._paper_made, failed=self._not_made, progress=self.progress.step
        )

    def _paper_made(self, printable: PrintablePaper) -> None:
        self._making = None
        self.progress.end()
        self.printable = printable
        if self._document is not None:
            self._document.deleteLater()
        self._document = open_pdf(printable.pdf)
        self._document.setParent(self)
        self.words.setText(pages_words(self._document.pageCount(), printable.papers))
        clear(self._problems)
        for problem in printable.problems:
            strip = Strip(str(problem), "danger" if problem.level == "fault" else "warn")
            self._problems.addWidget(strip)
        self._enable(can=True)
        self._show_paper()

    def _not_made(self, error: BaseException) -> None:
        self._making = None
        self.progress.end()
        self.words.setText("")
        self._show_instead(_("The paper was not made"), str(error))

    def _show_paper(self) -> None:
        """The pages, unless names are hidden (F9) and stand on them."""
        clear(self._middle)
        if self.context.names_hidden and self.paper is not None and self.paper.has_names:
            show = Button(_("Show names"), "plain", "hide", "F9", clicked=self._show_names)
            why = _("The names of the participants stand on it, so it is not shown now. Printing works.")
            self._middle.addWidget(Empty("hide", _("Names are hidden"), why, show))
            self._middle.addStretch(1)
        elif self._document is not None:
            self._middle.addWidget(PdfView(self._document))

    def _show_instead(self, title: str, why: str) -> None:
        clear(self._middle)
        again = Button(_("Make it"), "plain", "undo", clicked=self._make)
        self._middle.addWidget(Empty("page", title, why, again))
        self._middle.addStretch(1)

    def _show_names(self) -> None:
        self.context.hide_names(False)

    def _enable(self, *, can: bool) -> None:
        """While a button is out of use, the keyboard waits on the one that goes back."""
        buttons = (self.print, self.pdf, self.word)
        if focused := [button for button in buttons if not can and button.hasFocus()]:
            self._waits = focused[0]
            self.back.setFocus()
        for button in buttons:
            button.setEnabled(can)
        if can and self._waits is not None:
            if self.back.hasFocus():
                self._waits.setFocus()
            self._waits = None

    # -- the ways out

    def _first_act(self) -> None:
        if self.printable is not None and self._task is None:
            self.print_now() if self.can_print else self.save_pdf()

    def print_now(self) -> None:
        """Ask which printer, and print in a job."""
        if self.printable is None or self._document is None or self._task is not None:
            return
        printer = ask_printer(self, self._document.pageCount())
        if printer is not None:
            self._begin(_("Prints the pages"), partial(print_pages, self.printable.pdf, printer), self._printed)

    def save_pdf(self) -> None:
        """Ask where, and write one PDF."""
        if self.paper is None or self.printable is None or self._task is not None:
            return
        target = ask_file(self, self.paper.file_name, ".pdf")
        if target is not None:
            self._begin(_("Saves the paper"), partial(save_pdf, self.printable.pdf, target), self._saved)

    def save_word(self) -> None:
        """Ask where, and write one Word file, or a folder of them."""
        if self.paper is None or self.printable is None or self._task is not None:
            return
        name = self.paper.file_name
        target = ask_folder(self, name) if self.paper.in_parts else ask_file(self, name, ".docx")
        if target is not None:
            work = partial(save_word, self.paper, self.context.settings, target)
            self._begin(_("Writes for Word"), work, self._saved)

    def _begin(self, title: str, work: Callable[[JobProgress], T], done: Callable[[T], None]) -> None:
        """Do it in a job that outlives this page, so that what reaches paper is recorded in any case."""
        self._enable(can=False)
        self.progress.begin(title)
        self._task = self.context.jobs.run(
            self.context, work, done=done, failed=self._task_failed, progress=self._task_stepped
        )

    def _task_stepped(self, done: int, total: int) -> None:
        if self._live:
            self.progress.step(done, total)

    def _printed(self, pages: int) -> None:
        words = ngettext("{n} page is on its way to the printer", "{n} pages are on their way to the printer", pages)
        self._task_done(words.format(n=pages))

    def _saved(self, target: Path) -> None:
        self._task_done(_("Saved as {path}").format(path=target))

    def _task_done(self, words: str) -> None:
        self._task_over()
        # Locked while it was printed, and there is no key to write with.
        if self.context.is_open:
            people = self.paper.people if self.paper is not None else 0
            self.context.log_event(Action.PAPERS_PRINTED, group=self.group_id, people=people)
        self.context.notify(words)

    def _task_failed(self, error: BaseException) -> None:
        self._task_over()
        self.context.notify(str(error))

    def _task_over(self) -> None:
        self._task = None
        if self._live:
            self.progress.end()
            self._enable(can=self.printable is not None)

    def _cancel(self) -> None:
        """Esc or the button: stop what is going on."""
        if self._task is not None:
            self._task.cancel()
            self._task_over()
        elif self._making is not None:
            self._making.cancel()
            self._making = None
            self.progress.end()
            self.words.setText("")
            self._show_instead(_("The paper was not made"), _("You stopped it."))


def pages_words(pages: int, papers: dict[str, int]) -> str:
    """How many pages, and of a packet also of what: "62 pages: run sheet, notes, sign-in sheet, 7 sets, 2 spare"."""
    sets = papers.get("slip", 0)
    named = [
        (papers.get("run-sheet"), pgettext("in the packet", "run sheet")),
        (papers.get("notes"), pgettext("in the packet", "notes")),
        (papers.get("safety"), pgettext("in the packet", "page for a safe group")),
        (papers.get("agenda-wall"), pgettext("in the packet", "plan for the wall")),
        (papers.get("sign-in"), pgettext("in the packet", "sign-in sheet")),
        (sets, ngettext("{n} set", "{n} sets", sets).format(n=sets)),
        (sum(papers.get(kind, 0) for kind in _SHEETS), _("{n} spare").format(n=SPARE_SETS)),
    ]
    if "run-sheet" not in papers:
        return ngettext("{n} page", "{n} pages", pages).format(n=pages)
    words = ngettext("{n} page: {papers}", "{n} pages: {papers}", pages)
    return words.format(n=pages, papers=", ".join(word for count, word in named if count))
