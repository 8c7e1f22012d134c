"""The rule of a group: after how many absences in a row without a message somebody is to be called."""

from __future__ import annotations

from PySide6.QtCore import Signal

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.text_fields import Choice
from rop_facilitator.gui.widgets.layout.boxes import Area, flow, label
from rop_facilitator.i18n import _
from rop_facilitator.records.progress.call_list import CALL_AFTER


class CallRule(Area):
    """A sentence with a number in it; a change is sent at once."""

    chosen = Signal(int)

    def __init__(self) -> None:
        sentence = _("On the list to call after {n} absences in a row without a message")
        before, _n, after = sentence.partition("{n}")
        self.times = Choice([str(n) for n in CALL_AFTER])
        self.times.setAccessibleName(sentence.format(n="…"))
        self.times.activated.connect(self._chosen)
        words = [label(text.strip(), "body", "muted", wrap=False) for text in (before, after)]
        super().__init__(flow(words[0], self.times, words[1], gap=theme.S))

    def show_times(self, times: int) -> None:
        """Show the rule of a group."""
        self.times.setCurrentIndex(CALL_AFTER.index(times) if times in CALL_AFTER else 0)

    def _chosen(self, index: int) -> None:
        self.chosen.emit(CALL_AFTER[index])
