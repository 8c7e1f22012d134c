"""Files that people write: every fault is told with its line, nothing raises, nothing is read beyond its bounds."""

import os
import re
import tempfile
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rop_facilitator import i18n
from rop_facilitator.curriculum.file_reader import (
    MAX_DEPTH,
    MAX_LINE,
    MAX_MENDED,
    MAX_PROBLEMS,
    MAX_VALUES,
    parse_page,
    read_page,
    read_text,
    read_yaml,
    shown,
)


def problems_in(text: str) -> list[tuple[int, str]]:
    return [(problem.line, problem.text) for problem in read_yaml(text, "f.yaml")[2]]


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("12:30", "12:30"),
        ("NO", "NO"),
        ("no", "no"),
        ("yes", "yes"),
        ("on", "on"),
        ("2026-01-01", "2026-01-01"),
        ("010", "010"),
        ("0x1F", "0x1F"),
        ("1e3", "1e3"),
        ("1.0", "1.0"),
        ("1_000", "1_000"),
        ("+5", "+5"),
        (".inf", ".inf"),
        ("45–48", "45–48"),
        ("9" * 5000, "9" * 5000),
        ('"5"', "5"),
        ("'true'", "true"),
        ('""', ""),
        ("5", 5),
        ("-12", -12),
        ("0", 0),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("", None),
        ("«Hei» – du", "«Hei» – du"),
        ("[a, 2, ]", ["a", 2]),
        ("{b: c}", {"b": "c"}),
    ],
)
def test_values_by_yaml_1_2(written: str, value: object) -> None:
    data, _lines, problems = read_yaml(f"a: {written}\n", "f.yaml")
    assert problems == []
    assert data == {"a": value}
    assert isinstance(data, dict)
    assert type(data["a"]) is type(value)


def test_every_value_has_its_line() -> None:
    text = "title: x\nlist:\n  - one\n  - two: 2\n    more: |\n      text\n60: last\n"
    data, lines, problems = read_yaml(text, "f.yaml", first_line=10)
    assert problems == []
    assert data == {"title": "x", "list": ["one", {"two": 2, "more": "text\n"}], "60": "last"}
    assert lines[("title",)] == 10
    assert lines[("list", 0)] == 12
    assert lines[("list", 1, "more")] == 14
    assert lines[("60",)] == 16


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("a: b: c", 1, "There is a colon inside the text."),
        ("a: 1\nb: ends with:", 2, "There is a colon inside the text."),
        ("a:\n\tb: 1", 2, "There is a tab here."),
        ("a: 1\n  b: 2", 2, "The line is moved in, or the line above has no colon."),
        ("a\nb: 1", 2, "The line is moved in, or the line above has no colon."),
        ("a: 1\nb: 'x\nc: 2", 2, "The quotation mark that begins here has no end."),
        ("a: [1, 2\nb: 3", 1, "The bracket that begins here is not closed."),
        ("a: {b: 1\nc: 2", 1, "The bracket that begins here is not closed."),
        ("a: @x", 1, "The text begins with @, which means something else here."),
        ("a: `x`", 1, "The text begins with `, which means something else here."),
        ("a: 'x' y", 1, "This cannot be read as a new field."),
        ("- a\nb: 2", 2, "A list ends here without a word on it."),
        ("a: - b", 1, "A list cannot begin on this line."),
        ("a: *", 1, "The text begins with * or &, which means something else here."),
        ('a: "C:\\q"', 1, "There is a backslash inside double quotes."),
        ("a: [1,,2]", 1, "A value is missing, or there is a sign too many."),
        ("a: !f!x y", 1, "Types with ! are not allowed."),
        ("a: 1\n---\nb: 2", 2, "The fields end here, and new ones begin."),
        ("a: 1\n...\nb: 2", 3, "There is text after the end of the fields."),
        ("a: 1\nb: \x07", 2, "There is a character here that cannot be seen and is not allowed."),
        ("a: 1\nb: 2\na: 3", 3, "“a” stands twice; first in line 1."),
        ("a: &x 1", 1, "Anchors with & are not allowed."),
        ("a: !!python/object:os.system x", 1, "Types with ! are not allowed."),
        ("? [a]\n: 3", 1, "The name of a field must be text."),
    ],
)
def test_a_fault_is_told_in_plain_words(text: str, line: int, what: str) -> None:
    assert problems_in(text)[0] == (line, what)


def test_all_faults_at_once() -> None:
    """Three unquoted colons, a reference and a field written twice: five faults, and the rest is still read."""
    text = "a: b: c\nb: d: e\nc: *x\nd: ok\nd: again\ne: it's: so\nf: 3\n"
    assert [line for line, _what in problems_in(text)] == [1, 2, 3, 5, 6]
    data = read_yaml(text, "f.yaml")[0]
    assert isinstance(data, dict)
    assert data["e"] == "it's: so"
    assert data["f"] == 3


