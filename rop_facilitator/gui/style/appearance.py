"""Language, colours, text size and font as the settings have them, for the whole program."""

from __future__ import annotations

import sys

from PySide6.QtWidgets import QApplication

from rop_facilitator import i18n
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.style.colours import DARK, LIGHT
from rop_facilitator.settings import Settings

FIELDS = frozenset({"language", "theme", "text_percent", "reading_px", "system_font"})


def application() -> QApplication:
    """The application, in Fusion. By argument: `setStyle` gives back a QStyle, and PySide would make all its enums."""
    return QApplication([sys.argv[0], "-style", "fusion"])


def use_settings(app: QApplication, settings: Settings) -> None:
    """Make them current; pages that are open must be made anew."""
    i18n.set_language(settings.language or i18n.system_language())
    colours = {"light": LIGHT, "dark": DARK}.get(settings.theme)
    theme.use(
        app,
        colours or theme.system_colours(app),
        scale=settings.text_percent / 100,
        family="system" if settings.system_font else "",
        reading=settings.reading_px,
    )
