"""The locked window: who, the passphrase, and the recovery code as the way round."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from rop_facilitator import paths
from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext, Page
from rop_facilitator.gui.runtime.backup_search import folders_for, removable_drives, when
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.access.lock_card import choose_records, secret_field, show_card, tile
from rop_facilitator.gui.widgets.access.new_passphrase import NewPassphrase
from rop_facilitator.gui.widgets.access.secret_fields import CodeField
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.text_fields import Choice, field
from rop_facilitator.gui.widgets.layout.boxes import Item, card, column, flow, label, panel
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.overwrite_guard import records_at
from rop_facilitator.work_progress import WorkProgress

if TYPE_CHECKING:
    from rop_facilitator.curriculum.model import Library
    from rop_facilitator.records.backup.lost_keys import SpareKeys
    from rop_facilitator.records.storage.credentials import Secret
    from rop_facilitator.records.storage.database import Database
    from rop_facilitator.records.storage.records_file import Clock

_FREE_TRIES = 3
_LONGEST_WAIT = 30


def wait_seconds(failures: int) -> int:
    """How long the door stays shut after so many wrong passphrases: nothing at first, then 2, 4, 8 … 30 seconds."""
    return 0 if failures < _FREE_TRIES else min(_LONGEST_WAIT, 2 ** (failures - _FREE_TRIES + 1))


class UnlockPage(Page):
    """Says nothing of groups, courses or people. The heavy imports run while the leader types."""

    with_side_bar = False

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.path = records_at(Path(context.settings.last_database))
        self._failures = 0
        self._wait = 0
        self._read_only = False
        self._keys_fault: BaseException | None = None  # why the keys beside the records are of no use
        self._spares: list[SpareKeys] = []
        self._timer = QTimer(self, interval=1000)
        self._timer.timeout.connect(self._second_over)
        self._build()
        show_card(self, self._card, foot=_("Everything is kept encrypted on this computer. Nothing is sent out."))
        self._show_way("passphrase")
        self._painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Once the page is on screen, the heavy modules come in on the worker while the leader types."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self._begin)  # once this paint is over

    def _begin(self) -> None:
        if not self.isVisible():  # the window was closed at once
            return
        run = self.context.jobs.run
        run(self, partial(_leaders_of, self.path), done=self._leaders_known, failed=self._keys_lost)
        run(self, _library, done=self.context.use_library, failed=_later)

    # -- what it looks like

    def _build(self) -> None:
        self.strip = Strip("", "warn", Button(_("Open to read only"), "plain", small=True, clicked=self._open_to_read))
        self.strip.hide()
        self.title = label("", "title")
        self.lead = label("", "body", "muted")
        self._openers: list[Button] = []
        self._ways: dict[str, QWidget] = {}
        self._place = column(gap=0)
        self._card = card(
            tile("lock"),
            theme.M,
            self.title,
            self.lead,
            theme.M,
            self.strip,
            self._place,
            gap=6,
            edge=(36, 32, 36, 32),
            width=440,
        )

    def _passphrase_way(self) -> QWidget:
        self.leader = Choice()
        self.passphrase = secret_field()
        self.passphrase_field = field(_("Passphrase"), self.passphrase)
        self.unlock_button = self._opener(self._unlock)
        buttons = flow(self.unlock_button, Button(_("Use the recovery code"), "quiet", clicked=self._use_code))
        restore = Button(_("Restore a backup …"), "link", small=True, clicked=self._restore)
        leader = field(_("Leader"), self.leader)
        return self._way(self.passphrase, leader, self.passphrase_field, theme.XS, buttons, flow(restore))

    def _code_way(self) -> QWidget:
        self.code = CodeField()
        self.code.entered.connect(self._unlock_with_code)
        self.code_field = field(_("Recovery code"), self.code, _("14 groups of 4 letters and digits, from your paper."))
        self.code_button = self._opener(self._unlock_with_code)
        buttons = flow(self.code_button, Button(_("Use the passphrase"), "quiet", clicked=self._use_passphrase))
        other = Button(_("Open other records …"), "link", small=True, clicked=self._open_other)
        restore = Button(_("Restore a backup …"), "link", small=True, clicked=self._restore)
        return self._way(self.code, self.code_field, theme.XS, buttons, flow(other, restore, gap=theme.L))

    def _new_way(self) -> QWidget:
        self.new = NewPassphrase()
        self.new.ready.connect(self.context.open_records)
        return self._way(self.new, self.new)

    def _opener(self, command: Callable[[], None]) -> Button:
        button = Button(_("Unlock"), "primary", clicked=command)
        self._openers.append(button)
        return button

    def _way(self, first: QWidget, *parts: Item) -> QWidget:
        """`first` is where the leader types first."""
        widget = panel(column(*parts, gap=theme.M))
        widget.setFocusProxy(first)
        return widget

    def _show_way(self, way: str) -> None:
        """By passphrase, by recovery code, or a new passphrase after the code; each is made when it is first wanted."""
        if way not in self._ways:
            make = {"passphrase": self._passphrase_way, "code": self._code_way, "new": self._new_way}[way]
            self._ways[way] = make()
            self._place.addWidget(self._ways[way])
        for name, part in self._ways.items():
            part.setVisible(name == way)
        self.title.setText(_("Choose a new passphrase") if way == "new" else _("Welcome back"))
        self.lead.setText(
            {
                "passphrase": self._passphrase_lead(),
                "code": _("Type the code from the paper that you keep locked away."),
                "new": _("The recovery code was right. Now say who you are."),
            }[way]
        )
        self._ways[way].setFocus(Qt.FocusReason.OtherFocusReason)
        self.way = way

    def primary(self) -> Button:
        """What opens, or what keeps the new passphrase."""
        if self.way == "new":
            return self.new.save
        return self.code_button if self.way == "code" else self.unlock_button

    def first_focus(self) -> QWidget:
        """The passphrase: most leaders are the only one."""
        return self.passphrase

    def _use_code(self) -> None:
        self._show_way("code")

    def _use_passphrase(self) -> None:
        self._show_way("passphrase")
        if self._keys_fault is not None and not self._spares:  # a stick may be in the machine by now
            self._look_for_keys()

    # -- what is known of the records without a key

    def _leaders_known(self, names: list[str]) -> None:
        self.leader.addItems(names)

    def _keys_lost(self, error: BaseException) -> None:
        """The keys are gone, damaged or another's: a backup may have them. Where none does, the code is left."""
        from rop_facilitator.records.storage.vault import KeysLostError

        known, self._keys_fault = self._keys_fault is not None, error
        if isinstance(error, KeysLostError) and not known:
            self._look_for_keys()
        else:
            self._only_the_code(error)

    def _only_the_code(self, error: BaseException) -> None:
        self._show_way("code")
        self.code_field.show_fault(_words(error))

    def _look_for_keys(self) -> None:
        folders = folders_for(self.path, self.context.settings.backup_folder, removable_drives())
        self.context.jobs.run(self, partial(_spare_keys, folders), done=self._spares_known, failed=self._only_the_code)

    def _spares_known(self, spares: list[SpareKeys]) -> None:
        self._spares = spares
        if not spares:
            missing = _("No backup with keys was found on this computer or on a stick.")
            self._only_the_code(UserError(f"{_words(self._keys_fault or UserError())} {missing}"))
            return
        self.leader.clear()
        self._leaders_known(list(dict.fromkeys(name for spare in spares for name in spare.vault.slots)))
        if self.way == "passphrase":
            self.lead.setText(self._passphrase_lead())
        if self.passphrase.text() and not self._wait:  # typed already
            self._unlock()

    def _passphrase_lead(self) -> str:
        if not self._spares:
            return _("Type your passphrase to unlock.")
        words = _(
            "The key file {name} is missing or of no use, but the backup of {when} has keys. Type your passphrase: "
            "they are fetched from there, and the records stay as they are."
        )
        at = self._spares[0].backup.info.at
        return words.format(name=self.path.name + ".keys", when=when(at, self.context.today()))

    def _open_other(self) -> None:
        chosen = choose_records(self, self.path.parent)
        if chosen is not None:
            self.context.change_settings(last_database=str(chosen))
            self.open_route.emit("unlock")

    # -- unlocking

    def _unlock(self) -> None:
        if not self.unlock_button.isEnabled():
            return
        self.passphrase_field.show_fault("")
        self._busy(self.unlock_button)
        name = self.leader.currentText() or None
        work: Callable[[WorkProgress], Database]
        if self._spares:
            work = self._with_spares(passphrase=self.passphrase.text())
        else:
            work = partial(_unlock, self.path, name, self.passphrase.text(), self.context.now, not self._read_only)
        self.context.jobs.run(self, work, done=self._unlocked, failed=self._refused)

    def _unlock_with_code(self) -> None:
        self.code_field.show_fault("")
        self.code.show_wrong(())
        self._busy(self.code_button)
        work: Callable[[WorkProgress], Database]
        if self._spares:
            work = self._with_spares(code=self.code.text())
        else:
            work = partial(_unlock_with_code, self.path, self.code.text(), self.context.now, not self._read_only)
        self.context.jobs.run(self, work, done=self._code_accepted, failed=self._refused)

    def _with_spares(self, **typed: str) -> Callable[[WorkProgress], Database]:
        from rop_facilitator.records.storage.credentials import Secret

        secret = Secret(**typed)
        return partial(_unlock_with_spares, self.path, secret, self._spares, self.context.now, not self._read_only)

    def _open_to_read(self) -> None:
        self._read_only = True
        if self.way == "code":
            self._unlock_with_code()
        else:
            self._unlock()

    def _busy(self, button: Button) -> None:
        button.setEnabled(False)
        button.setText(_("Unlocking …"))

    def _ready(self) -> None:
        for button in self._openers:
            button.setEnabled(True)
            button.setText(_("Unlock"))

    def _unlocked(self, database: Database) -> None:
        self.context.open_records(database)

    def _refused(self, error: BaseException) -> None:
        from rop_facilitator.records.storage.engine import DamagedError, NoAccessError
        from rop_facilitator.records.storage.vault import KeysLostError, WrongCodeError
        from rop_facilitator.records.storage.writer_lock import InUseError

        self._ready()
        if isinstance(error, InUseError | NoAccessError):
            self.strip.show_message(str(error))
            self.strip.show()
            return
        if isinstance(error, DamagedError):
            self._damaged()
            return
        if isinstance(error, KeysLostError) and self.way != "code":
            self._keys_lost(error)
            return
        if self.way == "code":
            self.code.show_wrong(error.groups if isinstance(error, WrongCodeError) else ())
            self.code_field.show_fault(_words(error))
        else:
            self.passphrase_field.show_fault(_words(error))
            self._failures += 1
            self._wait = wait_seconds(self._failures)
            self._show_wait()
            self.passphrase.selectAll()
            self.passphrase.setFocus()

    def _show_wait(self) -> None:
        """The button says why it cannot be pressed."""
        self.unlock_button.setEnabled(not self._wait)
        if self._wait:
            words = ngettext("Wait {n} second", "Wait {n} seconds", self._wait)
            self.unlock_button.setText(words.format(n=self._wait))
            self._timer.start()
        else:
            self._timer.stop()
            self.unlock_button.setText(_("Unlock"))

    def _second_over(self) -> None:
        self._wait -= 1
        self._show_wait()

    def _damaged(self) -> None:
        """A backup can take the place of what is damaged, with the secret that was just typed."""
        from rop_facilitator.records.storage.credentials import Secret

        typed = self.code if self.way == "code" else self.passphrase  # the other one may not be made yet
        self.context.typed_secret = Secret(**{"code" if self.way == "code" else "passphrase": typed.text()})
        self.open_route.emit("restore/damaged")

    def _restore(self) -> None:
        self.open_route.emit("restore")

    # -- after the recovery code

    def _code_accepted(self, database: Database) -> None:
        if not database.writable:
            self.context.open_records(database)
            return
        self._show_way("new")
        self.new.take(database)

    def retire(self) -> None:
        """The window closes before a new passphrase was set: let the records go."""
        if "new" in self._ways:
            self.new.let_go()
        super().retire()


