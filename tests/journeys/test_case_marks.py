"""Marks that count, by the command line: nobody came, and a mark on the wrong meeting."""

from __future__ import annotations

import csv
import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from rop_facilitator.cli import main
from rop_facilitator.records.group.groups import load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.meeting.meetings import start_meeting
from rop_facilitator.records.models import MeetingState
from rop_facilitator.records.storage.opening import create_database, unlock_database
from rop_facilitator.records.storage.vault import KeyCost
from tests.records.factories import all_groups, make_group

PASSPHRASE = "hestehov i april"
DAYS = ("2026-11-03", "2026-11-10", "2026-11-17", "2026-11-24")
TODAY = DAYS[-1]


class Records:
    """Records of one group, used by commands alone."""

    def __init__(self, path: Path, capsys: pytest.CaptureFixture[str], people: int) -> None:
        self.path, self.capsys = path, capsys
        database, _code = create_database(path, "Marit", PASSPHRASE, clock=datetime.now, cost=KeyCost(64, 1, 1))
        with database.write(Action.GROUP_CREATED, by=database.leader_id) as db:
            make_group(db, people=people, sessions=6, first=date(2026, 11, 3))
        database.close()

    def run(self, command: str, *options: str, code: int = 0) -> str:
        where = ["--database", str(self.path), "--group", "Tuesdays"] if command != "groups" else []
        where = where or ["--database", str(self.path)]
        self.capsys.readouterr()
        assert main([command, *where, *options]) == code
        captured = self.capsys.readouterr()
        return captured.out if code == 0 else captured.err

    def mark(self, on: str, *options: str, code: int = 0) -> str:
        return self.run("mark", "--on", on, "--today", TODAY, *options, code=code)

    def progress(self) -> dict[str, Any]:
        report: dict[str, Any] = json.loads(self.run("progress", "--today", TODAY, "--json"))
        return report

    def held(self) -> int:
        (row,) = json.loads(self.run("groups", "--today", TODAY, "--json"))
        held: int = row["held"]
        return held

    def states(self) -> list[tuple[MeetingState, str, int]]:
        """State, leader and rows of every meeting."""
        database = unlock_database(self.path, None, PASSPHRASE, clock=datetime.now, for_writing=False)
        with database.read() as db:
            meetings = load_group(db, all_groups(db)[0].id).meetings
        database.close()
        return [(meeting.state, meeting.leader, len(meeting.attendance)) for meeting in meetings]


@pytest.fixture
def passphrase(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)


@pytest.mark.parametrize("people", [1, 8])
@pytest.mark.usefixtures("passphrase")
def test_nobody_came(tmp_path: Path, capsys: pytest.CaptureFixture[str], people: int) -> None:
    records = Records(tmp_path / "g.rop", capsys, people)
    records.mark(DAYS[0], "--rest", "M")
    assert records.held() == 1
    for day in DAYS[1:]:
        assert f"0 of {people} present, 0 not marked" in records.mark(day, "--rest", "I")
    assert records.held() == 4
    report = records.progress()
    assert [call["days"] for call in report["to_call"]] == [list(DAYS[1:])] * people
    for person in report["people"]:
        assert person["missed"] == [f"course/session-{n}" for n in (2, 3, 4)]
        assert (person["received"], person["taught"]) == (1, 4)
    target = tmp_path / "register.csv"
    records.run("export", "--today", TODAY, "-o", str(target))
    lines = list(csv.DictReader(target.read_text("utf-8-sig").splitlines(), delimiter=";"))
    assert [line["Mark"] for line in lines] == [letter for letter in "MIII" for _person in range(people)]
    records.run("reschedule", "--did-not-meet", DAYS[1], "--today", TODAY, code=1)


@pytest.mark.usefixtures("passphrase")
@pytest.mark.parametrize("option", [("--person", "Amund", "present"), ("--rest", "present"), ("--rest", "absent")])
def test_a_mark_on_the_wrong_meeting(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], option: tuple[str, ...]
) -> None:
    records = Records(tmp_path / "g.rop", capsys, 2)
    before, plan = records.states(), records.run("reschedule", "--close", "2027-W01", "--preview", "--today", TODAY)
    records.mark(DAYS[2], *option)
    assert records.held() == 1
    words = records.mark(DAYS[2], "--person", "Amund", "clear", "--person", "Berit", "-")
    assert words == "0 of 0 present, 2 not marked: · ·\n"
    assert records.states() == before
    assert records.held() == 0
    assert records.run("reschedule", "--close", "2027-W01", "--preview", "--today", TODAY) == plan
    records.run("reschedule", "--move", DAYS[2], "2026-11-26", "--today", TODAY)
    records.run("reschedule", "--cancel", "2026-11-26", "--today", TODAY)
    assert [state for state, *_rest in records.states()].count(MeetingState.CANCELLED) == 1


@pytest.mark.usefixtures("passphrase")
def test_a_meeting_that_was_started_is_taken_back_by_name(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    records = Records(tmp_path / "g.rop", capsys, 2)
    before = records.states()
    database = unlock_database(records.path, None, PASSPHRASE, clock=datetime.now)
    with database.write(Action.MEETING_STARTED, by=database.leader_id) as db:
        group = load_group(db, all_groups(db)[0].id)
        start_meeting(db, group, group.meetings[1], today=date(2026, 11, 24))
    database.close()
    records.mark(DAYS[1], "--person", "Amund", "M")
    assert "Clear them first" in records.mark(DAYS[1], "--not-held", code=1)
    records.mark(DAYS[1], "--person", "Amund", "clear")
    assert "was started" in records.run("reschedule", "--cancel", DAYS[1], "--today", TODAY, code=1)
    records.mark(DAYS[1], "--not-held")
    assert records.states() == before
    records.run("reschedule", "--cancel", DAYS[1], "--today", TODAY)


@pytest.mark.usefixtures("passphrase")
def test_notice_from_everybody_is_a_meeting_once_its_day_has_passed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    records = Records(tmp_path / "g.rop", capsys, 2)
    records.run("mark", "--on", "2026-12-01", "--today", TODAY, "--rest", "A")
    assert records.held() == 0
    records.run("mark", "--on", "2026-12-08", "--today", "2026-12-08", "--person", "Amund", "M")
    assert records.held() == 2
