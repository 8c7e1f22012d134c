"""The first start: what one has with one; for who has nothing leader and passphrase, recovery code, done."""

from __future__ import annotations

import os
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rop_facilitator import i18n, paths
from rop_facilitator.clean_text import clean_text
from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext, Page
from rop_facilitator.gui.pages.first_run_page.first_choice import BACKUP, LARGE, NOTHING, RECORDS, Ways
from rop_facilitator.gui.pages.first_run_page.recovery_code_view import CodeGroups
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.access.lock_card import choose_records, secret_field, show_card
from rop_facilitator.gui.widgets.display.notices import ProgressNotice, Strip
from rop_facilitator.gui.widgets.display.progress_bar import Steps
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.choices import Segments
from rop_facilitator.gui.widgets.inputs.text_fields import field, text_field
from rop_facilitator.gui.widgets.layout.boxes import STRETCH, Item, card, clear, column, flow, label, line, panel, row
from rop_facilitator.i18n import _
from rop_facilitator.records.storage.new_records import make_records, make_sample

if TYPE_CHECKING:
    from rop_facilitator.records.storage.database import Database
    from rop_facilitator.records.storage.new_records import Sample

_LANGUAGE, _LEADER, _CODE, _DONE = 1, 2, 3, 4
_RECORDS = "groups.rop"
_WIDE, _NARROW = 680, 560


