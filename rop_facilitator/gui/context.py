"""What every page has at hand: records, library, settings, jobs, the clock; and what a page is."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from rop_facilitator import paths
from rop_facilitator.documents.output.write_file import file_error
from rop_facilitator.errors import UserError
from rop_facilitator.gui.runtime.jobs import Jobs
from rop_facilitator.i18n import _
from rop_facilitator.settings import Settings, save_settings, settings_file
from rop_facilitator.work_progress import WorkProgress

if TYPE_CHECKING:
    from datetime import date, datetime

    from rop_facilitator.curriculum.model import Library
    from rop_facilitator.planning.calendar import Closure
    from rop_facilitator.private_files import PartsFolder
    from rop_facilitator.records.log.action_names import Action
    from rop_facilitator.records.log.audit_log import RecordsChange
    from rop_facilitator.records.storage.credentials import Secret
    from rop_facilitator.records.storage.database import Database, Session

T = TypeVar("T")
_MINUTE = 60_000


class AppContext(QObject):
    """What the window and its pages share. The records are there between unlocking and locking."""

    opened = Signal()  # the records are unlocked
    records_changed = Signal(object)  # RecordsChange: the classes whose rows changed, and which rows
    settings_changed = Signal(object)  # frozenset of the names of the fields that changed
    names_hidden_changed = Signal(bool)
    notified = Signal(str, bool)  # a message for the toast, and whether it can be undone

    def __init__(self, settings: Settings, jobs: Jobs, *, clock: Callable[[], datetime]) -> None:
        """`clock` is the only clock of the window, in local wall time."""
        super().__init__()
        self.settings = settings
        self.jobs = jobs
        self.now = clock
        self.names_hidden = False
        self._sample: PartsFolder | None = None
        self.last_saved: datetime | None = None
        self.typed_secret: Secret | None = None  # what was typed to unlock, for the restoring that follows at once
        self.backup_fault = ""  # why the last backup was not taken, in words
        self._database: Database | None = None
        self._settled_on: date | None = None  # the day on which past meetings were looked at last
        self._day_timer = QTimer(self, interval=_MINUTE)  # a program that stays open over midnight
        self._day_timer.timeout.connect(self._settle_past)
        self._library: Library | None = None

    def today(self) -> date:
        """The day by the window's clock."""
        return self.now().date()

    # -- records

    @property
    def database(self) -> Database:
        """The unlocked records; only the locked pages (first run, unlock, restore) are shown without them."""
        if self._database is None:
            raise RuntimeError("the records are locked")
        return self._database

    @property
    def is_open(self) -> bool:
        """Whether the records are unlocked."""
        return self._database is not None

    @property
    def leader_id(self) -> int | None:
        """Who unlocked the records."""
        return self.database.leader_id

    @property
    def leader_name(self) -> str:
        """The name of who unlocked the records."""
        return self.database.leader_name

    @property
    def is_sample(self) -> bool:
        """Whether these are the made-up groups, which go when they are closed."""
        return self._sample is not None

    def open_records(self, database: Database, *, sample: PartsFolder | None = None) -> None:
        """Take over an unlocked database and hear of its changes; `sample` is the folder that goes with it."""
        self._database = database
        self._sample = sample
        self.last_saved = None
        database.on_change(self._records_changed)
        # Before any page counts what is left to do.
        self._settle_past()
        self._day_timer.start()
        self.opened.emit()

    def _settle_past(self) -> None:
        """On each new day: who were all marked before a meeting that has passed leave it held."""
        today = self.today()
        if not self.is_open or not self.database.writable or today == self._settled_on:
            return
        # Imported here, as in all of this file: the window is on screen before the database is loaded.
        from rop_facilitator.records.log.action_names import Action
        from rop_facilitator.records.meeting.held_meetings import settle_past_meetings

        self._settled_on = today
        try:
            with self.database.write(Action.PAST_MEETINGS_SETTLED, by=None) as db:
                settle_past_meetings(db, today=today)
        except UserError as error:
            self.notify(str(error))

    def close_records(self) -> None:
        """Lock: nothing can be read from now on. Where something was changed, a backup is taken before the key goes."""
        database, self._database = self._database, None
        self._day_timer.stop()
        self._settled_on = None
        if database is None:
            return
        sample, self._sample = self._sample, None
        if sample is not None:
            database.close()
            sample.cleanup()
        elif self.last_saved is None:
            database.close()
        else:
            extra = self.settings.backup_folder
            # In a job: the window is locked at once, and the copies take as long as they take.
            work = partial(_back_up_and_close, database, Path(extra) if extra else None, self.now())
            self.jobs.run(self, work, done=self._backed_up, failed=self._backup_failed)

    def _backed_up(self, _result: None) -> None:
        self.backup_fault = ""

    def _backup_failed(self, error: BaseException) -> None:
        self.backup_fault = str(error) if isinstance(error, UserError) else _("The backup was not taken.")
        self.notify(self.backup_fault)

    def read(self) -> AbstractContextManager[Session]:
        """A session that sees one moment; what it loads stays usable afterwards."""
        return self.database.read()

    def write(self, action: Action, **arguments: str | int) -> AbstractContextManager[Session]:
        """A session whose changes are stored as this leader's action, or not at all; see `Database.write`."""
        return self.database.write(action, by=self.leader_id, arguments=arguments)

    def save(self, action: Action, command: Callable[[Session], T]) -> T | None:
        """Run a command in one transaction; a refusal is told the leader, and None given back."""
        try:
            with self.write(action) as db:
                return command(db)
        except UserError as error:
            self.notify(str(error))
            return None

    def undo(self) -> str:
        """Take back this leader's own last action; give back which one it was, or why not, in words."""
        from rop_facilitator.records.log.action_names import action_text
        from rop_facilitator.records.log.undo import undo_last

        assert self.leader_id is not None
        try:
            undone = undo_last(self.database, self.leader_id)
        except UserError as error:
            return str(error)
        return _("Took back: {what}").format(what=action_text(undone.action, undone.arguments))

    def service_closures(self) -> tuple[Closure, ...]:
        """When the service is closed: what every new group begins with."""
        from rop_facilitator.records.calendar.service_rows import service_closures

        with self.read() as db:
            return service_closures(db, self.settings.closures)

    def log_event(self, action: Action, **arguments: str | int) -> None:
        """Store that something was printed, exported or opened; records open to read only keep no such note."""
        if self.database.writable:
            self.database.log_event(action, by=self.leader_id, arguments=arguments)

    def _records_changed(self, change: RecordsChange) -> None:
        self.last_saved = self.now()
        self.records_changed.emit(change)

    # -- library

    @property
    def library(self) -> Library:
        """All curricula; loaded at first use unless the start has done so already."""
        if self._library is None:
            from rop_facilitator.curriculum.load import load_library

            self._library = load_library(paths.curricula_folders())
        return self._library

    def use_library(self, library: Library) -> None:
        """Use a library that was loaded in a job."""
        self._library = library

    # -- choices

    def change_settings(self, **changed: Any) -> None:
        """Keep a choice at once; there is nothing to save. Where the disk takes nothing, it holds until the end."""
        before = self.settings
        self.settings = replace(before, **changed)
        names = frozenset(name for name in changed if getattr(before, name) != getattr(self.settings, name))
        if names:
            try:
                save_settings(self.settings)
            except OSError as error:
                self.notify(file_error(error, settings_file()))
            self.settings_changed.emit(names)

    def hide_names(self, hidden: bool) -> None:
        """Hide or show people's names on every page (F9)."""
        if hidden != self.names_hidden:
            self.names_hidden = hidden
            self.names_hidden_changed.emit(hidden)

    def notify(self, message: str, *, undoable: bool = False) -> None:
        """Show a message at the foot of the window; `undoable` offers to take the last action back."""
        self.notified.emit(message, undoable)


