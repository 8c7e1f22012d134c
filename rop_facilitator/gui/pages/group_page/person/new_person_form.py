"""One more participant: a name, an alias where the group uses them, and the first day. Enter adds."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.date_fields import DateField
from rop_facilitator.gui.widgets.inputs.text_fields import TextField, field, field_row
from rop_facilitator.gui.widgets.layout.boxes import Area, column, flow, label
from rop_facilitator.i18n import _
from rop_facilitator.planning.date_words import Lean
from rop_facilitator.records.models import Group, NamesShown


class NewPersonForm(Area):
    """Hidden until it is asked for. What is wrong with a name or an alias stands below it; Esc closes."""

    wanted = Signal(str, str, object)  # name, alias, first day
    closed = Signal()

    def __init__(self, today: date) -> None:
        inner = column(gap=theme.S, edge=(theme.XL, theme.L, theme.XL, theme.L))
        super().__init__(inner, "card")
        self.name, self.alias = TextField(), TextField()
        self.first_day = DateField(today, today=today, lean=Lean.AROUND)
        self.name_field = field(_("Name"), self.name, _("A first name or an alias is enough."))
        self.alias_field = field(_("Alias on paper"), self.alias)
        self.add = Button(_("Add"), "primary", "plus", "Enter", small=True, clicked=self._add)
        self.leave = Button(_("Leave it as it is"), "plain", keys="Esc", small=True, clicked=self.close_form)
        inner.addWidget(label(_("New participant"), "heading"))
        fields = (self.name_field, self.alias_field, field(_("First day"), self.first_day))
        inner.addLayout(field_row(*fields, gap=theme.M))
        inner.addLayout(flow(self.add, self.leave, gap=theme.S))
        for written in (self.name, self.alias, self.first_day):
            written.returnPressed.connect(self._add)
        self.hide()

    def ask(self, group: Group, *, today: date) -> None:
        """Empty fields, and the first day today, or the group's first one where that is ahead."""
        uses_alias = group.names_shown is NamesShown.ALIAS or any(
            membership.participant.alias for membership in group.memberships
        )
        self.alias_field.setVisible(uses_alias)
        for written in (self.name, self.alias):
            written.clear()
        for shown in (self.name_field, self.alias_field):
            shown.show_fault("")
        begins = max(group.first_date, today) if group.memberships else group.first_date
        self.first_day.set_value(begins)
        self.show()
        self.name.setFocus(Qt.FocusReason.TabFocusReason)

    def show_fault(self, fault: str, *, of_alias: bool) -> None:
        """Why the person was not added; the field that it is about has the keyboard."""
        self.name_field.show_fault("" if of_alias else fault)
        self.alias_field.show_fault(fault if of_alias else "")
        (self.alias if of_alias else self.name).setFocus()

    def close_form(self) -> None:
        """Leave without adding anybody; the keyboard goes back where it came from."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the form and not the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_form()
        else:
            super().keyPressEvent(event)

    def _add(self) -> None:
        if not self.name.text().strip():
            self.show_fault(_("Write a first name or an alias."), of_alias=False)
        elif self.first_day.fault() or self.first_day.value() is None:
            self.first_day.setFocus()
        else:
            alias = "" if self.alias_field.isHidden() else self.alias.text()
            self.wanted.emit(self.name.text(), alias, self.first_day.value())
