"""The plan before it is made: meetings on real dates, and the days that are skipped with the reason."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from rop_facilitator.gui import theme
from rop_facilitator.gui.widgets.layout import clear, label, panel
from rop_facilitator.gui.widgets.parts import Strip
from rop_facilitator.i18n import _, day_and_month, ngettext, weekday_name
from rop_facilitator.planning.schedule import Schedule


class PlanPreview(QWidget):
    """A head with the count and the two ends, then a line a day."""

    def __init__(self) -> None:
        super().__init__()
        self.head = label("", "heading")
        self.second = label("", "body", "muted")
        self._lines = QVBoxLayout()
        self._lines.setContentsMargins(0, theme.M, 0, 0)
        inner = QVBoxLayout(self)
        inner.setContentsMargins(0, 0, 0, 0)
        inner.setSpacing(2)
        inner.addWidget(self.head)
        inner.addWidget(self.second)
        inner.addLayout(self._lines)
        inner.addStretch(1)

    def show_nothing(self, why: str) -> None:
        """Say what is missing for a plan."""
        self.head.setText(_("The plan"))
        self.second.setText(why)
        clear(self._lines)

    def show_plan(self, plan: Schedule, titles: Mapping[str, str]) -> None:
        """Show a plan; `titles` by session id."""
        count = len(plan.meetings)
        self.head.setText(ngettext("{n} meeting", "{n} meetings", count).format(n=count))
        self.second.setText(_ends(plan))
        clear(self._lines)
        for problem in plan.problems:
            self._lines.addWidget(Strip(f"{problem.text} {problem.advice}", "warn"))
        rows = [(m.on, f"{m.number}", ", ".join(titles[one] for one in m.sessions), "") for m in plan.meetings]
        rows += [(one.on, "", one.text, "muted") for one in plan.skipped]
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.M)
        grid.setVerticalSpacing(theme.S)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setColumnStretch(2, 1)
        top = Qt.AlignmentFlag.AlignTop
        for at, (on, number, text, tone) in enumerate(sorted(rows)):
            day = f"{weekday_name(on)[:3]} {day_and_month(on)}"
            grid.addWidget(label(number, "small", "muted", wrap=False), at, 0, top | Qt.AlignmentFlag.AlignRight)
            grid.addWidget(label(day, "small", tone or "muted", wrap=False), at, 1, top)
            grid.addWidget(label(text, "small", tone), at, 2, top)
        self._lines.addWidget(panel(grid))


def _ends(plan: Schedule) -> str:
    if not plan.meetings:
        return ""
    first, last = plan.meetings[0].on, plan.meetings[-1].on
    return _("{first} to {last}").format(
        first=f"{day_and_month(first)} {first.year}", last=f"{day_and_month(last)} {last.year}"
    )
