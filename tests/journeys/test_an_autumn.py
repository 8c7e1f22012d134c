"""A group of six from 1 September to Christmas 2026: people come and go, the PC is lost, and every figure is right.

All figures are counted by hand. The marks, meeting by meeting (M present, S late, A notice, I absent, – not a member):

            1.9 8.9 15.9 22.9 29.9 13.10 20.10 27.10 4.11 11.11 18.11 25.11 2.12 9.12 16.12 17.12
    Anne     M   M   M    off  M    M     I     M     S    M     M     M     M    M    M     M     14 of 15
    Eva      M   M   A         M    M     I     M     M    –     –     –     –    –    –     –      6 of  8
    Kari     M   M   M         –    M     I     M     I    M     M     M     M    M    M     M     12 of 14
    Liv      –   –   M         M    M     I     I     M    M     A     M     M    M    M     M     10 of 13
    Ola      M   M   M         M    –     –     M     M    M     M     M     M    I    I     M     11 of 13
    Per      M   I   I         A    –     –     –     –    –     –     –     –    –    –     –      1 of  4
"""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

import pytest
from pypdf import PdfReader
from pytestqt.qtbot import QtBot

from rop_facilitator.cli import main
from rop_facilitator.records.group.groups import find_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Way
from rop_facilitator.records.progress.progress import make_up
from rop_facilitator.records.storage.opening import unlock_database
from rop_facilitator.records.storage.vault import keys_path
from tests.gui.conftest import PASSPHRASE, Clock, click, copied, retype
from tests.gui.pages.group_page import test_plan_tab as plan_tab
from tests.gui.steps import CASES, fetch, group_named, press, settings_of, shown
from tests.journeys.desk import Desk, Opened, new_group

TUESDAY, THURSDAY, WEDNESDAY = "Tirsdagsgruppa", "Torsdagsgruppa", "Onsdagsgruppa"
SEPTEMBER, OCTOBER = ("09-01", "09-08", "09-15", "09-29"), ("10-13", "10-20", "10-27")
TUESDAYS = ("11-03", "11-10", "11-17", "11-24", "12-01", "12-08", "12-15")
LATER = ("11-04", "11-11", "11-18", "11-25", "12-02", "12-09", "12-16")
REGISTER = {
    name: [*letters, present, counted, percent]
    for name, letters, present, counted, percent in (
        ("Anne", "MMMXMMIMSMMMMMMM", 14, 15, 93),
        ("Eva", "MMAXMMIMM–––––––", 6, 8, 75),
        ("Kari", "MMMX–MIMIMMMMMMM", 12, 14, 86),
        ("Liv", "––MXMMIIMMAMMMMM", 10, 13, 77),
        ("Ola", "MMMXM––MMMMMMIIM", 11, 13, 85),
        ("Per", "MIIXA–––––––––––", 1, 4, 25),
    )
}


@pytest.fixture
def autumn(
    empty_once: tuple[Path, str],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    window_on: Opened,
    now: Clock,
    monkeypatch: pytest.MonkeyPatch,
) -> Desk:
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    return Desk(copied(empty_once[0], tmp_path), capsys, window_on, now, TUESDAY)


