"""When the group is finished: archive it, bring it back, or delete it for good after its name has been typed."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from rop_facilitator.clean_text import is_name_written
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.text_fields import TextField, field
from rop_facilitator.gui.widgets.layout.boxes import Area, column, flow, label, line, row, well
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.records.erasure.erase_group import GroupErasure
from rop_facilitator.records.models import Group


class EndCard(Area):
    """The two ways to end a group. Deleting opens a well that says what goes; its button waits for the name."""

    archived = Signal()
    brought_back = Signal()
    asked = Signal()  # what deleting would take with it is to be shown
    deleted = Signal()

    def __init__(self) -> None:
        inner = column(gap=theme.M, edge=(theme.XL, theme.L, theme.XL, theme.L))
        super().__init__(inner, "card")
        self._name = ""
        self.archive = Button(_("Archive group"), "plain", "archive", small=True, clicked=self.archived.emit)
        self.back = Button(_("Bring back"), "primary", "undo", small=True, clicked=self.brought_back.emit)
        self._why = label("", "small", "muted")
        self.delete = Button(_("Delete …"), "danger", "trash", small=True, clicked=self.asked.emit)
        self._what = label("", "body")
        self.name = TextField()
        self.erase = Button(_("Delete for good"), "danger", "trash", clicked=self._erase)
        self.keep = Button(_("Keep the group"), "plain", clicked=self._leave)
        self._field = field(_("Write the name of the group"), self.name)
        self.well = well(self._what, self._field, flow(self.keep, self.erase, gap=theme.S), gap=theme.M)
        inner.addWidget(label(_("When the group is finished"), "heading"))
        ways = row(gap=theme.M)
        ways.addLayout(column(label(_("Archive"), "strong"), self._why, gap=2), 1)
        ways.addWidget(self.archive)
        ways.addWidget(self.back)
        inner.addLayout(ways)
        inner.addWidget(line())
        gone = row(gap=theme.M)
        what = label(_("With who is in no other group. Cannot be undone."), "small", "muted")
        gone.addLayout(column(label(_("Delete for good"), "strong"), what, gap=2), 1)
        gone.addWidget(self.delete)
        inner.addLayout(gone)
        inner.addWidget(self.well)
        self.well.hide()
        self.name.textChanged.connect(self._typed)

    def show_group(self, group: Group) -> None:
        """Show which of the ways are open."""
        self._name = group.name
        is_archived = group.archived is not None
        self.archive.setVisible(not is_archived)
        self.back.setVisible(is_archived)
        words = _("The group is archived, and can only be read.") if is_archived else ""
        self._why.setText(words or _("Off the list. Can be read and brought back."))
        self._typed()

    def ask(self, erasure: GroupErasure, *, backups_until: str, names_hidden: bool) -> None:
        """Say what would go; the safe button has the keyboard."""
        count = len(erasure.people)
        people = ngettext("{n} person", "{n} people", count).format(n=count)
        meetings = ngettext("{n} meeting", "{n} meetings", erasure.meetings).format(n=erasure.meetings)
        marks = ngettext("{n} attendance mark", "{n} attendance marks", erasure.marks).format(n=erasure.marks)
        goes = _("This goes: {people}, {meetings}, {marks}.").format(people=people, meetings=meetings, marks=marks)
        sentences = [goes]
        if erasure.people and not names_hidden:
            names = ", ".join(erasure.people)
            sentences.insert(0, _("These are in no other group and go with it: {names}").format(names=names) + ".")
        if erasure.staying and not names_hidden:
            sentences.append(
                _("These are in another group and stay: {names}").format(names=", ".join(erasure.staying)) + "."
            )
        sentences.append(_("This cannot be undone. Backups can hold it until {day}.").format(day=backups_until))
        self._what.setText("\n".join(sentences))
        self.name.clear()
        self.well.show()
        self.keep.setFocus(Qt.FocusReason.TabFocusReason)

    def _typed(self, _text: str = "") -> None:
        self.erase.setEnabled(is_name_written(self.name.text(), self._name))

    def _leave(self) -> None:
        self.well.hide()
        self.delete.setFocus(Qt.FocusReason.TabFocusReason)

    def _erase(self) -> None:
        if is_name_written(self.name.text(), self._name):
            self.deleted.emit()
