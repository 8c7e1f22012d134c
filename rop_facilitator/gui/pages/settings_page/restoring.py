"""The backups there are: when each was taken, what it holds, and a button that fetches it back beside the records."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.settings_page.parts import choice, choices
from rop_facilitator.gui.widgets.buttons import Button
from rop_facilitator.gui.widgets.layout import Item, clear, column
from rop_facilitator.i18n import _, clock, day_and_month, ngettext
from rop_facilitator.records.backup import BackupInfo

_FIRST = 5


class BackupList(QWidget):
    """The newest few, all on request, and any other file last."""

    chosen = Signal(object)  # the file
    other = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self._found: Sequence[tuple[Path, BackupInfo]] = ()
        self._lines = column(gap=0)
        self.setLayout(self._lines)
        self.hide()

    def show_backups(self, found: Sequence[tuple[Path, BackupInfo]], *, most: int = _FIRST) -> None:
        """Show these, newest first."""
        self._found = found
        clear(self._lines)
        rows: list[Item] = [self._row(file, info) for file, info in found[:most]]
        buttons = [Button(_("Choose a file …"), "plain", small=True, clicked=self.other.emit)]
        if len(found) > most:
            words = _("Show all {n}").format(n=len(found))
            buttons.insert(0, Button(words, "quiet", small=True, clicked=self._show_all))
        rows.append(choice(_("Another backup"), _("On a memory stick or the service's drive."), *buttons))
        self._lines.addWidget(choices(*rows))

    def _row(self, file: Path, info: BackupInfo) -> Item:
        today = info.at.date() == self.context.today()
        day = _("Today") if today else f"{day_and_month(info.at.date())} {info.at.year}"
        when = f"{day} {clock(info.at.time())}"
        button = Button(_("Restore"), "plain", small=True, name=_("Restore the backup of {when}").format(when=when))
        button.clicked.connect(partial(self.chosen.emit, file))
        return choice(when, _holds(info), button)

    def _show_all(self) -> None:
        self.show_backups(self._found, most=len(self._found))


def _holds(info: BackupInfo) -> str:
    """Groups, people and meetings, in numbers."""
    groups, people, meetings = (info.rows.get(table, 0) for table in ("group", "participant", "meeting"))
    return " · ".join(
        (
            ngettext("{n} group", "{n} groups", groups).format(n=groups),
            ngettext("{n} person", "{n} people", people).format(n=people),
            ngettext("{n} meeting", "{n} meetings", meetings).format(n=meetings),
        )
    )
