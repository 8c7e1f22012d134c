"""Before a person is deleted for good: what goes, and what stays a while."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal

from rop_facilitator.gui import theme
from rop_facilitator.gui.pages.group_page.people_model import Person
from rop_facilitator.gui.widgets.buttons import Button
from rop_facilitator.gui.widgets.layout import Area, column, flow, image, label, row
from rop_facilitator.i18n import _, ngettext


class EraseCard(Area):
    """What goes and what stays a while, before a person is deleted for good. The safe button has the keyboard."""

    confirmed = Signal(int)  # participant id

    def __init__(self) -> None:
        inner = column(gap=theme.S, edge=(theme.L, theme.M, theme.L, theme.L))
        super().__init__(inner, "well")
        self._person = 0
        self._title = label("", "strong")
        self._what = label("", "body")
        self.keep = Button(_("Keep the person"), "plain", clicked=self.hide)
        self.erase = Button(_("Delete for good"), "danger", "trash", clicked=self._erase)
        inner.addLayout(row(image("warning", "danger", 20), self._title, "stretch", gap=theme.S))
        inner.addWidget(self._what)
        inner.addLayout(flow(self.keep, self.erase, gap=theme.S))
        self.hide()

    def ask(self, person: Person, *, backups_until: str) -> None:
        """Say what deleting this person means."""
        self._person = person.participant_id
        self._title.setText(_("Delete {name} for good?").format(name=person.name))
        gone = ngettext(
            "The name and {n} attendance mark are deleted from the records.",
            "The name and {n} attendance marks are deleted from the records.",
            person.marks,
        ).format(n=person.marks)
        stays = _("This cannot be undone. Backups can hold the person until {day}.").format(day=backups_until)
        instead = _("If the person only stops coming, take them out of the group instead: then the history stays.")
        self._what.setText(f"{gone} {stays}\n{instead}")
        self.show()
        self.keep.setFocus(Qt.FocusReason.TabFocusReason)

    def _erase(self) -> None:
        self.hide()
        self.confirmed.emit(self._person)
