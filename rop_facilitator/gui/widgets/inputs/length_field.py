"""How long a meeting lasts: the usual lengths to choose from, and a field of its own for any other."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.choices import Segments
from rop_facilitator.gui.widgets.inputs.date_fields import MinutesField
from rop_facilitator.gui.widgets.inputs.text_fields import field
from rop_facilitator.i18n import _

USUAL_LENGTHS = (60, 75, 90, 120)  # minutes


class LengthField(QWidget):
    """One of the usual lengths or *Other*, which opens the field; `changed` tells what the leader did."""

    changed = Signal()

    def __init__(self, minutes: int) -> None:
        super().__init__()
        names = [*(str(usual) for usual in USUAL_LENGTHS), _("Other")]
        self.usual = Segments(names, name=_("Lasts, in minutes"))
        self.minutes = MinutesField(minutes)
        self._own = field(_("Minutes"), self.minutes)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(theme.S)
        for part in (self.usual, self._own):
            inner.addWidget(part, 0, Qt.AlignmentFlag.AlignLeft)
        self.set_value(minutes)
        self.usual.chosen.connect(self._chosen)
        self.minutes.changed.connect(self.changed)

    def value(self) -> int:
        """The length that is chosen, or the last valid one of the field."""
        return self.minutes.value() if self._is_other() else USUAL_LENGTHS[self.usual.current()]

    def set_value(self, minutes: int) -> None:
        """Show another length. The field takes it too, so that *Other* begins with it."""
        self.minutes.set_value(minutes)
        is_usual = minutes in USUAL_LENGTHS
        self.usual.show_chosen(USUAL_LENGTHS.index(minutes) if is_usual else len(USUAL_LENGTHS))
        self._own.setVisible(not is_usual)

    def fault(self) -> str:
        """What is wrong with the field, or ""; what stands in it counts only while it is open."""
        return self.minutes.fault() if self._is_other() else ""

    def _is_other(self) -> bool:
        return self.usual.current() == len(USUAL_LENGTHS)

    def _chosen(self, _index: int) -> None:
        self._own.setVisible(self._is_other())
        self.changed.emit()
