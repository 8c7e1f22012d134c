"""A page of the library whose sheets stand below it as they print."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from rop_facilitator.curriculum.model import Curriculum
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.library_page.sheet_pictures import THUMBNAIL, Sheet, SheetButton, draw_sheets
from rop_facilitator.gui.printing.paper_printer import load_pdf_reader
from rop_facilitator.gui.runtime.jobs import Job
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.layout.boxes import Item, column, flow, label
from rop_facilitator.i18n import _

EDGE = (40, 28, 40, 24)
_PAUSE_BEFORE_DRAWING = 120  # milliseconds: whoever only passes by with the arrow keys wakes no worker


class ViewWithSheets(QWidget):
    """What a session and the page about a module have in common."""

    sheet_opened = Signal(object)  # Sheet
    sheets_drawn = Signal()

    def __init__(self, context: AppContext, curriculum: Curriculum) -> None:
        super().__init__()
        self.setObjectName("scrolled")
        self.context, self.curriculum = context, curriculum
        self.sheets: list[SheetButton] = []
        self._ids: tuple[str, ...] = ()
        self._job: Job | None = None
        self._notes = column(gap=theme.S)
        self._soon = QTimer(self, singleShot=True, interval=_PAUSE_BEFORE_DRAWING)
        self._soon.timeout.connect(self._draw)

    def retire(self) -> None:
        """The leader has gone on: draw nothing more."""
        self._soon.stop()
        if self._job is not None:
            self._job.cancel()

    def sheets_below(self, ids: Sequence[str]) -> list[Item]:
        """The sheets with these ids under a heading, drawn in a moment; nothing where there are none."""
        if not ids:
            return []
        self._ids = tuple(ids)
        self.sheets = [SheetButton(handout) for handout in ids]
        for button in self.sheets:
            button.clicked.connect(partial(self._open, button))
        self._soon.start()
        return [theme.L, label(_("Sheets"), "heading"), 2, flow(*self.sheets, gap=20), self._notes]

    def sheet(self, handout_id: str) -> Sheet | None:
        """A sheet that has been drawn and can be shown, by the id of its handout."""
        drawn = (button.sheet for button in self.sheets if button.sheet is not None and button.sheet.pdf)
        return next((sheet for sheet in drawn if sheet.id == handout_id), None)

    def _draw(self) -> None:
        load_pdf_reader()
        width = round(theme.px(THUMBNAIL) * self.devicePixelRatioF())
        work = partial(draw_sheets, self.curriculum, self._ids, width)
        self._job = self.context.jobs.run(self, work, done=self._drawn, failed=self._not_drawn)

    def _drawn(self, sheets: list[Sheet]) -> None:
        for button, sheet in zip(self.sheets, sheets, strict=True):
            button.show_sheet(sheet)
        for sheet in sheets:
            for problem in sheet.problems:
                self._notes.addWidget(Strip(str(problem), "danger" if problem.level == "fault" else "warn"))
        self.sheets_drawn.emit()

    def _not_drawn(self, error: BaseException) -> None:
        self._notes.addWidget(Strip(_("The sheets could not be drawn. {reason}").format(reason=error), "warn"))

    def _open(self, button: SheetButton) -> None:
        if button.sheet is not None:
            self.sheet_opened.emit(button.sheet)
