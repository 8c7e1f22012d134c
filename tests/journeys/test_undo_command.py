"""The last act taken back by name, on the command line as in the window."""

import json
import shutil
from datetime import datetime
from pathlib import Path

import pytest

from rop_facilitator.cli import main
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Group
from rop_facilitator.records.storage.opening import unlock_database
from rop_facilitator.records.storage.vault import keys_path

PASSPHRASE = "hestehov i april"
DAY = "2026-11-24"


@pytest.fixture
def records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    path = tmp_path / "demo.rop"
    assert main(["demo", str(path), "--today", DAY]) == 0
    return path


def of_group(records: Path, command: str, *options: str, group: str = "Tirs") -> int:
    return main(["--language", "nb", command, "--database", str(records), "--group", group, *options])


def undo(records: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, str, str]:
    """Exit code, what was said, and the fault."""
    capsys.readouterr()
    code = main(["--language", "nb", "undo", "--database", str(records), *options])
    said = capsys.readouterr()
    return code, said.out, said.err


def days(records: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    cancel = ["--today", DAY, "--cancel", "19.1.2027", "--preview", "--json"]
    assert of_group(records, "reschedule", *cancel) == 0
    return [meeting["date"] for meeting in json.loads(capsys.readouterr().out)["before"]]


def actions(records: Path, capsys: pytest.CaptureFixture[str]) -> list[str]:
    capsys.readouterr()
    assert main(["log", "--database", str(records), "--json"]) == 0
    events = [event["action"] for event in json.loads(capsys.readouterr().out)]
    return [action for action in events if action != "records opened"]


def test_the_last_act_is_shown_and_then_taken_back(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = days(records, capsys)
    assert of_group(records, "reschedule", "--today", DAY, "--cancel", "1.12.2026") == 0
    after = days(records, capsys)
    assert after != before
    code, out, _err = undo(records, capsys, "--preview")
    assert code == 0
    assert out.splitlines()[0].startswith("Avlyste et møte (Tirsdagsgruppa), ")
    assert "Ingenting er endret" in out
    assert days(records, capsys) == after
    code, out, _err = undo(records, capsys)
    assert (code, out.startswith("Angret: avlyste et møte (Tirsdagsgruppa), ")) == (0, True)
    assert days(records, capsys) == before
    assert actions(records, capsys)[-2:] == ["meeting cancelled", "undone"]


def test_one_group_alone_and_nothing_twice(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert of_group(records, "group", "--today", DAY, "--place", "Rom 5") == 0
    assert of_group(records, "group", "--today", DAY, "--place", "Rom 6", group="Ons") == 0
    code, out, _err = undo(records, capsys, "--group", "Tirs", "--json")
    event = json.loads(out)
    assert (code, event["done"], event["action"], event["group"]) == (0, True, "group changed", "Tirsdagsgruppa")
    event = json.loads(undo(records, capsys, "--json", "--preview")[1])
    assert (event["done"], event["group"]) == (False, "Onsdagsgruppa")


def test_what_was_changed_since_is_refused(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert of_group(records, "group", "--today", DAY, "--place", "Rom 5") == 0
    database = unlock_database(records, None, PASSPHRASE, clock=datetime.now)
    other = database.add_leader("Jonas", "jonas sin setning")
    with database.write(Action.GROUP_CHANGED, by=other) as db:
        for group in db.query(Group):
            group.later_patterns = []
            group.place = "Kjelleren"
    database.close()
    before = actions(records, capsys)
    for options in ([], ["--preview"], ["--json"]):
        code, out, err = undo(records, capsys, *options)
        assert code == 2
        assert "endret siden" in err
        assert json.loads(out)["done"] is False if options == ["--json"] else out == ""
    assert actions(records, capsys) == before


def test_it_is_shown_beside_an_open_window(records: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Showing writes nothing, so it needs no lock; taking back does, and is refused with the name of the holder."""
    assert of_group(records, "reschedule", "--today", DAY, "--cancel", "1.12.2026") == 0
    window = unlock_database(records, None, PASSPHRASE, clock=datetime.now)
    before = records.read_bytes()
    try:
        code, out, _err = undo(records, capsys, "--preview")
        assert (code, out.startswith("Avlyste et møte (Tirsdagsgruppa), ")) == (0, True)
        code, out, err = undo(records, capsys)
        assert (code, out) == (1, "")
        assert err.startswith("Marit har hatt arkivet åpent")
        assert records.read_bytes() == before
    finally:
        window.close()


def test_old_records_are_taken_back_or_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """What was done before an older file was migrated may name fields that are no more: no traceback."""
    source = Path(__file__).parents[1] / "records" / "migrations" / "files" / "schema-2.rop"
    path = tmp_path / "old.rop"
    shutil.copyfile(source, path)
    shutil.copyfile(keys_path(source), keys_path(path))
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    codes = [undo(path, capsys)[0]]
    while codes[-1] == 0 and len(codes) < 50:
        codes.append(undo(path, capsys)[0])
    assert len(codes) > 1
    assert codes[-1] == 2
