from __future__ import annotations

import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtCore import QObject

from rop_facilitator.errors import UserError
from rop_facilitator.gui.runtime.jobs import Jobs
from rop_facilitator.work_progress import WorkProgress


class Page(QObject):
    """Stands for a page that asks for work."""

    def __init__(self) -> None:
        super().__init__()
        self.told: list[object] = []
        self.failures: list[BaseException] = []
        self.steps: list[tuple[int, int]] = []
        self.threads: set[int] = set()

    def done(self, value: object) -> None:
        self.threads.add(threading.get_ident())
        self.told.append(value)

    def failed(self, error: BaseException) -> None:
        self.threads.add(threading.get_ident())
        self.failures.append(error)

    def stepped(self, done: int, total: int) -> None:
        self.threads.add(threading.get_ident())
        self.steps.append((done, total))


@pytest.fixture
def jobs(qapp) -> Iterator[Jobs]:
    made = Jobs()
    yield made
    made.close()


@pytest.fixture
def page(qapp) -> Page:
    return Page()


def test_the_work_is_done_beside_and_the_result_told_on_the_ui_thread(jobs: Jobs, page: Page) -> None:
    where: list[int] = []

    def work(progress: WorkProgress) -> str:
        where.append(threading.get_ident())
        progress.step(1, 2)
        progress.step(2, 2)
        return "hefte.pdf"

    jobs.run(page, work, done=page.done, failed=page.failed, progress=page.stepped)
    assert page.told == []
    assert jobs.wait()
    assert page.told == ["hefte.pdf"]
    assert page.steps == [(1, 2), (2, 2)]
    assert page.threads == {threading.get_ident()}
    assert where != [threading.get_ident()]


def test_the_event_loop_alone_delivers_the_result(jobs: Jobs, page: Page, qtbot) -> None:
    jobs.run(page, lambda _progress: 7, done=page.done, failed=page.failed)
    qtbot.waitUntil(lambda: page.told == [7])
    assert not jobs.unsettled()


def test_a_wish_that_cannot_be_met_is_told_and_is_no_crash(jobs: Jobs, page: Page, monkeypatch) -> None:
    crashes: list[BaseException] = []
    monkeypatch.setattr(sys, "excepthook", lambda _kind, error, _trace: crashes.append(error))

    def work(_progress: WorkProgress) -> None:
        raise UserError("Mappa er full. Velg en annen.")

    jobs.run(page, work, done=page.done, failed=page.failed)
    assert jobs.wait()
    assert [str(error) for error in page.failures] == ["Mappa er full. Velg en annen."]
    assert (page.told, crashes) == ([], [])


def test_a_bug_is_told_to_the_page_and_to_the_crash_log(jobs: Jobs, page: Page, monkeypatch) -> None:
    crashes: list[tuple[type, bool]] = []
    monkeypatch.setattr(sys, "excepthook", lambda kind, _error, trace: crashes.append((kind, trace is not None)))
    jobs.run(page, lambda _progress: 1 // 0, done=page.done, failed=page.failed)
    assert jobs.wait()
    assert [type(error) for error in page.failures] == [ZeroDivisionError]
    assert crashes == [(ZeroDivisionError, True)]


def test_one_at_a_time_in_the_order_they_were_begun(jobs: Jobs, page: Page) -> None:
    running, most, order, lock = 0, 0, [], threading.Lock()

    def work(number: int):
        def inner(_progress: WorkProgress) -> int:
            nonlocal running, most
            with lock:
                running += 1
                most = max(most, running)
            threading.Event().wait(0.01)
            order.append(number)
            with lock:
                running -= 1
            return number

        return inner

    for number in range(6):
        jobs.run(page, work(number), done=page.done, failed=page.failed)
    assert jobs.unsettled()
    assert jobs.wait()
    assert (most, order, page.told) == (1, list(range(6)), list(range(6)))


def test_cancel_stops_at_the_next_step_and_leaves_no_file(jobs: Jobs, page: Page, tmp_path: Path) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(progress: WorkProgress) -> None:
        half = tmp_path / ".hefte.part"
        try:
            half.write_text("halvt")
            begun.set()
            go_on.wait(5)
            progress.step(1, 2)
            half.rename(tmp_path / "hefte.pdf")
        finally:
            half.unlink(missing_ok=True)

    job = jobs.run(page, work, done=page.done, failed=page.failed, progress=page.stepped)
    assert begun.wait(5)
    job.cancel()
    go_on.set()
    assert jobs.wait()
    assert list(tmp_path.iterdir()) == []
    assert (page.told, page.failures, page.steps) == ([], [], [])


def test_cancelled_before_it_began_it_never_runs(jobs: Jobs, page: Page) -> None:
    hold, ran = threading.Event(), []
    jobs.run(page, lambda _progress: hold.wait(5), done=page.done, failed=page.failed)
    waiting = jobs.run(page, lambda _progress: ran.append(1), done=page.done, failed=page.failed)
    waiting.cancel()
    hold.set()
    assert jobs.wait()
    assert (ran, page.told) == ([], [True])


def test_work_that_ends_after_a_cancel_is_not_told(jobs: Jobs, page: Page) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def compile_all(_progress: WorkProgress) -> str:
        begun.set()
        go_on.wait(5)
        return "unseen"

    job = jobs.run(page, compile_all, done=page.done, failed=page.failed)
    assert begun.wait(5)
    job.cancel()
    go_on.set()
    assert jobs.wait()
    assert page.told == []


def test_the_result_is_dropped_when_its_page_is_gone(jobs: Jobs, page: Page) -> None:
    go_on, other = threading.Event(), Page()
    jobs.run(page, lambda _progress: go_on.wait(5), done=page.done, failed=page.failed, progress=page.stepped)
    jobs.run(other, lambda _progress: "mine", done=other.done, failed=other.failed)
    shiboken6.delete(page)
    go_on.set()
    assert jobs.wait()
    assert page.told == []
    assert other.told == ["mine"]


def test_a_result_may_begin_more_work(jobs: Jobs, page: Page) -> None:
    class Chain(Page):
        def done(self, value: object) -> None:
            super().done(value)
            if len(self.told) < 3:
                jobs.run(self, lambda _progress: len(self.told), done=self.done, failed=self.failed)

    chain = Chain()
    jobs.run(chain, lambda _progress: 0, done=chain.done, failed=chain.failed)
    assert jobs.wait()
    assert chain.told == [0, 1, 2]


def test_waiting_gives_up_after_its_time(jobs: Jobs, page: Page) -> None:
    hold = threading.Event()
    jobs.run(page, lambda _progress: hold.wait(5), done=page.done, failed=page.failed)
    assert not jobs.wait(0.05)
    hold.set()
    assert jobs.wait()


def test_a_job_nobody_keeps_still_tells_its_result(jobs: Jobs, page: Page) -> None:
    import gc

    jobs.run(page, lambda _progress: "kept", done=page.done, failed=page.failed)
    gc.collect()
    jobs.run(page, lambda _progress: "next", done=page.done, failed=page.failed)
    gc.collect()
    assert jobs.wait()
    assert page.told == ["kept", "next"]
