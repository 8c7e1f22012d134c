"""How far long work is, and that it was cancelled: what the worker is given."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event


class Cancelled(Exception):
    """The leader has cancelled; raised between two steps of the work."""


class WorkProgress:
    """Given to the work: it reports each step, and learns there that it was cancelled."""

    def __init__(self, report: Callable[[int, int], None], stop: Event) -> None:
        self._report, self._stop = report, stop

    def step(self, done: int, total: int) -> None:
        """`done` of `total` are finished. Raises Cancelled after a cancel: call it before the last rename too."""
        if self._stop.is_set():
            raise Cancelled
        self._report(done, total)
