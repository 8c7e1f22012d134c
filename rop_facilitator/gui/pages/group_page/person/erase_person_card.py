"""Before a person is deleted for good: what goes, what stays a while, and the name to write."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from rop_facilitator.clean_text import is_name_written
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.text_fields import TextField, field
from rop_facilitator.gui.widgets.layout.boxes import Area, column, flow, image, label, row
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.records.erasure.erase import PersonErasure


class ErasePersonCard(Area):
    """Its button waits for the name, as where a group is deleted; the safe button has the keyboard, and Esc closes."""

    confirmed = Signal(int)  # participant id
    closed = Signal()

    def __init__(self) -> None:
        inner = column(gap=theme.M, edge=theme.L)
        super().__init__(inner, "well")
        self._participant, self._name = 0, ""
        self._title, self._what = label("", "strong"), label("", "body")
        self.name = TextField()
        self.keep = Button(_("Keep the person"), "plain", keys="Esc", clicked=self.close_well)
        self.erase = Button(_("Delete for good"), "danger", "trash", clicked=self._erase)
        inner.addLayout(row(image("warning", "danger", 20), self._title, "stretch", gap=theme.S))
        inner.addWidget(self._what)
        inner.addWidget(field(_("Write the name"), self.name))
        inner.addLayout(flow(self.keep, self.erase, gap=theme.S))
        self.name.textChanged.connect(self._typed)
        self.name.returnPressed.connect(self._erase)
        self.hide()

    def ask(
        self, participant_id: int, name: str, erasure: PersonErasure, *, shown_as: str, group: str, backups_until: str
    ) -> None:
        """Say what would go; `name` is to be written, and `group` is the one in view."""
        self._participant, self._name = participant_id, name
        self._title.setText(_("Delete {name} for good?").format(name=shown_as))
        marks = ngettext("{n} attendance mark", "{n} attendance marks", erasure.marks).format(n=erasure.marks)
        gone = [_("This goes: the name and {marks}.").format(marks=marks)]
        if erasure.notes:
            words = ngettext(
                "{n} note of what was made up or agreed too.",
                "{n} notes of what was made up or agreed too.",
                erasure.notes,
            )
            gone.append(words.format(n=erasure.notes))
        others = [other for other in erasure.groups if other != group]
        if others:
            gone.append(_("Also from {groups}.").format(groups=", ".join(others)))
        stays = _("This cannot be undone. Backups can hold the person until {day}.").format(day=backups_until)
        instead = _("If the person only stops coming, take them out of the group instead: then the history stays.")
        self._what.setText("\n".join((" ".join(gone), stays, instead)))
        self.name.clear()
        self._typed()
        self.show()
        self.keep.setFocus(Qt.FocusReason.TabFocusReason)

    def close_well(self) -> None:
        """Leave without deleting; the keyboard goes back to the menu."""
        self.hide()
        self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the card and not the page."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_well()
        else:
            super().keyPressEvent(event)

    def _is_written(self) -> bool:
        return is_name_written(self.name.text(), self._name)

    def _typed(self, _text: str = "") -> None:
        self.erase.setEnabled(self._is_written())

    def _erase(self) -> None:
        if self._is_written():
            self.hide()
            self.confirmed.emit(self._participant)
