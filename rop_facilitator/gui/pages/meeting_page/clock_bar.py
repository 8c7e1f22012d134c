"""The bar over a meeting: what it is, what the clock says, and beginning and ending."""

from __future__ import annotations

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.badges import Badge
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import STRETCH, Area, column, label, row
from rop_facilitator.i18n import _


class ClockBar(Area):
    """Title at the left, clock and pace in the middle, acts at the right."""

    def __init__(self) -> None:
        self.back = Button("", "quiet", "chevron-left", "Alt+←", name=_("Back"))
        self._title = label("", "strong", elide=True)
        self._where = label("", "small", "muted", elide=True)
        self.clock = label("", "title", wrap=False)
        self.pace = Badge("")
        self.names = Button(_("Hide names"), "quiet", "hide", "F9")
        self.start = Button(_("Start the meeting"), "primary", "play", "Ctrl+Return")
        self.end = Button(_("End the meeting"), "plain", "check", "Ctrl+Return")
        left = row(self.back, gap=theme.M)
        left.addLayout(column(self._title, self._where, gap=0), 1)
        middle = row(self.clock, self.pace, gap=theme.M)
        right = row(STRETCH, self.names, self.start, self.end, gap=theme.S)
        inner = row(gap=theme.M, edge=(theme.M, theme.S, theme.L, theme.S))
        inner.addLayout(left, 3)
        inner.addLayout(middle)
        inner.addLayout(right, 3)
        super().__init__(inner, "surface")

    def show_meeting(self, title: str, where: str) -> None:
        """Name the meeting."""
        self._title.setText(title)
        self._where.setText(where)

    def show_acts(self, *, can_start: bool, can_end: bool, hidden: bool) -> None:
        """Offer what can be done now."""
        self.start.setVisible(can_start)
        self.end.setVisible(can_end)
        self.names.setText(_("Show names") if hidden else _("Hide names"))
