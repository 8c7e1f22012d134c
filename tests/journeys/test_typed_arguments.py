"""The command line reads days, times and lengths as people type them, and says what is wrong in their language."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from rop_facilitator import i18n
from rop_facilitator.cli import main
from rop_facilitator.cli.arguments import usage_fault

PASSPHRASE = "hestehov i april"


def planned(capsys: pytest.CaptureFixture[str], *options: str) -> list[tuple[str, str, str]]:
    assert main(["--language", "nb", "plan", "kat-rop", "--weekday", "tirsdag", *options, "--json"]) == 0
    meetings = json.loads(capsys.readouterr().out)["meetings"]
    return [(meeting["date"], meeting["start"], meeting["end"]) for meeting in meetings]


@pytest.mark.parametrize("start", ["2026-08-25", "25.8.26", "25. august 2026", "25/8/2026", "tirsdag i uke 35 2026"])
@pytest.mark.parametrize(("clock", "minutes"), [("13:00", "90"), ("1300", "1,5 t"), ("kl 13", "1 t 30")])
def test_a_plan(capsys: pytest.CaptureFixture[str], start: str, clock: str, minutes: str) -> None:
    rows = planned(capsys, "--start", start, "--time", clock, "--minutes", minutes, "--until", "24. november 2026")
    assert rows[0] == ("2026-08-25", "13:00", "14:30")
    assert rows[-1][0] <= "2026-11-24"


def test_an_end_without_a_year_comes_after_the_start(capsys: pytest.CaptureFixture[str]) -> None:
    hours = ("--time", "9", "--minutes", "90")
    rows = planned(capsys, "--start", "2040-08-28", *hours, "--until", "1.10")
    assert (rows[0][0], rows[-1][0]) == ("2040-08-28", "2040-09-25")
    with pytest.raises(SystemExit) as left:
        main(
            [
                "--language",
                "nb",
                "plan",
                "kat-rop",
                "--start",
                "2040-08-28",
                "--until",
                "27.8.2040",
                "--weekday",
                "ti",
                *hours,
            ]
        )
    assert left.value.code == 2
    assert "Skriv 28. august 2040 eller en senere dag" in capsys.readouterr().err


def test_a_mark_without_a_year_is_back_and_a_change_of_the_plan_ahead(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    path = tmp_path / "demo.rop"
    today = ("--today", "24. nov 2026")
    assert main(["demo", str(path), *today]) == 0
    group = ("--database", str(path), "--group", "Tirsdagsgruppa")
    assert main(["mark", *group, "--on", "17.11", "--person", "Amund", "M", *today]) == 0
    assert main(["reschedule", *group, "--cancel", "1.12", "--preview", "--json", *today]) == 0
    assert main(["reschedule", *group, "--move", "1. des", "3. des", "--preview", "--json", *today]) == 0
    assert main(["packet", *group, "--on", "i dag", "-o", str(tmp_path / "p.pdf")]) == 1  # seen from the real today
    capsys.readouterr()
    assert main(["reschedule", *group, "--cancel", "i morgen", "--preview", *today]) == 1
    assert "25 November 2026" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--start", "31.4.27"], "--start: “31.4.27”: I april 2027 går dagene fra 1 til 30."),
        (["--start", "tull"], "--start: “tull”: Dette er ingen dag. Skriv for eksempel 12.1, 12. januar,"),
        (["--time", "25"], "--time: “25”: Skriv en time fra 0 til 23."),
        (["--minutes", "lenge"], "--minutes: “lenge”: Dette er ingen lengde. Skriv for eksempel 90, 1 t 30 eller"),
        (["--minutes"], "--minutes: skriv én verdi etter det."),
        (["--tull"], "dette mangler: CURRICULUM, --start, --weekday, --time, --minutes."),
        (["--offer", "tull"], "--offer: «tull» er ikke en av disse: "),
    ],
)  # fmt: skip
def test_wrong_usage_is_told_in_bokmal(capsys: pytest.CaptureFixture[str], arguments: list[str], words: str) -> None:
    with pytest.raises(SystemExit) as left:
        main(["--language", "nb", "plan", *arguments])
    assert left.value.code == 2
    error_text = capsys.readouterr().err
    assert words.replace("“", "«").replace("”", "»") in error_text.replace("“", "«").replace("”", "»")


@pytest.mark.parametrize(
    "message",
    [
        "the following arguments are required: --on",
        "unrecognized arguments: --tull",
        "argument --on: expected one argument",
        "argument --on: expected at least one argument",
        "argument --move: expected 2 arguments",
        "argument --close: not allowed with argument --cancel",
        "ambiguous option: --c could match --cancel, --close",
        "one of the arguments --cancel --close is required",
        "argument COMMAND: invalid choice: 'tull' (choose from 'plan', 'mark')",
    ],
)
def test_no_english_is_left_of_what_argparse_says(message: str) -> None:
    before = i18n.language()
    i18n.set_language("nb")
    try:
        translated = usage_fault(message)
    finally:
        i18n.set_language(before)
    english = ("argument", "expected", "required", "allowed", "choice", "match", "choose")
    assert not [word for word in english if word in translated]
