"""Where the group stands: where in the course it is, meetings held and left, and the last one expected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import Area, clear, column, flow, label, panel
from rop_facilitator.i18n import _, day_and_month


class EndDateLink(Area):
    """The day by which the group ends. It is changed where all other facts of the group are."""

    def __init__(self, wanted: Callable[[], None]) -> None:
        self.link = Button(" ", "link", small=True, clicked=wanted)
        self._text = label("", "strong")
        self._text.hide()
        whole = column(label(_("Ends by"), "small", "muted"), self.link, self._text, gap=0)
        super().__init__(whole)

    def show_end(self, until: date | None, *, read_only: bool) -> None:
        """Show the day, or that there is none; a group that can only be read has no way to change it."""
        day = f"{day_and_month(until)} {until.year}" if until is not None else _("No end date")
        self._text.setText(day)
        self.link.setText(day)
        self.link.set_name(_("Ends by: {day}. Change it in Edit group").format(day=day))
        self.link.setVisible(not read_only)
        self._text.setVisible(read_only)


class GroupStatusRow(Area):
    """Captions with their answers, side by side, going on to the next line where room is short."""

    def __init__(self) -> None:
        self._facts = flow(gap=theme.XXL)
        super().__init__(self._facts)

    def show_facts(self, facts: list[tuple[str, str]]) -> None:
        """Show these and no others."""
        clear(self._facts)
        for caption, answer in facts:
            self._facts.add(panel(column(label(caption, "small", "muted"), label(answer, "strong"), gap=2)))
        self.setAccessibleName(". ".join(f"{caption}: {answer}" for caption, answer in facts))