LOW_WINDOW = 700  # pixels: lower, and a page has narrower edges


class Page(QWidget):
    """One question and its answer. A page tells what it shows and reloads itself; it never knows another page."""

    shows: ClassVar[frozenset[str]] = frozenset()  # names of the classes of rows
    with_side_bar: ClassVar[bool] = True

    open_group = Signal(int)  # group id
    open_progress = Signal(int)  # group id: who has received what
    open_meeting = Signal(int, int)  # group id, meeting id
    open_session = Signal(str)  # "<curriculum>/<slug>"
    print_paper = Signal(int, object)  # group id, PaperRequest
    open_route = Signal(str)  # "today", "library", "settings", "new_group", "settings/numbers"
    leave = Signal()  # back to where the leader came from

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self._live = True
        self._low = False  # pages are made with wide edges
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        context.records_changed.connect(self._records_changed)
        context.names_hidden_changed.connect(self._names_hidden_changed)

    def reload(self) -> None:
        """Load the rows anew and show them."""

    def refresh(self, change: RecordsChange) -> bool:
        """Show only the rows that changed; False where the page cannot tell what they mean, and all is loaded anew."""
        return False

    def show_tab(self, index: int) -> None:
        """Ctrl+1 to Ctrl+5, counted from 0; a page without tabs does nothing."""

    def first_focus(self) -> QWidget | None:
        """What gets the keyboard when the page opens; None leaves it where Qt puts it."""
        return None

    def primary(self) -> QPushButton | None:
        """What Enter does wherever nothing else on the page takes it; None for a page with more than one task."""
        return None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter does the primary where the page has one."""
        button = self.primary() if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) else None
        if button is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            button.click()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window has narrower edges."""
        super().resizeEvent(event)
        low = self.window().height() < LOW_WINDOW
        if low is not self._low:
            self._low = low
            self.fit_edges()

    def fit_edges(self) -> None:
        """Give the edges the room that the window has; also called where a part of a page is made anew."""
        from rop_facilitator.gui.widgets.layout.boxes import fit_page_edges

        fit_page_edges(self, low=self._low)

    def state(self) -> object:
        """Where on the page the leader is, to come back to after locking or going back; None for nothing to keep."""
        return None

    def restore(self, state: object) -> None:
        """Go to where `state` says; only called with what this page's own `state` gave."""

    def panes(self) -> list[QWidget]:
        """Where F6 stops, in reading order."""
        return [self]

    def keys(self) -> list[tuple[str, str]]:
        """The page's own keys and what they do, for the overview (F1)."""
        return []

    def retire(self) -> None:
        """The window has left this page: it hears of nothing more, and is deleted soon."""
        self._live = False  # deleteLater waits for the event loop, and signals come before that

    def _records_changed(self, change: RecordsChange) -> None:
        if self._live and self.shows & change and not self.refresh(change):
            self._reload_or_leave()

    def _names_hidden_changed(self, _hidden: bool) -> None:
        if self._live:
            self._reload_or_leave()

    def _reload_or_leave(self) -> None:
        """What the page was about may be gone, by undo for example."""
        try:
            self.reload()
        except UserError as error:
            self.context.notify(str(error))
            self.leave.emit()


def _back_up_and_close(database: Database, extra: Path | None, at: datetime, _progress: WorkProgress) -> None:
    """A checked backup beside the records, one in the leader's own folder, and the key is gone, whatever happens."""
    from rop_facilitator.records.backup.backup_list import backup_folder
    from rop_facilitator.records.backup.create_backup import automatic_backup

    try:
        automatic_backup(database, backup_folder(database.path), at=at)
        if extra is not None:
            automatic_backup(database, extra, at=at)
    finally:
        database.close()
