"""The log as a list: the same events from the command line as from the window, each with its group, never a name."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date, time
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from rop_facilitator.cli import main
from rop_facilitator.curriculum.model import Library
from rop_facilitator.documents.papers.catalogue import PaperRequest
from rop_facilitator.gui.pages import print_page
from rop_facilitator.gui.pages.group_page.attendance.attendance_tab import AttendanceTab
from rop_facilitator.gui.pages.group_page.page import ATTENDANCE
from rop_facilitator.gui.pages.print_page import PrintPage
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.planning.calendar import MeetingPattern
from rop_facilitator.records.erasure.erase import erase_participant
from rop_facilitator.records.group.groups import create_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.log.undo import undo_last
from rop_facilitator.records.models import Group, NamesShown
from rop_facilitator.records.storage.opening import unlock_database
from tests.gui.conftest import LEADER, NOW, PASSPHRASE, click, settle
from tests.gui.steps import open_group

DAY = "2026-11-24"
NAMES = ("Amund", "Berit", "Daniel", "Eva", "Farid", "Kine", "Lars", "Ørn", "Hanne", "Jon Arne")
Log = list[dict[str, object]]


@pytest.fixture
def path(sample_once: tuple[Path, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The sample groups, closed."""
    from tests.gui.conftest import copied

    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    return copied(sample_once[0], tmp_path)


def log_of(path: Path, capsys: pytest.CaptureFixture[str], *options: str) -> Log:
    capsys.readouterr()
    assert main(["log", "--database", str(path), "--json", *options]) == 0
    events: Log = json.loads(capsys.readouterr().out)
    return events


