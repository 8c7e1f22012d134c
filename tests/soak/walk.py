"""One walk through the real window, in a process of its own: by chance, but the same chance for the same seed.

    python -m tests.soak.walk SEED STEPS HOME

Writes to HOME/walk.jsonl what it does before it does it, and at the end, or at the first fault, how it went. Ends with
0 when all was well, 1 after a fault that it saw itself, and in its own way when the process dies.
"""

from __future__ import annotations

import faulthandler
import gc
import json
import os
import sys
import threading
import traceback
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from types import TracebackType
from typing import Any

from PySide6.QtCore import QEvent, QMessageLogContext, QObject, QTimer, QtMsgType, qInstallMessageHandler

from rop_facilitator.errors import UserError
from rop_facilitator.gui.app import Program
from rop_facilitator.gui.dialogs.overlay import Overlay
from rop_facilitator.gui.style import appearance
from tests.gui.runtime import qt_modules
from tests.soak.actions import Walker
from tests.soak.dialogs import Waiter, answer_dialogs
from tests.soak.faults import spoil
from tests.soak.scene import NOW, renew_records

LOG, STACKS = "walk.jsonl", "stacks.txt"
HANG_SECONDS = float(os.environ.get("SOAK_HANG_SECONDS", "90"))
_RESTLESS_TURNS = 40  # so many turns of the event loop, and still something is laid out again
_HARMLESS = (
    "This plugin does not support",  # of the platform without a screen: it has no windows to raise or to size
    "Populating font family aliases",  # how long Qt looked for a family that this machine lacks; another is taken
)


class Log:
    """Lines of JSON, on the disk before the next thing happens."""

    def __init__(self, path: Path) -> None:
        self._file = path.open("a", encoding="utf-8")

    def write(self, **what: object) -> None:
        self._file.write(json.dumps(what, ensure_ascii=False) + "\n")
        self._file.flush()


class Restlessness(QObject):
    """Sees, for a while, what is laid out."""

    def __init__(self) -> None:
        super().__init__()
        self.seen = False
        self.classes: Counter[str] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.Resize):
            self.seen = True
            self.classes[type(watched).__name__] += 1
        return False

    def text(self) -> str:
        return ", ".join(f"{name} {count} times" for name, count in self.classes.most_common(6))


