"""All keys, on one card (F1)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from rop_facilitator.gui.dialogs.overlay import Overlay
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button, KeyCap
from rop_facilitator.gui.widgets.layout.boxes import STRETCH, Item, card, column, label, panel, row, scroll
from rop_facilitator.i18n import _


def everywhere() -> list[tuple[str, str]]:
    """The keys that work on every page."""
    return [
        ("Ctrl+K", _("Search people, groups, sessions and commands")),
        ("Ctrl+Z", _("Take back the last action")),
        ("Ctrl+1 – 5", _("The tabs of the page")),
        ("F6", _("The next part of the window")),
        ("F9", _("Hide or show names")),
        ("Ctrl+L", _("Lock")),
        ("Esc", _("Close what lies over the page")),
        ("F1", _("This overview")),
    ]


class KeysOverlay(Overlay):
    """The page's own keys first."""

    def __init__(self, window: QWidget, own: Sequence[tuple[str, str]]) -> None:
        done = Button(_("Close"), "plain", small=True)
        items: list[Item] = [row(label(_("Keys"), "heading"), STRETCH, done), theme.S]
        if own:
            items += [label(_("On this page"), "caption", "muted"), _rows(own), theme.M]
        items += [label(_("Everywhere"), "caption", "muted"), _rows(everywhere())]
        inner = panel(column(*items, gap=theme.S))
        inner.setObjectName("scrolled")
        super().__init__(window, card(scroll(inner), width=600))
        done.clicked.connect(self.finish)
        done.setFocus(Qt.FocusReason.OtherFocusReason)


def _rows(keys: Sequence[tuple[str, str]]) -> QWidget:
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme.L)
    grid.setVerticalSpacing(theme.S)
    grid.setColumnMinimumWidth(0, theme.px(120))
    grid.setColumnStretch(1, 1)
    for at, (key, words) in enumerate(keys):
        caps = row(*[KeyCap(key_name) for key_name in key.split("+")], STRETCH, gap=theme.XS)
        grid.addLayout(caps, at, 0)
        grid.addWidget(label(words), at, 1)
    return panel(grid)
