"""The head of a person's page: the name, where the person stands, printing, and a menu with what is done seldom."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.badges import Badge
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import STRETCH, flow, label
from rop_facilitator.i18n import _


class PersonHead(QWidget):
    """What is chosen in the menu is sent by its name; the menu is made when it opens."""

    print_wanted = Signal()
    action_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.name, self.badge = label("", "title"), Badge("")
        self.print = Button(_("Print"), "plain", "print", small=True, clicked=self.print_wanted.emit)
        self.more = Button(_("More"), "plain", "more", small=True, clicked=self._open_menu)
        self.menu: QMenu | None = None
        self._menu_actions: tuple[tuple[str, str], ...] = ()
        self.setLayout(flow(self.name, self.badge, STRETCH, self.print, self.more, gap=theme.M))

    def show_person(self, name: str, place: tuple[str, str, str], actions: Sequence[tuple[str, str]]) -> None:
        """Show a person; `actions` are the names and words of what the menu offers, in its order."""
        self.name.setText(name)
        if place[0] != self.badge.text():
            self.badge.show_text(*place)
        self._menu_actions = tuple(actions)
        self.print.set_name(_("Print what {name} has in the group").format(name=name))
        self.more.set_name(_("More for {name}").format(name=name))
        self.more.setVisible(bool(actions))

    def _open_menu(self) -> None:
        self.menu = QMenu(self)
        self.menu.setAccessibleName(self.more.accessibleName())
        for key, words in self._menu_actions:
            self.menu.addAction(words).setData(key)
        self.menu.triggered.connect(self._chosen)
        self.menu.aboutToHide.connect(self._menu_closed)
        self.menu.setActiveAction(self.menu.actions()[0])
        self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _menu_closed(self) -> None:
        if self.menu is not None:
            self.menu.deleteLater()
            self.menu = None

    def _chosen(self, action: QAction) -> None:
        self.action_wanted.emit(str(action.data()))
