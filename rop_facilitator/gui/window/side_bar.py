"""The side bar: search, the pages, the groups, and where the data stands."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from rop_facilitator.alphabet import alphabetical
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.choices import NavItem
from rop_facilitator.gui.widgets.inputs.text_fields import TextField
from rop_facilitator.gui.widgets.layout.boxes import STRETCH, Image, clear, column, label, panel, row, scroll
from rop_facilitator.i18n import _, clock

_MINUTE = 60_000


class _Search(TextField):
    """Looks like a field; a click or Enter opens the search over the window."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__(placeholder=_("Search"), icon="search")
        self.setReadOnly(True)
        self.setAccessibleName(_("Search"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setLayout(row(STRETCH, label("Ctrl K", "small", "muted", wrap=False), edge=(0, 0, theme.M, 0)))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the search."""
        self.asked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and space open the search."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.asked.emit()
        else:
            super().keyPressEvent(event)


class SideBar(QWidget):
    """Where one can go. It reads the groups itself, and hears of changes through the context."""

    chosen = Signal(str, object)  # name of the route, tuple of its arguments
    search = Signal()
    lock = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.setObjectName("sidebar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._items_by_route: dict[tuple[str, tuple[object, ...]], NavItem] = {}
        self._current: tuple[str, tuple[object, ...]] = ("", ())
        self.to_do = 0  # how much is left, beside *Today*
        self._counted: object = None  # the minute, and what else the count depends on
        self._saved_icon = Image("check", "ok", 18)
        self._saved = label("", "small", "muted", wrap=False)
        self._names = Button("", "quiet", "hide", "F9", small=True, name=_("Hide names"), clicked=self._toggle_names)
        self._items = column(gap=2)
        self.lane = column(gap=0)  # what the window says stands here, and covers nothing
        self._build()
        self._minute = QTimer(self, interval=_MINUTE)  # a meeting ends, or another day comes
        self._minute.timeout.connect(self._minute_over)
        self._minute.start()
        context.records_changed.connect(self._records_changed)
        context.names_hidden_changed.connect(self._show_names_button)
        self.reload()

    def _build(self) -> None:
        search = _Search()
        search.asked.connect(self.search)
        places = panel(self._items)
        places.setObjectName("scrolled")
        lock = Button("", "quiet", "lock", "Ctrl+L", small=True, name=_("Lock"), clicked=self.lock.emit)
        foot = row(self._saved_icon, self._saved, STRETCH, self._names, lock, gap=theme.XS + 2, edge=(theme.M, 0, 0, 0))
        head = row(label("ROP Facilitator", "strong"), edge=(theme.M, theme.S, 0, theme.S))
        layout = column(head, search, theme.S, gap=2, edge=theme.M)
        layout.addWidget(scroll(places), 1)
        layout.addLayout(self.lane)
        layout.addLayout(foot)
        self.setLayout(layout)

    def sizeHint(self) -> QSize:
        """The width of the design, grown with the text; a long name of a group is cut short instead."""
        return QSize(theme.px(theme.SIDEBAR), super().sizeHint().height())

    def reload(self) -> None:
        """Build the routes anew, with the groups as they are now."""
        clear(self._items)
        self._items_by_route = {}
        self._add("today", (), _("Today"), "today")
        self._add("library", (), _("Library"), "library")
        self._add("settings", (), _("Settings"), "settings")
        self._items.addSpacing(theme.L)
        self._items.addLayout(row(label(_("Groups"), "caption", "muted"), STRETCH, edge=(theme.M, 0, 0, theme.XS)))
        for group_id, name in self._groups():
            self._add("group", (group_id,), name, "group")
        self._add("new_group", (), _("New group"), "plus")
        if self._has_archived:
            self._add("archived", (), _("Archived groups"), "archive")
        self._items.addStretch(1)
        self.show_current(*self._current)
        self.show_to_do(self.to_do)
        self._show_saved()

    def _groups(self) -> list[tuple[int, str]]:
        if not self.context.is_open:
            return []
        from rop_facilitator.records.models import Group

        with self.context.read() as db:
            rows = db.query(Group.id, Group.name, Group.archived).all()
        groups = [(row.id, row.name) for row in rows if row.archived is None]
        self._has_archived = len(groups) < len(rows)
        return sorted(groups, key=lambda group: alphabetical(group[1]))

    def _add(self, name: str, arguments: tuple[object, ...], text: str, icon: str) -> None:
        item = NavItem(text, icon)
        item.clicked.connect(partial(self.chosen.emit, name, arguments))
        self._items_by_route[name, arguments] = item
        self._items.addWidget(item)

    def show_current(self, name: str, arguments: tuple[object, ...]) -> None:
        """Mark the page that is open; a meeting or a print belongs to its group."""
        self._current = (name, arguments)
        within = name in ("meeting", "print", "group_settings")
        wanted = ("group", tuple(int(str(argument)) for argument in arguments[:1])) if within else (name, arguments)
        wanted = wanted if wanted[0] == "group" else (wanted[0], ())
        for route, item in self._items_by_route.items():
            item.setAutoExclusive(False)  # else Qt leaves one checked where none is
            item.setChecked(route == wanted)
            item.setAutoExclusive(True)

    def show_to_do(self, count: int) -> None:
        """How much is left to do, beside *Today*."""
        self.to_do = count
        self._items_by_route["today", ()].show_count(str(count) if count else "", spoken=_("{n} to do").format(n=count))

    def count_left(self) -> None:
        """Count anew what is left to do, where the clock or the records have gone on since the last time."""
        from rop_facilitator.documents.page.local_help_number import has_local_number
        from rop_facilitator.records.progress.today_list import count_left

        number_missing = not has_local_number()
        moment = (self.context.now().replace(second=0, microsecond=0), number_missing)
        if moment == self._counted:
            return
        self._counted = moment
        with self.context.read() as db:
            self.show_to_do(count_left(db, self.context.now(), number_missing=number_missing))

    def _minute_over(self) -> None:
        if self.isVisible() and self.context.is_open:
            self.count_left()

    def words(self) -> list[str]:
        """What the pages are called, from the top."""
        return [item.text() for item in self._items_by_route.values()]

    def saved(self) -> str:
        """The words at the foot about when something was saved."""
        return self._saved.text()

    def _show_saved(self) -> None:
        saved = self.context.last_saved
        self._saved_icon.setVisible(saved is not None)
        self._saved.setText(_("Saved {time}").format(time=clock(saved.time())) if saved else "")

    def _show_names_button(self, hidden: bool) -> None:
        self._names.set_name(_("Show names") if hidden else _("Hide names"))
        self._names.setDown(hidden)

    def _records_changed(self, classes: frozenset[str]) -> None:
        if "Group" in classes:
            self.reload()
        from rop_facilitator.records.progress.today_list import READS

        if classes & READS:
            self._counted = None
            if self.isVisible():  # in a meeting it is not, and nobody waits for a count between two marks
                self.count_left()
        self._show_saved()

    def _toggle_names(self) -> None:
        self.context.hide_names(not self.context.names_hidden)
