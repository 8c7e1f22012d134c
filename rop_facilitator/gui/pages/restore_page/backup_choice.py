"""The backups to choose among: the newest few first, all on request, and any other file."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from rop_facilitator.gui.runtime.backup_search import BackupCopy, missing, when
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.choice_cards import Pick
from rop_facilitator.gui.widgets.layout.boxes import clear, column, flow
from rop_facilitator.i18n import _, capital, ngettext

_FIRST = 3


class Copies(QFrame):
    """A radio group; the newest sound one is chosen."""

    chosen = Signal()
    entered = Signal()  # Enter on one of them
    other = Signal()

    def __init__(self, today: date) -> None:
        super().__init__()
        self._today = today
        self._copies: tuple[BackupCopy, ...] = ()
        self._written: datetime | None = None
        self.picks: list[Pick] = []
        self._lines = column(gap=theme.S)
        self.more = Button(_("Show all"), "link", "chevron-down", small=True, clicked=self._show_all)
        self.file = Button(_("Choose another file"), "link", "import", small=True, clicked=self.other.emit)
        self.more.hide()
        self.setLayout(column(self._lines, flow(self.more, self.file, gap=theme.M), gap=theme.S))
        self.setAccessibleName(_("Backups"))

    def show_copies(self, copies: Sequence[BackupCopy], written: datetime | None, *, most: int = _FIRST) -> None:
        """Show these, newest first, and choose the newest sound one."""
        before = self.current()
        self._copies, self._written = tuple(copies), written
        clear(self._lines)
        self.picks = []
        sound = next((number for number, copy in enumerate(copies) if copy.whole), -1)
        at = self._copies.index(before) if before in self._copies else sound
        most = max(most, at + 1)
        for number, copy in enumerate(self._copies[:most]):
            pick = self._pick(copy)
            pick.setChecked(number == at)
            pick.setEnabled(copy.whole is not False)
            pick.toggled.connect(self._toggled)
            pick.entered.connect(self.entered)
            self.picks.append(pick)
            self._lines.addWidget(pick)
        left = len(self._copies) - most
        words = ngettext("{n} older backup", "{n} older backups", left)
        self.more.setText(words.format(n=left))
        self.more.setVisible(left > 0)

    def add(self, copy: BackupCopy) -> None:
        """Put a file that was chosen first, and choose it."""
        others = tuple(other for other in self._copies if other.backup.file != copy.backup.file)
        self.show_copies((copy, *others), self._written)
        if self.picks and copy.whole:
            self.picks[0].setChecked(True)
        self.chosen.emit()

    def current(self) -> BackupCopy | None:
        """The copy that is chosen; None where there is no copy."""
        return next((copy for copy, pick in zip(self._copies, self.picks, strict=False) if pick.isChecked()), None)

    def _toggled(self, on: bool) -> None:
        if on:
            self.chosen.emit()

    def _show_all(self) -> None:
        self.show_copies(self._copies, self._written, most=len(self._copies))

    def _pick(self, copy: BackupCopy) -> Pick:
        from rop_facilitator.records.backup.backup_list import contents

        info = copy.backup.info
        moment = when(info.at, self._today)
        state = {True: _("tried now and whole"), False: _("damaged"), None: _("not tried yet")}[copy.whole]
        second = " · ".join((capital(state), contents(info), copy.place))
        right = missing(info.at, self._written)
        spoken = _("Backup of {when}").format(when=moment)
        return Pick(capital(moment), second, right, spoken=", ".join(filter(None, (spoken, state, right))))