class Walk(QObject):
    """Steps one after the other out of the event loop, as a person's come; stops at the first fault."""

    def __init__(self, program: Program, walker: Walker, steps: int, random: Random, log: Log, stacks: Any) -> None:
        super().__init__()
        self._program, self._walker, self._random = program, walker, random
        self._steps, self._log, self._stacks = steps, log, stacks
        self.done = 0
        self.fault = ""
        self._restless = Restlessness()
        self._turns = 0
        self._held_up = QTimer(self, interval=round(HANG_SECONDS * 400), singleShot=True)
        self._held_up.timeout.connect(self._look_why)

    # -- faults

    def failed(self, what: str) -> None:
        """The first one counts."""
        if not self.fault:
            self.fault = what
            self._log.write(fault=what)
            QTimer.singleShot(0, self._end)

    def caught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """An error that nobody caught. What cannot be done is said in words, and is none."""
        if not isinstance(error, UserError):
            self.failed("".join(_places(error)))

    def message(self, kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        """What Qt has to say."""
        if kind != QtMsgType.QtDebugMsg and kind != QtMsgType.QtInfoMsg and not text.startswith(_HARMLESS):
            self.failed(f"Qt: {text}\n" + "".join(traceback.format_stack(limit=8)[:-1]))

    # -- steps

    def step(self) -> None:
        """One action, then let the event loop run."""
        if self.fault:
            return
        if self.done >= self._steps or not self._program.window.isVisible():
            self._end()
            return
        faulthandler.dump_traceback_later(HANG_SECONDS, exit=True, file=self._stacks)
        self._held_up.start()
        self.done += 1
        self._log.write(step=self.done)
        self._act()
        if self._random.random() < 0.05:
            gc.collect()
        if self._random.random() < 0.15:
            self._turns = _RESTLESS_TURNS
            self._restless.seen = True
            self._restless.classes.clear()
            self._program.app.installEventFilter(self._restless)
            QTimer.singleShot(0, self._rest)
        else:
            QTimer.singleShot(self._random.choice((0, 0, 0, 1, 5, 20)), self.step)

    def _act(self) -> None:
        try:
            what = self._walker.act()
        except RuntimeError as error:
            if "already deleted" not in str(error):
                raise
            what = "what was there is gone"
        self._log.write(did=what)
        window = self._program.window
        cards = [card for card in window.findChildren(Overlay) if card.isVisible()]
        if cards and window.overlay is None:
            self.failed("a card lies over the page, and the window does not know of it")
        if window.overlay is not None and not window.overlay.isVisible():
            self.failed("the window believes that a card lies over the page, and there is none")

    def _rest(self) -> None:
        """Turn after turn, until nothing is laid out any more."""
        if self._restless.seen and self._turns:
            self._restless.seen = False
            self._turns -= 1
            QTimer.singleShot(0, self._rest)
            return
        self._program.app.removeEventFilter(self._restless)
        if self._restless.seen and not self._program.context.jobs.unsettled():
            self.failed(f"the window is laid out again without end: {self._restless.text()}")
        QTimer.singleShot(0, self.step)

    def _look_why(self) -> None:
        """A step that does not end while events still come: what is laid out in the meantime?"""
        self._restless.classes.clear()
        self._program.app.installEventFilter(self._restless)
        QTimer.singleShot(2000, partial(self._tell_why, self.done))

    def _tell_why(self, step: int) -> None:
        if self.done == step:
            self.failed(f"a step does not end; in two seconds: {self._restless.text()}")

    def _end(self) -> None:
        faulthandler.dump_traceback_later(HANG_SECONDS, exit=True, file=self._stacks)
        self._log.write(pages=self._walker.pages, steps=self.done)
        if not self.fault:
            self._program.context.jobs.wait(HANG_SECONDS / 2)
            self._program.window.close()
            self._program.window.close()  # a backup that failed keeps it open once
        QTimer.singleShot(0, self._quit)

    def _quit(self) -> None:
        self._log.write(clean=not self.fault)
        os._exit(1 if self.fault else 0)  # a walk that was stopped need not be taken down part by part


def _places(error: BaseException) -> list[str]:
    """Where it happened and what kind it was; not what it says, which may hold a name."""
    lines = [f"{type(error).__name__}\n"]
    for frame in traceback.extract_tb(error.__traceback__):
        lines.append(f"  {Path(frame.filename).parent.name}/{Path(frame.filename).name}:{frame.lineno} {frame.name}\n")
    if error.__cause__ is not None:
        lines += ["because of ", *_places(error.__cause__)]
    return lines


def _clock(random: Random) -> Callable[[], datetime]:
    """A clock that goes a few seconds at each look, so that pages meet what changes with time."""
    now = NOW

    def look_at_it() -> datetime:
        nonlocal now
        now += timedelta(seconds=random.choice((0, 0, 1, 3)))
        return now

    return look_at_it


def main(seed: int, steps: int, home: Path) -> None:
    """Walk; see the module."""
    qt_modules.watch()
    random = Random(seed)
    log = Log(home / LOG)
    stacks = (home / STACKS).open("w", encoding="utf-8")
    faulthandler.enable(stacks)
    answer_dialogs(random, home)
    app = appearance.application()
    program = Program(app, _clock(Random(seed)))
    program.catcher.install()
    faulthandler.enable(stacks)  # the program writes into its own folder; here the runner reads it
    walker = Walker(program.window, random, partial(renew_records, home))
    if fault := os.environ.get("SOAK_FAULT"):
        spoil(walker, fault)
    walk = Walk(program, walker, steps, random, log, stacks)
    waiter = Waiter(random)

    def hook(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        program.catcher.caught(kind, error, trace)
        walk.caught(kind, error, trace)

    sys.excepthook = hook
    threading.excepthook = lambda what: hook(what.exc_type, what.exc_value or what.exc_type(), what.exc_traceback)
    sys.unraisablehook = lambda what: hook(type(what.exc_value), what.exc_value or Exception(), what.exc_traceback)
    qInstallMessageHandler(walk.message)
    QTimer.singleShot(0, walk.step)
    app.exec()
    assert waiter is not None
    walk._end()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
