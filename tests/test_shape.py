"""The house's limits, measured: sizes of files, classes and functions, and no drawers for odds and ends."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "rop_facilitator"
FILES = sorted(path for path in PACKAGE.rglob("*.py") if path.parent.name != "versions")  # migrations are history


def too_long(text: str, *, file: int = 400, klass: int = 300, function: int = 60) -> list[str]:
    found = ["file"] if text.count("\n") > file else []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            limit = klass if isinstance(node, ast.ClassDef) else function
            if (node.end_lineno or 0) - node.lineno + 1 > limit:
                found.append(node.name)
    return found


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_nothing_is_too_long(path: Path) -> None:
    assert too_long(path.read_text(encoding="utf-8")) == []


def test_the_measure_finds_what_is_too_long() -> None:
    assert too_long("def f():\n" + "    x = 1\n" * 60) == ["f"]


RAW = ("QDateEdit", "QTimeEdit", "QDateTimeEdit", "QCalendarWidget")


@pytest.mark.parametrize("path", FILES, ids=lambda p: str(p.relative_to(PACKAGE)))
def test_no_field_of_qt_reads_a_day_or_a_time(path: Path) -> None:
    """They keep sections silently: “5. juni” typed over 15 November gave 5 November."""
    names = {node.id for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Name)}
    assert not names & set(RAW)


def test_there_is_no_drawer() -> None:
    assert [p for p in FILES if p.stem in ("utils", "helpers", "common", "manager", "misc")] == []
