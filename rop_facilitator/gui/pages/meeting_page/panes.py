"""The three panes of a meeting side by side; at large text agenda and attendance share one place."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QStackedWidget, QWidget

from rop_facilitator.gui.pages.meeting_page.agenda_pane import AgendaPane
from rop_facilitator.gui.pages.meeting_page.attendance_pane import AttendancePane
from rop_facilitator.gui.pages.meeting_page.notes_pane import EDGE, NotesPane
from rop_facilitator.gui.pages.meeting_page.outcome_pane import ClosingPane
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.empty_state import Empty
from rop_facilitator.gui.widgets.inputs.choices import Segments
from rop_facilitator.gui.widgets.layout.boxes import Area, column, page_edge, panel, row, scroll
from rop_facilitator.gui.window.keyboard_focus import can_take_focus, focus_within
from rop_facilitator.i18n import _

_LEAST_NOTES = 400
_LEAST_SIDE, _LEAST_WORDS = 240, 280


class Panes(QWidget):
    """The three columns of a meeting: agenda, leader notes, attendance; fewer at a time where room is short."""

    def __init__(self) -> None:
        super().__init__()
        self.agenda, self.notes, self.attendance = AgendaPane(), NotesPane(), AttendancePane()
        self.closing = ClosingPane()
        self._wide = True
        gone = Empty(
            "library",
            _("The curriculum of this meeting is not in the library"),
            _("Attendance works all the same. Put the folder of the curriculum back to see the agenda."),
        )
        self.middle = QStackedWidget()
        self.middle.addWidget(self.notes)
        closing = page_edge(column(self.closing, gap=0, edge=EDGE))
        self.middle.addWidget(scroll(panel(closing)))
        self.middle.addWidget(panel(column(gone, "stretch", edge=theme.XL)))
        self._which = Segments((_("Attendance"), _("Agenda")), 0, name=_("What the side shows"))
        self._which.chosen.connect(self._choose_side)
        self._side = QStackedWidget()
        self._switch = panel(row(self._which, "stretch", edge=(theme.M, theme.M, theme.M, 0)), "surface")
        left = column(self._switch, gap=0)
        left.addWidget(self._side, 1)
        self._left = Area(left)
        self._left.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._row = QHBoxLayout()
        self._row.setSpacing(0)
        self._row.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._row)
        self._lay_out()

    def minimumSizeHint(self) -> QSize:
        """The side and some words: where there is no more, the panes share a place."""
        return QSize(theme.px(_LEAST_SIDE) + theme.px(_LEAST_WORDS), theme.px(200))

    def fit(self, width: int) -> None:
        """Three panes in a width where words have room, else two."""
        wide = width >= theme.px(theme.AGENDA + theme.ATTENDANCE_PANE + _LEAST_NOTES)
        if wide != self._wide:
            self._wide = wide
            self._lay_out()

    def _lay_out(self) -> None:
        focus = focus_within(self)  # a pane that gets another parent loses the keyboard
        while self._row.takeAt(0) is not None:
            pass
        self.attendance.show_title(self._wide)
        if self._wide:
            self._show_three()
        else:
            self._show_two()
        if focus is not None:
            kept = focus if can_take_focus(focus) else self.attendance.list
            kept.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_three(self) -> None:
        self._left.hide()
        for pane, share in ((self.agenda, 0), (self.middle, 1), (self.attendance, 0)):
            self._row.addWidget(pane, share)
            pane.show()

    def _show_two(self) -> None:
        self._side.addWidget(self.attendance)
        self._side.addWidget(self.agenda)
        self._row.addWidget(self._left, 1)
        self._row.addWidget(self.middle, 1)
        self._left.show()
        self._show_side(self._which.current())

    def _choose_side(self, index: int) -> None:
        self._show_side(index)
        if index == 0:
            self.attendance.list.setFocus(Qt.FocusReason.OtherFocusReason)  # as a tab of a group does

    def _show_side(self, index: int) -> None:
        self._side.setCurrentWidget(self.attendance if index == 0 else self.agenda)
        if index:
            QTimer.singleShot(0, self.agenda, self.agenda.follow)  # once its rows have their places

    @property
    def closing_is_shown(self) -> bool:
        """Whether the meeting is being ended."""
        return self.middle.currentIndex() == 1

    def show_closing(self, shown: bool) -> None:
        """Show what became of the meeting in the place of the notes, or the notes again."""
        had = self.closing_is_shown and focus_within(self.middle) is not None
        self.middle.setCurrentIndex(1 if shown else 0)
        if had and not shown:
            self.attendance.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def focus_closing(self) -> None:
        """Give the keyboard to the first thing that is asked after the meeting."""
        if (target := self.closing.focus_target()) is not None:
            target.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_gone(self, gone: bool) -> None:
        """Say that there is no agenda to show."""
        if gone != (self.middle.currentIndex() == 2):
            self.middle.setCurrentIndex(2 if gone else 0)
