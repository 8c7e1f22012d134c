"""How far long work is, and that it was cancelled: what the worker is given."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event


class Cancelled(Exception):
    """The leader has cancelled; raised between two steps of the work."""


class WorkProgress:
    """What the work is given, to tell how far it is."""

    def __init__(self, told: Callable[[int, int], None], stop: Event) -> None:
        self._told, self._stop = told, stop

    def step(self, done: int, total: int) -> None:
        """`done` of `total` are finished. Raises Cancelled after a cancel: call it before the last rename too."""
        if self._stop.is_set():
            raise Cancelled
        self._told(done, total)
