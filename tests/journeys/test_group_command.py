"""A group's whole life on the command line: changed from a day on, archived, brought back, deleted for good."""

import json
from datetime import datetime
from pathlib import Path

import pytest

from rop_facilitator.cli import main
from rop_facilitator.records.models import AuditEvent
from rop_facilitator.records.storage.opening import unlock_database

PASSPHRASE = "hestehov i april"
DAY = "2026-11-24"
NOW = datetime(2026, 11, 24, 12)


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    path = tmp_path / "demo.rop"
    assert main(["demo", str(path), "--today", DAY]) == 0
    return path


def run(records: Path, capsys: pytest.CaptureFixture[str], *options: str, group: str = "Tirs") -> tuple[int, str, str]:
    """Exit code, what was said, and the fault."""
    capsys.readouterr()
    code = main(["--language", "en", "group", "--database", str(records), "--group", group, "--today", DAY, *options])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def facts(records: Path, capsys: pytest.CaptureFixture[str], group: str = "Tirs") -> dict[str, object]:
    code, out, _err = run(records, capsys, "--json", group=group)
    assert code == 0
    shown: dict[str, object] = json.loads(out)
    return shown


def actions(records: Path) -> list[str]:
    database = unlock_database(records, None, PASSPHRASE, clock=lambda: NOW, for_writing=False)
    with database.read() as db:
        stored = [event.action for event in db.query(AuditEvent).order_by(AuditEvent.id)]
    database.close()
    return [action for action in stored if action != "records opened"]


