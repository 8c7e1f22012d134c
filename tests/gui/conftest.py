"""A window on real records: made once a run with a cheap key, copied for each test."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from rop_facilitator import paths
from rop_facilitator.curriculum.load import load_library
from rop_facilitator.curriculum.model import Library
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.runtime.jobs import Jobs
from rop_facilitator.gui.style import appearance
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.sample_groups import add_sample_groups
from rop_facilitator.records.storage.opening import create_database, unlock_database
from rop_facilitator.records.storage.vault import KeyCost, keys_path
from rop_facilitator.settings import Settings
from tests.gui.runtime import qt_modules

qt_modules.watch()

LEADER = "Marit"
PASSPHRASE = "fire ord på rad"
NOW = datetime(2026, 11, 24, 8, 35)


class PatientBot(QtBot):
    """Waits as long as a loaded machine may need; a test that passes waits no longer for it."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = 60_000) -> None:
        """Until the callback says so; a minute at most."""
        super().waitUntil(callback, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    """The bot of pytest-qt with more patience."""
    return PatientBot(request)


class Clock:
    """A clock that stands until a test moves it."""

    def __init__(self) -> None:
        self.moment = NOW

    def __call__(self) -> datetime:
        return self.moment


class Seconds:
    """The idle clock of a test."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


@pytest.fixture
def now() -> Clock:
    return Clock()


@pytest.fixture
def seconds() -> Seconds:
    return Seconds()


@pytest.fixture(scope="session")
def library() -> Library:
    return load_library((paths.shipped("curricula"),))


def made(folder: Path, library: Library | None, today: date) -> tuple[Path, str]:
    path = folder / "gruppe.rop"
    database, code = create_database(
        path, LEADER, PASSPHRASE, clock=lambda: NOW, cost=KeyCost(memory_kib=64, passes=1, lanes=1)
    )
    if library is not None:
        with database.write(Action.SAMPLE_ADDED, by=database.leader_id) as db:
            add_sample_groups(db, library, today=today)
    database.close()
    return path, code


@pytest.fixture(scope="session")
def sample_once(tmp_path_factory: pytest.TempPathFactory, library: Library) -> tuple[Path, str]:
    return made(tmp_path_factory.mktemp("sample"), library, NOW.date())


@pytest.fixture(scope="session")
def empty_once(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    return made(tmp_path_factory.mktemp("empty"), None, NOW.date())


def copied(source: Path, folder: Path) -> Path:
    target = folder / source.name
    shutil.copyfile(source, target)
    shutil.copyfile(keys_path(source), keys_path(target))
    return target


@pytest.fixture
def records(sample_once: tuple[Path, str], tmp_path: Path) -> Path:
    """Locked records with the sample groups around the day of the tests."""
    return copied(sample_once[0], tmp_path)


@pytest.fixture
def empty_records(empty_once: tuple[Path, str], tmp_path: Path) -> Path:
    """Locked records without any group."""
    return copied(empty_once[0], tmp_path)


@pytest.fixture
def code(sample_once: tuple[Path, str]) -> str:
    """The recovery code of `records`."""
    return sample_once[1]


Opened = Callable[..., MainWindow]


def key(window: MainWindow, code: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key as the system would hand it to the window: shortcuts and the idle watch see it."""
    handle = window.windowHandle()
    assert handle is not None
    QTest.keyClick(handle, code, modifier)


def type_in(widget: QWidget, text: str) -> None:
    """Type into a widget; a line break is Enter."""
    for part in text.splitlines(keepends=True):
        QTest.keyClicks(widget, part.rstrip("\n"))
        if part.endswith("\n"):
            QTest.keyClick(widget, Qt.Key.Key_Return)


def settle(window: MainWindow) -> None:
    """Let all work end and everything new be shown."""
    window.context.jobs.wait()
    QApplication.processEvents()
    QApplication.processEvents()


def click(button: QWidget) -> None:
    """Click in the middle."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def retype(field: QWidget, text: str) -> None:
    """Select all that stands in a field and type over it."""
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(field, text) if text else QTest.keyClick(field, Qt.Key.Key_Delete)


@pytest.fixture
def window_on(qtbot: QtBot, now: Clock, seconds: Seconds, library: Library) -> Iterator[Opened]:
    """Open a window: `window_on(path)` unlocked, `window_on(path, locked=True)` at the door."""
    windows: list[MainWindow] = []

    def open_window(path: Path | None, *, locked: bool = False, **choices: object) -> MainWindow:
        settings = Settings(last_database=str(path or ""), **{"language": "nb", "theme": "light", **choices})  # type: ignore[arg-type]
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        appearance.use_settings(app, settings)
        context = AppContext(settings, Jobs(), clock=now)
        context.use_library(library)
        window = MainWindow(context, seconds=seconds)
        windows.append(window)
        qtbot.addWidget(window)
        if path is not None and not locked:
            context.open_records(unlock_database(path, LEADER, PASSPHRASE, clock=now))
        else:
            window.begin()
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    yield open_window
    for window in windows:
        window.context.jobs.wait()  # else a worker could tell its result to what is gone
        window.close()
        window.close()  # a backup that failed keeps it open once