class FirstRunPage(Page):
    """One card, one task at a time. Nothing is made before the leader has chosen a passphrase."""

    with_side_bar = False

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.step = 0
        self.folder = paths.data_folder()
        self._database: Database | None = None
        self._groups: list[str] = []
        self._asked = 0
        self._steps = Steps(_DONE, _LANGUAGE)
        self._step_words = label("", "small", "muted", wrap=False)
        self._holder = QVBoxLayout()
        self.progress = ProgressNotice()
        self._head = panel(column(row(self._steps, STRETCH, self._step_words), theme.M))
        box = card(
            self._head,
            self._holder,
            self.progress,
            gap=6,
            edge=(36, 32, 36, 32),
            width=_WIDE if theme.text_scale() < LARGE else _NARROW,
        )
        show_card(self, box, foot=_("Everything is kept encrypted on this computer. Nothing is sent out."))
        QShortcut(QKeySequence("Ctrl+P"), self, self._print_code)
        self._show(_LANGUAGE)

    def _show(self, step: int) -> None:
        self.step = step
        self._steps.show_step(step)
        self._head.setVisible(step != _LANGUAGE)  # what follows depends on what is chosen there
        self._step_words.setText(_("Step {now} of {count}").format(now=step, count=_DONE))
        clear(self._holder)
        view = {
            _LANGUAGE: self._language_step,
            _LEADER: self._leader_step,
            _CODE: self._code_step,
            _DONE: self._done_step,
        }[step]()
        self._holder.addWidget(view)

    def primary(self) -> Button:
        """The way on from the step that is shown."""
        name = {_LANGUAGE: "begin", _LEADER: "make", _CODE: "next", _DONE: "open"}[self.step]
        button: Button = getattr(self, name)  # each step makes its own
        return button

    def first_focus(self) -> QWidget:
        """The card that is chosen: nothing, in the usual case."""
        return self.ways.first()

    def _part(self, title: str, lead: str, *items: Item) -> QWidget:
        return panel(column(label(title, "title"), label(lead, "body", "muted"), theme.M, *items, gap=6))

    # -- 1 language

    def _language_step(self) -> QWidget:
        languages = list(i18n.LANGUAGES)
        self.languages = Segments(
            list(i18n.LANGUAGES.values()), languages.index(i18n.language()), name=_("Language of the program")
        )
        self.languages.chosen.connect(self._language_chosen)
        self.begin = Button(_("Begin"), "primary", clicked=self._go_on)
        self.sample = Button(_("Look at the sample groups"), "plain", "group", clicked=self._look_at_sample)
        self.strip = Strip("", "warn")
        self.strip.hide()
        self.ways = Ways(self.context)
        self.ways.entered.connect(self._go_on)
        self.ways.chosen.connect(self._way_chosen)
        last = self.context.settings.last_database
        if last and not Path(last).exists():
            name = Path(last).name
            self.strip.show_message(
                _("{name} is not where it was. Open it where it lies now, or begin anew.").format(name=name)
            )
            self.strip.show()
            self.ways.picks[RECORDS].setChecked(True)
        made_up = _("Three made-up groups show what the program does. They are gone when you close it.")
        return panel(
            column(
                flow(label(_("Welcome"), "title"), STRETCH, self.languages, gap=theme.M),
                label(_("What do you have with you?"), "body", "muted"),
                theme.XS,
                self.strip,
                theme.XS,
                self.ways,
                theme.S,
                flow(self.begin, STRETCH),
                theme.M,
                line(),
                theme.S,
                label(made_up, "small", "muted"),
                flow(self.sample, STRETCH),
                gap=6,
            )
        )

    def _way_chosen(self, way: int) -> None:
        self.begin.setText([_("Begin"), _("Choose the file …"), _("Restore a backup")][way])

    def _go_on(self) -> None:
        {NOTHING: self._begin, RECORDS: self._open_existing, BACKUP: self._restore}[self.ways.current]()

    def _language_chosen(self, index: int) -> None:
        self.context.change_settings(language=list(i18n.LANGUAGES)[index])

    def _begin(self) -> None:
        self._show(_LEADER)
        self.name.setFocus(Qt.FocusReason.OtherFocusReason)

    def _open_existing(self) -> None:
        chosen = choose_records(self, self.folder)
        if chosen is not None:
            self.context.change_settings(last_database=str(chosen))
            self.open_route.emit("unlock")

    def _restore(self) -> None:
        self.open_route.emit("restore")

    def _look_at_sample(self) -> None:
        self.sample.setEnabled(False)
        self.progress.begin(_("Making the sample groups"))
        work = partial(make_sample, paths.curricula_folders(), self.context.now)
        self.context.jobs.run(self, work, done=self._sample_made, failed=self._failed, progress=self.progress.step)

    def _sample_made(self, sample: Sample) -> None:
        database, library, folder = sample
        self.context.use_library(library)
        self.context.open_records(database, sample=folder)

    # -- 2 leader and passphrase

    def _leader_step(self) -> QWidget:
        self.name = text_field(placeholder=_("Your first name"))
        self.passphrase, self.again = secret_field(), secret_field()
        self.name_field = field(_("Leader"), self.name, _("It stands on the leader's own papers, never on sheets."))
        self.passphrase_field = field(
            _("Passphrase"), self.passphrase, _("At least 12 characters. Four words in a row are easy to remember.")
        )
        self.again_field = field(_("Passphrase once more"), self.again)
        self.strip = Strip("", "warn")
        self.strip.hide()
        self.make = Button(_("Continue"), "primary", clicked=self._make)
        self.place = label(_("The records will lie in {folder}").format(folder=self.folder), "small", "muted")
        back = Button(_("Back"), "quiet", "chevron-left", clicked=self._back)
        folder = Button(_("Choose another folder …"), "link", small=True, clicked=self._choose_folder)
        return self._part(
            _("You and your passphrase"),
            _("The passphrase opens the records. Nobody but you knows it, and we cannot find it again for you."),
            self.name_field,
            theme.S,
            self.passphrase_field,
            theme.S,
            self.again_field,
            theme.S,
            self.place,
            flow(folder, STRETCH),
            self.strip,
            theme.M,
            row(back, STRETCH, self.make),
        )

    def _back(self) -> None:
        self._show(_LANGUAGE)

    def _choose_folder(self) -> None:
        from PySide6.QtWidgets import QFileDialog

        chosen = QFileDialog.getExistingDirectory(self, _("Folder for the records"), str(self.folder))
        if chosen:
            self.folder = Path(chosen)
            self.place.setText(_("The records will lie in {folder}").format(folder=self.folder))

    def _make(self) -> None:
        if not self.make.isEnabled() or not self._is_filled_in():
            return
        self.strip.hide()
        self.make.setEnabled(False)
        self.progress.begin(_("Making the records"))
        name = clean_text(self.name.text())
        work = partial(make_records, self.folder / _RECORDS, name, self.passphrase.text(), self.context.now)
        self.context.jobs.run(self, work, done=self._records_made, failed=self._failed)

    def _is_filled_in(self) -> bool:
        faults = {
            self.name_field: "" if clean_text(self.name.text()) else _("Write the name that your colleagues know."),
            self.passphrase_field: ""
            if len(self.passphrase.text().strip()) >= 12
            else _("At least 12 characters. Four words in a row are easy to remember."),
            self.again_field: ""
            if self.again.text() == self.passphrase.text()
            else _("The two are not alike. Type it again."),
        }
        for entry, fault in faults.items():
            entry.show_fault(fault)
        first = next((entry for entry, fault in faults.items() if fault), None)
        if first is not None:
            first.control.setFocus(Qt.FocusReason.OtherFocusReason)
        return first is None

    def _records_made(self, result: tuple[Database, str]) -> None:
        self.progress.end()
        self._database, code = result
        self._groups = code.split("-")
        # Any of them, so that nobody notes down the first one alone and goes on.
        self._asked = os.urandom(1)[0] % len(self._groups) + 1
        self.context.change_settings(last_database=str(self._database.path))
        self._show(_CODE)

    def _failed(self, error: BaseException) -> None:
        self.progress.end()
        (self.make if self.step == _LEADER else self.sample).setEnabled(True)
        self.strip.show_message(
            str(error) if isinstance(error, UserError) else _("That did not work. Nothing was made.")
        )
        self.strip.show()

    # -- 3 recovery code

    def _code_step(self) -> QWidget:
        self.typed = text_field(placeholder=_("4 signs"))
        self.typed.setMaximumWidth(theme.px(140))
        caption = _("Type group {n} from the paper").format(n=self._asked)
        self.typed_field = field(caption, self.typed)
        self.print = Button(_("Print"), "plain", "print", "Ctrl+P", clicked=self._print_code)
        self.next = Button(_("Continue"), "primary", clicked=self._check_code)
        return self._part(
            _("Recovery code"),
            _("If you forget the passphrase, this is the only way in. Print it, and lock the paper away."),
            CodeGroups(self._groups),
            theme.S,
            flow(self.print, STRETCH),
            theme.M,
            Strip(_("We have no copy. Do not keep it on this computer."), "warn"),
            theme.M,
            self.typed_field,
            theme.M,
            row(STRETCH, self.next),
        )

    def _print_code(self) -> None:
        from rop_facilitator.gui.printing.recovery_code_paper import print_recovery

        if self.step == _CODE:
            print_recovery(self, self._groups, on=self.context.today())

    def _check_code(self) -> None:
        """One group typed back shows that the code is on paper."""
        typed = self.typed.text().strip().upper().translate(str.maketrans("OIL", "011"))
        if typed != self._groups[self._asked - 1]:
            self.typed_field.show_fault(_("That is not group {n}. Look at the paper once more.").format(n=self._asked))
            self.typed.selectAll()
            self.typed.setFocus()
            return
        # It is on paper: nothing here holds it any more.
        self._groups = []
        self._show(_DONE)
        self.open.setFocus(Qt.FocusReason.OtherFocusReason)

    # -- 4 done

    def _done_step(self) -> QWidget:
        self.open = Button(_("Go to today"), "primary", clicked=self._open)
        minutes = self.context.settings.idle_minutes
        return self._part(
            _("Ready"),
            _("There is nothing to save in this program: what you do is kept at once, and can be taken back."),
            label(_("It locks itself after {n} minutes, and at once with Ctrl L.").format(n=minutes), "body"),
            label(_("When you lock or close it, it takes an encrypted backup."), "body"),
            theme.L,
            row(STRETCH, self.open),
        )

    def _open(self) -> None:
        database, self._database = self._database, None
        assert database is not None
        self.context.open_records(database)

    def retire(self) -> None:
        """The window closes on the way: the records are made, and the passphrase opens them next time."""
        if self._database is not None:
            self._database.close()
        super().retire()