def august(autumn: Desk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two groups by the form; the school's calendar says another autumn break than the one suggested."""
    window = autumn.window(datetime(2026, 8, 25, 9))
    page = new_group(window, qtbot, TUESDAY, "Anne", "Eva", "Kari", "Ola", "Per")
    press(page.form.closed.known_rows[0].tick)
    fetch(page.form.closed, CASES / "school-route.ics", monkeypatch, qtbot)
    click(page.form.closed.take)
    closed = [
        (False, "Høstferie, 28. september – 4. oktober 2026, 1 møte flyttes"),
        (True, "Høstferie, 5. til 9. oktober 2026"),
    ]
    qtbot.waitUntil(
        lambda: [(row.tick.isChecked(), row.tick.accessibleName()) for row in page.form.closed.known_rows] == closed
    )
    qtbot.waitUntil(lambda: page.preview.sentence.text() == "15 møter, fra 1. september 2026 til 15. desember 2026")
    click(page.make)
    page = new_group(window, qtbot, THURSDAY, "Nils")
    press(page.form.days.days[1])
    press(page.form.days.days[3])
    retype(page.form.first, "3.9")
    # 1 October is in the suggested break: 4 Thursdays in each of three months, and 3 in December
    qtbot.waitUntil(lambda: page.preview.sentence.text() == "15 møter, fra 3. september 2026 til 17. desember 2026")
    click(page.make)
    window.close()
    assert autumn.plan() == [f"{day} 13" for day in sorted((*SEPTEMBER, "09-22", *OCTOBER, *TUESDAYS))]


def september(autumn: Desk, qtbot: QtBot) -> None:
    """Liv joins late, Kari is out, a mark on the wrong meeting is cleared, and the leader is ill on the 22nd."""
    autumn.mark("2026-09-01")
    autumn.mark("2026-09-08", "Per:I")
    autumn.day = "2026-09-14"
    autumn.run("person", "--person", "Liv", "--add", "--from", "15.9")
    autumn.mark("2026-09-15", "Per:I", "Eva:A")
    by_now = {"Anne": (3, 3), "Eva": (2, 3), "Kari": (3, 3), "Liv": (1, 1), "Ola": (3, 3), "Per": (1, 3)}
    assert (autumn.figures(), autumn.to_call()) == (by_now, {"Per": ["09-08", "09-15"]})
    autumn.day = "2026-09-22"
    autumn.run("person", "--person", "Kari", "--leave", "22.9")
    autumn.mark("2026-09-22", "Anne:M", rest="")
    assert autumn.figures() == by_now | {"Anne": (4, 4)}
    autumn.mark("2026-09-22", "Anne:clear", rest="")
    assert autumn.figures() == by_now
    window = autumn.window(datetime(2026, 9, 22, 11))
    tab = plan_tab.tab_of(window, TUESDAY)
    plan_tab.press(tab, qtbot, date(2026, 9, 22), "Avlys …")
    click(plan_tab.button(tab.weeks, "Sykdom hos leder"))
    plan_tab.do_it(tab)
    window.close()
    assert autumn.plan() == [
        f"{day} 13" for day in (*SEPTEMBER, *OCTOBER, *TUESDAYS, "01-05")
    ]  # not 22 and 29 December
    autumn.mark("2026-09-29", "Per:A")


def october(autumn: Desk) -> None:
    """Kari is back, Ola pauses, nobody comes on the 20th, and Per's last day was typed three weeks late."""
    autumn.run("person", "--person", "Kari", "--return", "6.10")
    autumn.run("person", "--person", "Ola", "--pause", "6.10", "--until", "27.10")
    autumn.mark("2026-10-13", "Per:I")
    autumn.mark("2026-10-20", rest="absent")
    by_now = {"Anne": (5, 6), "Eva": (4, 6), "Kari": (4, 5), "Liv": (3, 4), "Ola": (4, 4), "Per": (1, 6)}
    assert (autumn.figures(), autumn.to_call()) == (by_now, {"Per": ["10-13", "10-20"]})
    autumn.run("person", "--person", "Per", "--last-day", "20.10")
    refused = autumn.run("person", "--person", "Per", "--last-day", "29.9", code=2)
    assert "Tuesday 13 October 2026 (absent), Tuesday 20 October 2026 (absent)" in refused
    autumn.run("person", "--person", "Per", "--last-day", "29.9", "--keep-marks")
    autumn.mark("2026-10-27", "Liv:I")
    by_now = {"Anne": (6, 7), "Eva": (5, 7), "Kari": (5, 6), "Liv": (3, 5), "Ola": (5, 5), "Per": (1, 4)}
    assert (autumn.figures(), autumn.to_call()) == (by_now, {"Liv": ["10-20", "10-27"]})
    assert autumn.periods() == {
        "Anne": [["2026-09-01", None]],
        "Eva": [["2026-09-01", None]],
        "Kari": [["2026-09-01", "2026-09-21"], ["2026-10-06", None]],
        "Liv": [["2026-09-15", None]],
        "Ola": [["2026-09-01", "2026-10-05"], ["2026-10-27", None]],
        "Per": [["2026-09-01", "2026-09-29"]],
    }


def november(autumn: Desk, qtbot: QtBot) -> None:
    """Wednesdays at 10 in another room: tried and undone in the window, then done; Eva goes on Thursdays."""
    window = autumn.window(datetime(2026, 10, 28, 9))
    before = [(meeting.on, meeting.start, meeting.place) for meeting in group_named(window, TUESDAY).meetings]
    page = settings_of(window, TUESDAY)
    click(page.form.days.days[1])
    click(page.form.days.days[2])
    retype(page.form.first, "1.11")
    qtbot.waitUntil(lambda: "De 7 møtene som er holdt, blir stående." in shown(page.effect))
    click(page.effect.do)
    assert group_named(window, TUESDAY).meetings[8].on == date(
        2026, 11, 4
    )  # eighth held or planned, after one called off
    window.undo()
    assert [(meeting.on, meeting.start, meeting.place) for meeting in group_named(window, TUESDAY).meetings] == before
    window.close()
    wednesdays = ["--weekday", "wed", "--time", "10", "--place", "Rom 5", "--name", WEDNESDAY, "--from", "1.11"]
    autumn.run("group", *wednesdays)
    autumn.group = WEDNESDAY
    assert autumn.plan() == [*(f"{day} 13" for day in (*SEPTEMBER, *OCTOBER)), *(f"{d} 10" for d in (*LATER, "01-06"))]
    autumn.mark("2026-11-04", "Anne:S", "Kari:I")
    assert autumn.to_call() == {}
    database = unlock_database(autumn.records, None, PASSPHRASE, clock=lambda: datetime(2026, 11, 10, 12))
    with database.write(Action.SESSION_MADE_UP, by=1) as db:
        group, day = find_group(db, WEDNESDAY), date(2026, 11, 10)
        kari = next(member for member in group.memberships if member.participant.name == "Kari")
        make_up(db, kari, group.sessions[7], way=Way.INDIVIDUALLY, on=day, today=day)
    database.close()
    autumn.day = "2026-11-10"
    autumn.run("person", "--person", "Eva", "--move-to", THURSDAY, "--from", "11.11")
    autumn.mark("2026-11-11")
    autumn.mark("2026-11-18", "Liv:A")
    by_now = {"Anne": (9, 10), "Eva": (6, 8), "Kari": (7, 9), "Liv": (5, 8), "Ola": (8, 8), "Per": (1, 4)}
    assert (autumn.figures(), autumn.to_call()) == (by_now, {})
    had = ["attended", "attended", "missed", "attended", "attended", "missed", "attended", "attended"]
    assert autumn.states("Eva") == [*had, *["not_member"] * 7]
    had = ["made_up" if state == "attended" else "to_come" for state in had]
    assert autumn.states("Eva", THURSDAY) == [*had, *["to_come"] * 7]
    kari_has = [*["attended"] * 3, "not_member", "attended", "missed", "attended", "made_up", "attended", "attended"]
    assert autumn.states("Kari") == [*kari_has, *["to_come"] * 5]


def lost_pc(autumn: Desk, folder: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A backup, then no records at all: back by recovery code on one machine, by passphrase on another."""
    progress, plan, log = autumn.progress(), autumn.plan(), autumn.log()
    backup = str(folder / "autumn.rop-backup")
    assert main(["backup", "--database", str(autumn.records), "-o", backup]) == 0
    autumn.records.unlink()
    keys_path(autumn.records).unlink()
    monkeypatch.delenv("ROP_PASSPHRASE")
    monkeypatch.setenv("ROP_RECOVERY_CODE", code)
    monkeypatch.setenv("ROP_NEW_PASSPHRASE", "fire helt nye ord")
    autumn.records = folder / "by code" / "gruppe.rop"
    assert main(["restore", backup, "-o", str(autumn.records)]) == 0
    monkeypatch.delenv("ROP_RECOVERY_CODE")
    monkeypatch.setenv("ROP_PASSPHRASE", "fire helt nye ord")
    assert (autumn.progress(), autumn.plan(), autumn.log()) == (progress, plan, log)
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    autumn.records = folder / "by passphrase" / "gruppe.rop"
    assert main(["restore", backup, "-o", str(autumn.records)]) == 0
    assert (autumn.progress(), autumn.plan(), autumn.log()) == (progress, plan, log)


def christmas(autumn: Desk, folder: Path) -> None:
    """Four Wednesdays, and the last meeting moved from January to Thursday the 17th: every figure of the course."""
    autumn.mark("2026-11-25")
    autumn.mark("2026-12-02")
    autumn.mark("2026-12-09", "Ola:I")
    autumn.mark("2026-12-16", "Ola:I")
    assert autumn.to_call() == {"Ola": ["12-09", "12-16"]}
    autumn.run("reschedule", "--move", "6.1", "17.12")
    autumn.mark("2026-12-17")
    assert autumn.to_call() == {}
    assert autumn.figures() == {name: (row[-3], row[-2]) for name, row in REGISTER.items()}
    sheet, rows = autumn.register(folder)
    assert {name: sheet[name] for name in REGISTER} == REGISTER
    assert sheet["Meeting"] == [1, 2, 3, "", *range(4, 16), "", "", ""]
    assert sheet["Present"][:-3] == [5, 4, 4, "", 4, 4, 0, 4, 4, 4, 3, 4, 4, 3, 3, 4]
    assert sheet["of"][:-3] == [5, 5, 6, "", 5, 4, 4, 5, 5, 4, 4, 4, 4, 4, 4, 4]
    assert len(rows) == 15 + 8 + 14 + 13 + 13 + 4  # a row for each mark that counts
    assert sum(row[9] in "MS" for row in rows) == 14 + 6 + 12 + 10 + 11 + 1
    went = [f"{day} 13" for day in (*SEPTEMBER, *OCTOBER)] + [f"{day} 10" for day in (*LATER, "12-17")]
    assert autumn.plan() == went
    summaries = [f"{WEDNESDAY} · meeting {number} {at}" for number, at in enumerate(went, 1)]
    assert autumn.calendar(folder) == [*summaries[:3], f"Called off: {WEDNESDAY} 09-22 13", *summaries[3:]]
    autumn.run("paper", "certificate", "--person", "Kari", "-o", str(folder / "kari.pdf"))
    text = " ".join(PdfReader(folder / "kari.pdf").pages[0].extract_text().split())
    assert "12 av 14 møter" in text
    assert "1.–15. september 2026 og 13. oktober – 17. desember 2026" in text
    autumn.run("group", "--archive")
    assert "only be read" in autumn.run("mark", "--on", "17.12", "--person", "Ola", "I", code=2)
    assert autumn.log()[-3:] == [("calendar exported", 0), ("papers printed", 1), ("group archived", 0)]
    assert autumn.figures() == {name: (row[-3], row[-2]) for name, row in REGISTER.items()}


def test_an_autumn(
    autumn: Desk, qtbot: QtBot, tmp_path: Path, empty_once: tuple[Path, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    august(autumn, qtbot, monkeypatch)
    september(autumn, qtbot)
    october(autumn)
    november(autumn, qtbot)
    lost_pc(autumn, tmp_path, empty_once[1], monkeypatch)
    christmas(autumn, tmp_path)
