"""After the recovery code: who is here, and a passphrase for this computer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from rop_facilitator.errors import UserError
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.access.secret_fields import SecretField
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.text_fields import Choice, field
from rop_facilitator.gui.widgets.layout.boxes import column, flow
from rop_facilitator.i18n import _

if TYPE_CHECKING:
    from rop_facilitator.records.storage.database import Database


class NewPassphrase(QFrame):
    """Holds records that the code unlocked until a leader of theirs has a passphrase again."""

    ready = Signal(object)  # the database, which the hearer takes over

    def __init__(self) -> None:
        super().__init__()
        self._database: Database | None = None
        self.leader = Choice()
        self.passphrase, self.again = SecretField(), SecretField()
        self.again.returnPressed.connect(self._save)
        hint = _("At least 12 characters. Four words in a row are easy to remember.")
        self.passphrase_field = field(_("New passphrase"), self.passphrase, hint)
        self.again_field = field(_("New passphrase once more"), self.again)
        self.save = Button(_("Save and open"), "primary", clicked=self._save)
        parts = (field(_("Leader"), self.leader), self.passphrase_field, self.again_field, theme.XS, flow(self.save))
        self.setLayout(column(*parts, gap=theme.M))
        self.setFocusProxy(self.passphrase)

    def take(self, database: Database) -> None:
        """Ask for a passphrase for these records; until then they are let go of when the window closes."""
        self._database = database
        self.leader.addItems([leader.name for leader in database.leaders()])

    def let_go(self) -> None:
        """Nobody set a passphrase: close the records."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def _save(self) -> None:
        if self._database is None:
            return
        self.passphrase_field.show_fault("")
        self.again_field.show_fault("")
        if self.passphrase.text() != self.again.text():
            self.again_field.show_fault(_("The two are not alike. Type it again."))
            return
        try:
            self._database.set_passphrase(self.leader.currentText(), self.passphrase.text())
        except UserError as error:
            self.passphrase_field.show_fault(str(error))
            return
        database, self._database = self._database, None
        self.ready.emit(database)
