"""One person of a group on the command line: `person`, and what `progress --json` says afterwards."""

import json
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from rop_facilitator.cli import main
from rop_facilitator.cli.people import ACTIONS
from rop_facilitator.curriculum.load import load_library
from rop_facilitator.documents.papers.meeting.meeting_facts import collect_packet
from rop_facilitator.paths import shipped
from rop_facilitator.planning.calendar import MeetingPattern
from rop_facilitator.records.group.groups import add_participant, create_group, find_group, load_group
from rop_facilitator.records.log.action_names import Action, action_text
from rop_facilitator.records.log.undo import undo_last
from rop_facilitator.records.models import Attendance, AuditEvent, Participant
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.opening import create_database, unlock_database
from rop_facilitator.records.storage.vault import KeyCost

PASSPHRASE = "hestehov i april"
TODAY = "2026-11-24"
GROUP, OTHER = "Tirsdagsgruppa", "Onsdagsgruppa"
Run = Callable[..., int]


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Tuesdays from 1 September and Wednesdays from 7 October 2026, both KAT-ROP."""
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    path = tmp_path / "records.rop"
    cost = KeyCost(memory_kib=64, passes=1, lanes=1)
    database, _code = create_database(path, "Marit", PASSPHRASE, clock=lambda: datetime(2026, 9, 1, 8), cost=cost)
    course = load_library((shipped("curricula"),)).curricula["kat-rop"]
    with database.write(Action.GROUP_CREATED, by=1) as db:
        tuesdays = MeetingPattern((1,), time(13), 90, "")
        group = create_group(db, GROUP, [course], tuesdays, first_date=date(2026, 9, 1))
        for name in ("Kari", "Ola", "Per"):
            add_participant(db, group, name, joined=date(2026, 9, 1), alias="Rev" if name == "Ola" else "")
        wednesdays = MeetingPattern((2,), time(10), 90, "")
        other = create_group(db, OTHER, [course], wednesdays, first_date=date(2026, 10, 7))
        add_participant(db, other, "Nils", joined=date(2026, 10, 7))
    database.close()
    return path


@pytest.fixture
def run(records: Path) -> Run:
    def run(name: str, *options: str, group: str = GROUP) -> int:
        arguments = ["--database", str(records), "--group", group, "--person", name]
        return main(["--language", "en", "person", *arguments, *options, "--today", TODAY])

    return run


def mark(records: Path, on: str, *marks: str, group: str = GROUP) -> None:
    """Marks such as Kari:M, and everybody else present."""
    people = [part for pair in marks for part in ("--person", *pair.split(":"))]
    options = ["--database", str(records), "--group", group, "--on", on, "--today", TODAY]
    assert main(["mark", *options, *people, "--rest", "present"]) == 0


def progress(records: Path, capsys: pytest.CaptureFixture[str], group: str = GROUP) -> dict[str, Any]:
    capsys.readouterr()
    assert main(["progress", "--database", str(records), "--group", group, "--today", TODAY, "--json"]) == 0
    return {row["name"]: row for row in json.loads(capsys.readouterr().out)["people"]}


def opened(path: Path) -> Database:
    return unlock_database(path, None, PASSPHRASE, clock=lambda: datetime(2026, 11, 24, 9))


def actions(path: Path) -> list[str]:
    database = opened(path)
    with database.read() as db:
        actions = list(db.scalars(select(AuditEvent.action).order_by(AuditEvent.id)))
    database.close()
    return [action for action in actions if action.startswith(("person", "first", "last"))]


# -- case 3: out and back in -------------------------------------------------------------------------------------------


def test_out_and_back_in_is_one_person_with_two_periods(
    records: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """The meetings between are not a member's; share, map and call rule go on over the gap."""
    mark(records, "2026-09-01")
    mark(records, "2026-09-08", "Kari:I")
    mark(records, "2026-09-15")
    assert run("Kari", "--leave", "2026-09-22") == 0
    mark(records, "2026-09-22")
    mark(records, "2026-09-29")
    assert run("Kari", "--return", "2026-10-06") == 0
    mark(records, "2026-10-06")
    mark(records, "2026-10-13", "Kari:A")
    people = progress(records, capsys)
    assert len(people) == 3
    kari = people["Kari"]
    assert kari["periods"] == [["2026-09-01", "2026-09-21"], ["2026-10-06", None]]
    assert (kari["present"], kari["counted"]) == (3, 5)
    assert (kari["joined"], kari["left"]) == ("2026-09-01", None)
    states = list(kari["states"].values())
    assert states[:7] == ["attended", "missed", "attended", "not_member", "not_member", "attended", "missed"]
    assert (kari["received"], kari["taught"]) == (3, 5)
    assert (people["Ola"]["present"], people["Ola"]["counted"]) == (7, 7)
    assert actions(records)[-2:] == ["person taken out", "person came back"]


