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


def fitted(remembered: str, screens: list[QRect]) -> QRect:
    """The place of the window's inside, from "1280x800+20+40": on the screen that holds most of it, whole.

    `screens` are the free parts of the screens, the first one first. Without a place that can be read, or where its
    screen is gone: in the middle of the first screen.
    """
    place = _read(remembered)
    known = place if place is not None else QRect()
    screen = max(screens, key=lambda free: _shared(free, known))
    room = screen.marginsRemoved(_FRAME)
    if place is None or not _shared(screen, place):
        place = QRect(QPoint(0, 0), (place.size() if place else USUAL).boundedTo(room.size()))
        place.moveCenter(room.center())
    place.setSize(place.size().expandedTo(LEAST.boundedTo(room.size())).boundedTo(room.size()))
    place.moveLeft(min(max(place.left(), room.left()), room.right() - place.width() + 1))
    place.moveTop(min(max(place.top(), room.top()), room.bottom() - place.height() + 1))
    return place


def as_text(place: QRect) -> str:
    """A place as the settings keep it."""
    return f"{place.width()}x{place.height()}{place.x():+d}{place.y():+d}"


def _read(text: str) -> QRect | None:
    match = _WRITTEN.fullmatch(text)
    if match is None:
        return None
    width, height, x, y = map(int, match.groups())
    return QRect(x, y, width, height) if width and height else None


def _shared(screen: QRect, place: QRect) -> int:
    both = screen.intersected(place)
    return both.width() * both.height() if both.isValid() else 0


class WindowPlace(QObject):
    """Puts the window where it was, and remembers where it is when it closes."""

    def __init__(self, window: QWidget, context: AppContext) -> None:
        super().__init__(window)
        self._window, self._context = window, context
        screens = [screen.availableGeometry() for screen in QGuiApplication.screens()]
        if screens:  # the first one is the main one
            window.setGeometry(fitted(context.settings.window, screens))
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
            place = window.normalGeometry() if window.isMaximized() else window.geometry()
            remembered = as_text(place) if place.isValid() else self._context.settings.window
            self._context.change_settings(window=remembered, maximised=window.isMaximized())
