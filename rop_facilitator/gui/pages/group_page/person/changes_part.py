"""Who changed what about a person: newest first, each field before and after."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rop_facilitator.gui import theme
from rop_facilitator.gui.widgets.buttons import Button
from rop_facilitator.gui.widgets.layout import card, clear, column, label, line
from rop_facilitator.i18n import _, capital, clock, long_date, ngettext
from rop_facilitator.records.person_log import PersonEvent

_MOST = 30
_MOST_LINES = 6  # of one event, such as the marks of a whole year at once


class ChangesPart(QWidget):
    """A card of events; the older ones come when they are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._list = column(gap=theme.S)
        self.more = Button(_("Show all"), "quiet", small=True, clicked=self._show_all)
        title = label(_("Who changed what"), "heading")
        inner = card(title, self._list, self.more, gap=theme.M, edge=(theme.XL, theme.L, theme.XL, theme.L))
        self.setLayout(column(inner, "stretch", gap=0))
        self._events: tuple[PersonEvent, ...] = ()
        self._all = False

    def show_events(self, events: list[PersonEvent]) -> None:
        """Show another person's, or the same with what is new."""
        if tuple(events) == self._events:
            return
        self._events, self._all = tuple(events), False
        self._fill()

    def words(self) -> list[str]:
        """What stands there, an event a text: for tests and for reading aloud."""
        return [event_words(event) for event in self._shown()]

    def _shown(self) -> tuple[PersonEvent, ...]:
        return self._events if self._all else self._events[:_MOST]

    def _show_all(self) -> None:
        self._all = True
        self._fill()

    def _fill(self) -> None:
        clear(self._list)
        for at, event in enumerate(self._shown()):
            if at:
                self._list.addWidget(line())
            lines = list(event.lines[:_MOST_LINES])
            if (more := len(event.lines) - len(lines)) > 0:
                lines.append(ngettext("and {n} more", "and {n} more", more).format(n=more))
            rows = [label(capital(event.action), "strong"), *(label(one, "body") for one in lines)]
            self._list.addLayout(column(*rows, label(_when(event), "small", "muted"), gap=2))
        self.more.setVisible(len(self._shown()) < len(self._events))


def _when(event: PersonEvent) -> str:
    told = f"{long_date(event.at.date())} {clock(event.at.time())}"
    return f"{told} · {event.leader}" if event.leader else told


def event_words(event: PersonEvent) -> str:
    """One event as a line."""
    return " · ".join([capital(event.action), *event.lines, _when(event)])
