"""Backups: when the last one was taken, another one now, an extra folder, one fetched back; and the idle lock."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.settings_page.part_base import Part, Sides, choice, choices
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.notices import ProgressNotice as ProgressBar
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.choices import Segments
from rop_facilitator.gui.widgets.layout.boxes import Image, card, column, label, row
from rop_facilitator.i18n import _, clock, day_and_month, ngettext
from rop_facilitator.records.backup.backup_list import backup_folder, backups_in
from rop_facilitator.records.backup.create_backup import BackupInfo, automatic_backup
from rop_facilitator.records.storage.database import Database
from rop_facilitator.settings import IDLE_MINUTES
from rop_facilitator.work_progress import WorkProgress


class BackupPart(Part):
    """The state first, then the choices. To fetch one back, the records are locked first: the door does it."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Backup"))
        self.folder = backup_folder(context.database.path)
        self.icon = Image("shield", "muted", 24)
        self.last = label(_("Looking for backups …"), "strong")
        self.count = label("", "small", "muted")
        self.take = Button(_("Take a backup now"), "plain", clicked=self._take)
        self.fetch = Button(_("Fetch one back …"), "quiet", clicked=self._fetch)
        self.progress = ProgressBar()
        self.strip = Strip("", "warn")
        self.strip.hide()
        words = column(self.last, self.count, gap=2)
        state_line = row(self.icon, gap=theme.M)
        state_line.addLayout(words, 1)
        state = Sides(state_line, self.take, self.fetch, edge=0)
        self.items.addWidget(card(state, edge=(theme.XL, 18, theme.XL, 18)))
        self.items.addWidget(self.progress)
        self.items.addWidget(self.strip)
        self.items.addWidget(self._choices())
        if context.is_sample:
            self.last.setText(_("The sample is not backed up"))
            self.take.setEnabled(False)
            self.fetch.setEnabled(False)
        else:
            self._look()

    def _choices(self) -> QWidget:
        extra = self.context.settings.backup_folder
        self.extra = Button(_("Choose a folder …"), "plain", small=True, clicked=self._choose_extra)
        buttons = [self.extra]
        if extra:
            buttons.append(Button(_("None"), "quiet", small=True, clicked=self._no_extra))
        names = [_("{n} min").format(n=n) for n in IDLE_MINUTES]
        self.idle = Segments(
            names, IDLE_MINUTES.index(self.context.settings.idle_minutes), name=_("Lock when I am away")
        )
        self.idle.chosen.connect(self._idle_chosen)
        when = _("When you lock or close. One a day for 14 days, one a week for 8 weeks, one a month up to 90 days.")
        why = extra or _("A memory stick or the service's drive. The backup is encrypted.")
        away = _("Counted from the last key or click.")
        return choices(
            choice(_("Taken by itself"), when),
            choice(_("Extra folder"), why, *buttons),
            choice(_("Lock when I am away"), away, self.idle),
        )

    # -- the state

    def _look(self) -> None:
        work = partial(_list_backups, self._folders(), self.context.database.key_mark)
        self.context.jobs.run(self, work, done=self._backups_found, failed=self._failed)

    def _folders(self) -> list[Path]:
        extra = self.context.settings.backup_folder
        return [self.folder, *([Path(extra)] if extra else [])]

    def _backups_found(self, backups: list[tuple[Path, BackupInfo]]) -> None:
        if not backups:
            self.icon.show_icon("shield", "warn")
            self.last.setText(_("No backup yet"))
            self.count.setText(_("The first one is taken when you lock or close after a change."))
            return
        newest = backups[0][1].at
        today = newest.date() == self.context.today()
        day = _("today") if today else f"{day_and_month(newest.date())} {newest.year}"
        self.icon.show_icon("shield", "ok")
        self.last.setText(_("Last backup: {day} {time}").format(day=day, time=clock(newest.time())))
        words = ngettext("Checked and whole · {n} backup", "Checked and whole · {n} backups", len(backups))
        self.count.setText(words.format(n=len(backups)))

    # -- taking and fetching

    def _take(self) -> None:
        self.take.setEnabled(False)
        self.strip.hide()
        self.progress.begin(_("Taking a backup"))
        work = partial(_take, self.context.database, self._folders(), self.context.now())
        self.context.jobs.run(self, work, done=self._taken, failed=self._failed, progress=self.progress.step)

    def _taken(self, _result: None) -> None:
        self.progress.end()
        self.take.setEnabled(True)
        self.context.notify(_("Took a backup, opened it and checked it"))
        self._look()

    def _failed(self, error: BaseException) -> None:
        self.progress.end()
        self.take.setEnabled(True)
        self.strip.show_message(
            str(error) if isinstance(error, UserError) else _("That did not work. Nothing was changed."), "warn"
        )
        self.strip.show()

    def _fetch(self) -> None:
        self.open_route.emit("restore")

    # -- choices

    def _choose_extra(self) -> None:
        chosen = QFileDialog.getExistingDirectory(
            self, _("Extra folder for backups"), self.context.settings.backup_folder
        )
        if chosen:
            self.context.change_settings(backup_folder=chosen)
            self.again.emit()

    def _no_extra(self) -> None:
        self.context.change_settings(backup_folder="")
        self.again.emit()

    def _idle_chosen(self, index: int) -> None:
        self.context.change_settings(idle_minutes=IDLE_MINUTES[index])


def _list_backups(folders: list[Path], mark: str, _progress: WorkProgress) -> list[tuple[Path, BackupInfo]]:
    """The backups of these records, newest first; one that lies in both folders once."""
    # The first folder last, so that it is its file that stands for a backup that lies in both.
    both = {info.at: (file, info) for folder in reversed(folders) for file, info in backups_in(folder, mark)}
    return [both[at] for at in sorted(both, reverse=True)]


def _take(database: Database, folders: list[Path], at: datetime, progress: WorkProgress) -> None:
    for done, folder in enumerate(folders):
        progress.step(done, len(folders))
        automatic_backup(database, folder, at=at)
