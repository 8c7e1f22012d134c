"""Every page on large records, opened and painted in the window, against the SQL that it asks for, raw."""

from __future__ import annotations

import atexit
import gc
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any

from sqlalchemy import event

from benchmarks.large_records import GROUPS, HELD, NOW, make_large, meeting_id

Pair = tuple[Callable[[], object], Callable[[], object]]
_GROUP = 4
_ROUNDS = 5


@cache
def _window() -> Any:
    """The window on large records, made once."""
    from rop_facilitator.gui.context import AppContext
    from rop_facilitator.gui.runtime.jobs import Jobs
    from rop_facilitator.gui.style import appearance
    from rop_facilitator.gui.window.main_window import MainWindow
    from rop_facilitator.settings import Settings

    gc.disable()  # as the program does: it collects on a timer
    home = tempfile.TemporaryDirectory()
    atexit.register(home.cleanup)
    database = make_large(Path(home.name) / "large.rop")
    atexit.register(database.close)
    app = appearance.application()
    settings = Settings(language="nb", theme="light")
    appearance.use_settings(app, settings)
    window = MainWindow(AppContext(settings, Jobs(), clock=lambda: NOW))
    window.context.open_records(database)
    window.app = app  # type: ignore[attr-defined]
    return window


def _opened(name: str, *arguments: object, tab: int = 0) -> None:
    window = _window()
    window.go(name, *arguments)
    window.page.show_tab(tab)
    window.grab()


def _searched() -> None:
    window = _window()
    window.search()
    window.overlay.field.setText("person 1")
    window.grab()
    window.overlay.finish()


@contextmanager
def _page(show: Callable[[], None]) -> Iterator[Pair]:
    database = _window().context.database
    asked: list[tuple[str, Any]] = []

    def before(_connection: object, _cursor: object, statement: str, values: object, *_rest: object) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, values))

    def ours() -> None:
        asked.clear()
        show()

    handle = database.handle()
    event.listen(database._engine, "before_cursor_execute", before)
    yield ours, lambda: [handle.execute(statement, values).fetchall() for statement, values in asked]
    event.remove(database._engine, "before_cursor_execute", before)
    handle.close()
    _window().app.processEvents()


def _row(name: str, show: Callable[[], None]) -> tuple[str, str, Callable[[], Any], int, float]:
    return f"600,000 marks: {name}", "its own SQL, raw", partial(_page, show), _ROUNDS, 2.0


_GROUP_PAGE = partial(_opened, "group", _GROUP)
BENCHMARKS = [
    _row("today", partial(_opened, "today")),
    _row("group, plan", _GROUP_PAGE),
    _row("group, attendance", partial(_GROUP_PAGE, tab=1)),
    _row("group, participants", partial(_GROUP_PAGE, tab=2)),
    _row("group, progress", partial(_GROUP_PAGE, tab=3)),
    _row("group, papers", partial(_GROUP_PAGE, tab=4)),
    _row("meeting", partial(_opened, "meeting", _GROUP, meeting_id(_GROUP, HELD))),
    _row("new group", partial(_opened, "new_group")),
    _row("settings, deletion", partial(_opened, "settings", "deletion", tab=6)),
    _row(f"search among {GROUPS} groups and 3,000 places", _searched),
]
