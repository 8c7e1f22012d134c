"""Time in the group: the periods, what can be done with them, and the names of the person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal

from rop_facilitator.gui import theme
from rop_facilitator.gui.pages.group_page.person.act_form import ActForm
from rop_facilitator.gui.pages.group_page.person.period_rows import PeriodRows
from rop_facilitator.gui.widgets.buttons import Button
from rop_facilitator.gui.widgets.fields import TextField, field
from rop_facilitator.gui.widgets.layout import Area, column, flow, label, line, panel
from rop_facilitator.i18n import _
from rop_facilitator.records.models import Group, Membership
from rop_facilitator.records.periods import Place, place_on

_OFFERED = {
    Place.MEMBER: ("pause", "completed", "left", "move"),
    Place.AHEAD: ("move",),
    Place.PAUSED: ("back", "completed", "left", "move"),
    Place.COMPLETED: ("back",),
    Place.LEFT: ("back",),
}


class PeriodsCard(Area):
    """One person at a time. What is wanted is told; the page keeps it."""

    name_written = Signal(str, str)  # name, alias
    contact_written = Signal(str)
    erase_wanted = Signal()

    def __init__(self) -> None:
        inner = column(gap=theme.S, edge=(theme.XL, theme.L, theme.XL, theme.L))
        super().__init__(inner, "card")
        self.rows, self.form = PeriodRows(), ActForm()
        self.form.closed.connect(self._form_closed)
        words = {
            "pause": (_("Take a pause"), "pause"),
            "back": (_("Come back"), "undo"),
            "completed": (_("Completed"), "check"),
            "left": (_("Left"), ""),
            "move": (_("Move to another group"), "group"),
        }
        self.acts = {
            kind: Button(text, "plain", icon, small=True, clicked=partial(self._ask, kind))
            for kind, (text, icon) in words.items()
        }
        self.erase = Button(_("Delete for good"), "danger", "trash", small=True, clicked=self.erase_wanted.emit)
        self.name, self.alias, self.contact = TextField(), TextField(), TextField()
        self.name_field = field(_("Name"), self.name)
        self.alias_field = field(_("Alias on paper"), self.alias)
        self.contact_field = field(_("Agreed contact"), self.contact)
        self.name.editingFinished.connect(self._name_written)
        self.alias.editingFinished.connect(self._name_written)
        self.contact.editingFinished.connect(self._contact_written)
        self._names = panel(
            column(line(), self.name_field, self.alias_field, self.contact_field, gap=theme.S, edge=(0, theme.S, 0, 0))
        )
        note = label(_("Only meetings in these periods count."), "small", "muted")
        for item in (label(_("Time in the group"), "heading"), self.rows, note, self.form, self._names):
            inner.addWidget(item)
        inner.insertLayout(3, flow(*self.acts.values(), self.erase, gap=theme.S))
        inner.addStretch(1)
        self._group: Group | None = None
        self._member: Membership | None = None
        self._today = date.min
        self._others: tuple[tuple[int, str], ...] = ()

    def show_member(
        self, group: Group, member: Membership, *, today: date, others: Sequence[tuple[int, str]], hidden: bool
    ) -> None:
        """Show a person; `others` are the groups to move to. Another person than before closes the form."""
        is_other = self._member is None or self._member.id != member.id
        self._group, self._member, self._today, self._others = group, member, today, tuple(others)
        if is_other:
            self.form.hide()
        self.rows.show_periods(group, member, today=today)
        offered = _OFFERED[place_on(member, today)]
        for kind, button in self.acts.items():
            button.setVisible(kind in offered and (kind != "move" or bool(others)))
        self._names.setVisible(not hidden)
        values = (member.participant.name, member.participant.alias, member.contact)
        for one, value in zip((self.name, self.alias, self.contact), values, strict=True):
            if is_other or not one.hasFocus() or not one.isModified():
                one.setText("" if hidden else value)
        if is_other:
            self.name_field.show_fault("")
            self.alias_field.show_fault("")

    def show_fault(self, fault: str, *, of_alias: bool) -> None:
        """What is wrong with a name or an alias that was written."""
        self.name_field.show_fault("" if of_alias else fault)
        self.alias_field.show_fault(fault if of_alias else "")

    def _ask(self, kind: str) -> None:
        if self._group is not None and self._member is not None:
            self.form.ask(kind, self._group, self._member, today=self._today, others=self._others)

    def _form_closed(self) -> None:
        next(button for button in (*self.acts.values(), self.erase) if button.isVisible()).setFocus()

    def _name_written(self) -> None:
        if self._member is None or not self._names.isVisible():
            return
        person, name, alias = self._member.participant, self.name.text().strip(), self.alias.text().strip()
        if (name, alias) != (person.name, person.alias):
            self.name_written.emit(name, alias)

    def _contact_written(self) -> None:
        if self._member is not None and self._names.isVisible() and self.contact.text().strip() != self._member.contact:
            self.contact_written.emit(self.contact.text().strip())