def _words(error: BaseException) -> str:
    if isinstance(error, UserError):
        return str(error)
    return _("The records could not be opened. Nothing was changed. Restore the newest backup if this goes on.")


# What the worker does. Each imports for itself: this page is on screen before the database is loaded.


def _leaders_of(path: Path, _progress: WorkProgress) -> list[str]:
    from rop_facilitator.records.storage.database import Database

    return Database.leaders_of(path)


def _library(_progress: WorkProgress) -> Library:
    """Everything that the first page needs, so that it opens at once."""
    import rop_facilitator.records.group.groups
    import rop_facilitator.records.meeting.meetings  # noqa: F401 - imported here so that the first page need not wait
    from rop_facilitator.curriculum.load import load_library

    return load_library(paths.curricula_folders())


def _later(_error: BaseException) -> None:
    """It is loaded again when a page asks for it, and a fault told there."""


def _spare_keys(folders: list[Path], _progress: WorkProgress) -> list[SpareKeys]:
    from rop_facilitator.records.backup.backup_list import find_backups
    from rop_facilitator.records.backup.lost_keys import spare_keys

    return spare_keys(find_backups(folders))


def _unlock_with_spares(
    path: Path, secret: Secret, spares: list[SpareKeys], clock: Clock, writing: bool, _progress: WorkProgress
) -> Database:
    from rop_facilitator.records.backup.lost_keys import unlock_with_spare_keys

    return unlock_with_spare_keys(path, secret, spares, clock=clock, for_writing=writing)


def _unlock(path: Path, leader: str | None, passphrase: str, clock: Clock, writing: bool, _p: WorkProgress) -> Database:
    from rop_facilitator.records.storage.opening import unlock_database

    return unlock_database(path, leader, passphrase, clock=clock, for_writing=writing)


def _unlock_with_code(path: Path, code: str, clock: Clock, writing: bool, _progress: WorkProgress) -> Database:
    from rop_facilitator.records.storage.opening import unlock_with_code

    return unlock_with_code(path, code, clock=clock, for_writing=writing)
