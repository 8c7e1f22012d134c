"""A period with a tick: its name, its days, what closing them does, and what there is to know about it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.badges import Badge
from rop_facilitator.gui.widgets.inputs.choices import Tick
from rop_facilitator.gui.widgets.layout.boxes import flow, label, row, tops
from rop_facilitator.i18n import _
from rop_facilitator.planning.calendar import Closure
from rop_facilitator.planning.date_words import span_words

_ONE_LINE = 640  # at 100 %: narrower, and days and effect stand below the name
_DAYS, _EFFECT = 244, 140  # at 100 %


class PeriodRow(QWidget):
    """Space or a click ticks; Delete takes the tick away."""

    ticked = Signal(object, bool)  # the closure, and whether it is to be closed

    def __init__(self, closure: Closure, *, on: bool, effect: str = "", note: str = "", locked: bool = False) -> None:
        """`note` is what to know before it is ticked; a `locked` one is closed already and cannot be chosen."""
        super().__init__()
        self.closure = closure
        name, days = closure.name or _("Closed"), span_words(closure.first, closure.last)
        self.tick = Tick("", on=on)
        self.tick.setEnabled(not locked)
        self.tick.setAccessibleName(", ".join(filter(None, (name, days, effect, note))))
        self.tick.toggled.connect(self._toggled)
        title = label(name, "body", "muted" if locked else "", elide=True)
        facts = [label(days, "body", "muted"), label(effect, "small", "muted")]
        for fact, wide in zip(facts, (_DAYS, _EFFECT), strict=True):
            fact.setMinimumWidth(theme.px(wide))
        words = [title, *([Badge(note)] if note else [])]
        for text in (title, *facts):
            text.setMinimumHeight(self.tick.sizeHint().height())
        self._sides = tops(flow(*words, gap=theme.S), flow(*facts, gap=theme.S), gap=theme.S)
        self._sides.setStretch(0, 1)
        whole = row(self.tick, gap=0, edge=(0, theme.XS, 0, theme.XS))
        whole.setAlignment(self.tick, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(self._sides, 1)
        self.setLayout(whole)

    def _toggled(self, on: bool) -> None:
        self.ticked.emit(self.closure, on)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete takes it out."""
        if event.key() == Qt.Key.Key_Delete and self.tick.isEnabled():
            self.tick.setChecked(False)
        else:
            super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click beside the box ticks as well."""
        if event.button() == Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.tick.click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Days and effect below the name where room is short."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(_ONE_LINE)
        self._sides.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(0 if narrow else theme.S)
