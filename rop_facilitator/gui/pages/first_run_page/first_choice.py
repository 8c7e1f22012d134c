"""What somebody has with them at the first start: nothing, records or a backup. Arrows choose, Enter does."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.runtime.backup_search import BackupCopy, newest_copy, removable_drives, when
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.choice_cards import Pick
from rop_facilitator.gui.widgets.layout.boxes import column, label, tops
from rop_facilitator.i18n import _

NOTHING, RECORDS, BACKUP = 0, 1, 2
LARGE = 1.4  # with text from here on they stand below each other


class Ways(QFrame):
    """Three cards, and below them what the chosen one means; nothing is the usual case, and chosen."""

    chosen = Signal(int)
    entered = Signal()  # Enter on a card

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._painted = False
        self.current = NOTHING
        across = theme.text_scale() < LARGE
        self.picks = [
            Pick(name, second, icon=icon if across else "")
            for name, second, icon in (
                (_("Nothing"), _("I begin anew"), "plus"),
                (_("An archive"), _("A .rop file on this computer"), "page"),
                (_("A backup"), _("New computer, or something went wrong"), "shield"),
            )
        ]
        self.meaning = label("", "body", "muted")
        self._means = [
            _(
                "You get records of your own on this computer: curricula, meetings, attendance and papers for your "
                "groups. Nothing has to be there from before."
            ),
            _("Point at the .rop file. Its key file, which ends in .keys, must lie beside it."),
            _("Looking for backups …"),
        ]
        self.picks[NOTHING].setChecked(True)
        for way, pick in enumerate(self.picks):
            pick.toggled.connect(partial(self._toggled, way))
            pick.entered.connect(self.entered)
        cards = tops(*self.picks, gap=theme.M) if across else column(*self.picks, gap=theme.S)
        self.setLayout(column(cards, theme.XS, self.meaning, gap=theme.S))
        self.setAccessibleName(_("What do you have with you?"))
        self.setFocusProxy(self.picks[NOTHING])
        self._show_meaning()

    def first(self) -> QWidget:
        """Where the keyboard begins: the card that is chosen."""
        return self.picks[self.current]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Once the cards are on screen, a worker looks for a backup that was brought."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self, self._look)

    def _look(self) -> None:
        if not self.isVisible():  # the window was closed at once
            return
        work = partial(newest_copy, self._context.settings.backup_folder, removable_drives())
        self._context.jobs.run(self, work, done=self._found, failed=self._found_none)

    def _found_none(self, _error: BaseException) -> None:
        self._found(None)

    def _found(self, copy: BackupCopy | None) -> None:
        if copy is None:
            words = _(
                "No backup was found on this computer or on a stick. Plug the stick in, or choose a file yourself."
            )
        else:
            moment = when(copy.backup.info.at, self._context.today())
            self.picks[BACKUP].show_second(_("Found: {when}, {place}").format(when=moment, place=copy.place))
            words = _(
                "The newest backup that was found is of {when}, on {place}. In the next step you choose it or another, "
                "and open it with the passphrase or the recovery code."
            ).format(when=moment, place=copy.place)
        self._means[BACKUP] = words
        self._show_meaning()

    def _toggled(self, way: int, on: bool) -> None:
        if on:
            self.current = way
            self._show_meaning()
            if way == BACKUP:  # a stick may be in the machine by now
                self._look()
            self.chosen.emit(way)

    def _show_meaning(self) -> None:
        self.meaning.setText(self._means[self.current])
