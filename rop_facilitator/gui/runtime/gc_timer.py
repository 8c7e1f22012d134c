"""Python's garbage is collected on the UI thread only: Qt objects freed on the worker take the program down."""

from __future__ import annotations

import gc

from PySide6.QtCore import QObject, QTimer

_MILLISECONDS = 10_000


class GcTimer(QObject):
    """Collects the young garbage every ten seconds, and all of it now and then."""

    def __init__(self) -> None:
        super().__init__()
        gc.disable()
        self._timer = QTimer(self, interval=_MILLISECONDS)
        self._timer.timeout.connect(self.collect)
        self._timer.start()

    def collect(self) -> None:
        """As Python would by itself, at its own thresholds."""
        young, middle, old = gc.get_threshold()
        counts = gc.get_count()
        if counts[2] > old:
            gc.collect()
        elif counts[1] > middle:
            gc.collect(1)
        elif counts[0] > young:
            gc.collect(0)
