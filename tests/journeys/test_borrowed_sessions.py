"""A course with borrowed sessions on the command line: listed, checked, planned, and its papers printed."""

import json
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from rop_facilitator.cli import main
from rop_facilitator.records.group.groups import add_participant, create_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.storage.opening import unlock_database
from tests.borrowing_course import BORROWED, borrowing_library
from tests.records.conftest import LEADER, PASSPHRASE, clock
from tests.records.factories import TUESDAYS


def printed(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    capsys.readouterr()
    assert main(list(words)) == 0, capsys.readouterr().err
    return capsys.readouterr().out


def test_listed_checked_planned_and_printed(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    library = borrowing_library()
    rows = {row["id"]: row for row in json.loads(printed(capsys, "curricula", "--json"))}
    assert (rows["laan"]["sessions"], rows["laan"]["borrowed"], rows["kat-rop"]["borrowed"]) == (3, 2, 0)
    assert "3 sessions, 3 complete, 2 borrowed" in printed(capsys, "curricula")
    assert "0 faults" in printed(capsys, "check", str(library.curricula["laan"].folder))
    when = ["--start", "2026-11-24", "--weekday", "tue", "--time", "13:00", "--minutes", "90", "--json"]
    plan = json.loads(printed(capsys, "plan", "laan", *when, "--skip", BORROWED[0]))
    sessions = [session for meeting in plan["meetings"] for session in meeting["sessions"]]
    assert sessions == ["laan/malet-mitt", BORROWED[1]]
    database = unlock_database(path, LEADER, PASSPHRASE, clock=clock)
    with database.write(Action.GROUP_CREATED, by=database.leader_id) as db:
        group = create_group(db, "Lån", [library.curricula["laan"]], TUESDAYS, first_date=date(2026, 11, 24))
        add_participant(db, group, "Berit", joined=date(2026, 11, 24))
    database.close()
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    target = tmp_path / "pakke.pdf"
    there = ["--database", str(path), "--group", "Lån", "--on", "2026-12-01", "-o", str(target)]
    printed(capsys, "packet", *there)
    text = "\n".join(page.extract_text() for page in PdfReader(target).pages)
    assert "Kom inn" in text
    assert library.curricula["kat-rop"].session(BORROWED[0]).title in text
    progress = json.loads(printed(capsys, "progress", "--database", str(path), "--group", "Lån", "--json"))
    assert [row["module"] for row in progress["sessions"]] == ["Det egne", "Det lånte", "Det lånte"]
