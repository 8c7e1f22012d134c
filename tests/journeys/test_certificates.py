"""A certificate asks first in the middle of a course, with unrecorded meetings, and for one meeting only."""

from collections.abc import Callable, Sequence
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtWidgets import QApplication

from rop_facilitator import paths
from rop_facilitator.cli import main
from rop_facilitator.curriculum.load import load_curriculum
from rop_facilitator.gui.pages.group_page.page import PAPERS
from rop_facilitator.gui.pages.group_page.papers.papers_tab import PapersTab
from rop_facilitator.gui.pages.print_page import PrintPage
from rop_facilitator.gui.widgets.inputs.choices import Tick
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.planning.calendar import MeetingPattern
from rop_facilitator.records.group.groups import add_participant, create_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.attendance import mark_attendance
from rop_facilitator.records.models import (
    Membership,
    Period,
)
from rop_facilitator.records.storage.opening import create_database
from rop_facilitator.records.storage.vault import KeyCost
from tests.gui.conftest import LEADER, NOW, PASSPHRASE, click, settle
from tests.gui.steps import open_group

FIRST = date(2026, 9, 1)
MARKS = {"M": Mark.PRESENT, "I": Mark.ABSENT}
Made = Callable[..., Path]


@pytest.fixture
def make_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Made:
    """Records with one group of eleven Tuesdays from 1 September and a string of marks a person; a dot is no mark."""
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)

    def make(people: dict[str, str], *, change: Callable[[Sequence[Membership]], None] = lambda _all: None) -> Path:
        path = tmp_path / "gruppe.rop"
        cost = KeyCost(memory_kib=64, passes=1, lanes=1)
        database, _code = create_database(path, LEADER, PASSPHRASE, clock=lambda: NOW, cost=cost)
        curriculum, _problems = load_curriculum(paths.shipped("curricula") / "kat-rop")
        assert curriculum
        with database.write(Action.GROUP_CREATED, by=1) as db:
            pattern = MeetingPattern((1,), time(13), 90, "Rom 2")
            group = create_group(db, "Tirsdagsgruppa", [curriculum], pattern, first_date=FIRST)
            members = [add_participant(db, group, name, joined=FIRST) for name in people]
            change(members)
            db.flush()
            for member, letters in zip(members, people.values(), strict=True):
                for meeting, letter in zip(group.meetings, letters, strict=False):
                    if letter in MARKS:
                        mark_attendance(db, meeting.id, member.id, MARKS[letter], today=meeting.on)
        database.close()
        return path

    return make


def certificate(path: Path, *options: str, today: date) -> int:
    where = ["--database", str(path), "--group", "Tirsdagsgruppa", "--today", today.isoformat()]
    return main(["--language", "nb", "paper", "certificate", *where, *options, "-o", str(path.with_name("ut.pdf"))])


def printed(path: Path) -> list[str]:
    """The words of each page."""
    pages = PdfReader(path.with_name("ut.pdf")).pages
    return [" ".join(page.extract_text().split()) for page in pages]


AFTER = date(2026, 12, 1)


