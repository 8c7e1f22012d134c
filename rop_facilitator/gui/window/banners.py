"""What the leader should know all the while, above the page: a sample, records to read only, faults in curricula."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rop_facilitator.documents.output.write_file import file_error, write_document
from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.runtime import crash_report
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import clear
from rop_facilitator.i18n import _, clock, day_and_month, long_date, ngettext

if TYPE_CHECKING:
    from rop_facilitator.gui.runtime.run_marker import StoppedRun


class Banners(QWidget):
    """None, one or a few; each stands until its matter is over."""

    leave_sample = Signal()
    see_library = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self._crashed = False
        self._stopped: StoppedRun | None = None
        self._dismissed_for: object = None  # the records whose words about keys and deletions were closed
        self._lines = QVBoxLayout(self)
        self._lines.setSpacing(theme.S)
        self._lines.setContentsMargins(36, theme.M, 36, 0)
        self.hide()

    def reload(self, *, wanted: bool) -> None:
        """Show what holds now; nothing on a page that wants the whole window."""
        clear(self._lines)
        strips = self._all_strips() if wanted and self.context.is_open else []
        if self._crashed:
            strips.append(self._crash_strip())
        for strip in strips:
            self._lines.addWidget(strip)
        self.setVisible(bool(strips))

    def show_crash(self) -> None:
        """Something went wrong in the program."""
        if not self._crashed:  # what fails at every paint is told once
            self._crashed = True
            self.reload(wanted=True)

    def show_stopped(self, stopped: StoppedRun) -> None:
        """The last run ended without being closed: said above the records, once they are open and whole."""
        self._stopped = stopped
        self.reload(wanted=self.context.is_open)

    def texts(self) -> list[str]:
        """The sentence of each banner, from the top."""
        items = [self._lines.itemAt(n) for n in range(self._lines.count())]
        strips = [item.widget() for item in items if item is not None]
        return [strip.text() for strip in strips if isinstance(strip, Strip)]

    def _all_strips(self) -> list[Strip]:
        strips = []
        if self.context.is_sample:
            own = Button(_("Begin with your own"), "plain", small=True, clicked=self.leave_sample.emit)
            strips.append(Strip(_("Sample: everybody here is made up, and it all goes when you close."), "accent", own))
        elif not self.context.database.writable:
            strips.append(Strip(_("The records are open to read only: somebody else is writing in them."), "warn"))
        if self._stopped is not None and not self.context.is_sample:
            strips.append(self._stop_strip(self._stopped))
        strips += self._restored_strips()
        strips += [self._dismissable(words, "accent") for words in self._key_words()]
        strips += [self._dismissable(words, "warn") for words in self._deletion_words()]
        # Files, not faults: a file is put right once.
        faults = len({problem.file for problem in self.context.library.problems if problem.level == "fault"})
        if faults:
            see = Button(_("See what"), "plain", small=True, clicked=self.see_library.emit)
            words = ngettext(
                "{n} file in the curricula has a fault. The others work.",
                "{n} files in the curricula have faults. The others work.",
                faults,
            )
            strips.append(Strip(words.format(n=faults), "warn", see))
        return strips

    def _restored_strips(self) -> list[Strip]:
        """Which records these are, since they came from a backup; until the leader has closed it."""
        from datetime import datetime

        # The records, the moment and what was kept aside: an empty setting has none of them.
        path, at, kept = (*self.context.settings.restored, "", "", "")[:3]
        if not path or path != str(self.context.database.path):
            return []
        moment = datetime.fromisoformat(at)
        words = _(
            "These are the records of {day} {time}, from a backup. What came later must be entered again."
        ).format(day=long_date(moment.date()), time=clock(moment.time()))
        if kept:
            words += " " + _("What lay here before is kept as {name}.").format(name=kept)
        return [Strip(words, "accent", Button(_("Close"), "quiet", small=True, clicked=self._forget_restored))]

    def _forget_restored(self) -> None:
        self.context.change_settings(restored=())
        self.reload(wanted=True)

    def _key_words(self) -> list[str]:
        """Where the keys came from, when those beside the records were gone; until the leader has closed it."""
        database = self.context.database
        if self._dismissed_for is database or database.keys_from is None:
            return []
        from rop_facilitator.records.backup.lost_keys import keys_words

        return [keys_words(database)]

    def _deletion_words(self) -> list[str]:
        """Who had come back with a backup and was deleted again; until the leader has closed it."""
        from rop_facilitator.records.erasure.erase import opening_messages

        database = self.context.database
        return [] if self._dismissed_for is database else opening_messages(database)

    def _dismissable(self, words: str, tone: str) -> Strip:
        return Strip(words, tone, Button(_("Close"), "quiet", small=True, clicked=self._dismiss_opening_notes))

    def _dismiss_opening_notes(self) -> None:
        self._dismissed_for = self.context.database
        self.reload(wanted=True)

    def _stop_strip(self, stopped: StoppedRun) -> Strip:
        time = clock(stopped.at.time())
        if stopped.at.date() != self.context.today():
            time = f"{day_and_month(stopped.at.date())} {time}"
        buttons = [Button(_("Close"), "quiet", small=True, clicked=self._forget_stop)]
        if stopped.report is not None:
            buttons.insert(0, Button(_("Save the report"), "plain", small=True, clicked=self._save_report))
        words = _("The program stopped at {time}. Everything that was recorded is here.")
        return Strip(words.format(time=time), "warn", *buttons)

    def _save_report(self) -> None:
        """A copy where the leader wants it, to send to whoever mends the program."""
        from PySide6.QtWidgets import QFileDialog

        report = self._stopped.report if self._stopped is not None else None
        if report is None:
            return
        kind = _("Text file (*.txt)")
        chosen, _kind = QFileDialog.getSaveFileName(self, _("Save the report"), _("report") + ".txt", kind)
        if not chosen:
            return
        try:
            data = report.read_bytes()
        except OSError as error:
            self.context.notify(file_error(error, report))
            return
        try:
            write_document(Path(chosen), data)
        except UserError as error:
            self.context.notify(str(error))
            return
        self.context.notify(_("Saved as {path}").format(path=chosen))

    def _forget_stop(self) -> None:
        self._stopped = None
        self.reload(wanted=True)

    def _crash_strip(self) -> Strip:
        folder = Button(_("Show the report"), "plain", small=True, clicked=self._open_crashes)
        close = Button(_("Close"), "quiet", small=True, clicked=self._forget_crash)
        words = _("Something went wrong in the program. Nothing is lost: all that was marked is kept. Go on as before.")
        return Strip(words, "warn", folder, close)

    def _open_crashes(self) -> None:
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        QDesktopServices.openUrl(QUrl.fromLocalFile(str(crash_report.crash_folder())))

    def _forget_crash(self) -> None:
        self._crashed = False
        self.reload(wanted=True)
