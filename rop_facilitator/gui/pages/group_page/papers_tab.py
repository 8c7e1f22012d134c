"""Group, papers: for a meeting, and for the whole course."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from rop_facilitator.errors import UserError
from rop_facilitator.gui import theme
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.jobs import Job
from rop_facilitator.gui.jobs import Progress as JobProgress
from rop_facilitator.gui.pages.group_page.making import Kind, Paper, PaperWish, prepare, save_pdf, save_word
from rop_facilitator.gui.pages.group_page.preview import PaperPreview
from rop_facilitator.gui.pages.group_page.tab import Tab
from rop_facilitator.gui.widgets.buttons import Button
from rop_facilitator.gui.widgets.fields import Choice
from rop_facilitator.gui.widgets.layout import Item, card, column, flow, label, line, panel, row, scroll
from rop_facilitator.gui.widgets.messages import Progress
from rop_facilitator.gui.widgets.paper_preview import PaperStack
from rop_facilitator.gui.widgets.parts import Empty
from rop_facilitator.i18n import _, capital, long_date, ngettext
from rop_facilitator.records.meetings import GOING, expected_at
from rop_facilitator.records.models import Group, Mark

_DRAWING = 76
_ROOM_FOR_DRAWINGS = 520


class PapersTab(Tab):
    """What can be printed, each with the same three ways: look and print, a PDF, Word files."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.meetings = Choice()
        self._drawings: list[QWidget] = []
        self._days: tuple[date, ...] = ()
        self._chosen: date | None = None
        self._job: Job | None = None
        self.progress = Progress()
        self.progress.cancelled.connect(self._cancel)
        self._facts = label("", "body", "muted")
        self.look = self._button("packet", primary=True)
        self._packet = self._paper(
            "packet",
            _("Papers of the meeting"),
            _("Agenda with notes, plan for the wall, sign-in sheet, and a set for each person with slip and sheets."),
            PaperStack(_("Plan for today"), _DRAWING, depth=3),
        )
        self._sign_in = self._paper(
            "sign-in",
            _("Sign-in sheet"),
            _("First names and room for initials. Neutral title. Shred it after use."),
            PaperStack(_("Sign-in sheet"), _DRAWING, form=True),
        )
        self._register = self._paper(
            "register",
            _("Attendance, all meetings"),
            _("People and meetings up to today, with counts. For the spreadsheet, see the tab Attendance."),
            PaperStack(_("Attendance"), _DRAWING),
        )
        choose = row(label(_("Meeting"), "caption"), gap=theme.M)
        choose.addWidget(self.meetings, 1)
        self._for_meeting = card(
            label(_("For a meeting"), "heading"),
            choose,
            self._facts,
            line(),
            self._packet,
            line(),
            self._sign_in,
            gap=theme.M,
        )
        self._none = Empty("calendar", _("No meetings are planned"), _("Papers are made for the meetings of the plan."))
        course = card(label(_("For the course"), "heading"), line(), self._register, gap=theme.M)
        body = panel(column(self.progress, self._none, self._for_meeting, course, "stretch", gap=theme.M))
        self.preview = PaperPreview(context)
        self.preview.closed.connect(self._back_to_list)
        self._stack = QStackedWidget()
        self._stack.addWidget(scroll(body))
        self._stack.addWidget(self.preview)
        body.setAutoFillBackground(False)
        self.setLayout(column(self._stack, gap=0))
        self.meetings.activated.connect(self._choose)

    def _button(self, kind: Kind, *, primary: bool = False) -> Button:
        look = "primary" if primary else "plain"
        return Button(_("Look and print"), look, "print", clicked=partial(self._look, kind))

    def _paper(self, kind: Kind, title: str, what: str, drawing: PaperStack) -> QWidget:
        first = self.look if kind == "packet" else self._button(kind)
        pdf = Button(_("Save as PDF"), "plain", "export", clicked=partial(self._ask_pdf, kind))
        word = Button(_("Word files"), "plain", "page", clicked=partial(self._ask_word, kind))
        words: list[Item] = [label(title, "strong"), label(what, "small", "muted"), theme.XS]
        left = panel(column(row(drawing, "stretch", gap=0), "stretch", gap=0))
        left.setFixedWidth(theme.px(_DRAWING) + 30)
        self._drawings.append(left)
        inner = row(left, gap=theme.L)
        inner.addLayout(column(*words, flow(first, pdf, word, gap=theme.S), "stretch", gap=theme.XS), 1)
        return panel(inner)

    # -- showing

    def show_group(self, group: Group) -> None:
        """Offer every meeting; at first the next one."""
        super().show_group(group)
        today = self.context.today()
        going = [one for one in group.meetings if one.state in GOING]
        self._days = tuple(one.on for one in going)
        self._for_meeting.setVisible(bool(going))
        self._none.setVisible(not going)
        if not going:
            return
        if self._chosen not in self._days:
            self._chosen = next((day for day in self._days if day >= today), self._days[-1])
        self.meetings.clear()
        for one in going:
            titles = " + ".join(session.title for session in one.sessions)
            when = _("Today") if one.on == today else capital(long_date(one.on, year=one.on.year != today.year))
            self.meetings.addItem(f"{when} · {titles}" if titles else when)
        self.meetings.setCurrentIndex(self._days.index(self._chosen))
        self._show_facts(group)

    def _show_facts(self, group: Group) -> None:
        meeting = next(one for one in group.meetings if one.state in GOING and one.on == self._chosen)
        away = (Mark.NOTICE, Mark.LATE_NOTICE, Mark.EXEMPT)
        notice = {row.membership_id for row in meeting.attendance if row.mark in away}
        sets = sum(member.id not in notice for member in expected_at(group, meeting))
        text = ngettext("{n} set for participants and 2 spare ones", "{n} sets for participants and 2 spare ones", sets)
        parts = [text.format(n=sets)]
        if notice:
            told = ngettext("{n} person is not expected", "{n} people are not expected", len(notice))
            parts.append(told.format(n=len(notice)))
        ids = [session.group_session.session_id for session in meeting.sessions]
        found = [self.context.library.session(one) for one in ids]
        if any(one is not None and one.is_outline for one in found):
            parts.append(_("the session is an outline: there are no sheets"))
        self._facts.setText(" · ".join(parts))

    def _choose(self, index: int) -> None:
        self._chosen = self._days[index]
        if self.group is not None:
            self._show_facts(self.group)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """At large text the words need the room of the drawings."""
        super().resizeEvent(event)
        for drawing in self._drawings:
            drawing.setVisible(self.width() >= theme.px(_ROOM_FOR_DRAWINGS))

    def show_preview(self, wish: PaperWish) -> None:
        """Show a small paper as it will print, in the place of the list."""
        if self.group is None:
            return
        try:
            paper = prepare(self.context, self.group.id, wish)
        except UserError as error:
            self.context.say(str(error))
            return
        self._stack.setCurrentWidget(self.preview)
        self.preview.show_paper(paper)

    def _back_to_list(self) -> None:
        self._stack.setCurrentIndex(0)
        self.look.setFocus()

    def first_focus(self) -> QWidget | None:
        """The primary button, or the preview's."""
        return self.look if self._stack.currentIndex() == 0 else self.preview.first_focus()

    def _wish(self, kind: Kind) -> PaperWish:
        return PaperWish(kind) if kind == "register" else PaperWish(kind, self._chosen)

    # -- acts

    def _look(self, kind: Kind) -> None:
        self.print_wanted.emit(self._wish(kind))

    def _ask_pdf(self, kind: Kind) -> None:
        name = f"{_('papers')}-{self._chosen or self.context.today()}.pdf"
        chosen, _filter = QFileDialog.getSaveFileName(self, _("Save as PDF"), name, _("PDF (*.pdf)"))
        if chosen:
            path = Path(chosen)
            self.save_pdf(kind, path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf"))

    def _ask_word(self, kind: Kind) -> None:
        chosen = QFileDialog.getExistingDirectory(self, _("A folder for the Word files"))
        if chosen:
            self.save_word(kind, Path(chosen))

    def save_pdf(self, kind: Kind, path: Path) -> None:
        """Write the paper as a PDF in a job."""
        self._run(kind, partial(_pdf_into, path))

    def save_word(self, kind: Kind, folder: Path) -> None:
        """Write the paper as Word files into a folder in a job."""
        self._run(kind, partial(_word_into, folder))

    def _run(self, kind: Kind, work: Callable[..., str]) -> None:
        if self.group is None or self._job is not None:
            return
        try:
            paper = prepare(self.context, self.group.id, self._wish(kind))
        except UserError as error:
            self.context.say(str(error))
            return
        self.progress.begin(_("Writing the papers"))
        self._job = self.context.jobs.run(
            self, partial(work, paper), done=self._done, failed=self._failed, progress=self.progress.step
        )

    def _done(self, told: str) -> None:
        self._end()
        self.context.record("papers printed")
        self.context.say(told)

    def _failed(self, error: BaseException) -> None:
        self._end()
        self.context.say(str(error))

    def _cancel(self) -> None:
        if self._job is not None:
            self._job.cancel()
        self._end()
        self.context.say(_("Cancelled."))

    def _end(self) -> None:
        self._job = None
        self.progress.end()


def _pdf_into(path: Path, paper: Paper, progress: JobProgress) -> str:
    made = save_pdf(paper, path, progress)
    faults = [str(problem) for problem in made.problems if problem.level == "fault"]
    return " ".join([_("Saved as {file}.").format(file=path.name), *faults[:1]])


def _word_into(folder: Path, paper: Paper, progress: JobProgress) -> str:
    count = save_word(paper, folder, progress)
    return ngettext("{n} Word file in {folder}.", "{n} Word files in {folder}.", count).format(
        n=count, folder=folder.name
    )
