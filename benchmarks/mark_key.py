"""A key in the meeting, from press to paint, against the same key in another build; there also each page is opened.

Each side has a process of its own, and they are asked in turn. `ROP_BASE=FOLDER make bench` compares with the checkout
in that folder, for example of 02bbbcb; without it the floor is the mark alone, committed, and a bare Qt list. The
records lie in memory where the system has a place for that: what the disk takes for a commit is the same for both, and
`mark` measures it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from benchmarks.side import HERE, Side

Pair = tuple[Callable[[], object], Callable[[], object]]
MARKS = 16

# What runs in a process: both builds have all of it. Each line that it is given is one round of keys.
RECORDS = """
import gc, sys, tempfile
from datetime import datetime
from pathlib import Path
from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QListView
from rop_facilitator.curriculum.load import load_library
from rop_facilitator.paths import shipped
from rop_facilitator.records.storage.opening import create_database
from rop_facilitator.records.sample_groups import add_sample_groups
from rop_facilitator.records.storage.vault import KeyCost

gc.disable()  # as rop_facilitator.__main__ does
home = tempfile.TemporaryDirectory()
moment = datetime(2026, 11, 24, 13, 42)
library = load_library((shipped("curricula"),))
path = Path(home.name) / "bench.rop"
database, _code = create_database(path, "Marit", "hestehov i april", clock=datetime.now, cost=KeyCost(8192, 1, 1))
with database.write("sample added", by=database.leader_id) as db:
    group = add_sample_groups(db, library, today=moment.date())[0]
    meeting = next(row.id for row in group.meetings if row.on == moment.date())
"""
WINDOW = """
from rop_facilitator.gui.style import appearance as look
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.runtime.jobs import Jobs
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.settings import Settings

app = look.application()
settings = Settings(language="nb", theme="light")
look.use_settings(app, settings)
context = AppContext(settings, Jobs(), clock=lambda: moment)
context.use_library(library)
window = MainWindow(context)
window.resize(1280, 800)
context.open_records(database)
window.show()
window.go("meeting", group.id, meeting)
people = window.page.desk.attendance.list
"""
BARE = """
from rop_facilitator.records.meeting.attendance import mark_attendance
from rop_facilitator.records.marks import Mark

MARKS = {"m": Mark.PRESENT, "a": Mark.NOTICE, "t": Mark.LEFT_EARLY, "i": Mark.ABSENT, "d": Mark.REMOTE}

class People(QListView):
    def keyPressEvent(self, event):
        row = self.currentIndex().row()
        with database.write("attendance marked", by=1) as db:
            mark = MARKS[event.text()]
            mark_attendance(db, meeting, group.memberships[row].id, mark, today=moment.date())
        self.model().setData(self.currentIndex(), event.text())
        self.setCurrentIndex(self.model().index(row + 1, 0))

app = QApplication(sys.argv)
people = window = People()
people.setModel(QStringListModel([""] * len(group.memberships)))
people.resize(320, 700)
people.show()
people.setCurrentIndex(people.model().index(0, 0))
"""
KEYS = f"""
people.setFocus()
for _n in range(5):
    app.processEvents()
letters = [Qt.Key.Key_M, Qt.Key.Key_A, Qt.Key.Key_T, Qt.Key.Key_I, Qt.Key.Key_D]
print("ready", flush=True)
turn = 0
for _line in sys.stdin:
    for _n in range({MARKS}):
        if turn % len(group.memberships) == 0:
            people.setCurrentIndex(people.model().index(0, 0))
        QTest.keyClick(window.windowHandle(), letters[turn % len(letters)])
        app.processEvents()
        turn += 1
    print("done", flush=True)
"""


PAGES = """
pages = [("today",), *[("group", group.id, tab) for tab in range(5)], ("meeting", group.id, meeting), ("library",),
         ("settings",), ("new_group",)]
print("ready", flush=True)
for line in sys.stdin:
    name, *about = pages[int(line)]
    tab = about.pop() if name == "group" else 0
    for _n in range(3):
        window.go(name, *about)
        window.page.show_tab(tab)
        window.grab()
    print("done", flush=True)
"""
_NAMES = (
    "today",
    "plan",
    "attendance",
    "participants",
    "progress",
    "papers",
    "meeting",
    "library",
    "settings",
    "new group",
)


@contextmanager
def _keys() -> Iterator[Pair]:
    ours = Side(RECORDS + WINDOW + KEYS, HERE)
    base = os.environ.get("ROP_BASE")
    other = Side(RECORDS + (WINDOW if base else BARE) + KEYS, Path(base).absolute() if base else HERE)
    yield ours.go, other.go
    ours.close()
    other.close()


@contextmanager
def _page(what: int) -> Iterator[Pair]:
    code = RECORDS + WINDOW + PAGES
    ours, other = Side(code, HERE), Side(code, Path(os.environ["ROP_BASE"]).absolute())
    yield partial(ours.go, what), partial(other.go, what)
    ours.close()
    other.close()


_FLOOR = "the build in ROP_BASE" if os.environ.get("ROP_BASE") else "the mark alone, and a bare Qt list"
BENCHMARKS = [
    (f"{MARKS} keys in the meeting, press to paint", _FLOOR, _keys, 9, 0.4 if os.environ.get("ROP_BASE") else 4.0)
]
if os.environ.get("ROP_BASE"):
    BENCHMARKS += [
        (f"page opened and painted: {name}", _FLOOR, partial(_page, what), 9, 1.1) for what, name in enumerate(_NAMES)
    ]
