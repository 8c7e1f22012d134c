"""Long work beside the window: one worker, plain values in, the result back on the UI thread."""

from __future__ import annotations

import sys
from collections.abc import Callable
from functools import cached_property
from threading import Event
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QCoreApplication, QObject, Qt, Signal

from rop_facilitator.errors import UserError
from rop_facilitator.work_progress import Cancelled, WorkProgress

if TYPE_CHECKING:
    from concurrent.futures import Future, ThreadPoolExecutor

T = TypeVar("T")


class Job(QObject):
    """One piece of work on its way; it lives on the UI thread."""

    _stepped = Signal(object, object)
    _ended = Signal(object, object)

    def __init__(
        self,
        owner: QObject,
        done: Callable[[Any], None],
        failed: Callable[[BaseException], None],
        progress: Callable[[int, int], None] | None,
    ) -> None:
        super().__init__()
        self._done, self._failed, self._progress = done, failed, progress
        self._stop = Event()
        self.settled = False
        self.future: Future[None] | None = None
        self._stepped.connect(self._report_step, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._report_end, Qt.ConnectionType.QueuedConnection)
        owner.destroyed.connect(self._owner_gone)

    def cancel(self) -> None:
        """Give it up: it stops at its next step, and neither `done` nor `failed` is called."""
        self._stop.set()
        self._forget()
        if self.future is not None and self.future.cancel():
            self.settled = True

    def work_on(self, work: Callable[[WorkProgress], Any]) -> None:
        """Do the work; called on the worker thread."""
        try:
            result, error = work(WorkProgress(self._stepped.emit, self._stop)), None
        except Cancelled:
            result, error = None, None
            self._stop.set()
        except BaseException as caught:
            result, error = None, caught
        self._ended.emit(result, error)

    def _owner_gone(self) -> None:
        self._forget()

    def _forget(self) -> None:
        """Nobody waits any more; let go of the page that did."""
        self._done = self._failed = _nobody
        self._progress = None

    def _report_step(self, done: int, total: int) -> None:
        if self._progress is not None:
            self._progress(done, total)

    def _report_end(self, result: object, error: BaseException | None) -> None:
        self.settled = True
        if error is not None and not isinstance(error, UserError):
            # A bug is told like one on the UI thread, whether or not somebody still waits.
            sys.excepthook(type(error), error, error.__traceback__)
        if error is None:
            self._done(result)
        else:
            self._failed(error)


def _nobody(_value: object) -> None:
    """In place of a page that is gone."""


class Jobs:
    """One worker: what is begun first ends first."""

    def __init__(self) -> None:
        self._jobs: list[Job] = []

    @cached_property
    def _worker(self) -> ThreadPoolExecutor:
        """Made for the first job: what it needs is not read before the window shows."""
        from concurrent.futures import ThreadPoolExecutor

        return ThreadPoolExecutor(max_workers=1, thread_name_prefix="jobs")

    def run(
        self,
        owner: QObject,
        work: Callable[[WorkProgress], T],
        *,
        done: Callable[[T], None],
        failed: Callable[[BaseException], None],
        progress: Callable[[int, int], None] | None = None,
    ) -> Job:
        """Do `work` on the worker, then call `done` with its result or `failed` with its exception, on this thread.

        `work` gets plain values only, by closure or `functools.partial`, and a `WorkProgress`. A `UserError` is for the
        leader; any other exception goes to `sys.excepthook` as well. All is dropped once `owner` is destroyed.
        """
        self._jobs = self.unsettled()
        job = Job(owner, done, failed, progress)
        job.future = self._worker.submit(job.work_on, work)
        self._jobs.append(job)
        return job

    def unsettled(self) -> list[Job]:
        """What is kept until its result has come to the UI thread, else Qt would drop it on the way."""
        return [job for job in self._jobs if not job.settled]

    def wait(self, seconds: float = 60.0) -> bool:
        """Wait for all that was begun, and for what its results begin; False when that took more than `seconds`."""
        from concurrent.futures import wait

        while waiting := self.unsettled():
            futures = [job.future for job in waiting if job.future is not None]
            if wait(futures, seconds).not_done:
                return False
            for job in waiting:
                QCoreApplication.sendPostedEvents(job)
        return True

    def close(self) -> None:
        """Cancel what is waiting and end the worker; when the program ends."""
        for job in self._jobs:
            job.cancel()
        self._worker.shutdown(wait=True, cancel_futures=True)
