"""The Tuesday on the command line: plan, demo, groups, mark, packet, export, backup, restore."""

import csv
import json
import re
import subprocess
import sys
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from pypdf import PdfReader

from rop_facilitator.cli import main
from rop_facilitator.records.erasure.erase import erase_participant
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Meeting
from rop_facilitator.records.storage.opening import create_database, unlock_database
from rop_facilitator.records.storage.vault import keys_path
from tests.records.factories import make_group

PASSPHRASE = "hestehov i april"
DAY = "2026-11-24"
CLOSURES = [
    "2026-W40",
    "2026-12-20..2027-01-02",
    "2027-W08",
    "2027-03-22..2027-03-28",
    *(f"2027-W{week}" for week in range(26, 33)),
    "2027-W40",
]


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    path = tmp_path / "demo.rop"
    assert main(["demo", str(path), "--today", DAY]) == 0
    return path


def test_plan_lays_e_imr_on_real_weeks(capsys: pytest.CaptureFixture[str]) -> None:
    options = ["--start", "2026-08-25", "--weekday", "tue", "--time", "13:00", "--minutes", "90", "--json"]
    for closure in CLOSURES:
        options += ["--closure", closure]
    assert main(["plan", "e-imr", *options]) == 0
    plan = json.loads(capsys.readouterr().out)
    meetings = {m["number"]: m for m in plan["meetings"]}
    assert meetings[1] | {"sessions": 0} == {
        "number": 1,
        "date": "2026-08-25",
        "week": "2026-W35",
        "start": "13:00",
        "end": "14:30",
        "sessions": 0,
    }
    assert [meetings[n]["date"] for n in (35, 36, 43, 50)] == ["2027-05-25", "2027-06-01", "2027-09-07", "2027-11-02"]
    assert plan["unplaced"] == []
    assert {skipped["code"] for skipped in plan["skipped"]} <= {"holiday", "closure"}


def test_the_curricula_that_are_shipped(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["curricula", "--json"]) == 0
    rows = {row["id"]: row for row in json.loads(capsys.readouterr().out)}
    ours = {"motivasjon", "kat-rop", "legemidler", "kombinerte-behandlingstiltak"}
    assert set(rows) == {"e-imr", "ebl-2002", "ebl-2009", *ours}
    assert (rows["kat-rop"]["sessions"], rows["kat-rop"]["complete"]) == (11, 11)
    assert {rows[key]["complete"] for key in ("motivasjon", "legemidler")} == {4}
    assert (rows["e-imr"]["modules"], rows["e-imr"]["complete"]) == (12, 2)
    assert all(row["language"] == "nb" and row["origin"] for row in rows.values())


@pytest.mark.parametrize(
    ("language", "many", "single"),
    [
        ("en", "12 modules, ", "1 module, 11 sessions, 11 complete"),
        ("nb", "12 moduler, ", "1 modul, 11 sesjoner, 11 ferdig skrevet"),
    ],
)
def test_one_module_is_not_several(language: str, many: str, single: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--language", language, "curricula"]) == 0
    rows = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()[::2]}
    assert f": {many}" in rows["e-imr"]
    assert rows["kat-rop"].endswith(f": {single}")


