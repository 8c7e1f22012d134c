"""Faults put into a walk on purpose, so that a test sees that each would be told: named in SOAK_FAULT."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Callable

from PySide6.QtCore import QSize, QTimer, qWarning
from PySide6.QtWidgets import QVBoxLayout, QWidget

from tests.soak.actions import Walker

AT = 10  # the action in which it happens


class _Painter(QWidget):
    """Fails when it is asked how large it is, by C++."""

    def sizeHint(self) -> QSize:
        return QSize(int("Solveig"), 1)


class _Restless(QWidget):
    """Lays itself out again each time it was laid out."""

    def resizeEvent(self, _event: object) -> None:
        QTimer.singleShot(0, self, self._turn)

    def _turn(self) -> None:
        self.resize(101 if self.width() == 100 else 100, 100)


def error(_walker: Walker) -> None:
    raise KeyError("Solveig")


def warning(_walker: Walker) -> None:
    qWarning("odd")


def death(_walker: Walker) -> None:
    os.kill(os.getpid(), signal.SIGSEGV)


def hang(_walker: Walker) -> None:
    time.sleep(600)


def override(walker: Walker) -> None:
    outer = QWidget(walker.window)
    QVBoxLayout(outer).addWidget(_Painter())
    outer.show()


def restless(walker: Walker) -> None:
    part = _Restless(walker.window)
    part.show()
    part.resize(100, 100)


FAULTS: dict[str, Callable[[Walker], None]] = {
    fault.__name__: fault for fault in (error, warning, death, hang, override, restless)
}


def spoil(walker: Walker, name: str) -> None:
    """From now on the tenth action is the fault of that name."""
    act, steps = walker.act, 0

    def spoilt() -> str:
        nonlocal steps
        steps += 1
        if steps == AT:
            FAULTS[name](walker)
        return act()

    walker.act = spoilt  # type: ignore[method-assign]
