"""What a group is called on its papers: empty is the weekday, and a name that says too much is asked about."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.inputs.text_fields import LabelledField, TextField, field
from rop_facilitator.gui.widgets.layout.boxes import column
from rop_facilitator.i18n import _


class PaperNameField(QWidget):
    """The field, and below it what is to be thought over; the name is kept whatever is said there."""

    def __init__(self, name: str = "") -> None:
        super().__init__()
        self.name = TextField(name)
        hint = _("Stands on sheets that others may find, in place of the name of the group.")
        self.field: LabelledField = field(_("Name on paper"), self.name, hint)
        self.doubt = Strip("", "warn")
        self.doubt.hide()
        self.setLayout(column(self.field, self.doubt, gap=theme.XS))

    def show_usual(self, usual: str, doubt: str) -> None:
        """What it is where nothing is written, and what is doubtful about what is."""
        self.name.setPlaceholderText(usual)
        self.doubt.show_message(doubt)
        self.doubt.setVisible(bool(doubt))
