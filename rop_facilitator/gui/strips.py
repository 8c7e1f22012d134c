"""What the leader should know all the while, above the page: a sample, records to read only, faults in curricula."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rop_facilitator.gui import crash, theme
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.widgets.buttons import Button
from rop_facilitator.gui.widgets.layout import clear
from rop_facilitator.gui.widgets.messages import Strip
from rop_facilitator.i18n import _, ngettext


class Strips(QWidget):
    """None, one or a few; each stands until its matter is over."""

    leave_sample = Signal()
    see_library = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self._crashed = False
        self._heard: object = None  # the records whose words about deletions were closed
        self._lines = QVBoxLayout(self)
        self._lines.setSpacing(theme.S)
        self._lines.setContentsMargins(36, theme.M, 36, 0)
        self.hide()

    def reload(self, *, wanted: bool) -> None:
        """Show what holds now; nothing on a page that wants the whole window."""
        clear(self._lines)
        made = self._made() if wanted and self.context.is_open else []
        if self._crashed:
            made.append(self._crash())
        for strip in made:
            self._lines.addWidget(strip)
        self.setVisible(bool(made))

    def tell_crash(self) -> None:
        """Something went wrong in the program."""
        if not self._crashed:  # what fails at every paint is told once
            self._crashed = True
            self.reload(wanted=True)

    def texts(self) -> list[str]:
        """What they say."""
        items = [self._lines.itemAt(n) for n in range(self._lines.count())]
        strips = [item.widget() for item in items if item is not None]
        return [strip.text() for strip in strips if isinstance(strip, Strip)]

    def _made(self) -> list[Strip]:
        made = []
        if self.context.is_sample:
            own = Button(_("Begin with your own"), "plain", small=True, clicked=self.leave_sample.emit)
            made.append(Strip(_("Sample: everybody here is made up, and it all goes when you close."), "accent", own))
        elif not self.context.database.writable:
            made.append(Strip(_("The records are open to read only: somebody else is writing in them."), "warn"))
        made += [self._deleted(words) for words in self._deletions()]
        faults = len({problem.file for problem in self.context.library.problems if problem.level == "fault"})
        if faults:
            see = Button(_("See what"), "plain", small=True, clicked=self.see_library.emit)
            words = ngettext(
                "{n} file in the curricula has a fault. The others work.",
                "{n} files in the curricula have faults. The others work.",
                faults,
            )
            made.append(Strip(words.format(n=faults), "warn", see))
        return made

    def _deletions(self) -> list[str]:
        """Who had come back with a backup and was deleted again; until the leader has closed it."""
        from rop_facilitator.records.erase import told_at_opening

        database = self.context.database
        return [] if self._heard is database else told_at_opening(database)

    def _deleted(self, words: str) -> Strip:
        return Strip(words, "warn", Button(_("Close"), "quiet", small=True, clicked=self._forget_deletions))

    def _forget_deletions(self) -> None:
        self._heard = self.context.database
        self.reload(wanted=True)

    def _crash(self) -> Strip:
        folder = Button(_("Show the report"), "plain", small=True, clicked=self._open_crashes)
        close = Button(_("Close"), "quiet", small=True, clicked=self._forget_crash)
        words = _("Something went wrong in the program. Nothing is lost: all that was marked is kept. Go on as before.")
        return Strip(words, "warn", folder, close)

    def _open_crashes(self) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        QDesktopServices.openUrl(QUrl.fromLocalFile(str(crash.crash_folder())))

    def _forget_crash(self) -> None:
        self._crashed = False
        self.reload(wanted=True)
