"""Settings: parts at the left, one column of named choices. Nothing to save."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from rop_facilitator.gui.context import AppContext, Page
from rop_facilitator.gui.pages.settings_page.appearance_part import LooksPart
from rop_facilitator.gui.pages.settings_page.backups_part import BackupPart
from rop_facilitator.gui.pages.settings_page.closures_part import ClosuresPart
from rop_facilitator.gui.pages.settings_page.folders_and_erasure_parts import DeletionPart, FoldersPart
from rop_facilitator.gui.pages.settings_page.help_numbers_part import NumbersPart
from rop_facilitator.gui.pages.settings_page.leaders_part import LeadersPart
from rop_facilitator.gui.pages.settings_page.part_base import Part
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.choices import NavItem
from rop_facilitator.gui.widgets.layout.boxes import column, label, page_edge, panel, scroll
from rop_facilitator.i18n import _

PARTS: dict[str, Callable[[AppContext], Part]] = {
    "looks": LooksPart,
    "leaders": LeadersPart,
    "backup": BackupPart,
    "closures": ClosuresPart,
    "numbers": NumbersPart,
    "folders": FoldersPart,
    "deletion": DeletionPart,
}
_TWO_COLUMNS = 700


class SettingsPage(Page):
    """One part at a time, made when it is opened."""

    def __init__(self, context: AppContext, part: str = "looks") -> None:
        super().__init__(context)
        self.part = part if part in PARTS else "looks"
        self._items: dict[str, NavItem] = {}
        for name, text, icon in self._names():
            item = NavItem(text, icon)
            item.clicked.connect(partial(self.show_part, name))
            self._items[name] = item
        items = panel(column(*self._items.values(), gap=2), width=208)
        self._holder = QVBoxLayout()
        self.shown: Part | None = None
        self._columns = QHBoxLayout()
        self._columns.setSpacing(theme.XXL)
        self._columns.addLayout(column(items, "stretch", gap=0))
        self._columns.addLayout(self._holder, 1)
        body = panel(
            page_edge(column(label(_("Settings"), "title"), self._columns, gap=theme.XL, edge=(36, 28, 36, 28)))
        )
        body.setObjectName("scrolled")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(scroll(body))
        self.show_part(self.part)

    def _names(self) -> list[tuple[str, str, str]]:
        return [
            ("looks", _("Look and language"), "settings"),
            ("leaders", _("Leaders"), "person"),
            ("backup", _("Backup"), "shield"),
            ("closures", _("Closed weeks"), "calendar"),
            ("numbers", _("Help numbers"), "phone"),
            ("folders", _("Folders"), "page"),
            ("deletion", _("Deletion"), "trash"),
        ]

    def show_part(self, name: str) -> None:
        """Open a part by its name in `PARTS`."""
        self.part = name
        self._items[name].setChecked(True)
        self.reload()

    def reload(self) -> None:
        """Build the open part anew, as after another language."""
        if self.shown is not None:
            self._holder.removeWidget(self.shown)
            self.shown.hide()
            self.shown.deleteLater()
        self.shown = PARTS[self.part](self.context)
        self.shown.again.connect(self.reload)
        self.shown.open_route.connect(self.open_route)
        self._holder.addWidget(self.shown)

    def show_tab(self, index: int) -> None:
        """Ctrl+1 to Ctrl+5 open the first five parts."""
        self.show_part(list(PARTS)[index])

    def first_focus(self) -> QWidget:
        """The part that is open, in the list at the left."""
        return self._items[self.part]

    def state(self) -> object:
        """The name of the part that is open."""
        return self.part

    def restore(self, state: object) -> None:
        """Open the part that was open when the leader left."""
        if state != self.part:
            self.show_part(str(state))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large text in a small window: the parts stand above."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(_TWO_COLUMNS)
        self._columns.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
