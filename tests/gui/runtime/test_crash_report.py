"""What a bug leaves on the disk and on the terminal: where it was, and never who it was about."""

from __future__ import annotations

import resource
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from rop_facilitator import paths
from rop_facilitator.gui.runtime import crash_report
from rop_facilitator.gui.runtime.crash_report import CrashCatcher
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Attendance, Group, Leader, Meeting, MeetingSession, Membership, Participant
from tests.gui.conftest import NOW, Opened, settle

CANARY = "Kanarifugl"
TIMES = 40


class Ticking:
    """A second later at each look, so that every report has a file of its own."""

    def __init__(self) -> None:
        self.seconds = 0

    def __call__(self) -> datetime:
        self.seconds += 1
        return NOW + timedelta(seconds=self.seconds)


@pytest.fixture
def window(window_on: Opened, records: Path) -> MainWindow:
    """Every text that a leader can write says the canary."""
    window = window_on(records)
    with window.context.write(Action.GROUP_CHANGED) as db:
        for n, person in enumerate(db.query(Participant)):
            person.name, person.alias = f"{CANARY} {n}", f"{CANARY}alias"
        for n, group in enumerate(db.query(Group)):
            group.name, group.place = f"{CANARY}gruppa {n}", CANARY
        for meeting in db.query(Meeting):
            meeting.place, meeting.leader = CANARY, CANARY
        for row in db.query(Attendance):
            row.agreed_practice = CANARY
        for session in db.query(MeetingSession):
            session.title = CANARY
    return window


def twice(window: MainWindow) -> None:
    """The database refuses, and its own words hold what was to be written."""
    with window.context.write(Action.GROUP_CREATED) as db:
        one = db.query(Group).first()
        assert one is not None
        db.add(Leader(name=CANARY))
        db.add(Leader(name=CANARY))


def nobody(window: MainWindow) -> None:
    with window.context.write(Action.PERSON_ADDED) as db:
        db.add(Membership(group_id=1, participant_id=CANARY, number=1))


def missing(window: MainWindow) -> None:
    with window.context.read() as db:
        names = {person.name: person for person in db.query(Participant)}
    names[f"{CANARY} 4711"]


def noted(window: MainWindow) -> None:
    try:
        missing(window)
    except KeyError as error:
        error.add_note(f"while looking for {CANARY}")
        raise ValueError(CANARY, window) from error


def detached(window: MainWindow) -> None:
    """The words of a row that is shown."""
    with window.context.read() as db:
        person = db.query(Participant).first()
    assert person is not None
    raise RuntimeError(f"{person.name} {vars(person)}")


BUGS: list[Callable[[MainWindow], None]] = [twice, nobody, missing, noted, detached]


@pytest.fixture
def catcher(window: MainWindow, monkeypatch: pytest.MonkeyPatch) -> Iterator[CrashCatcher]:
    catcher = CrashCatcher(Ticking())
    catcher.crashed.connect(window.show_crash)
    monkeypatch.setattr(sys, "excepthook", catcher.caught)
    monkeypatch.setattr(threading, "excepthook", catcher._caught_in_thread)
    monkeypatch.setattr(crash_report, "_KEPT", 1000)
    return catcher


def in_a_slot(window: MainWindow, bug: Callable[[MainWindow], None], qtbot: QtBot) -> None:
    QTimer.singleShot(0, lambda: bug(window))
    qtbot.wait(1)


def in_a_job(window: MainWindow, bug: Callable[[MainWindow], None], _qtbot: QtBot) -> None:
    told: list[BaseException] = []
    window.context.jobs.run(window, lambda _progress: bug(window), done=told.append, failed=told.append)
    settle(window)
    assert len(told) == 1


def in_a_thread(window: MainWindow, bug: Callable[[MainWindow], None], _qtbot: QtBot) -> None:
    thread = threading.Thread(target=bug, args=(window,))
    thread.start()
    thread.join()
    settle(window)


def files_with(word: str, *folders: Path) -> list[str]:
    forms = [word.encode(code) for code in ("utf-8", "utf-16-le")]
    files = [file for folder in folders for file in folder.rglob("*") if file.is_file()]
    return [file.name for file in files if any(form in file.read_bytes() for form in forms)]


def test_no_bug_writes_a_name(
    window: MainWindow, records: Path, catcher: CrashCatcher, qtbot: QtBot, capfd: pytest.CaptureFixture[str]
) -> None:
    ways = (in_a_slot, in_a_job, in_a_thread)
    for n in range(TIMES):
        ways[n % 3](window, BUGS[n % len(BUGS)], qtbot)
    reports = list(crash_report.crash_folder().glob("*.txt"))
    assert len(reports) == TIMES
    kinds = "".join(report.read_text(encoding="utf-8") for report in reports)
    assert all(kind in kinds for kind in ("IntegrityError", "KeyError", "ValueError", "RuntimeError"))
    assert all(bug.__name__ in kinds for bug in BUGS)
    assert files_with(CANARY, paths.data_folder(), records.parent) == []
    assert CANARY not in "".join(capfd.readouterr())
    assert "Ingenting er tapt" in window.banners.texts()[-1]


def test_a_report_with_the_words_of_the_error_would_be_found(
    window: MainWindow, records: Path, catcher: CrashCatcher, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the same bugs in a report that holds what Python says of an error."""
    monkeypatch.setattr(crash_report, "report", lambda error, *, at: f"{error!r} {error}")
    for bug in BUGS:
        in_a_slot(window, bug, qtbot)
    assert len(files_with(CANARY, paths.data_folder())) == len(BUGS)


def test_no_picture_of_the_memory_is_left(monkeypatch: pytest.MonkeyPatch, qapp: object) -> None:
    set_to: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "setrlimit", lambda kind, limits: set_to.append((kind, limits[0])))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    CrashCatcher(Ticking()).install()
    assert set_to == [(resource.RLIMIT_CORE, 0)]
