"""Who has been away: tells when nobody has touched keyboard or pointer for a while."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

if TYPE_CHECKING:
    from PySide6.QtGui import QWindow

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)
_LOOK_MILLISECONDS = 5_000


def awake_clock() -> float:
    """Seconds that also go on while the computer sleeps, where the system can tell: a closed lid counts as away."""
    boot = getattr(time, "CLOCK_BOOTTIME", None)
    return time.monotonic() if boot is None else time.clock_gettime(boot)


class IdleWatch(QObject):
    """Sees all input of the program. The first touch after too long is swallowed: it must not act unseen.

    It watches the window in front and what has the keyboard (a shortcut never reaches the window), not the whole
    application: then every paint and timer would pass through Python.
    """

    away = Signal()

    def __init__(self, clock: Callable[[], float] = awake_clock) -> None:
        """`clock` gives seconds that never go back."""
        super().__init__()
        self._clock = clock
        self._limit = 0.0
        self._last = clock()
        self.by_keyboard = False  # what was touched last
        self._timer = QTimer(self, interval=_LOOK_MILLISECONDS)
        self._timer.timeout.connect(self.look)

    def watch_window(self, window: QWindow | None) -> None:
        """Slot for QGuiApplication.focusWindowChanged: our window, its dialogs and menus."""
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def watch_focus(self, target: QObject | None) -> None:
        """Slot for QGuiApplication.focusObjectChanged."""
        if target is not None:
            target.removeEventFilter(self)
            target.installEventFilter(self)

    def start(self, minutes: int) -> None:
        """Count from now to so many minutes; 0 stops the watch."""
        self._limit = minutes * 60.0
        self._last = self._clock()
        if minutes:
            self._timer.start()
        else:
            self._timer.stop()

    def look(self) -> None:
        """Tell, once, when the time is over."""
        if self._over():
            self.start(0)
            self.away.emit()

    def _over(self) -> bool:
        return bool(self._limit) and self._clock() - self._last >= self._limit

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note every touch of keyboard or pointer; after too long the first one is swallowed."""
        if event.type() in _INPUT:
            if self._over():
                event.accept()  # a shortcut that is accepted here is not carried out
                self.look()
                return True
            self._last = self._clock()
            self.by_keyboard = event.type() in (QEvent.Type.KeyPress, QEvent.Type.ShortcutOverride)
        return False
