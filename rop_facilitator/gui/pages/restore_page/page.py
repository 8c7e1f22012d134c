"""One card: which backup, what opens it, and one button. Nothing of what lies in it is shown but counts."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QWidget

from rop_facilitator import paths
from rop_facilitator.documents.papers.damage_paper import DamagePageWords, damage_paper_pdf
from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext, Page
from rop_facilitator.gui.pages.restore_page.backup_choice import Copies
from rop_facilitator.gui.printing import paper_printer
from rop_facilitator.gui.runtime.backup_search import (
    BackupCopy,
    BackupSearch,
    backup_of_file,
    removable_drives,
    search_backups,
    when,
)
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.access.lock_card import show_card, tile
from rop_facilitator.gui.widgets.access.new_passphrase import NewPassphrase
from rop_facilitator.gui.widgets.access.secret_fields import CodeField, SecretField
from rop_facilitator.gui.widgets.display.notices import ProgressNotice, Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.text_fields import field
from rop_facilitator.gui.widgets.layout.boxes import card, column, fact, flow, label, line, panel, row
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.overwrite_guard import records_at
from rop_facilitator.work_progress import WorkProgress as Step

if TYPE_CHECKING:
    from rop_facilitator.records.backup.restore_backup import Restored
    from rop_facilitator.records.storage.credentials import Secret
    from rop_facilitator.records.storage.records_file import Clock

DAMAGED = "damaged"
_LARGE = 1.5


class RestorePage(Page):
    """`what` is "damaged" where unlocking found that, with the secret in `context.typed_secret`; a file; or nothing."""

    with_side_bar = False

    def __init__(self, context: AppContext, what: str = "") -> None:
        super().__init__(context)
        self.damaged = what == DAMAGED
        self.secret, context.typed_secret = context.typed_secret, None  # taken over: it stays nowhere else
        last = context.settings.last_database
        self.records = records_at(Path(last)) if last else None
        self._file = Path(what) if what and not self.damaged else None
        self._by_code = False
        self.fact_words: list[str] = []  # they stand on the printed page too
        self._build()
        QShortcut(QKeySequence("Ctrl+P"), self, self._print)
        self._look()

    # -- what it looks like

    def _build(self) -> None:
        self.title = label(_("The records are damaged") if self.damaged else _("Restore a backup"), "title")
        self.lead = label(_("Looking for backups …"), "body", "muted")
        self.copies = Copies(self.context.today())
        self.copies.chosen.connect(self._chosen)
        self.copies.entered.connect(self._restore)
        self.copies.other.connect(self._other)
        self.strip = Strip("", "warn")
        self.strip.hide()
        self.progress = ProgressNotice()
        self.facts = column(gap=theme.S)
        self.use = Button(_("Restore"), "primary", "undo", clicked=self._restore)
        self.use.setEnabled(False)
        back = Button(_("Back"), "plain", clicked=self._back)
        self.print = Button(_("Print what stands here"), "quiet", "print", "Ctrl+P", clicked=self._print)
        self.print.setVisible(False)
        self.below = label("", "small", "muted")
        self.choose = panel(
            column(
                self.copies,
                theme.XS,
                line(),
                self._openers(),
                panel(self.facts),
                theme.XS,
                flow(self.use, back, self.print, gap=theme.S),
                self.below,
                gap=theme.M,
            )
        )
        self.new = NewPassphrase()
        self.new.ready.connect(self._open)
        self.new.hide()
        head = row(tile("shield"), gap=theme.L)
        head.addLayout(column(self.title, self.lead, gap=2), 1)
        parts = (head, self.strip, self.progress, self.choose, self.new)
        box = card(*parts, gap=theme.L, edge=(36, 32, 36, 32), width=680 if theme.text_scale() < _LARGE else 600)
        show_card(self, box, foot=_("The backup stays as it is. Nothing is sent out."))

    def _openers(self) -> QWidget:
        """Passphrase, or the code; neither where it was typed just now."""
        self.passphrase = SecretField(_("The passphrase that you had when the backup was taken"))
        self.passphrase.returnPressed.connect(self._restore)
        self.passphrase_field = field(_("Open with"), self.passphrase)
        self.code = CodeField()
        self.code.entered.connect(self._restore)
        self.code_field = field(
            _("Recovery code"), self.code, _("14 groups of 4. Capital and small letters are alike.")
        )
        self.other_way = Button(_("Use the recovery code"), "link", small=True, clicked=self._turn)
        self.openers = panel(column(self.passphrase_field, self.code_field, flow(self.other_way), gap=theme.S))
        self.code_field.hide()
        if self.secret is not None:  # never shown here: without a parent it would be a window for a moment
            self.openers.hide()
        return self.openers

    def first_focus(self) -> QWidget | None:
        """The button where the secret is known already; else where the passphrase is typed."""
        return self.use if self.secret is not None else self.passphrase

    def primary(self) -> Button:
        """What Enter does."""
        return self.use if self.new.isHidden() else self.new.save

    def _turn(self) -> None:
        self._by_code = not self._by_code
        self.passphrase_field.setVisible(not self._by_code)
        self.code_field.setVisible(self._by_code)
        self.other_way.setText(_("Use the passphrase") if self._by_code else _("Use the recovery code"))
        (self.code if self._by_code else self.passphrase).setFocus(Qt.FocusReason.OtherFocusReason)

    # -- what there is

    def _look(self) -> None:
        self.progress.begin(_("Looking for backups"))
        extra = self.context.settings.backup_folder
        work = partial(search_backups, self.records, extra, self._file, self.damaged, removable_drives())
        self.context.jobs.run(self, work, done=self._searched, failed=self._not_read, progress=self.progress.step)

    def _searched(self, result: BackupSearch) -> None:
        self.progress.end()
        self._written = result.records_written if self.records is not None and self.records.exists() else None
        self.copies.show_copies(result.copies, self._written)
        sound = any(copy.whole for copy in result.copies)
        if self.damaged:
            self.title.setText(
                _("The records are damaged, but you have a backup") if sound else _("The records are damaged")
            )
        self.lead.setText(self._lead(sound=sound, any_copy=bool(result.copies)))
        self.print.setVisible(self.damaged)
        self._chosen()
        if self.secret is not None and sound:
            self.use.setFocus(Qt.FocusReason.OtherFocusReason)

    def _lead(self, *, sound: bool, any_copy: bool) -> str:
        if not any_copy:
            return _(
                "No backup was found on this computer or on a stick. Plug the stick in, or choose a file yourself."
            )
        if not sound:
            return _("None of the backups that were found is whole. Look on a stick or on the service's drive.")
        if self.damaged:
            return _("The file could not be read. The computer may have gone off while it was writing.")
        return _("Choose how far back you will go. Nothing that is here now is deleted.")

    def _not_read(self, error: BaseException) -> None:
        """The file that was brought is no backup: say so, and look for others."""
        self.progress.end()
        self._show_error(error)
        if self._file is not None:
            self._file = None
            self._look()

    def _chosen(self) -> None:
        from rop_facilitator.gui.widgets.layout.boxes import clear

        copy = self.copies.current()
        # One that was not tried yet (None) may be whole; restoring it will tell.
        self.use.setEnabled(copy is not None and copy.whole is not False)
        self.use.setText(_("Restore"))
        clear(self.facts)
        self.fact_words = []
        if copy is None:
            self.below.setText("")
            return
        moment = when(copy.backup.info.at, self.context.today())
        self.use.setText(_("Use the backup of {when}").format(when=moment))
        if self._replaces(copy):
            later = _("What was entered after {when} must be entered again. The papers of the meeting help.")
            stays = (
                _("The damaged file is kept. Nothing is deleted.")
                if self.damaged
                else _("What lies here now is kept beside it.")
            )
            self.fact_words = [later.format(when=moment), stays]
            for icon, words in zip(("info", "archive"), self.fact_words, strict=True):
                self.facts.addLayout(fact(icon, words))
        self.below.setText(_("The records will lie in {folder}").format(folder=self._target(copy).parent))

    def _target(self, copy: BackupCopy) -> Path:
        from rop_facilitator.records.backup.restore_backup import place_for

        return place_for(copy.backup.info, self.records, paths.data_folder())

    def _replaces(self, copy: BackupCopy) -> bool:
        return self.records is not None and self._target(copy) == self.records

    def _other(self) -> None:
        endings = " ".join("*" + ending for ending in paths.BACKUP_ENDINGS)
        what = _("Backups") + f" ({endings});;" + _("All files") + " (*)"
        start = str(self.records.parent if self.records is not None else Path.home())
        chosen, _kind = QFileDialog.getOpenFileName(self, _("Choose a backup"), start, what)
        if chosen:
            self.strip.hide()
            self.context.jobs.run(self, partial(backup_of_file, Path(chosen)), done=self._add, failed=self._show_error)

    def _add(self, copy: BackupCopy) -> None:
        self.copies.add(copy)
        self.lead.setText(self._lead(sound=bool(copy.whole), any_copy=True))

    # -- on paper

    def _print(self) -> None:
        if not self.print.isVisible() or not self.print.isEnabled():
            return
        self.print.setEnabled(False)
        backups = [(pick.name(), pick.second(), pick.right()) for pick in self.copies.picks]
        words = DamagePageWords(self.title.text(), self.lead.text(), backups, self.fact_words, self.context.today())
        self.context.jobs.run(self, partial(damage_paper_pdf, words), done=self._on_paper, failed=self._not_printed)

    def _on_paper(self, pdf: bytes) -> None:
        self.print.setEnabled(True)
        if paper_printer.has_printer():
            paper_printer.load_pdf_reader()
            printer = paper_printer.ask_printer(self, paper_printer.open_pdf(pdf).pageCount())
            if printer is not None:
                work = partial(paper_printer.print_pages, pdf, printer)
                self.context.jobs.run(self, work, done=self._printed, failed=self._not_printed)
        elif (target := paper_printer.ask_file(self, _("Damaged records"), ".pdf")) is not None:
            save = partial(paper_printer.save_pdf, pdf, target)
            self.context.jobs.run(self, save, done=self._saved, failed=self._not_printed)

    def _printed(self, pages: int) -> None:
        words = ngettext("{n} page is on its way to the printer", "{n} pages are on their way to the printer", pages)
        self.context.notify(words.format(n=pages))

    def _saved(self, target: Path) -> None:
        self.context.notify(_("Saved as {path}").format(path=target))

    def _not_printed(self, error: BaseException) -> None:
        self.print.setEnabled(True)
        self._show_error(error)

    # -- restoring

    def _typed(self) -> Secret:
        from rop_facilitator.records.storage.credentials import Secret

        if self.secret is not None:
            return self.secret
        return Secret(code=self.code.text()) if self._by_code else Secret(passphrase=self.passphrase.text())

    def _restore(self) -> None:
        copy = self.copies.current()
        if copy is None or not self.use.isEnabled():
            return
        self.strip.hide()
        self.passphrase_field.show_fault("")
        self.code_field.show_fault("")
        self.code.show_wrong(())
        self.use.setEnabled(False)
        self.progress.begin(_("Restoring the backup"))
        work = partial(_restore, copy.backup.file, self._target(copy), self._typed(), self.context.now)
        self.context.jobs.run(self, work, done=self._restored, failed=self._refused)

    def _refused(self, error: BaseException) -> None:
        from rop_facilitator.records.storage.vault import WrongCodeError, WrongPassphraseError

        self.progress.end()
        self.use.setEnabled(True)
        if self.secret is not None and isinstance(error, WrongPassphraseError):
            self.secret = None  # the backup is from before the passphrase was changed
            self.openers.show()
        if isinstance(error, WrongPassphraseError):
            self.passphrase_field.show_fault(str(error))
            self.passphrase.selectAll()
            self.passphrase.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(error, WrongCodeError):
            self.code_field.show_fault(str(error))
            self.code.show_wrong(error.groups)
        else:
            self._show_error(error)

    def _restored(self, restored: Restored) -> None:
        self.progress.end()
        database = restored.database
        kept = restored.kept.name if restored.kept is not None else ""
        at = restored.at.isoformat(timespec="minutes")
        self.context.change_settings(last_database=str(database.path), restored=(str(database.path), at, kept))
        # The recovery code names nobody: then a passphrase is made before anything is shown.
        if database.leader_id is not None:
            self._open(database)
            return
        self.choose.hide()
        self.title.setText(_("Make a passphrase for this computer"))
        self.lead.setText(_("The recovery code was right. Now say who you are."))
        self.new.take(database)
        self.new.show()
        self.new.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open(self, database: object) -> None:
        from rop_facilitator.records.storage.database import Database

        assert isinstance(database, Database)
        self.context.open_records(database)

    def _show_error(self, error: BaseException) -> None:
        words = _("That did not work. Nothing was changed.")
        self.strip.show_message(str(error) if isinstance(error, UserError) else words)
        self.strip.show()

    def _back(self) -> None:
        there = self.records is not None and self.records.exists()
        self.open_route.emit("unlock" if there else "first_run")

    def retire(self) -> None:
        """The window closes before a new passphrase was set: let the records go."""
        self.new.let_go()
        super().retire()


def _restore(file: Path, target: Path, secret: Secret, clock: Clock, _step: Step) -> Restored:
    from rop_facilitator.records.backup.restore_backup import restore_and_open

    return restore_and_open(file, target, secret, clock=clock)
