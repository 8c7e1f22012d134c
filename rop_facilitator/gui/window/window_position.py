"""Where the window lies on the screen: as it was left, and always whole on a screen that is there."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QMargins, QObject, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from rop_facilitator.gui.context import AppContext

USUAL = QSize(1280, 800)
LEAST = QSize(960, 600)
_FRAME = QMargins(6, 38, 6, 6)  # what the system draws around a window, before it can be asked
_WRITTEN = re.compile(r"(\d{1,5})x(\d{1,5})([+-]\d{1,5})([+-]\d{1,5})")


def on_screens(remembered: str, screens: list[QRect]) -> QRect:
    """The geometry of the window's inside, from "1280x800+20+40": on the screen that holds most of it, whole.

    `screens` are the free parts of the screens, the first one first. Without a geometry that can be read, or where its
    screen is gone: in the middle of the first screen.
    """
    geometry = _read(remembered)
    known = geometry if geometry is not None else QRect()
    screen = max(screens, key=lambda free: _shared(free, known))
    room = screen.marginsRemoved(_FRAME)
    if geometry is None or not _shared(screen, geometry):
        geometry = QRect(QPoint(0, 0), (geometry.size() if geometry else USUAL).boundedTo(room.size()))
        geometry.moveCenter(room.center())
    geometry.setSize(geometry.size().expandedTo(LEAST.boundedTo(room.size())).boundedTo(room.size()))
    geometry.moveLeft(min(max(geometry.left(), room.left()), room.right() - geometry.width() + 1))
    geometry.moveTop(min(max(geometry.top(), room.top()), room.bottom() - geometry.height() + 1))
    return geometry


def as_text(geometry: QRect) -> str:
    """A geometry as the settings keep it: 1280x800+20+40."""
    return f"{geometry.width()}x{geometry.height()}{geometry.x():+d}{geometry.y():+d}"


def _read(text: str) -> QRect | None:
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return None
    width, height, x, y = map(int, match.groups())
    return QRect(x, y, width, height) if width and height else None


def _shared(screen: QRect, geometry: QRect) -> int:
    both = screen.intersected(geometry)
    return both.width() * both.height() if both.isValid() else 0


class WindowPosition(QObject):
    """Puts the window where it was, and remembers where it is when it closes."""

    def __init__(self, window: QWidget, context: AppContext) -> None:
        super().__init__(window)
        self._window, self._context = window, context
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        if screens:  # the first one is the main one
            window.setGeometry(on_screens(context.settings.window, screens))
            least = [screen.marginsRemoved(_FRAME).size() for screen in screens]
            window.setMinimumSize(LEAST.boundedTo(min(least, key=QSize.height)).boundedTo(min(least, key=QSize.width)))
        if context.settings.maximised:
            window.setWindowState(Qt.WindowState.WindowMaximized)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Remember when the window is about to close."""
        if watched is self._window and event.type() == QEvent.Type.Close:
            self._remember()
        return False

    def _remember(self) -> None:
        window = self._window
        if window.isVisible() and not window.isFullScreen():
            geometry = window.normalGeometry() if window.isMaximized() else window.geometry()
            remembered = as_text(geometry) if geometry.isValid() else self._context.settings.window
            self._context.change_settings(window=remembered, maximised=window.isMaximized())
