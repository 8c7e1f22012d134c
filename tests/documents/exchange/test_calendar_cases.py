"""Calendar files as people report them to other programs, by the command line: what must come out of each."""

import json
from pathlib import Path
from typing import Any

import pytest

from rop_facilitator.cli import main

CASES = Path(__file__).parent / "calendars"
PLAN = ["plan", "kat-rop", "--start", "2026-08-11", "--weekday", "tue", "--time", "13:00", "--minutes", "90"]


def closures(capsys: pytest.CaptureFixture[str], case: str, *also: str) -> list[tuple[str, str, str, bool]]:
    """(first, last, name, closed) of each period that a case gives."""
    assert main([*PLAN, "--closures", str(CASES / case), *also, "--json"]) == 0
    rows: list[dict[str, Any]] = json.loads(capsys.readouterr().out)["closures"]
    assert all(list(row) == ["first", "last", "name", "closed"] for row in rows)
    return [(row["first"], row["last"], row["name"], row["closed"]) for row in rows]


def day(on: str, name: str, closed: bool = True) -> tuple[str, str, str, bool]:
    return on, on, name, closed


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        ("utc-midnight-week.ics", [("2026-10-05", "2026-10-09", "Ferie", True)]),
        ("utc-midnight-day.ics", [day("2026-11-30", "Planleggingsdag")]),
        ("past-midnight.ics", []),
        (
            "moved-occurrence.ics",
            [
                day("2026-11-03", "Fagdag"),
                day("2026-12-02", "Fagdag (flyttet)"),
                day("2027-01-05", "Fagdag"),
                day("2027-02-02", "Fagdag"),
            ],
        ),
        (
            "first-tuesday-bysetpos.ics",
            [day(on, "Planleggingsdag") for on in ("2026-11-03", "2026-12-01", "2027-01-05", "2027-02-02")],
        ),
        (
            "fold-inside-a-letter.ics",
            [
                (
                    "2026-10-05",
                    "2026-10-09",
                    "Skolefri for alle barn og unge i hele kommunen i høstferien – uke førti",
                    True,
                ),
                day("2027-03-29", "Påskeferie"),
            ],
        ),
        (
            "names-with-numbers.ics",
            [
                day("2026-11-16", "Planleggingsdag"),
                day("2026-11-17", ""),
                day("2027-05-17", "17. mai"),
                day("2027-05-17", "2. pinsedag"),
                day("2027-05-18", "8.–10. trinn: eksamen"),
            ],
        ),
        (
            "outlook-mixed.ics",
            [
                day("2026-12-01", "Canceled: Planleggingsdag", closed=False),
                day("2026-12-08", "Kontor stengt"),
                day("2026-12-14", "Seminar", closed=False),
                day("2026-12-15", "Seminar"),
                day("2026-12-16", "Seminar", closed=False),
                ("2027-02-22", "2027-02-26", "Vinterferie", True),
                day("2027-03-29", "Andre påskedag"),
            ],
        ),
        (
            "school-route.ics",
            [
                day("2026-08-17", "Første skoledag", closed=False),
                ("2026-10-05", "2026-10-09", "Høstferie", True),
                ("2026-11-16", "2026-11-20", "Uke 47", False),
                day("2026-12-22", "Siste skoledag før jul", closed=False),
                day("2027-01-05", "Første skoledag etter jul", closed=False),
            ],
        ),
    ],
)
def test_a_case_gives(case: str, expected: list[object], capsys: pytest.CaptureFixture[str]) -> None:
    assert closures(capsys, case) == expected


def test_what_is_left_out_is_counted(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*PLAN, "--closures", str(CASES / "past-midnight.ics")]) == 0
    out = capsys.readouterr().out
    assert "1 event at a clock time was left out" in out
    assert "Closed:" not in out


def test_what_is_closed_and_asked_about_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*PLAN, "--closures", str(CASES / "school-route.ics")]) == 0
    lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
    assert "Closed: Høstferie, 5 to 9 October 2026" in lines
    asked = [line for line in lines if line.startswith("Asked: ")]
    assert len(asked) == 4
    assert "Uke 47, 16 to 20 November 2026 (marked as free time). To close it: --close-also “Uke 47”" in asked[1]


