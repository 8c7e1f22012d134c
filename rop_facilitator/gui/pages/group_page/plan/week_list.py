"""The weeks of the plan below each other, one of them open; sessions are dragged from one to another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QWidget

from rop_facilitator.gui.pages.group_page.plan.week_row import Drop, WeekRow
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import Area, clear, column, flow, panel
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.records.plan.plan_rows import PlanRow

_BEHIND = 2  # rows before today
_EDGE = 0.25  # of a line: nearer to its edge than this is between the lines


def about(plan: PlanRow) -> object:
    """What a row is about, the same before and after the plan was laid anew."""
    return plan.meeting_id if plan.meeting_id is not None else plan.on


class WeekList(Area):
    """Rows, and below the open one what can be done with it. Of those behind, two are shown and the rest on demand."""

    clicked = Signal(object)  # WeekRow
    shifted = Signal(object, int)  # PlanRow; -1 earlier, 1 later
    dropped = Signal(object, object, bool)  # PlanRow, PlanRow that it was dropped on, whether into its meeting
    dragged = Signal(QPoint)  # on the screen: the page scrolls along

    def __init__(self) -> None:
        self._list = column(gap=0)
        self._all = self._read_only = False
        self.earlier = Button(_("Show earlier weeks"), "quiet", "chevron-down", small=True, clicked=self._show_earlier)
        edge = (theme.px(12), 0, 0, 0)
        self._above = panel(flow(self.earlier, edge=edge))
        super().__init__(column(self._above, self._list, gap=0, edge=(1, 6, 1, 6)), "card")

    def rows(self) -> list[WeekRow]:
        """The rows that are shown, earliest first."""
        items = (self._list.itemAt(at) for at in range(self._list.count()))
        return [widget for item in items if item is not None and isinstance(widget := item.widget(), WeekRow)]

    def show_rows(self, plans: Sequence[PlanRow], *, today: date, read_only: bool = False) -> None:
        """Show these and no others, all closed. To read only, a row opens where there is a meeting to look at."""
        self._read_only = read_only
        clear(self._list)
        ahead = next((at for at, plan in enumerate(plans) if plan.on >= today), len(plans))
        behind = max(0, ahead - _BEHIND)
        hidden = 0 if self._all or behind < _BEHIND else behind
        self._above.setVisible(bool(hidden))
        self.earlier.setText(ngettext("Show {n} earlier week", "Show {n} earlier weeks", hidden).format(n=hidden))
        self._hidden = [self._add(plan, shown=at >= hidden) for at, plan in enumerate(plans)][:hidden]

    def _show_earlier(self) -> None:
        self._all = True
        self._above.hide()
        for week in self._hidden:
            week.show()
        if self._hidden:
            self._hidden[-1].setFocus()

    def _add(self, plan: PlanRow, *, shown: bool) -> WeekRow:
        row = WeekRow(plan, opens=not self._read_only or plan.to_open)
        row.clicked.connect(partial(self._clicked, row))
        row.shifted.connect(partial(self.shifted.emit, plan))
        row.dragged.connect(partial(self._dragged, row))
        row.dropped.connect(partial(self._dropped, row))
        row.drag_ended.connect(self._drag_ended)
        if not shown:
            row.hide()
        self._list.addWidget(row)
        return row

    def open_row(self, row: WeekRow, below: QWidget) -> None:
        """Show below a row what can be done with it."""
        row.setChecked(True)
        self._list.insertWidget(self._list.indexOf(row) + 1, below)

    def close_rows(self) -> None:
        """Take away what was shown below a row."""
        for row in self.rows():
            row.setChecked(False)
        for at in reversed(range(self._list.count())):
            item = self._list.itemAt(at)
            widget = item.widget() if item is not None else None
            if widget is not None and not isinstance(widget, WeekRow):
                self._list.removeWidget(widget)
                widget.hide()
                widget.deleteLater()

    def focus_row(self, what: object) -> None:
        """Give the keyboard to the row that is about something."""
        for row in self.rows():
            if about(row.plan) == what:
                row.show()  # it need not wait for the layout: only what is shown gets the keyboard
                row.setFocus()

    def _clicked(self, row: WeekRow, _on: bool = False) -> None:
        self.clicked.emit(row)

    def _dragged(self, source: WeekRow, at: QPoint) -> None:
        target, where = self._under(source, at)
        for row in self.rows():
            row.show_drop(where if row is target else "")
        self.dragged.emit(at)

    def _drag_ended(self) -> None:
        for row in self.rows():
            row.show_drop("")

    def _dropped(self, source: WeekRow, at: QPoint) -> None:
        target, where = self._under(source, at)
        if target is not None:
            self.dropped.emit(source.plan, target.plan, where == "into")

    def _under(self, source: WeekRow, at: QPoint) -> tuple[WeekRow | None, Drop]:
        """The row that something is dropped on: near the edge it takes that place, in the middle it joins."""
        for row in self.rows():
            y = row.mapFromGlobal(at).y()
            if not 0 <= y < row.height() or not row.plan.keys or row is source:
                continue
            if _EDGE * row.height() <= y < (1 - _EDGE) * row.height():
                return row, "into"
            return row, "above" if row.plan.on < source.plan.on else "below"
        return None, ""
