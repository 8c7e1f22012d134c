"""What a change would move, before anything moves: a few sentences, the dates, one way to do it and one to leave it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.style.screen_reader import announce
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import Area, clear, column, flow, label, panel
from rop_facilitator.i18n import _, capital, short_date
from rop_facilitator.planning.comparison import Comparison, Move, change_facts, lost_text
from rop_facilitator.records.plan.group_plan import item_title

_SHOWN = 6


class BeforeAfter(Area):
    """A change that waits for a yes. Esc leaves it."""

    taken = Signal()
    left = Signal()

    def __init__(self, title: str, act: str, form: QWidget | None = None, *, kind: str = "primary") -> None:
        """`act` is the verb on the button that does it, of a `kind`; `form` is what can still be filled in."""
        inner = column(label(title, "strong"), gap=theme.S, edge=(theme.L, theme.M, theme.L, theme.L))
        super().__init__(inner, "well")
        self._facts = label("", "body")
        self.lost = Strip("", "warn")
        self.fault = Strip("", "danger")
        self._table = QGridLayout()
        self._table.setContentsMargins(0, theme.XS, 0, theme.XS)
        self._table.setHorizontalSpacing(theme.L)
        self._table.setVerticalSpacing(theme.XS)
        self._table.setColumnStretch(2, 1)
        self.more = Button(_("Show all"), "link", "chevron-down", small=True, clicked=self._show_all)
        self.do = Button(act, kind, "check", clicked=self.taken.emit)
        self.leave = Button(_("Leave it as it is"), "plain", keys="Esc", clicked=self.left.emit)
        if form is not None:
            inner.addWidget(form)
        for part in (self._facts, self.lost, self.fault):
            inner.addWidget(part)
        inner.addWidget(panel(self._table))
        inner.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        inner.addLayout(flow(self.do, self.leave, gap=theme.S, edge=(0, theme.XS, 0, 0)))
        self.setAccessibleName(title)
        self._moves: tuple[Move, ...] = ()
        self._titles: Mapping[str, str] = {}
        for hidden in (self.lost, self.fault, self.more):
            hidden.hide()

    def show_change(self, comparison: Comparison, titles: Mapping[str, str]) -> None:
        """Show what the change moves; `titles` by the key of the session."""
        self.fault.hide()
        self._titles = titles
        self._moves = tuple(
            sorted(comparison.moves, key=lambda move: (move.after or date.max, move.before or date.max))
        )
        facts = ". ".join(change_facts(comparison)) + "."
        self._facts.setText(facts)
        self._facts.show()
        lost = lost_text(comparison, titles)
        self.lost.setVisible(bool(lost))
        self.lost.show_message(lost)
        self.more.setVisible(len(self._moves) > _SHOWN)
        self.more.setText(_("Show all {n}").format(n=len(self._moves)))
        self._fill(_SHOWN)
        self.do.setEnabled(True)
        self.setAccessibleDescription(facts)
        announce(self, f"{facts} {lost}".strip())

    def show_fault(self, why: str) -> None:
        """The change cannot be made, and why."""
        for part in (self._facts, self.lost, self.more):
            part.hide()
        self.fault.show_message(capital(why))
        self.fault.show()
        self._moves = ()
        self._fill(0)
        self.do.setEnabled(False)
        announce(self, why)

    def _show_all(self) -> None:
        self._fill(len(self._moves))
        self.more.hide()
        self.do.setFocus()

    def _fill(self, most: int) -> None:
        clear(self._table)
        for at, words in enumerate((_("Before"), _("After")) if self._moves else ()):
            self._table.addWidget(label(words, "caption", "muted", wrap=False), 0, at)
        for line, move in enumerate(self._moves[:most], 1):
            title = item_title(self._titles.get(move.item.key, move.item.key), move.item)
            self._table.addWidget(label(_short(move.before), "body", "muted", wrap=False), line, 0)
            self._table.addWidget(label(_short(move.after), "strong", wrap=False), line, 1)
            self._table.addWidget(label(title, "body", elide=True), line, 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves it."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


def _short(day: date | None) -> str:
    return short_date(day) if day is not None else _("no date")
