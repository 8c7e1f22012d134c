"""Qt's own texts in bokmål: Qt ships none, so they stand in our catalogue under the context "qt:<Qt's context>"."""

from __future__ import annotations

from PySide6.QtCore import QTranslator

from rop_facilitator.i18n import pgettext


class QtTexts(QTranslator):
    """Hands Qt what our catalogue has in the language in use; for the rest, and in English, Qt keeps its own words."""

    def isEmpty(self) -> bool:
        """Never: what it knows depends on the language in use, which can change while the window is open."""
        return False

    def translate(self, context: str, text: str, disambiguation: str | None = None, n: int = -1) -> str | None:
        """The bokmål of one of Qt's texts, or None."""
        translation = pgettext(f"qt:{context}", text)
        return None if translation == text else translation