def test_case_5(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Tuesday 13:00 to Wednesday 10:00 from January, another room and another name."""
    change = ["--weekday", "wed", "--time", "10:00", "--place", "Rom 5", "--name", "Onsdager", "--from", "1.1.27"]
    code, out, _err = run(records, capsys, *change, "--preview", "--json")
    assert code == 0
    preview = json.loads(out)
    assert (preview["done"], preview["action"]) == (False, "group changed")
    assert preview["changed"] == ["name", "weekdays", "start", "place"]
    assert facts(records, capsys)["name"] == "Tirsdagsgruppa"
    code, out, _err = run(records, capsys, *change, "--json")
    done = json.loads(out)
    assert code == 0
    assert {**done, "done": False} == preview
    before = {row["number"]: row for row in done["before"]}
    for row in done["after"]:
        if row["date"] < "2027-01-01":
            assert row == before[row["number"]]
        else:
            assert row["start"] == "10:00"
    assert [row["date"] for row in done["after"]][-3:] == ["2027-01-06", "2027-01-13", "2027-01-20"]
    changed = facts(records, capsys, "Onsdager")
    assert changed["patterns"] == [
        {"first": "2026-11-10", "weekdays": ["tue"], "time": "13:00", "minutes": 90, "place": "Møterom 2, Fjellgata 4"},
        {"first": "2027-01-01", "weekdays": ["wed"], "time": "10:00", "minutes": 90, "place": "Rom 5"},
    ]
    assert actions(records)[-1] == "group changed"


def test_in_words(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = run(records, capsys, "--weekday", "thu", "--preview")
    assert code == 0
    assert "Day: Tuesdays → Thursdays" in out
    assert "The 2 meetings that were held stay." in out
    assert "Nothing was changed" in out
    assert "2026-" not in out


def test_a_week_that_is_called_off_is_told(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The plan leaves it alone, and says so before the change; with a further weekday, that one day."""
    where = ["--database", str(records), "--group", "Tirs", "--today", DAY]
    assert main(["reschedule", *where, "--cancel", "8.12.2026"]) == 0
    code, out, _err = run(records, capsys, "--weekday", "thu", "--preview")
    assert code == 0
    assert "Week 50 stays called off." in out
    assert json.loads(run(records, capsys, "--weekday", "thu", "--preview", "--json")[1])["called_off"] == [
        "2026-12-08"
    ]
    assert "8 December stays called off." in run(records, capsys, "--weekday", "tue", "thu", "--preview")[1]
    assert "called off" not in run(records, capsys, "--weekday", "thu", "--from", "14.12.2026", "--preview")[1]
    assert main(["reschedule", *where, "--cancel", "15.12.2026"]) == 0
    assert "Weeks 50, 51 stay called off." in run(records, capsys, "--weekday", "thu", "--preview")[1]
    assert main(["--language", "nb", "group", *where, "--weekday", "thu", "--preview"]) == 0
    assert "Uke 50, 51 blir stående avlyst." in capsys.readouterr().out
    changed = json.loads(run(records, capsys, "--weekday", "thu", "--json")[1])
    assert not {"2026-12-10", "2026-12-17"} & {meeting["date"] for meeting in changed["after"]}


def test_leaders_and_end(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(records, capsys, "--leader", "Marit", "--leader", "Per", "--until", "18.12.26")[0] == 0
    shown = facts(records, capsys)
    assert (shown["leaders"], shown["until"]) == (["Marit", "Per"], "2026-12-18")
    assert run(records, capsys, "--remove-leader", "per", "--until", "none")[0] == 0
    shown = facts(records, capsys)
    assert (shown["leaders"], shown["until"]) == (["Marit"], None)
    assert run(records, capsys, "--until", "18.12.26")[0] == 0
    assert actions(records)[-3:] == ["group changed", "group changed", "end changed"]
    code, out, _err = run(records, capsys)
    assert code == 0
    assert "ends by Friday 18 December 2026" in out
    assert "leaders: Marit" in out


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--minutes", "90"], "like this already"),
        (["--minutes", "90", "--name", "Tirsdagsgruppa"], "like this already"),
        (["--from", "1.1.27"], "like this already"),
        (["--name", "onsdagsgruppa"], "this name already"),
        (["--name", " \u200b "], "cannot be empty"),
        (["--minutes", "5"], "15 to 600"),
        (["--minutes", "700"], "15 to 600"),
        (["--time", "23:30"], "after midnight"),
        (["--weekday", "wed", "--from", "2026-11-23"], "is past"),
        (["--weekday", "someday"], "is not a weekday"),
        (["--until", "2026-11-12"], "Choose a later end"),
        (["--remove-leader", "Ola"], "There are: none"),
        (["--archive", "--name", "X"], "do not go together"),
        (["--archive", "--unarchive"], "do not go together"),
        (["--unarchive"], "not archived"),
        (["--confirm", "Tirsdagsgruppa"], "goes with --delete-for-good"),
        (["--delete-for-good"], "Type the name of the group"),
        (["--delete-for-good", "--confirm", "Tirs"], "Type the name of the group"),
    ],
)
def test_refused_with_what_to_do(
    options: list[str], words: str, records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (facts(records, capsys), actions(records))
    code, _out, err = run(records, capsys, *options)
    assert (code, words in err) == (2, True), err
    code, out, _err = run(records, capsys, *options, "--json")
    assert (code, json.loads(out)["done"]) == (2, False)
    assert words in json.loads(out)["refused"]
    assert (facts(records, capsys), actions(records)) == before


def test_faults(records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(records, capsys, "--minutes", "60", group="Nobody")[0] == 1
    assert run(tmp_path / "none.rop", capsys)[0] == 1
    with pytest.raises(SystemExit) as stop:
        run(records, capsys, "--until", "31.2.27")
    assert stop.value.code == 2


def test_archived_and_back(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(records, capsys, "--archive", "--preview")[0] == 0
    assert facts(records, capsys)["archived"] is None
    assert run(records, capsys, "--archive")[0] == 0
    assert facts(records, capsys)["archived"] == DAY
    main(["groups", "--database", str(records), "--today", DAY, "--json"])
    assert "Tirsdagsgruppa" not in [row["name"] for row in json.loads(capsys.readouterr().out)]
    main(["groups", "--database", str(records), "--today", DAY, "--archived", "--json"])
    assert [row["name"] for row in json.loads(capsys.readouterr().out)] == ["Tirsdagsgruppa"]
    archived = ["--database", str(records), "--group", "Tirs", "--today", DAY]
    assert run(records, capsys, "--minutes", "60")[0] == 2
    assert run(records, capsys, "--minutes", "60", "--preview")[0] == 2
    assert main(["mark", *archived, "--on", DAY, "--rest", "present"]) == 2
    assert main(["reschedule", *archived, "--close", "2026-W50"]) == 2
    assert main(["progress", *archived, "--json"]) == 0
    assert main(["export", *archived, "-o", str(records.with_suffix(".csv"))]) == 0
    assert run(records, capsys, "--unarchive")[0] == 0
    assert main(["mark", *archived, "--on", DAY, "--rest", "present"]) == 0
    assert [action for action in actions(records) if action.startswith("group")] == [
        "group archived",
        "group brought back",
    ]


def test_deleted_for_good(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _err = run(records, capsys, "--delete-for-good", "--preview")
    assert code == 0
    assert "These are in no other group and go with it: Amund, Berit" in out
    assert facts(records, capsys)["name"] == "Tirsdagsgruppa"
    code, out, _err = run(records, capsys, "--delete-for-good", "--confirm", "Tirsdagsgruppa", "--json")
    report = json.loads(out)
    assert code == 0
    assert report["done"]
    assert len(report["people"]) == 8
    assert run(records, capsys)[0] == 1
    assert actions(records)[-1] == "group deleted for good"


def test_the_name_on_paper_is_asked_about_once(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """By itself the weekday; a name with the title of a course is refused until the leader insists; empty is usual."""
    assert facts(records, capsys)["name_on_paper"] == "Tuesday group"
    code, _out, err = run(records, capsys, "--name-on-paper", "KAT-ROP i vår")
    assert code == 2
    assert "“KAT-ROP”" in err
    assert "--anyway" in err
    assert facts(records, capsys)["name_on_paper"] == "Tuesday group"
    assert run(records, capsys, "--name-on-paper", "KAT-ROP i vår", "--anyway")[0] == 0
    assert facts(records, capsys)["name_on_paper"] == "KAT-ROP i vår"
    assert run(records, capsys, "--name-on-paper", "Fjellgata")[0] == 0
    assert facts(records, capsys)["name_on_paper"] == "Fjellgata"
    assert run(records, capsys, "--name-on-paper", "")[0] == 0
    assert facts(records, capsys)["name_on_paper"] == "Tuesday group"