def test_one_person_and_one_meeting_are_not_several(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    path = tmp_path / "small.rop"
    database, _code = create_database(path, "Marit", PASSPHRASE, clock=datetime.now)
    with database.write(Action.GROUP_CREATED, by=database.leader_id) as db:
        make_group(db, people=1, sessions=1)
    database.close()
    assert main(["--language", "en", "groups", "--database", str(path), "--today", "2026-11-10"]) == 0
    assert "): 1 member, 0 of 1 meeting held, next: " in capsys.readouterr().out


def test_groups_and_marks(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    capsys.readouterr()
    assert main(["groups", "--database", str(records), "--today", DAY, "--json"]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["Tirsdagsgruppa"] == {
        "name": "Tirsdagsgruppa",
        "curricula": ["kat-rop"],
        "members": 8,
        "held": 2,
        "planned": 11,
        "next_meeting": DAY,
    }
    mark = ["mark", "--database", str(records), "--group", "Tirs", "--on", DAY, "--today", DAY]
    assert main([*mark, "--person", "Eva", "late", "--person", "Lars", "I", "--rest", "present"]) == 0
    assert "7 of 8 present, 0 not marked" in capsys.readouterr().out
    assert main([*mark, "--person", "Nobody", "late"]) == 1
    assert "Amund" in capsys.readouterr().err
    assert main([*mark, "--person", "Eva", "perhaps"]) == 1


def test_the_register_as_spreadsheet_and_list(records: Path, tmp_path: Path) -> None:
    for name in ("out.xlsx", "out.csv"):
        done = main(
            ["export", "--database", str(records), "--group", "Tirs", "-o", str(tmp_path / name), "--today", DAY]
        )
        assert done == 0
    book = openpyxl.load_workbook(tmp_path / "out.xlsx")
    assert book.sheetnames == ["Attendance", "List", "Meetings", "Participants"]
    grid = [[cell.value for cell in row] for row in book["Attendance"].iter_rows()]
    assert [row[0] for row in grid[2:10]] == ["Amund", "Berit", "Daniel", "Eva", "Farid", "Kine", "Lars", "Ørn"]
    assert grid[3][1:7] == ["M", "A", None, 1, 2, 50]
    assert book["Attendance"].freeze_panes == "B3"
    assert book["List"]["C2"].value.date() == date(2026, 11, 10)
    raw = (tmp_path / "out.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(raw.decode("utf-8-sig").splitlines(), delimiter=";"))
    assert len(rows) == 15
    assert rows[0]["Mark"] == "M"


def paper(records: Path, kind: str, target: Path, *options: str) -> int:
    where = ["--database", str(records), "--group", "Tirs", "--today", DAY]
    return main(["paper", kind, *where, *options, "-o", str(target)])


@pytest.mark.parametrize(
    ("kind", "options", "words"),
    [
        ("term-plan", ["--themes"], "Tidlige tegn"),
        ("term-plan", [], "Møte 11"),
        ("sign-in", ["--on", DAY], "Oppmøteliste"),
        ("substitute", ["--on", DAY], "Hvem trenger hva"),
        ("register", [], "50 %"),
        ("group-agreement", [], "Dette er vi enige om"),
        ("certificate", ["--person", "berit", "--anyway"], "1 av 2 møter"),
    ],
)
def test_a_paper_of_the_group(records: Path, tmp_path: Path, kind: str, options: list[str], words: str) -> None:
    assert paper(records, kind, tmp_path / "ut.pdf", *options) == 0
    printed = "\n".join(page.extract_text() for page in PdfReader(tmp_path / "ut.pdf").pages).replace("\u00a0", " ")
    assert words in printed
    assert paper(records, kind, tmp_path / "ut.docx", *options) == 0
    assert (tmp_path / "ut.docx").read_bytes().startswith(b"PK")


def test_a_paper_that_cannot_be_made_says_why(
    records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    for kind, name, options, words in (
        ("timeplan", "a.pdf", [], "term-plan"),
        ("term-plan", "a.odt", [], ".docx"),
        ("sign-in", "a.pdf", [], "meeting"),
        ("certificate", "a.pdf", ["--person", "Nobody"], "Amund"),
    ):
        assert paper(records, kind, tmp_path / name, *options) == (2 if name == "a.odt" else 1)
        assert words in capsys.readouterr().err
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("a.")] == []


def test_the_plan_for_a_calendar(records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "plan.ics"
    wanted = ["calendar", "--database", str(records), "--group", "Tirs", "-o", str(path)]
    assert main(wanted) == 0
    assert "Kriseplan" not in path.read_text(encoding="utf-8")
    assert path.read_bytes().count(b"BEGIN:VEVENT") == 11
    assert main([*wanted, "--titles"]) == 0
    assert "Kriseplan" in path.read_text(encoding="utf-8")
    assert main([*wanted[:-1], str(tmp_path / "plan.txt")]) == 2
    assert ".ics" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("command", "name", "words"),
    [
        (["export", "--group", "Tirs"], "list.ods", ".xlsx"),
        (["export", "--group", "Tirs"], "folder.xlsx", "is a folder"),
        (["calendar", "--group", "Tirs"], "folder.ics", "is a folder"),
        (["packet", "--group", "Tirs", "--on", DAY], "folder.pdf", "is a folder"),
        (["packet", "--group", "Tirs", "--on", DAY], "a file", "is a file"),
        (["paper", "term-plan", "--group", "Tirs"], "folder.pdf", "is a folder"),
        (["handout", "kat-rop/nobody"], "a.odt", ".docx"),
        (["handout", "kat-rop/nobody"], "demo.rop", ".docx"),
        (["export", "--group", "Tirs"], "demo.rop.keys", ".xlsx"),
        (["packet", "--group", "Tirs", "--on", DAY], "demo.rop", "is a file"),
    ],
)
def test_a_target_that_cannot_be_is_refused_alike(
    records: Path, tmp_path: Path, command: list[str], name: str, words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / name
    if "folder" in name:
        target.mkdir()
    elif name == "a file":
        target.write_text("mine", encoding="utf-8")
    database = [] if command[0] == "handout" else ["--database", str(records)]
    before = keys_path(records).read_bytes()
    assert main([*command, *database, "-o", str(target)]) == 2
    assert words in capsys.readouterr().err
    assert keys_path(records).read_bytes() == before
    assert main(["groups", "--database", str(records)]) == 0
    assert name != "a file" or target.read_text(encoding="utf-8") == "mine"


def test_closed_days_from_a_calendar_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "ferie.ics"
    event = "BEGIN:VEVENT\nDTSTART;VALUE=DATE:{}\nSUMMARY:Høstferie\nEND:VEVENT\n"
    path.write_text(f"BEGIN:VCALENDAR\n{event.format('20260901')}{event.format('i morgen')}", encoding="utf-8")
    options = ["--start", "2026-08-25", "--weekday", "tue", "--time", "13:00", "--minutes", "90", "--json"]
    assert main(["plan", "kat-rop", *options, "--closures", str(path)]) == 0
    captured = capsys.readouterr()
    skipped = json.loads(captured.out)["skipped"]
    assert [(load["date"], load["code"], load["text"]) for load in skipped] == [("2026-09-01", "closure", "Høstferie")]
    assert "ferie.ics:6" in captured.err
    assert main(["plan", "kat-rop", *options, "--closures", str(tmp_path / "borte.ics")]) == 1


TUESDAYS = ["--start", "2026-08-25", "--weekday", "tue", "--time", "13:00", "--minutes", "90"]


def test_what_a_change_would_move_and_then_the_change(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The preview keeps nothing and needs no right to write; the change does what was shown."""
    command = ["--language", "nb", "reschedule", "--database", str(records), "--group", "Tirs", "--today", DAY]
    capsys.readouterr()
    assert main([*command, "--cancel", "2026-12-01", "--preview"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("1. desember 2026    →  8. desember 2026 ")
    assert lines[-1] == "8 sesjoner flyttes, siste møte 19. januar 2027 → 26. januar 2027"
    assert main([*command, "--cancel", "2026-12-01", "--preview", "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert (shown["added"], shown["dropped"], shown["unplaced"]) == (["2027-01-26"], ["2026-12-01"], [])
    assert len(shown["moves"]) == 8
    assert main([*command, "--cancel", "2026-12-01"]) == 0
    assert capsys.readouterr().out.splitlines() == lines
    assert main([*command, "--cancel", "2026-12-01", "--preview"]) == 1
    assert "8. desember 2026" in capsys.readouterr().err
    assert main([*command, "--preview"]) == 1
    assert "--cancel" in capsys.readouterr().err
    assert main([*command, "--move", "2026-12-08", "2026-12-10"]) == 0
    assert capsys.readouterr().out.startswith("8. desember 2026    →  10. desember 2026 ")


@pytest.mark.parametrize(
    ("reason", "stored", "words"),
    [
        ("Ferie", "ferie", "Årsak: ferie. Den kan stå i kalendere også."),
        ("leader  ILL", "sykdom hos leder", "Årsak: sykdom hos leder. Den kan stå i kalendere også."),
        ("Vann i kjelleren", "Vann i kjelleren", "Årsak: Vann i kjelleren. Den blir i arkivet, og går aldri ut i en"),
    ],
)
@pytest.mark.parametrize("option", ["--cancel", "--did-not-meet"])
def test_a_meeting_is_called_off_for_a_reason(
    option: str, reason: str, stored: str, words: str, records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """The window's three fixed words may go out, other words never do; the event is the same."""
    where = ["--database", str(records), "--group", "Tirs"]
    command = ["--language", "nb", "reschedule", *where, "--today", DAY, option, "1.12.2026", "--reason", reason]
    capsys.readouterr()
    assert main([*command, "--preview", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["reason"] == stored
    assert main(command) == 0
    assert words in capsys.readouterr().out
    assert main(["log", *where[:2], "--json"]) == 0
    assert json.loads(capsys.readouterr().out)[-1]["action"] == "meeting cancelled"
    assert main(["--language", "nb", "calendar", *where, "-o", str(records.with_suffix(".ics"))]) == 0
    outside = records.with_suffix(".ics").read_text(encoding="utf-8").replace("\r\n ", "")
    assert ("kjelleren" in outside, stored.capitalize() in outside) == (False, not stored.startswith("Vann"))
    with_reason = _reasons(records)
    assert with_reason == {date(2026, 12, 1): stored}


def _reasons(records: Path) -> dict[date, str]:
    database = unlock_database(records, None, PASSPHRASE, clock=datetime.now, for_writing=False)
    with database.read() as db:
        reasons = {meeting.on: meeting.reason for meeting in db.query(Meeting) if meeting.reason}
    database.close()
    return reasons


def test_a_reason_belongs_to_a_meeting_that_is_called_off(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["reschedule", "--database", str(records), "--group", "Tirs", "--today", DAY, "--reason", "ferie"]
    assert main([*command, "--move", "2026-12-08", "2026-12-10"]) == 2
    assert "--cancel or --did-not-meet" in capsys.readouterr().err


@pytest.mark.parametrize("offer", ["merge", "twice", "extend", "skip-optional"])
def test_what_can_be_done_where_a_course_does_not_fit(offer: str, capsys: pytest.CaptureFixture[str]) -> None:
    command = [
        "plan",
        "e-imr",
        "--start",
        "2026-08-25",
        "--until",
        "2027-05-25",
        "--weekday",
        "tue",
        "--time",
        "13:00",
        "--minutes",
        "90",
    ]
    assert main([*command, "--offer", offer, "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    placed = [key for meeting in plan["meetings"] for key in meeting["sessions"]]
    assert plan["offer"]["kind"] == offer
    assert plan["offer"]["fits"] == (offer != "skip-optional") == (plan["unplaced"] == [])
    assert len(placed) == len(set(placed))
    assert "too many" in plan["fit"]
    assert main([*command, "--offer", offer]) == 0
    assert capsys.readouterr().out


def test_a_session_over_two_meetings_and_one_left_out(capsys: pytest.CaptureFixture[str]) -> None:
    command = [
        "plan",
        "kat-rop",
        "--start",
        "2026-08-25",
        "--weekday",
        "tue",
        "--time",
        "13:00",
        "--minutes",
        "90",
        "--json",
    ]
    assert main([*command, "--split", "kat-rop/kriseplan", "--skip", "kat-rop/fritid-og-venner"]) == 0
    plan = json.loads(capsys.readouterr().out)
    parts = [meeting["parts"] for meeting in plan["meetings"] if "parts" in meeting]
    assert parts == [{"kat-rop/kriseplan": [1, 2]}, {"kat-rop/kriseplan": [2, 2]}]
    assert len(plan["meetings"]) == 11
    assert main([*command, "--split", "kat-rop/nobody"]) == 1
    assert main([*command, "--offer", "merge"]) == 1
    assert "--until" in capsys.readouterr().err


def test_progress_of_each_person(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["progress", "--database", str(records), "--group", "Tirs", "--today", DAY]
    capsys.readouterr()
    assert main([*command, "--json"]) == 0
    report = json.loads(capsys.readouterr().out)
    first, second, third = (load["id"] for load in report["sessions"][:3])
    assert report["sessions"][1] == {"id": "kat-rop/kriseplan", "title": "Kriseplan", "module": "KAT-ROP"}
    people = {load["name"]: load for load in report["people"]}
    assert people["Kine"]["states"] | {third: ""} == people["Amund"]["states"] | {second: "made_up", third: ""}
    assert (people["Berit"]["received"], people["Berit"]["taught"], people["Berit"]["missed"]) == (1, 2, [second])
    assert people["Farid"]["states"][first] == "not_member"
    assert (people["Farid"]["joined"], people["Farid"]["left"]) == ("2026-11-17", None)
    assert set(people["Amund"]["states"]) == {load["id"] for load in report["sessions"]}
    assert report["to_call"] == [{"name": "Lars", "days": ["2026-11-10", "2026-11-17"]}]


def test_progress_as_a_table_and_without_names(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    command = ["--language", "nb", "progress", "--database", str(records), "--today", DAY]
    capsys.readouterr()
    assert main([*command, "--group", "Tirs", "--names", "number"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[7].split() == ["Deltaker", "7", "Å", "Å", *["·"] * 9, "0", "av", "2"]
    assert " 2 Kriseplan: Deltaker 2, Deltaker 7" in lines
    assert lines[-1] == "Ring Deltaker 7: borte uten beskjed 10. november, 17. november"
    assert not any("Lars" in line for line in lines)
    assert main([*command, "--group", "Ons"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [line.split()[0] for line in lines[::7][:3]] == ["1", "21", "41"]
    assert max(map(len, lines)) <= 100


def test_names_can_be_left_out(records: Path, tmp_path: Path) -> None:
    for names, expected in (("alias", "Bjørk"), ("number", "Participant 1")):
        out = tmp_path / f"{names}.csv"
        assert main(["export", "--database", str(records), "--group", "T", "-o", str(out), "--names", names]) == 0
        text = out.read_text(encoding="utf-8-sig")
        assert expected in text
        assert "Amund" not in text


def test_backup_and_restore(records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy, back = tmp_path / "copy.backup", tmp_path / "back.rop"
    assert main(["backup", "--database", str(records), "-o", str(copy)]) == 0
    assert main(["restore", str(copy), "-o", str(back)]) == 0
    assert main(["restore", str(copy), "-o", str(back)]) == 2
    capsys.readouterr()
    answers = []
    for path in (records, back):
        assert main(["groups", "--database", str(path), "--today", DAY, "--json"]) == 0
        answers.append(capsys.readouterr().out)
    assert answers[0] == answers[1]


def test_an_old_copy_is_put_right_before_it_is_read(
    records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy, back = tmp_path / "copy.backup", tmp_path / "back.rop"
    assert main(["backup", "--database", str(records), "-o", str(copy)]) == 0
    database = unlock_database(records, None, PASSPHRASE, clock=datetime.now)
    erase_participant(database, 1, by=1)
    database.close()
    assert main(["restore", str(copy), "-o", str(back)]) == 0
    capsys.readouterr()
    read = ["export", "--database", str(back), "--group", "T", "-o", str(tmp_path / "out.csv"), "--today", DAY]
    assert main(read) == 0
    assert "1 person who was deleted" in capsys.readouterr().err
    assert "Amund" not in (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert main(read) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["groups", "--database", "missing.rop"], 1),
        (["plan", "nothing", "--start", DAY, "--weekday", "tue", "--time", "13:00", "--minutes", "90"], 1),
        (["plan", "e-imr", "--start", "31. feb", "--weekday", "tue", "--time", "13:00", "--minutes", "90"], 2),
        (["plan", "e-imr"], 2),
        (["dance"], 2),
    ],
)
def test_what_is_wrong_is_told_in_one_plain_line(arguments: list[str], code: int, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "rop_facilitator", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", cwd=tmp_path, check=False)
    assert done.returncode == code
    assert done.stdout == ""
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_a_wrong_passphrase(records: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setenv("ROP_PASSPHRASE", "noe helt annet her")
    assert main(["groups", "--database", str(records)]) == 1
    assert "passphrase" in capsys.readouterr().err.lower()


@pytest.mark.parametrize(
    "command",
    [
        ["groups", "--today", DAY],
        ["group", "--group", "Tirs", "--today", DAY],
        ["progress", "--group", "Tirs", "--today", DAY],
        ["reschedule", "--group", "Tirs", "--cancel", "1.12.2026", "--today", DAY, "--preview"],
        ["person", "--group", "Tirs", "--person", "Eva", "--leave", "2.12.2026", "--today", DAY, "--preview"],
        ["log"],
        ["plan", "ebl-2009", "--start", "1.9.2026", "--weekday", "tue", "--time", "13", "--minutes", "90"],
    ],
    ids=lambda command: command[0],
)
def test_days_are_words_where_people_read(
    command: list[str], records: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    assert main([*command, *([] if command[0] == "plan" else ["--database", str(records)])]) == 0
    out = capsys.readouterr().out
    assert re.search(r"20\d\d-(W|\d\d)", out) is None
    assert re.search(r"\b20\d\d\b|\d+ \w+", out)
