"""Where the keyboard is, and where it goes next."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

_MOST = 10_000


def next_pane(panes: Sequence[QWidget]) -> None:
    """Give the keyboard to the next part of the window (F6): to what had it there last, else to the first control."""
    shown = [pane for pane in panes if pane.isVisible()]
    now = QApplication.focusWidget()
    at = next((n for n, pane in enumerate(shown) if now is not None and _holds(pane, now)), -1)
    for step in range(1, len(shown) + 1):
        pane = shown[(at + step) % len(shown)]
        target = _first(pane)
        if target is not None:
            target.setFocus(Qt.FocusReason.TabFocusReason)
            return


def _holds(pane: QWidget, widget: QWidget) -> bool:
    return pane is widget or pane.isAncestorOf(widget)


def _first(pane: QWidget) -> QWidget | None:
    last = pane.focusWidget()
    if last is not None and _takes_keys(last) and _holds(pane, last):
        return last
    widget: QWidget | None = pane
    for _step in range(_MOST):
        if widget is None or (_holds(pane, widget) and _takes_keys(widget)):
            return widget
        widget = widget.nextInFocusChain()
        if widget is pane:
            return None
    return None


def _takes_keys(widget: QWidget) -> bool:
    return widget.isVisible() and widget.isEnabled() and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