def test_the_call_rule_counts_over_the_gap(records: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    mark(records, "2026-09-01", "Kari:I")
    assert run("Kari", "--pause", "2026-09-08", "--until", "2026-09-15") == 0
    mark(records, "2026-09-08")
    mark(records, "2026-09-15", "Kari:I")
    capsys.readouterr()
    assert main(["progress", "--database", str(records), "--group", GROUP, "--today", TODAY, "--json"]) == 0
    calls = json.loads(capsys.readouterr().out)["to_call"]
    assert calls == [{"name": "Kari", "days": ["2026-09-01", "2026-09-15"]}]


def test_a_meeting_that_was_opened_asks_for_no_mark_in_a_pause(
    records: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    """Her empty row goes with the pause, and comes again when the day back is corrected to before it."""
    options = ["--database", str(records), "--group", GROUP, "--on", "2026-09-22", "--today", TODAY]
    assert main(["mark", *options, "--person", "Ola", "M", "--person", "Per", "M"]) == 0
    assert "1 not marked" in capsys.readouterr().out
    assert run("Kari", "--pause", "2026-09-22", "--until", "6.10.2026") == 0
    assert main(["mark", *options, "--person", "Ola", "M"]) == 0
    assert "0 not marked" in capsys.readouterr().out
    assert main(["mark", *options, "--person", "Kari", "M"]) == 1
    assert run("Kari", "--return", "2026-09-22") == 0  # no day is between, so it is one period again
    assert progress(records, capsys)["Kari"]["periods"] == [["2026-09-01", None]]
    assert main(["mark", *options, "--person", "Kari", "M"]) == 0


def test_what_she_received_before_the_gap_is_not_handed_out_again(records: Path, run: Run) -> None:
    """A session that goes on after the gap: its sheets are hers already."""
    database = opened(records)
    with database.write(Action.PLAN_CHANGED, by=1) as db:
        group = find_group(db, GROUP)
        session = group.sessions[0]
        for meeting in group.meetings[:2]:
            meeting.sessions[0].group_session = session
            meeting.sessions[0].parts = 2
        group.meetings[1].sessions[0].part = 2
    database.close()
    mark(records, "2026-09-01", "Per:I")
    assert run("Kari", "--pause", "2026-09-02", "--until", "2026-09-08") == 0
    database = opened(records)
    with database.read() as db:
        group = find_group(db, GROUP)
        facts = collect_packet(group, load_library((shipped("curricula"),)), date(2026, 9, 8))
    database.close()
    has = {person.name: bool(person.has_sheets) for person in facts.people}
    assert has == {"Kari": True, "Ola": True, "Per": False}


# -- case 4: days that were typed wrongly ------------------------------------------------------------------------------


def test_a_first_day_typed_a_week_late(records: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("Nina", "--add", "--from", "2026-09-08") == 0
    mark(records, "2026-09-01")
    mark(records, "2026-09-08")
    assert progress(records, capsys)["Nina"]["counted"] == 1
    assert run("Nina", "--first-day", "2026-09-01") == 0
    mark(records, "2026-09-01", "Nina:A")
    nina = progress(records, capsys)["Nina"]
    assert (nina["present"], nina["counted"], nina["periods"]) == (1, 2, [["2026-09-01", None]])


def test_a_last_day_typed_three_weeks_late_asks_about_marks(
    records: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    for day in ("2026-09-01", "2026-09-08"):
        mark(records, day)
    for day in ("2026-09-15", "2026-09-22"):
        mark(records, day, "Per:I")
    assert run("Per", "--last-day", "2026-09-29") == 0
    before = progress(records, capsys)["Per"]
    assert (before["present"], before["counted"], before["left"]) == (2, 4, "2026-09-29")
    assert run("Per", "--last-day", "2026-09-08") == 2
    said = capsys.readouterr().err
    assert "Tuesday 15 September 2026 (absent), Tuesday 22 September 2026 (absent)" in said
    assert progress(records, capsys)["Per"] == before
    assert run("Per", "--last-day", "2026-09-08", "--keep-marks") == 0
    after = progress(records, capsys)["Per"]
    assert (after["present"], after["counted"], after["left"]) == (2, 2, "2026-09-08")
    assert run("Per", "--last-day", "2026-09-29") == 0  # no mark was lost: they count again
    assert progress(records, capsys)["Per"] == before


def test_a_first_day_before_the_first_meeting_changes_nothing(
    records: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(records, "2026-09-01")
    before = progress(records, capsys)["Kari"]
    assert run("Kari", "--first-day", "2026-08-20") == 0
    after = progress(records, capsys)["Kari"]
    assert after == before | {"joined": "2026-08-20", "periods": [["2026-08-20", None]]}


def test_a_period_is_chosen_by_its_number(records: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("Kari", "--pause", "2026-09-22", "--until", "2026-10-06") == 0
    assert run("Kari", "--first-day", "2026-10-13") == 2
    assert "2 periods" in capsys.readouterr().err
    assert run("Kari", "--period", "2", "--first-day", "2026-10-13") == 0
    assert run("Kari", "--period", "1", "--last-day", "2026-09-14") == 0
    assert progress(records, capsys)["Kari"]["periods"] == [["2026-09-01", "2026-09-14"], ["2026-10-13", None]]
    for wrong in (
        ["--period", "3", "--first-day", "2026-10-13"],
        ["--period", "1", "--last-day", "2026-10-13"],
        ["--period", "2", "--first-day", "2026-09-10"],
        ["--period", "1", "--last-day", "2026-08-13"],
    ):
        assert run("Kari", *wrong) == 2


# -- case 6: names and aliases -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("alias", ["Rev", "rev", "REV", "Per", "per", "Ola"])
def test_an_alias_that_somebody_has_is_refused(
    run: Run, records: Path, alias: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("Kari", "--alias", alias) == 2
    assert "Choose another" in capsys.readouterr().err
    assert actions(records) == []


def test_a_name_that_is_somebody_s_alias_is_refused(run: Run, records: Path) -> None:
    assert run("Kari", "--rename", "rev") == 2
    assert run("Rev", "--add") == 2
    assert run("ola", "--add") == 2
    assert run("Kari", "--rename", "Kari Ann") == 0
    assert run("Kari Ann", "--alias", "Furu") == 0
    assert run("furu", "--alias", "") == 0
    database = opened(records)
    with database.read() as db:
        assert next((participant.name, participant.alias) for participant in db.scalars(select(Participant))) == (
            "Kari Ann",
            "",
        )
    database.close()


def test_a_name_is_free_in_every_group_of_the_person(run: Run) -> None:
    assert run("Kari", "--move-to", OTHER, "--from", "2026-10-14") == 0
    assert run("Kari", "--rename", "Nils") == 2
    assert run("Kari", "--rename", "Ola", group=OTHER) == 2


# -- pause, end, completion, another group -----------------------------------------------------------------------------


def test_completed_on_the_last_day_in(records: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    mark(records, "2026-11-10")
    assert run("Kari", "--complete", "2026-11-10") == 0
    kari = progress(records, capsys)["Kari"]
    assert (kari["left"], kari["counted"], kari["present"]) == ("2026-11-10", 1, 1)
    assert run("Kari", "--complete", "2026-11-24") == 2


def test_a_pause_that_is_over_ends_in_the_year_in_which_it_began(
    records: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert run("Kari", "--pause", "12.11", "--until", "20.11", "--preview", "--json") == 0
    assert json.loads(capsys.readouterr().out)["periods"] == [["2026-09-01", "2026-11-11"], ["2026-11-20", None]]
    assert run("Kari", "--pause", "12.11", "--until", "20.11") == 0
    assert progress(records, capsys)["Kari"]["periods"] == [["2026-09-01", "2026-11-11"], ["2026-11-20", None]]


def test_a_pause_without_a_day_back(records: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    mark(records, "2026-09-01")
    assert run("Kari", "--pause", "2026-09-22") == 0
    kari = progress(records, capsys)["Kari"]
    assert (kari["periods"], kari["left"]) == ([["2026-09-01", "2026-09-21"]], None)
    assert list(kari["states"].values())[1] == "to_come"  # not gone for good
    assert run("Kari", "--return", "2026-09-20") == 2
    assert run("Kari", "--leave", "2026-11-24") == 0  # does not come back: the last day is the one there was
    assert progress(records, capsys)["Kari"]["left"] == "2026-09-21"


def test_moved_with_what_was_received(records: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    """Three sessions received on Tuesdays count on Wednesdays; the marks stay, and no meeting counts twice."""
    for day in ("2026-09-01", "2026-09-08", "2026-09-15", "2026-09-22"):
        mark(records, day, "Kari:I" if day == "2026-09-08" else "Kari:M")
    mark(records, "2026-10-07", group=OTHER)
    arguments = ["--move-to", OTHER, "--from", "2026-10-14"]
    capsys.readouterr()
    assert run("Kari", *arguments, "--preview", "--json") == 0
    looked = json.loads(capsys.readouterr().out)
    assert (looked["done"], len(looked["received"])) == (False, 3)
    assert "Kari" not in progress(records, capsys, OTHER)
    assert run("Kari", *arguments) == 0
    mark(records, "2026-10-14", "Kari:M", group=OTHER)
    before, after = progress(records, capsys)["Kari"], progress(records, capsys, OTHER)["Kari"]
    assert (before["present"], before["counted"], before["left"]) == (3, 4, "2026-10-13")
    assert (after["present"], after["counted"], after["periods"]) == (1, 1, [["2026-10-14", None]])
    states = list(after["states"].values())
    assert states[:5] == ["made_up", "attended", "made_up", "made_up", "to_come"]
    assert actions(records).count("person moved") == 1
    library = load_library((shipped("curricula"),))
    database = opened(records)
    with database.read() as db:
        group = find_group(db, OTHER)
        facts = collect_packet(group, library, date(2026, 10, 21))
    database.close()
    assert {person.name: len(person.has_sheets) for person in facts.people} == {"Nils": 0, "Kari": 1}


def test_marks_after_the_move_are_asked_about(records: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    mark(records, "2026-10-13")
    mark(records, "2026-10-20")
    arguments = ["--move-to", OTHER, "--from", "2026-10-14", "--json"]
    capsys.readouterr()
    assert run("Kari", *arguments) == 2
    assert json.loads(capsys.readouterr().out)["marks_outside"] == [["2026-10-20", "present"]]
    assert "Kari" not in progress(records, capsys, OTHER)
    assert run("Kari", *arguments, "--keep-marks") == 0
    assert progress(records, capsys)["Kari"]["counted"] == 1


def test_a_move_back_goes_on_in_the_old_place(records: Path, run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    mark(records, "2026-09-01")
    assert run("Kari", "--move-to", OTHER, "--from", "2026-10-14") == 0
    mark(records, "2026-10-14", "Kari:M", group=OTHER)
    assert run("Kari", "--move-to", GROUP, "--from", "2026-10-20", group=OTHER) == 0
    kari = progress(records, capsys)["Kari"]
    assert kari["periods"] == [["2026-09-01", "2026-10-13"], ["2026-10-20", None]]
    assert list(kari["states"].values())[:3] == ["attended", "made_up", "to_come"]


def test_deleted_for_good_when_the_name_is_typed_again(records: Path, run: Run) -> None:
    assert run("Kari", "--delete-for-good") == 2
    assert run("Kari", "--delete-for-good", "--confirm", "Ola") == 2
    assert run("Kari", "--delete-for-good", "--confirm", "Kari", "--preview") == 0
    assert run("Kari", "--delete-for-good", "--confirm", "Kari") == 0
    assert run("Kari", "--leave", "2026-10-01") == 1


# -- refused, looked at, taken back ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "options",
    [
        [],
        ["--leave", "2026-10-01", "--rename", "X"],
        ["--leave", "2026-10-01", "--until", "2026-10-02"],
        ["--leave", "2026-10-01", "--period", "1"],
        ["--leave", "2026-09-01"],
        ["--return", "2026-10-01"],
        ["--pause", "2026-10-06", "--until", "2026-10-06"],
        ["--move-to", GROUP, "--from", "2026-10-06"],
        ["--move-to", OTHER],
        ["--add"],
    ],
    ids=" ".join,
)
def test_what_cannot_be_is_refused_and_changes_nothing(records: Path, run: Run, options: list[str]) -> None:
    assert run("Kari", *options) == 2
    assert actions(records) == []


def test_a_day_that_is_none_is_wrong_usage(run: Run, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as left:
        run("Kari", "--leave", "the 40th of May")
    assert left.value.code == 2
    assert "May has days 1 to 31" in capsys.readouterr().err


def test_a_fault_is_not_a_refusal(records: Path, run: Run) -> None:
    assert run("Nobody", "--leave", "2026-10-01") == 1
    assert run("Kari", "--leave", "2026-10-01", group="Nothing") == 1
    assert run("Kari", "--move-to", "Nothing", "--from", "2026-10-01") == 1


def test_a_preview_changes_nothing_and_says_the_same(
    records: Path, run: Run, capsys: pytest.CaptureFixture[str]
) -> None:
    mark(records, "2026-09-01", "Kari:I")
    capsys.readouterr()
    options = ["--first-day", "2026-09-08", "--keep-marks", "--json"]
    assert run("Kari", *options, "--preview") == 0
    looked = json.loads(capsys.readouterr().out)
    assert looked == {
        "action": "first day corrected",
        "done": False,
        "periods_before": [["2026-09-01", None]],
        "periods": [["2026-09-08", None]],
        "present_before": 0,
        "counted_before": 1,
        "present": 0,
        "counted": 0,
        "marks_outside": [["2026-09-01", "absent"]],
    }
    assert progress(records, capsys)["Kari"]["joined"] == "2026-09-01"
    assert run("Kari", *options) == 0
    assert json.loads(capsys.readouterr().out) == looked | {"done": True}


def rows_of(database: Database) -> dict[str, Any]:
    with database.read() as db:
        group = load_group(db, 1)
        marks = db.scalars(select(Attendance).order_by(Attendance.id)).all()
        return {
            "people": [
                (m.participant.name, m.participant.alias, m.status, [(p.first_day, p.last_day) for p in m.periods])
                for m in group.memberships
            ],
            "marks": [(row.meeting_id, row.membership_id, row.mark) for row in marks],
            "other": [(m.participant.name, len(m.make_ups)) for m in load_group(db, 2).memberships],
        }


@pytest.mark.parametrize(
    "options",
    [
        ["--leave", "2026-09-08", "--keep-marks"],
        ["--pause", "2026-09-22", "--until", "2026-10-06"],
        ["--first-day", "2026-09-08", "--keep-marks"],
        ["--move-to", OTHER, "--from", "2026-10-14"],
        ["--complete", "2026-11-17"],
        ["--alias", "Furu"],
    ],
    ids=lambda options: options[0],
)
def test_one_undo_takes_it_all_back(
    records: Path, options: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    mark(records, "2026-09-01")
    mark(records, "2026-09-08")
    assert (
        main(["mark", "--database", str(records), "--group", GROUP, "--on", "2026-09-22", "--person", "Per", "M"]) == 0
    )
    database = opened(records)
    before = rows_of(database)
    monkeypatch.setattr("rop_facilitator.cli.people.open_records", lambda *_a, **_k: _open_already(database))
    arguments = ["--database", str(records), "--group", GROUP, "--person", "Kari", *options]
    assert main(["person", *arguments, "--today", TODAY]) == 0
    assert rows_of(database) != before
    undo_last(database, 1)
    assert rows_of(database) == before
    database.close()


class _open_already:
    def __init__(self, database: Database) -> None:
        self.database = database

    def __enter__(self) -> tuple[Database, Any]:
        return self.database, self.database.leaders()[0]

    def __exit__(self, *_error: object) -> None:
        pass


def test_every_action_has_words() -> None:
    assert [action for action in ACTIONS.values() if action_text(action, {}) == action] == []
