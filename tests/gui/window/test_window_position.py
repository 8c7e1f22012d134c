"""The window lies whole on a screen, where it was left; and it opens on the file that was double-clicked."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel

from rop_facilitator import __main__, cli
from rop_facilitator.gui.app import Program
from rop_facilitator.gui.routes import Route
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.gui.window.window_position import LEAST, WindowPosition, as_text, on_screens
from rop_facilitator.records.models import Group
from rop_facilitator.settings import Settings, load_settings, save_settings
from tests.gui.conftest import NOW, Opened

LAPTOP = QRect(0, 0, 1366, 728)  # 1366 x 768 less the task bar
DESK = QRect(1366, -200, 2560, 1400)
FRAME = 38


@pytest.mark.parametrize(
    ("remembered", "screens", "expected"),
    [
        ("", [LAPTOP], QRect(43, 38, 1280, 684)),
        ("", [DESK], QRect(2006, 116, 1280, 800)),
        ("1000x650+20+50", [LAPTOP], QRect(20, 50, 1000, 650)),
        ("1200x800+1500+100", [LAPTOP, DESK], QRect(1500, 100, 1200, 800)),
        ("1200x800+1500+100", [LAPTOP], QRect(83, 38, 1200, 684)),
        ("2000x1300+0+0", [LAPTOP], QRect(6, 38, 1354, 684)),
        ("1000x650-900+50", [LAPTOP], QRect(6, 50, 1000, 650)),
        ("10x10+20+50", [LAPTOP], QRect(20, 50, 960, 600)),
        ("0x0+0+0", [LAPTOP], QRect(43, 38, 1280, 684)),
        ("nonsense", [LAPTOP], QRect(43, 38, 1280, 684)),
        ("", [QRect(0, 0, 800, 480)], QRect(6, 38, 788, 436)),
    ],
)
def test_where_the_window_opens(remembered: str, screens: list[QRect], expected: QRect) -> None:
    assert on_screens(remembered, screens) == expected


@given(st.tuples(*[st.integers(-9000, 9000)] * 2), st.tuples(*[st.integers(1, 9000)] * 2), st.booleans())
def test_it_is_always_whole_on_a_screen(corner: tuple[int, int], size: tuple[int, int], both: bool) -> None:
    screens = [LAPTOP, DESK] if both else [LAPTOP]
    place = on_screens(as_text(QRect(*corner, *size)), screens)
    assert any(screen.contains(place.adjusted(0, -FRAME, 0, 0)) for screen in screens)
    assert on_screens(as_text(place), screens) == place


def test_it_is_remembered_with_its_size_and_whether_it_filled_the_screen(window_on: Opened, records: Path) -> None:
    window = window_on(records)
    place = WindowPosition(window, window.context)
    window.setMinimumSize(0, 0)
    window.setGeometry(60, 50, 1000, 650)
    window.close()
    assert place.parent() is window
    kept = load_settings()
    assert (kept.window, kept.maximised) == (as_text(window.geometry()), False)
    window.show()
    window.setWindowState(Qt.WindowState.WindowMaximized)
    QApplication.processEvents()
    window.close()
    assert load_settings().maximised


def test_a_window_that_filled_the_screen_does_so_again(window_on: Opened, records: Path) -> None:
    window = window_on(records, maximised=True)
    window.hide()
    WindowPosition(window, window.context)
    window.show()
    assert window.isMaximized()
    assert window.minimumSize().width() <= LEAST.width()


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("percent", [100, 200])
def test_every_page_fits_a_small_laptop(window_on: Opened, records: Path, language: str, percent: int) -> None:
    """1366 x 768 less frame and task bar: no page needs more."""
    window = window_on(records, language=language, text_percent=percent)
    with window.context.read() as db:
        group = db.query(Group).order_by(Group.name).first()
    assert group is not None
    for name, *arguments in (("today",), ("library",), ("settings",), ("new_group",), ("group", group.id)):
        window.go(name, *arguments)
        QApplication.processEvents()
        least = window.minimumSizeHint()
        assert (least.width() <= 1354, least.height() <= 684) == (True, True), (name, least)


# -- the file that was double-clicked ----------------------------------------------------------------------------------


@pytest.mark.parametrize("place", ["today", "library", "settings", "new_group", "archived", "group", "group_settings"])
def test_a_low_window_has_narrower_edges(window_on: Opened, records: Path, place: str) -> None:
    """28 above from a height of 700, 16 below it, also after the page was made anew and when it grows again."""
    window = window_on(records)
    tops = []
    for height in (700, 699, 700):
        window.resize(1280, height)
        with window.context.read() as db:
            group_id = db.query(Group.id).order_by(Group.id).limit(1).scalar()
        window.go(place, *([group_id] if place.startswith("group") else []))
        QApplication.processEvents()
        assert window.page is not None
        window.page.reload()
        QApplication.processEvents()
        title = next(
            one
            for one in window.page.findChildren(QLabel)
            if one.isVisible() and one.property("role") in ("title", "display", "small") and one.text()
        )
        tops.append(title.mapTo(window.page, QPoint(0, 0)).y())
    assert tops[0] == tops[2]
    assert 8 <= tops[0] - tops[1] <= 12


@pytest.fixture
def program(qapp: QApplication) -> Iterator[list[Program]]:
    save_settings(Settings(language="nb"))
    made: list[Program] = []
    yield made
    for one in made:
        one.context.jobs.wait()
        one.window.close()
        qapp.removeTranslator(one.texts)


def test_records_open_at_their_door(program: list[Program], qapp: QApplication, records: Path) -> None:
    program.append(Program(qapp, lambda: NOW, file=records))
    window: MainWindow = program[0].window
    assert window.route == Route("unlock")
    assert window.page.path == records  # type: ignore[union-attr]
    assert load_settings().last_database == str(records)


@pytest.mark.parametrize(("name", "words"), [("borte.rop", "borte.rop"), ("brev.docx", "brev.docx er ikke en fil")])
def test_what_cannot_be_opened_is_said_in_the_window(
    program: list[Program], qapp: QApplication, tmp_path: Path, name: str, words: str
) -> None:
    (tmp_path / "brev.docx").touch()
    program.append(Program(qapp, lambda: NOW, file=tmp_path / name))
    assert words in program[0].window.toast.text()
    assert program[0].window.route == Route("first_run")
    assert load_settings().last_database == ""


def test_the_arguments_of_both_scripts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[Path | None] = []

    def note(file: Path | None) -> int:
        opened.append(file)
        return 0

    monkeypatch.setattr(__main__, "_open_window", note)
    there = tmp_path / "gruppe.ROP"
    there.touch()
    missing = tmp_path / "borte.rop"
    for script, given_arguments in (
        (__main__.main, [str(there)]),
        (__main__.window, [str(there)]),
        (__main__.window, [str(missing)]),
        (__main__.main, []),
        (__main__.window, []),
    ):
        monkeypatch.setattr(sys, "argv", ["rop-facilitator", *given_arguments])
        assert script() == 0
    assert opened == [there, there, missing, None, None]
    monkeypatch.setattr(sys, "argv", ["rop-facilitator", str(missing)])
    assert __main__.main() == 1
    assert "borte.rop" in capsys.readouterr().err
    assert len(opened) == 5


def test_the_version_comes_from_the_package(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["--version"])
    assert ended.value.code == 0
    assert capsys.readouterr().out == f"rop-facilitator {metadata.version('rop-facilitator')}\n"


def test_a_missing_file_on_the_command_line_is_one_sentence(tmp_path: Path) -> None:
    environment = {**os.environ, "ROP_LANGUAGE": "en", "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-m", "rop_facilitator", str(tmp_path / "borte.rop")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout) == (1, "")
    assert len(done.stderr.splitlines()) == 1