def test_what_is_asked_about_is_closed_by_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    closed = {name for *_days, name, closed in closures(capsys, "school-route.ics", "--close-also", "uke 47") if closed}
    assert closed == {"Høstferie", "Uke 47"}
    also = ("--close-also", "Seminar")
    assert (
        sum(name == "Seminar" and closed for *_days, name, closed in closures(capsys, "outlook-mixed.ics", *also)) == 3
    )
    for wrong in ("Høstferie", "uke 48"):
        assert main([*PLAN, "--closures", str(CASES / "school-route.ics"), "--close-also", wrong]) == 1
        assert "It asks about: Første skoledag, Uke 47" in capsys.readouterr().err
    assert main([*PLAN, *also]) == 1


def test_only_what_is_closed_moves_meetings(capsys: pytest.CaptureFixture[str]) -> None:
    for also, dates in (((), ["2026-12-01"]), (("--close-also", "Canceled: Planleggingsdag"), [])):
        start = [*PLAN[:3], "2026-12-01", *PLAN[4:]]
        assert main([*start, "--closures", str(CASES / "outlook-mixed.ics"), *also, "--json"]) == 0
        meetings = [row["date"] for row in json.loads(capsys.readouterr().out)["meetings"]]
        assert [on for on in meetings if on in ("2026-12-01", "2026-12-08", "2026-12-15")] == dates


@pytest.mark.parametrize(("file", "words"), [("borte.ics", "no file"), (".", "folder"), (__file__, "not a calendar")])
def test_a_missing_or_wrong_file_is_one_sentence(
    file: str, words: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*PLAN, "--closures", str(tmp_path / file)]) == 1
    out, err = capsys.readouterr()
    assert (out, len(err.splitlines())) == ("", 1)
    assert words in err


def test_closed_days_as_they_are_said(capsys: pytest.CaptureFixture[str]) -> None:
    said = ["--closure", "uke 40 Høstferie", "--closure", "17. mai", "--closure", "8.9", "--closure", "2026-W42"]
    assert main([*PLAN, *said, "--json"]) == 0
    plan = json.loads(capsys.readouterr().out)
    assert plan["closures"] == [], "only what a file gives"
    assert [(load["date"], load["text"]) for load in plan["skipped"]] == [
        *(("2026-09-08", "Closed"), ("2026-09-29", "Høstferie"), ("2026-10-13", "Closed")),
    ]


BREAK = """BEGIN:VCALENDAR
BEGIN:VEVENT
UID:host@skole.no
DTSTART;VALUE=DATE:{first}
DTEND;VALUE=DATE:{after}
SUMMARY:Planuke
END:VEVENT
END:VCALENDAR
"""


def test_the_same_calendar_again_takes_the_place_of_the_old_one(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ROP_PASSPHRASE", "hestehov i april")
    records, file = tmp_path / "demo.rop", tmp_path / "skole.ics"
    assert main(["demo", str(records), "--today", "2026-11-24"]) == 0
    close = [
        "reschedule",
        "--database",
        str(records),
        "--group",
        "Tirs",
        "--today",
        "2026-11-24",
        "--closures",
        str(file),
    ]

    def dates(*more: str) -> list[str]:
        capsys.readouterr()
        assert main([*close, *more, "--json"]) == 0
        return [row["date"] for row in json.loads(capsys.readouterr().out)["after"]]

    file.write_text(BREAK.format(first="20261130", after="20261205"), encoding="utf-8")
    assert "2026-12-01" not in dates("--preview")
    assert "2026-12-01" not in dates()
    capsys.readouterr()
    assert main(close) == 1
    assert "closed already" in capsys.readouterr().err
    file.write_text(BREAK.format(first="20261207", after="20261212"), encoding="utf-8")
    assert main([*close, "--preview"]) == 0
    assert "Planuke, 30 November – 4 December 2026 gives way to 7 to 11 December 2026." in capsys.readouterr().out
    after = dates()
    assert "2026-12-01" in after
    assert "2026-12-08" not in after
