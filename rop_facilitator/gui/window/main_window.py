"""The window around every page: side bar, banners, one page at a time, toast, lock, and the keys that work there."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication

from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext, Page
from rop_facilitator.gui.routes import LOCKED_ROUTES, ROUTES, Route
from rop_facilitator.gui.runtime.idle_watch import IdleWatch, awake_clock
from rop_facilitator.gui.style import appearance, theme
from rop_facilitator.gui.widgets.display.notices import Toast
from rop_facilitator.gui.widgets.layout.boxes import column, tops
from rop_facilitator.gui.window.banners import Banners
from rop_facilitator.gui.window.keyboard_focus import KeyboardWindow, focus_within
from rop_facilitator.i18n import _

if TYPE_CHECKING:
    from rop_facilitator.gui.dialogs.overlay import Overlay
    from rop_facilitator.gui.dialogs.search import Hit
    from rop_facilitator.gui.window.side_bar import SideBar

_MOST_BACK = 20
PROGRESS_TAB = 3  # as on the page of a group, which is imported only when somebody goes there


def _application() -> QApplication:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    return app


class MainWindow(KeyboardWindow):
    """One page at a time, made when the leader goes there, dropped afterwards; its `state` brings the leader back."""

    def __init__(self, context: AppContext, *, seconds: Callable[[], float] = awake_clock) -> None:
        """`seconds` is the clock of the idle lock."""
        super().__init__()
        self.context = context
        self.page: Page | None = None
        self.route = Route("")
        self.side_bar: SideBar | None = None
        self._back: list[Route] = []
        self._states: dict[Route, object] = {}
        self._side = column(gap=0)
        self.banners = Banners(context)
        self._middle = column(gap=0)
        self._lane = column(gap=0)
        right = column(self.banners, self._middle, self._lane, gap=0)
        right.setStretch(1, 1)
        whole = tops(self._side, right, gap=0)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        self.setWindowTitle("ROP Facilitator")
        self.setObjectName("page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.resize(1280, 800)
        self.overlay: Overlay | None = None
        self.toast = Toast(self)
        self.idle = IdleWatch(seconds)
        self._connect()

    def _connect(self) -> None:
        self.context.notified.connect(self._notified)
        self.context.opened.connect(self._opened)
        self.context.settings_changed.connect(self._settings_changed)
        self.idle.away.connect(self.lock)
        self.toast.undo.connect(self.undo)
        self.banners.leave_sample.connect(self._leave_sample)
        self.banners.see_library.connect(partial(self.go, "library"))
        app = _application()
        app.focusWindowChanged.connect(self.idle.watch_window)
        app.focusObjectChanged.connect(self.idle.watch_focus)
        theme.on_system_change(app, self._system_changed)
        keys: dict[str, Callable[[], None]] = {
            "Ctrl+K": self.search,
            "Ctrl+Z": self.undo,
            "Ctrl+L": self.lock,
            "F1": self.show_keys,
            "?": self.show_keys,
            "F6": self._next_pane,
            "F9": self.toggle_names,
        }
        keys |= {f"Ctrl+{n}": partial(self._show_tab, n - 1) for n in range(1, 6)}
        for key, slot in keys.items():
            QShortcut(QKeySequence(key), self, slot)

    # -- where the leader is

    def begin(self, backup: Path | None = None) -> None:
        """Show a locked page: restore a backup that was given, unlock the records that were open last, or make some."""
        last = self.context.settings.last_database
        page = "unlock" if last and Path(last).exists() else "first_run"
        self.go(*(("restore", str(backup)) if backup is not None else (page,)))

    def go(self, name: str, *arguments: object) -> None:
        """Open a page; the one before is a step back. A backup is restored while the records are locked."""
        before = self.route
        if name == "restore" and self.context.is_open:
            self._close_records()
        self._open(Route(name, arguments))
        if before.name and before.name not in LOCKED_ROUTES and before != self.route:
            self._back = [*self._back[1 - _MOST_BACK :], before]

    def back(self) -> None:
        """Go where the leader came from."""
        self._open(self._back.pop() if self._back else Route("today"))

    def _open(self, route: Route) -> None:
        try:
            page = ROUTES[route.name](self.context, *route.arguments)
        except UserError as error:
            self.context.notify(str(error))
            if route.name != "today":
                self._open(Route("today"))
            return
        if self.overlay is not None:
            self.overlay.finish()  # it was about the page before
        self._drop_page()
        self.route, self.page = route, page
        self._connect_page(page)
        self._show_side_bar(page)
        self._middle.addWidget(page)
        if (state := self._states.get(route)) is not None:
            page.restore(state)
        self._focus_page(page)

    def _focus_page(self, page: Page) -> None:
        if (focus := page.first_focus()) is not None:
            keyboard = self.idle.by_keyboard
            # The ring is for those who came by keyboard.
            focus.setFocus(Qt.FocusReason.TabFocusReason if keyboard else Qt.FocusReason.MouseFocusReason)

    def _drop_page(self) -> None:
        if self.page is None:
            return
        self._states[self.route] = self.page.state()
        self.page.retire()
        self._middle.removeWidget(self.page)
        self.page.hide()
        # Later, not at once: most often the page is left from within a click on itself.
        self.page.deleteLater()
        self.page = None

    def _connect_page(self, page: Page) -> None:
        page.open_group.connect(self._go_group)
        page.open_progress.connect(self._go_progress)
        page.open_meeting.connect(self._go_meeting)
        page.open_session.connect(self._go_session)
        page.print_paper.connect(self._go_print)
        page.open_route.connect(self._go_route)
        page.leave.connect(self.back)

    def _go_route(self, path: str) -> None:
        """Open "today", or a part of a page as in "settings/numbers"."""
        name, *parts = path.split("/")
        self.go(name, *parts)

    def _go_group(self, group_id: int) -> None:
        self.go("group", group_id)

    def _go_progress(self, group_id: int) -> None:
        self.go("group", group_id)
        self._show_tab(PROGRESS_TAB)

    def _go_meeting(self, group_id: int, meeting_id: int) -> None:
        self.go("meeting", group_id, meeting_id)

    def _go_session(self, session_id: str) -> None:
        self.go("library", session_id)

    def _go_print(self, group_id: int, request: object) -> None:
        self.go("print", group_id, request)

    def _show_side_bar(self, page: Page) -> None:
        """The side bar belongs to the unlocked program, and to pages that leave room for it."""
        if self.context.is_open and self.side_bar is None:
            from rop_facilitator.gui.window.side_bar import SideBar

            self.side_bar = SideBar(self.context)
            self.side_bar.chosen.connect(self._chosen)
            self.side_bar.lock.connect(self.lock)
            self.side_bar.search.connect(self.search)
            self._side.addWidget(self.side_bar)
        if self.side_bar is not None:
            self.side_bar.setVisible(page.with_side_bar)
            self.side_bar.show_current(self.route.name, self.route.arguments)
            self.side_bar.count_left()
        beside = self.side_bar is not None and page.with_side_bar
        self.toast.stand(self.side_bar.lane if beside and self.side_bar else self._lane, narrow=beside)
        self.banners.reload(wanted=page.with_side_bar)

    def _chosen(self, name: str, arguments: tuple[object, ...]) -> None:
        self.go(name, *arguments)

    def _drop_side_bar(self) -> None:
        if self.side_bar is not None:
            self.toast.stand(self._lane, narrow=False)
            self.side_bar.hide()
            self.side_bar.deleteLater()
            self.side_bar = None

    # -- lock

    def _opened(self) -> None:
        self.idle.start(self.context.settings.idle_minutes)
        if self.route.name != "unlock":  # where the leader was is in other records
            self._back, self._states = [], {}
        self._open(self._back.pop() if self._back else Route("today"))

    def lock(self) -> None:
        """Close the records; unlocking comes back to the same page."""
        # Nobody knows the passphrase of the sample: locked, it would stay so.
        if not self.context.is_open or self.context.is_sample:
            return
        route = self.route
        self._close_records()
        self._back.append(route)  # `_opened` goes there
        self._open(Route("unlock"))

    def _close_records(self) -> None:
        """Nothing of what was shown stays on screen; the records are backed up and closed."""
        self.idle.start(0)
        if self.overlay is not None:
            self.overlay.finish()
        self._drop_page()
        self._drop_side_bar()
        self.toast.hide()
        self.context.close_records()

    def _leave_sample(self) -> None:
        self._close_records()
        self._back, self._states = [], {}
        self.begin()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Lock, and let go of everything. A backup that could not be taken is shown first: closing again closes."""
        shown_before = bool(self.context.backup_fault)
        self._close_records()
        self.hide()  # nobody need watch the backup being taken
        self.context.jobs.wait()
        if self.context.backup_fault and not shown_before:
            self._open(Route("unlock"))
            self.show()
            self.toast.show_message(self.context.backup_fault)
            event.ignore()
            return
        self.context.jobs.close()
        super().closeEvent(event)

    # -- what works everywhere

    def _notified(self, text: str, undoable: bool) -> None:
        self.toast.show_message(text, undo=_("Undo") if undoable else "")

    def undo(self) -> None:
        """Take back this leader's own last action, and say which one it was."""
        if self.context.is_open and self.context.leader_id is not None:
            self.toast.show_message(self.context.undo())

    def toggle_names(self) -> None:
        """Hide people's names everywhere, or show them again (F9)."""
        self.context.hide_names(not self.context.names_hidden)

    def _show_tab(self, index: int) -> None:
        if self.page is not None and self.context.is_open:
            self.page.show_tab(index)

    def _next_pane(self) -> None:
        if self.page is not None:
            bar = [self.side_bar] if self.side_bar is not None and self.side_bar.isVisible() else []
            self.focus_path.next_pane([*bar, *self.page.panes()])

    def search(self) -> None:
        """Find anything by a word (Ctrl+K)."""
        if self.context.is_open and self.overlay is None:
            from rop_facilitator.gui.dialogs.search import SearchOverlay

            overlay = SearchOverlay(self, self.context)
            overlay.chosen.connect(self._hit_chosen)
            self._show_overlay(overlay)

    def _hit_chosen(self, hit: Hit) -> None:
        commands = {"undo": self.undo, "names": self.toggle_names, "lock": self.lock, "keys": self.show_keys}
        if hit.command:
            commands[hit.command]()
            return
        self.go(hit.route, *hit.arguments)
        if hit.tab is not None:
            self._show_tab(hit.tab)

    def show_keys(self) -> None:
        """Show all keys, those of the open page first (F1)."""
        if self.page is not None and self.overlay is None:
            from rop_facilitator.gui.dialogs.keys_overview import KeysOverlay

            self._show_overlay(KeysOverlay(self, self.page.keys()))

    def _show_overlay(self, overlay: Overlay) -> None:
        self.overlay = overlay
        overlay.finished.connect(self._overlay_gone)

    def _overlay_gone(self) -> None:
        """What had the keyboard before the card may be gone: then it goes where the page begins."""
        self.overlay = None
        if self.page is not None and focus_within(self.page) is None:
            self._focus_page(self.page)

    def show_crash(self) -> None:
        """Say that something went wrong and nothing is lost."""
        self.banners.show_crash()

    def _settings_changed(self, names: frozenset[str]) -> None:
        if "idle_minutes" in names and self.context.is_open:
            self.idle.start(self.context.settings.idle_minutes)
        if names & appearance.FIELDS:
            self._rebuild()

    def _system_changed(self) -> None:
        """Colours only. A locked page stays as it is: it may show a recovery code that is never shown again."""
        if self.context.settings.theme == "system":
            self._rebuild(rebuild=self.route.name not in LOCKED_ROUTES)

    def _rebuild(self, *, rebuild: bool = True) -> None:
        """Other words, colours or sizes: everything is made again, and the leader is where the leader was."""
        appearance.use_settings(_application(), self.context.settings)
        if not rebuild:
            return
        self._drop_side_bar()
        self._open(self.route)
