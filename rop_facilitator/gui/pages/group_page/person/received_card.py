"""What a person has received of the course, and what is missing, each with its way to note it as made up."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QBoxLayout, QWidget

from rop_facilitator.curriculum.model import Library
from rop_facilitator.curriculum.session_position import workbook_words
from rop_facilitator.gui.pages.group_page.progress.make_up_panel import WAYS
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.date_fields import DateField
from rop_facilitator.gui.widgets.inputs.text_fields import Choice, field
from rop_facilitator.gui.widgets.layout.boxes import Area, clear, column, flow, label, line, row, well
from rop_facilitator.i18n import _, capital, day_and_month, long_date, ngettext
from rop_facilitator.planning.date_words import Lean
from rop_facilitator.records.membership.person_figures import MissingSession, ReceivedSummary, received_words
from rop_facilitator.records.progress.progress import way_name

_MOST = 6


class ReceivedCard(Area):
    """The count, then the missing sessions; *Made up* opens how and on which day under its line."""

    noted = Signal(int, object, object)  # group session id, Way, date
    sheets_wanted = Signal()
    all_wanted = Signal()  # all sessions of the course, in the map

    def __init__(self) -> None:
        self._count = label("", "title")
        self._since = label("", "small", "muted")
        self._list = column(gap=theme.S)
        self.all = Button(_("Show all"), "link", small=True, clicked=self._show_all)
        inner = column(gap=theme.S, edge=(theme.XL, theme.L, theme.XL, theme.L))
        super().__init__(inner, "card")
        head = row(self._count, label(_("sessions"), "body", "muted"), "stretch", gap=theme.S)
        self.sheets = Button("", "plain", "print", small=True, name=_("Sheets"), clicked=self.sheets_wanted.emit)
        for item in (label(_("Received and missing"), "heading"), self._since):
            inner.addWidget(item)
        inner.insertLayout(1, head)
        inner.insertLayout(3, self._list)
        inner.addLayout(flow(self.all))
        self.see_all = Button(
            _("See all"), "quiet", small=True, name=_("See all sessions"), clicked=self.all_wanted.emit
        )
        inner.addSpacing(theme.XS)
        inner.addLayout(flow(self.sheets, self.see_all, gap=theme.S))
        inner.addStretch(1)
        self._missing: tuple[MissingSession, ...] = ()
        self._buttons: list[Button] = []
        self._today = date.min
        self._open = 0  # group session whose form is open
        self._whole = False
        self._can_note = True
        self._shown: object = None
        self._library = Library()

    def show_summary(
        self, summary: ReceivedSummary, library: Library, *, since: date, today: date, can_note: bool, sheets: int = 0
    ) -> None:
        """Show another person's, or the same after a change; `sheets` is how many of the missing sessions have some."""
        self._library = library
        words = sheets_words(sheets)
        self.sheets.setText(words)
        self.sheets.set_name(words)
        self.sheets.setVisible(bool(sheets))
        away = sum(missing.in_gap for missing in summary.missing)  # listed, but not of what the person is counted in
        total = summary.received + len(summary.missing) - away
        self._count.setText(_("{n} of {all}").format(n=summary.received, all=total) if total else "0")
        self._since.setText(received_words(summary, since=since))
        self._missing, self._today, self._can_note = summary.missing, today, can_note
        # By id: the rows are read anew each time.
        missing = [(session.session.id, session.on, session.in_gap) for session in summary.missing]
        content = (since, today, can_note, missing)
        if content != self._shown:
            self._shown = content
            self._open = 0
            self._whole = False
            self._fill()

    def first_focus(self) -> QWidget | None:
        """The first session to note, or what prints the sheets; None where nothing is missing."""
        return next(iter(self._buttons), None if self.sheets.isHidden() else self.sheets)

    def _show_all(self) -> None:
        self._whole = True
        self._fill()

    def _fill(self) -> None:
        clear(self._list)
        self._buttons = []
        shown = self._missing if self._whole else self._missing[:_MOST]
        for at, missing in enumerate(shown):
            if at:
                self._list.addWidget(line())
            self._list.addLayout(self._line(missing))
            if missing.session.id == self._open:
                self._list.addWidget(self._form(missing))
        if not self._missing:
            self._list.addWidget(label(_("Nothing is missing."), "body", "muted"))
        self.all.setText(_("Show all {n}").format(n=len(self._missing)))
        self.all.setVisible(len(shown) < len(self._missing))
        self.updateGeometry()

    def _line(self, missing: MissingSession) -> QBoxLayout:
        why = _("pause") if missing.in_gap else _("away")
        session = self._library.session(missing.session.session_id, missing.session.curriculum_id)
        pages = workbook_words([session])
        words = column(
            label(missing.session.title, "strong"),
            label(" · ".join(filter(None, (day_and_month(missing.on), why, pages))), "small", "muted"),
            gap=1,
        )
        whole = row(gap=theme.M)
        whole.addLayout(words, 1)
        if self._can_note:
            button = Button(
                _("Made up"),
                "plain",
                "check",
                small=True,
                name=_("Made up: {title}").format(title=missing.session.title),
                clicked=partial(self._ask, missing.session.id),
            )
            self._buttons.append(button)
            whole.addWidget(button)
        return whole

    def _ask(self, session_id: int) -> None:
        self._open = 0 if self._open == session_id else session_id
        self._fill()
        if self._open:
            self.way.setFocus()

    def _form(self, missing: MissingSession) -> QWidget:
        self.way = Choice([capital(way_name(way)) for way in WAYS])
        self.on = DateField(self._today, today=self._today, lean=Lean.BACK, latest=self._today)
        self.note = Button(
            _("Note as made up"), "primary", "check", small=True, clicked=partial(self._note, missing.session.id)
        )
        leave = Button(_("Leave it as it is"), "plain", small=True, clicked=partial(self._ask, missing.session.id))
        return well(
            label(_("Away {day}").format(day=long_date(missing.on)), "small", "muted"),
            field(_("How"), self.way),
            field(_("Day"), self.on),
            flow(self.note, leave, gap=theme.S),
            gap=theme.S,
        )

    def _note(self, session_id: int) -> None:
        if self.on.fault() or self.on.value() is None:
            self.on.setFocus()
            return
        self.noted.emit(session_id, WAYS[self.way.currentIndex()], self.on.value())


def sheets_words(sessions: int) -> str:
    """What prints the sheets of so many sessions."""
    return ngettext("Sheets for {n} session", "Sheets for {n} sessions", sessions).format(n=sessions)
