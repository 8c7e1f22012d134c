"""How hard each file is to read: every session and handout has a row, and ours are easy."""

import json
from pathlib import Path

import pytest

from rop_facilitator.cli import main
from rop_facilitator.curriculum.curriculum_check import HARD_TO_READ
from rop_facilitator.documents.check.readability_report import Reading, readability_of_files
from rop_facilitator.paths import shipped

HARD = "Rusmiddelbruken påvirker behandlingsplanen vesentlig. "


def too_hard(figures: list[Reading]) -> list[str]:
    """Papers over the limit; a text under 100 words is too short to tell."""
    papers = [reading for reading in figures if reading.kind != "session" and not reading.measured.short]
    return [f"{paper.file}: LIX {paper.measured.lix:.0f}" for paper in papers if paper.measured.lix > HARD_TO_READ]


def handout(folder: Path, body: str) -> Path:
    path = folder / "handouts" / "prove" / "ark.md"
    path.parent.mkdir(parents=True)
    path.write_text(f"---\ntitle: Ark\nkind: handout\norigin: proposal\n---\n{body}\n", encoding="utf-8")
    return path


def test_every_written_session_and_handout_that_is_shipped_has_a_row() -> None:
    figures = readability_of_files([shipped("curricula"), shipped("handouts") / "papers"])
    papers = {str(path.relative_to(shipped("handouts"))) for path in shipped("handouts").rglob("*.md")}
    assert {reading.file.partition("handouts/")[2] for reading in figures if reading.kind != "session"} == papers
    sessions = [reading for reading in figures if reading.kind == "session"]
    assert len(sessions) >= 5
    assert all(session.measured.words > 200 for session in sessions)


def test_no_shipped_handout_is_hard_to_read() -> None:
    assert too_hard(readability_of_files([shipped("curricula"), shipped("handouts") / "papers"])) == []


def test_a_hard_handout_would_be_found(tmp_path: Path) -> None:
    path = handout(tmp_path, HARD * 30)
    (reading,) = readability_of_files([tmp_path])
    assert too_hard([reading]) == [f"{reading.file}: LIX 104"]
    assert reading.over_aim
    assert readability_of_files([path]) == readability_of_files([path.parent]) == [reading]
    path.write_text(path.read_text(encoding="utf-8").replace(HARD * 30, HARD), encoding="utf-8")
    assert not readability_of_files([path])[0].over_aim


def test_one_file_of_a_curriculum() -> None:
    path = shipped("curricula") / "kat-rop" / "kriseplan.md"
    assert [(reading.kind, reading.title) for reading in readability_of_files([path])] == [("session", "Kriseplan")]
    whole = readability_of_files([path.with_name("curriculum.yaml")])
    assert whole == readability_of_files([path.parent])
    assert len(whole) > 5


def test_the_command_line_shows_them(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    handout(tmp_path, HARD * 30 + "Ordet " * 16)
    assert main(["--language", "en", "check", str(tmp_path), "--readability"]) == 0
    lines = capsys.readouterr().out.splitlines()
    (row,) = [line for line in lines if line.endswith("behandlingsplanen, Rusmiddelbruken, vesentlig, påvirker")]
    assert row.split()[:3] == ["93!", "136", "1"]
    assert main(["--language", "en", "check", str(tmp_path), "--json"]) == 0
    before = json.loads(capsys.readouterr().out)
    assert main(["--language", "en", "check", str(tmp_path), "--readability", "--json"]) == 0
    after = json.loads(capsys.readouterr().out)
    assert after[: len(before)] == before
    assert all({"level", "file", "line", "text", "advice"} <= set(load) for load in after)
    (figures,) = after[len(before) :]
    assert (figures["level"], figures["kind"], figures["text"], figures["over_aim"]) == (
        "reading",
        "handout",
        "Ark",
        True,
    )
    assert (figures["lix"], figures["words"], len(figures["long_sentences"])) == (92.6, 136, 1)
