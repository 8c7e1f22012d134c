"""Time in the group: the periods, what can be done with them, and the names of the person."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout

from rop_facilitator.gui.pages.group_page.person.membership_form import MembershipForm
from rop_facilitator.gui.pages.group_page.person.period_rows import PeriodRows
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.text_fields import TextField, field
from rop_facilitator.gui.widgets.layout.boxes import Area, column, flow, label, line, panel, tops
from rop_facilitator.i18n import _
from rop_facilitator.records.membership.membership_periods import MembershipPlace, place_on
from rop_facilitator.records.models import Group, Membership

_SIDE_BY_SIDE = 360
_OFFERED = {
    MembershipPlace.MEMBER: ("pause", "completed", "left", "move"),
    MembershipPlace.AHEAD: ("move",),
    MembershipPlace.PAUSED: ("back", "completed", "left", "move"),
    MembershipPlace.COMPLETED: ("back",),
    MembershipPlace.LEFT: ("back",),
}


class PeriodsCard(Area):
    """One person at a time. What is wanted is sent by signals; the page saves it."""

    name_written = Signal(str, str)  # name, alias
    contact_written = Signal(str)

    def __init__(self) -> None:
        inner = column(gap=theme.S, edge=(theme.XL, theme.L, theme.XL, theme.L))
        super().__init__(inner, "card")
        self.rows, self.form = PeriodRows(), MembershipForm()
        self.form.closed.connect(self._form_closed)
        words = {
            "pause": (_("Take a pause"), "pause"),
            "back": (_("Come back"), "undo"),
            "completed": (_("Completed"), "check"),
            "left": (_("Left"), ""),
        }
        self.buttons = {
            kind: Button(text, "plain", icon, small=True, clicked=partial(self.ask, kind))
            for kind, (text, icon) in words.items()
        }
        self.name, self.alias, self.contact = TextField(), TextField(), TextField()
        self.name_field = field(_("Name"), self.name)
        self.alias_field = field(_("Alias on paper"), self.alias)
        self.contact_field = field(_("Agreed contact"), self.contact)
        self.name.editingFinished.connect(self._name_written)
        self.alias.editingFinished.connect(self._name_written)
        self.contact.editingFinished.connect(self._contact_written)
        self._name_and_alias = tops(self.name_field, self.alias_field, gap=theme.M)
        names = column(line(), self._name_and_alias, self.contact_field, gap=theme.S, edge=(0, theme.S, 0, 0))
        self._names = panel(names)
        note = label(_("Only meetings in these periods count."), "small", "muted")
        for item in (label(_("Time in the group"), "heading"), self.rows, note, self.form, self._names):
            inner.addWidget(item)
        inner.insertLayout(3, flow(*self.buttons.values(), gap=theme.S))
        inner.addStretch(1)
        self._group: Group | None = None
        self._member: Membership | None = None
        self._today = date.min
        self._others: tuple[tuple[int, str], ...] = ()
        self.can_move = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Name and alias side by side where there is room."""
        super().resizeEvent(event)
        way = QBoxLayout.Direction
        wide = self.width() >= theme.px(_SIDE_BY_SIDE)
        self._name_and_alias.setDirection(way.LeftToRight if wide else way.TopToBottom)

    def show_member(
        self, group: Group, member: Membership, *, today: date, others: Sequence[tuple[int, str]], hidden: bool
    ) -> None:
        """Show a person; `others` are the groups to move to. Another person than before closes the form.

        In an archived group it can be read, and the person deleted for good.
        """
        is_other = self._member is None or self._member.id != member.id
        self._group, self._member, self._today, self._others = group, member, today, tuple(others)
        if is_other:
            self.form.hide()
        self.rows.show_periods(group, member, today=today)
        read_only = group.archived is not None
        for part in (self.rows, self._names):
            part.setEnabled(not read_only)
        offered = () if read_only else _OFFERED[place_on(member, today)]
        for kind, button in self.buttons.items():
            button.setVisible(kind in offered)
        self.can_move = "move" in offered and bool(others)
        self._names.setVisible(not hidden)
        values = (member.participant.name, member.participant.alias, member.contact)
        for text, value in zip((self.name, self.alias, self.contact), values, strict=True):
            if is_other or not text.hasFocus() or not text.isModified():
                text.setText("" if hidden else value)
        if is_other:
            self.name_field.show_fault("")
            self.alias_field.show_fault("")

    def show_fault(self, fault: str, *, of_alias: bool) -> None:
        """What is wrong with a name or an alias that was written."""
        self.name_field.show_fault("" if of_alias else fault)
        self.alias_field.show_fault(fault if of_alias else "")

    def ask(self, kind: str) -> None:
        """Open the form of an act: "pause", "back", "completed", "left" or "move"."""
        if self._group is not None and self._member is not None:
            self.form.ask(kind, self._group, self._member, today=self._today, others=self._others)

    def _form_closed(self) -> None:
        shown = [button for button in self.buttons.values() if button.isVisible()]
        (shown[0] if shown else self.rows.fields[0][0]).setFocus()

    def _name_written(self) -> None:
        if self._member is None or not self._names.isVisible():
            return
        person, name, alias = self._member.participant, self.name.text().strip(), self.alias.text().strip()
        if (name, alias) != (person.name, person.alias):
            self.name_written.emit(name, alias)

    def _contact_written(self) -> None:
        if self._member is not None and self._names.isVisible() and self.contact.text().strip() != self._member.contact:
            self.contact_written.emit(self.contact.text().strip())