def test_the_log_of_a_new_database(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    events = log_of(path, capsys)
    assert [set(event) for event in events] == [{"at", "leader", "action", "group", "people"}] * len(events)
    assert [event["action"] for event in events][:2] == ["records created", "sample added"]
    assert events[0]["leader"] == LEADER
    assert events[0]["at"] == NOW.isoformat()
    assert (events[1]["group"], events[1]["people"]) == (None, 18)  # three groups at once


PAPERS = [
    (["packet", "--on", DAY, "-o", "ut.pdf"], "papers printed", 8),
    (["paper", "sign-in", "--on", DAY, "-o", "ut.pdf"], "papers printed", 8),
    (["paper", "substitute", "--on", DAY, "-o", "ut.docx"], "papers printed", 8),
    (["paper", "register", "-o", "ut.pdf"], "papers printed", 8),
    (["paper", "term-plan", "-o", "ut.pdf"], "papers printed", 0),
    (["paper", "group-agreement", "-o", "ut.pdf"], "papers printed", 0),
    (["paper", "certificate", "--person", "Eva", "--anyway", "-o", "ut.pdf"], "papers printed", 1),
    (["export", "-o", "ut.xlsx"], "attendance exported", 8),
    (["export", "-o", "ut.csv", "--names", "number"], "attendance exported", 8),
    (["calendar", "-o", "ut.ics"], "calendar exported", 0),
    (["mark", "--on", DAY, "--person", "Eva", "M"], "attendance marked", 8),
    (["mark", "--on", DAY, "--rest", "M"], "rest marked", 8),
    (["reschedule", "--cancel", "2026-12-01"], "meeting cancelled", 0),
    (["reschedule", "--move", "2026-12-01", "2026-12-03"], "meeting changed", 0),
    (["reschedule", "--close", "uke 50"], "closure added", 0),
]


@pytest.mark.parametrize(("command", "action", "people"), PAPERS, ids=[" ".join(case[0][:3]) for case in PAPERS])
def test_what_the_command_line_does_is_in_the_log(
    path: Path, tmp_path: Path, command: list[str], action: str, people: int, capsys: pytest.CaptureFixture[str]
) -> None:
    before = len(log_of(path, capsys))
    name, *rest = [str(tmp_path / part) if part.startswith("ut.") else part for part in command]
    kind = [rest.pop(0)] if name == "paper" else []
    today = [] if name in ("packet", "calendar") else ["--today", DAY]
    assert main([name, *kind, "--database", str(path), "--group", "Tirs", *rest, *today]) == 0
    event = log_of(path, capsys)[before:][-1]
    assert (event["action"], event["group"], event["leader"]) == (action, "Tirsdagsgruppa", LEADER)
    assert event["people"] == people
    assert log_of(path, capsys, "--group", "tirs")[-1] == event
    assert event not in log_of(path, capsys, "--group", "Onsdagsgruppa")


@pytest.mark.parametrize(
    "command",
    [
        ["groups"],
        ["progress", "--group", "Tirs"],
        ["log"],
        ["reschedule", "--group", "Tirs", "--cancel", "2026-12-01", "--preview"],
    ],
)
def test_looking_leaves_no_event(path: Path, command: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    before = log_of(path, capsys)
    name, *rest = command
    assert main([name, "--database", str(path), *rest]) == 0
    assert log_of(path, capsys) == before


def test_beside_an_open_window_it_is_said_that_nothing_is_noted(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    window = unlock_database(path, LEADER, PASSPHRASE, clock=lambda: NOW)
    before = len(log_of(path, capsys))
    wanted = ["export", "--database", str(path), "--group", "Tirs", "-o", str(tmp_path / "ut.csv")]
    assert main(["--language", "nb", *wanted]) == 0
    assert "ikke notert i loggen" in capsys.readouterr().err
    assert len(log_of(path, capsys)) == before
    window.close()


def test_the_window_leaves_the_same_events(
    path: Path,
    tmp_path: Path,
    window_on: Callable[..., MainWindow],
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(print_page, "ask_file", lambda *_asked: tmp_path / "ut.pdf")
    window = window_on(path)
    before = len(log_of(path, capsys))
    page = open_group(window, "Tirsdagsgruppa", ATTENDANCE)
    tab = page.tab
    assert isinstance(tab, AttendanceTab)
    group = tab.group
    assert group is not None
    tab.export.show_group(group)
    tab.export.export(tmp_path / "ut.csv")
    settle(window)
    for wish in (PaperRequest("sign-in", on=date(2026, 11, 24)), PaperRequest("certificate", people=(1,), anyway=True)):
        window.go("print", group.id, wish)
        settle(window)
        assert isinstance(window.page, PrintPage)
        click(window.page.pdf)
        settle(window)
    window.go("today")
    QApplication.processEvents()
    logged = [(event["action"], event["group"], event["people"]) for event in log_of(path, capsys)[before:]]
    assert logged == [
        ("attendance exported", "Tirsdagsgruppa", 8),
        ("papers printed", "Tirsdagsgruppa", 8),
        ("papers printed", "Tirsdagsgruppa", 1),
    ]


def test_a_group_and_a_person_who_are_gone(path: Path, library: Library, capsys: pytest.CaptureFixture[str]) -> None:
    """A group whose making was taken back keeps its events; of who is deleted for good only the count is left."""
    database = unlock_database(path, LEADER, PASSPHRASE, clock=lambda: NOW)
    erase_participant(database, 1, by=1)
    with database.write(Action.GROUP_CREATED, by=1) as db:
        pattern = MeetingPattern((3,), time(10), 60, "Rom 1")
        create_group(db, "Torsdager", [library.curricula["kat-rop"]], pattern, first_date=date(2026, 12, 3))
    undo_last(database, 1)
    database.close()
    events = log_of(path, capsys, "--group", "tors")
    assert [(event["action"], event["group"]) for event in events] == [
        ("group created", "Torsdager"),
        ("undone", "Torsdager"),
    ]
    everything = log_of(path, capsys)
    gone = next(event for event in everything if event["action"] == "person deleted for good")
    assert (gone["people"], gone["group"]) == (1, "Tirsdagsgruppa")
    text = json.dumps(everything, ensure_ascii=False)
    assert not [name for name in NAMES if name in text]
    assert main(["log", "--database", str(path), "--group", "nobody"]) == 1
    assert "Onsdagsgruppa, Tirsdagsgruppa" in capsys.readouterr().err


def test_the_log_in_words(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["--language", "nb", "log", "--database", str(path)]) == 0
    output = capsys.readouterr().out
    assert output.splitlines()[0] == "Tirsdag 24. november 2026"
    assert "08.35  Marit: la inn eksempelgruppene" in output
    assert not [name for name in NAMES if name in output]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [(NamesShown.DISPLAY, "Amund"), (NamesShown.ALIAS, "Bjørk"), (NamesShown.NUMBER, "Participant 1")],
)
def test_the_command_line_names_people_as_the_group_does(
    path: Path, tmp_path: Path, shown: NamesShown, expected: str, capsys: pytest.CaptureFixture[str]
) -> None:
    database = unlock_database(path, LEADER, PASSPHRASE, clock=lambda: NOW)
    with database.write(Action.GROUP_CHANGED, by=1) as db:
        db.query(Group).filter_by(name="Tirsdagsgruppa").one().names_shown = shown
    database.close()
    of_group = ["--database", str(path), "--group", "Tirs"]
    capsys.readouterr()
    assert main(["progress", *of_group, "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["people"][0]["name"] == expected
    assert main(["export", *of_group, "-o", str(tmp_path / "ut.csv")]) == 0
    text = (tmp_path / "ut.csv").read_text(encoding="utf-8-sig")
    assert main(["mark", *of_group, "--on", DAY, "--today", DAY, "--person", "nobody", "M"]) == 1
    said = capsys.readouterr().err
    for words in (text, said):
        assert expected in words
        assert ("Amund" in words) == (shown is NamesShown.DISPLAY)
    assert main(["mark", *of_group, "--on", DAY, "--today", DAY, "--person", expected, "M"]) == 0
    assert main(["progress", *of_group, "--json", "--names", "display"]) == 0
    assert "Amund" in capsys.readouterr().out