# Each is just past a limit of our own: none of them may reach a library that it could take down.
@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("[" * (MAX_DEPTH + 1), "levels"),
        ("{a: " * (MAX_DEPTH + 1), "levels"),
        ("- " * (MAX_DEPTH + 1) + "a", "levels"),
        ("? " * (MAX_DEPTH + 1), "name of a field"),
        ("\n".join("  " * depth + "a:" for depth in range(MAX_DEPTH + 1)) + " b", "levels"),
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", "Anchors"),
        ("a: [" + "[], " * (MAX_VALUES + 1) + "]", "values"),
        ("\n".join("a: b" for _ in range(MAX_PROBLEMS + 1)), "stands twice"),
        ("\n".join("a: b: c" for _ in range(MAX_MENDED + 1)), "colon inside"),
    ],
    ids=["brackets", "braces", "dashes", "keys", "deep", "aliases", "many", "twice", "colons"],
)
def test_what_is_past_our_limits_is_refused(text: str, what: str) -> None:
    problems = read_yaml(text, "f.yaml")[2]
    assert any(what in problem.text for problem in problems), problems
    assert len(problems) <= MAX_PROBLEMS + MAX_MENDED


def test_a_line_that_nobody_writes_is_told_with_its_number(tmp_path: Path) -> None:
    path = tmp_path / "kurs.md"
    path.write_text("a\n" + "[" * MAX_LINE, encoding="utf-8")
    assert read_text(path)[1] == []
    path.write_text("a\n" + "[" * (MAX_LINE + 1), encoding="utf-8")
    text, (problem,) = read_text(path)
    assert text is None
    assert (problem.line, problem.level) == (2, "fault")


@given(st.text())
def test_no_yaml_raises(text: str) -> None:
    data, _lines, problems = read_yaml(text, "f.yaml")
    assert all(problem.level == "fault" and problem.line >= 1 and problem.text for problem in problems)
    assert data is None or isinstance(data, str | int | bool | list | dict)


@given(st.text(alphabet="ab:-[]{}'\"#&*!|>%@`?, \t\n…1~"))
def test_no_yaml_made_of_signs_raises(text: str) -> None:
    assert all(problem.line <= text.count("\n") + 1 for problem in read_yaml(text, "f.yaml")[2])


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "page.md"
        path.write_bytes(data)
        text, problems = read_text(path)
        assert (text is None) == bool(problems)
        page, problems = read_page(path)
        assert page is not None or problems


@pytest.mark.parametrize(
    ("data", "line", "what"),
    [
        (b"\xef\xbb\xbfa\r\nb\rc", None, ""),
        ("a\nåpen".encode("cp1252"), 2, "not saved as UTF-8"),
        ("a\nåpen".encode("utf-16"), 1, "not saved as UTF-8"),
        ("a\nb".encode("utf-16-le"), 1, "NUL"),
        (b"a\nb\0", 2, "NUL"),
        (b"x" * 1_000_001, 0, "over 1 MB"),
    ],
)
def test_bytes_of_all_kinds(tmp_path: Path, data: bytes, line: int | None, what: str) -> None:
    path = tmp_path / "f.md"
    path.write_bytes(data)
    text, problems = read_text(path)
    if line is None:
        assert (text, problems) == ("a\nb\nc", [])
    else:
        assert text is None
        assert problems[0].line == line
        assert what in problems[0].text
        assert problems[0].advice


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "f.md"
    with path.open("wb") as stream:
        stream.truncate(50_000_000_000)
    begun = time.process_time()
    assert read_text(path)[0] is None
    assert time.process_time() - begun < 1


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes here")
def test_what_is_not_a_file_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.md")
    for path in (tmp_path, tmp_path / "pipe.md"):
        assert "not a file" in read_text(path)[1][0].text
    assert "missing" in read_text(tmp_path / "gone.md")[1][0].text
    assert read_text(tmp_path / "a\0b.md")[1]
    assert read_text(tmp_path / ("x" * 300))[1]


def test_a_page_is_head_and_text() -> None:
    page, problems = parse_page("---\ntitle: T\nhandouts:\n  - a\n  - b\n---\n\n## Hei\n", "p.md")
    assert problems == []
    assert page is not None
    assert page.head == {"title": "T", "handouts": ["a", "b"]}
    assert page.head_lines == {"title": 2, "handouts": 3, "handouts.0": 4, "handouts.1": 5}
    assert (page.body, page.body_line) == ("\n## Hei\n", 7)


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("", 1, "has no head"),
        ("## Mål\n", 1, "has no head"),
        ("---\ntitle: x\n", 1, "has no end"),
        ("---\n- a\n---\n", 2, "Fields are expected"),
        ("---\njust text\n---\n", 2, "Fields are expected"),
        ("---\na: 1\nb: [\n---\n", 3, "cannot be read|sign too many|not closed"),
    ],
)
def test_a_page_without_a_proper_head(text: str, line: int, what: str) -> None:
    page, problems = parse_page(text, "p.md")
    assert page is None
    assert problems[0].line == line
    assert re.search(what, problems[0].text)


def test_an_empty_head_is_a_head() -> None:
    page, problems = parse_page("---\n---\ntekst", "p.md")
    assert (page and page.head, page and page.body_line, problems) == ({}, 3, [])


def test_files_are_named_as_they_were_given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert shown(Path("a") / "b.md") == str(Path("a") / "b.md")
    assert shown(tmp_path / "a.md") == "a.md"
    assert shown(tmp_path.parent / "a.md") == str(tmp_path.parent / "a.md")


def test_faults_are_told_in_bokmaal_too() -> None:
    with i18n.speaking("nb"):
        problem = read_yaml("tittel: Økt 3: Tanker", "f.yaml")[2][0]
    assert str(problem) == 'f.yaml:1: Det står et kolon inne i teksten. Sett hele teksten i doble anførselstegn: "…".'