@pytest.mark.parametrize(
    ("marks", "today", "asked", "words"),
    [
        ("MMM", date(2026, 9, 16), "Kurset er ikke ferdig: 3 av 11 møter er holdt.", "3 av 3 møter"),
        ("M..." + "." * 7, AFTER, "Kari: oppmøtet er ikke ført for 10 av 11 møter.", "1 av 1 møte."),
        ("IIIIIIIIIII", AFTER, "Kari var ikke på noen av 11 møter.", "0 av 11 møter"),
    ],
    ids=["in the middle", "unrecorded", "never there"],
)
def test_it_asks_first_and_is_right_when_it_is_made(
    make_records: Made, marks: str, today: date, asked: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    path = make_records({"Kari": marks})
    assert certificate(path, "--person", "Kari", today=today) == 2
    said = capsys.readouterr().err
    assert asked in said
    assert "--anyway" in said
    assert not path.with_name("ut.pdf").exists()
    assert certificate(path, "--person", "Kari", "--anyway", today=today) == 0
    assert words in printed(path)[0]


def test_three_of_four_meetings_are_unrecorded(make_records: Made, capsys: pytest.CaptureFixture[str]) -> None:
    """The person was a member on four days only, and then moved away."""

    def four_weeks(members: Sequence[Membership]) -> None:
        members[0].periods[0].last_day = FIRST + timedelta(weeks=3)

    path = make_records({"Kari": "M", "Ola": "M" * 11}, change=four_weeks)
    assert certificate(path, "--person", "Kari", today=AFTER) == 2
    assert "Kari: oppmøtet er ikke ført for 3 av 4 møter." in capsys.readouterr().err
    assert certificate(path, "--person", "Kari", "--anyway", today=AFTER) == 0
    assert "1. september 2026 – 22. september 2026" not in printed(path)[0]
    assert "1 av 1 møte." in printed(path)[0]


def test_for_one_meeting_only(make_records: Made, capsys: pytest.CaptureFixture[str]) -> None:
    def one_day(members: Sequence[Membership]) -> None:
        members[0].periods[0].last_day = FIRST

    path = make_records({"Kari": "M", "Ola": "M" * 11}, change=one_day)
    assert certificate(path, "--person", "Kari", today=AFTER) == 2
    assert "Kari: det ville gjelde bare ett møte." in capsys.readouterr().err
    assert certificate(path, "--person", "Kari", "--anyway", today=AFTER) == 0
    assert "1. september 2026 og var med på 1 av 1 møte." in printed(path)[0]


def test_nobody_gets_one_for_no_meeting(make_records: Made, capsys: pytest.CaptureFixture[str]) -> None:
    path = make_records({"Kari": ".", "Ola": "M" * 11})
    assert certificate(path, "--person", "Kari", "--anyway", today=AFTER) == 1
    assert "Kari får ikke noe: det er ikke ført noe som teller." in capsys.readouterr().err
    assert certificate(path, "--person", "Kari", "--person", "Ola", "--anyway", today=AFTER) == 0
    pages = printed(path)
    assert len(pages) == 1
    assert "Ola" in pages[0]
    assert "0 av 0" not in " ".join(pages)


def test_a_whole_course_is_not_asked_about(make_records: Made) -> None:
    path = make_records({"Kari": "MMMIMMMMMMM"})
    assert certificate(path, "--person", "Kari", today=AFTER) == 0
    text = printed(path)[0]
    assert "1. september – 10. november 2026 og var med på 10 av 11 møter." in text
    assert "ROP" not in text  # it may be shown to an employer: the title of the course would tell a diagnosis


def test_two_periods_are_told_as_two(make_records: Made) -> None:
    def away_for_a_while(members: Sequence[Membership]) -> None:
        members[0].periods[0].last_day = date(2026, 9, 21)
        members[0].periods.append(Period(first_day=date(2026, 10, 6), last_day=None))

    path = make_records({"Kari": "MMM..MMMMMM", "Ola": "M" * 11}, change=away_for_a_while)
    assert certificate(path, "--person", "Kari", today=AFTER) == 0
    text = printed(path)[0]
    assert "1.–15. september 2026 og 6. oktober – 10. november 2026 og var med på 9 av 9 møter." in text


def test_the_window_shows_the_question_beside_one_button_that_names_the_act(
    make_records: Made, window_on: Callable[..., MainWindow]
) -> None:
    """It is 24 November: the course is over, but nobody wrote down all of it."""
    path = make_records({"Kari": "M" * 11, "Ola": "MM" + "." * 9, "Siv": "."})
    window = window_on(path)
    tab = open_group(window, "Tirsdagsgruppa", PAPERS).tab
    assert isinstance(tab, PapersTab)
    click(tab.standing.buttons["certificate"])
    chooser = tab.standing.people["certificate"]
    ticks = {tick.accessibleName(): tick for tick in chooser.findChildren(Tick)}
    assert list(ticks) == ["Kari · 11 av 11", "Ola · 2 av 2", "Siv · ikke ført"]
    assert [tick.isChecked() for tick in ticks.values()] == [True, True, False]
    assert chooser.strip.isVisible()
    assert chooser.strip.text() == "Ola: oppmøtet er ikke ført for 9 av 11 møter."
    assert chooser.look.text() == "Lag kursbevis likevel"
    click(ticks["Ola · 2 av 2"])
    assert not chooser.strip.isVisible()
    assert chooser.look.text() == "Se og skriv ut"
    click(ticks["Kari · 11 av 11"])
    click(ticks["Siv · ikke ført"])
    assert not chooser.look.isEnabled()
    click(ticks["Ola · 2 av 2"])
    QApplication.processEvents()
    click(chooser.look)
    settle(window)
    assert isinstance(window.page, PrintPage)
    assert window.page.printable is not None
