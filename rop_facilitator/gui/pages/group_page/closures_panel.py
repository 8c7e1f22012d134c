"""Closed days of a group: what is closed, what most others close, and a field for a day, some days or a week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rop_facilitator.documents.closed import closure_name, open_suggestions, week_number
from rop_facilitator.errors import UserError
from rop_facilitator.gui import theme
from rop_facilitator.gui.widgets.buttons import Button
from rop_facilitator.gui.widgets.fields import Field, TextField, field
from rop_facilitator.gui.widgets.layout import Area, clear, column, flow, label, panel, row
from rop_facilitator.i18n import _, day_and_month, long_date, pgettext
from rop_facilitator.planning.calendar import Closure, parse_closure
from rop_facilitator.records.models import Group

_MOST_SUGGESTED = 6


def days_words(closure: Closure) -> str:
    """The days of a closure as they are said: a day, or from one to another."""
    if closure.first == closure.last:
        return long_date(closure.first)
    return f"{day_and_month(closure.first)} – {day_and_month(closure.last)} {closure.last.year}"


class ClosuresPanel(Area):
    """Hidden until it is asked for. What moves is shown here before it is done."""

    added = Signal(object)  # Closure
    removed = Signal(str)  # the closure as it is stored

    def __init__(self) -> None:
        inner = column(gap=theme.S, edge=(theme.XL, theme.L, theme.XL, theme.L))
        super().__init__(inner, "card")
        self._rows = column(gap=0)
        self._suggested = flow(gap=theme.S)
        self.text = TextField(placeholder="2026-W40")
        self.text.returnPressed.connect(self._add)
        hint = _("A week 2026-W40, a day 2026-12-24, or days 2026-12-20..2027-01-02")
        self.field: Field = field(_("Close more days"), self.text, hint)
        add = Button(pgettext("days", "Close"), "plain", "plus", clicked=self._add)
        entry = row(gap=theme.S)
        entry.addWidget(self.field, 1)
        button = column(add, "stretch", gap=0, edge=(0, theme.metrics("caption").height() + 6, 0, 0))
        entry.addLayout(button)
        inner.addWidget(label(_("Closed days"), "heading"))
        inner.addWidget(panel(self._rows))
        inner.addLayout(entry)
        self._others = panel(column(label(_("Often closed:"), "small", "muted"), self._suggested, gap=theme.XS))
        inner.addWidget(self._others)
        self._asked = column(gap=0)
        inner.addLayout(self._asked)
        self.hide()

    def first_focus(self) -> QWidget:
        """Where the keyboard goes when the panel opens."""
        return self.text

    def show_asked(self, widget: QWidget | None) -> None:
        """A change before it is made; None takes it away."""
        clear(self._asked)
        if widget is not None:
            self._asked.addWidget(widget)

    def show_group(self, group: Group, *, today: date, own: Sequence[str] = ()) -> None:
        """Show what is closed now and what could be; `own` are the closures of the service, from the settings."""
        self.show_asked(None)
        clear(self._rows)
        closures = sorted((parse_closure(text) for text in group.closures), key=lambda one: one.first)
        if not closures:
            self._rows.addWidget(label(_("Only public holidays are closed."), "body", "muted"))
        for closure in closures:
            self._rows.addWidget(self._row(closure))
        clear(self._suggested)
        found = open_suggestions(group, today, own)[:_MOST_SUGGESTED]
        for one in found:
            words = _("{name}, week {n}").format(name=one.name, n=_weeks(one))
            self._suggested.add(Button(words, "plain", "plus", small=True, clicked=partial(self.added.emit, one)))
        self._others.setVisible(bool(found))

    def _row(self, closure: Closure) -> QWidget:
        text = str(closure)
        again = Button(
            _("Open again …"), "quiet", small=True, name=_("Open {days} again").format(days=days_words(closure))
        )
        again.clicked.connect(partial(self.removed.emit, text))
        below = " · ".join((_("Week {n}").format(n=_weeks(closure)), closure_name(closure.text)))
        line = row(gap=theme.M, edge=(0, theme.XS, 0, theme.XS))
        line.addLayout(column(label(days_words(closure), "body"), label(below, "small", "muted"), gap=0), 1)
        line.addWidget(again)
        return panel(line)

    def _add(self) -> None:
        try:
            closure = parse_closure(self.text.text())
        except UserError as error:
            self.field.show_fault(str(error))
            return
        self.field.show_fault("")
        self.text.clear()
        self.added.emit(closure)


def _weeks(closure: Closure) -> str:
    first, last = week_number(closure.first), week_number(closure.last)
    return first if first == last else f"{first}–{last}"
