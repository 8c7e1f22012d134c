"""A quiet door: one card in the middle of a calm window. Nothing of what lies behind it is shown."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLayout, QVBoxLayout, QWidget

from rop_facilitator.gui.context import Page
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.access.secret_fields import SecretField
from rop_facilitator.gui.widgets.layout.boxes import STRETCH, Area, Image, column, label, row, scroll
from rop_facilitator.i18n import _
from rop_facilitator.paths import RECORDS_ENDING


def show_card(page: Page, box: QWidget, *, foot: str = "") -> None:
    """Put a card in the middle of an empty page, with a small sentence at the foot; it scrolls when it is too high."""
    # Stretches and no alignment: Qt asks an aligned widget for its height at the width of the whole window.
    inner = column(STRETCH, row(STRETCH, box, STRETCH), STRETCH, gap=0, edge=(theme.L, theme.XL, theme.L, theme.XL))
    if foot:
        inner.addSpacing(theme.L)
        inner.addWidget(label(foot, "small", "muted", centred=True))
    body = QWidget()
    body.setObjectName("scrolled")
    body.setLayout(inner)
    whole = QVBoxLayout(page)
    whole.setContentsMargins(0, 0, 0, 0)
    whole.addWidget(scroll(body))


def tile(icon: str) -> QLayout:
    """The picture of a door: an icon on a soft square."""
    square = Area(row(STRETCH, Image(icon, "on_soft", 24), STRETCH), "tile", 48)
    square.setFixedHeight(theme.px(48))
    return row(square, STRETCH)


def secret_field(placeholder: str = "") -> SecretField:
    """A field for a passphrase, with an eye."""
    return SecretField(placeholder)


def choose_records(parent: QWidget, folder: Path) -> Path | None:
    """Let the leader point at a records file; None when the leader thinks better of it."""
    from PySide6.QtWidgets import QFileDialog

    what = _("Records of ROP Facilitator") + f" (*{RECORDS_ENDING})"
    chosen, _kind = QFileDialog.getOpenFileName(parent, _("Open records"), str(folder), what)
    return Path(chosen) if chosen else None
