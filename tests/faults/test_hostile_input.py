"""No test hands a library what could take it down: we refuse such inputs, and try them just past our own limits."""

import re
from pathlib import Path

TESTS = Path(__file__).parent.parent
# A sign or two, repeated thousands of times: how every text looks that makes a parser deep or slow.
_FLOOD = re.compile(r"""["'][^"'\w]{1,4}\w?[^"'\w]{0,3}["']\s*\*\s*(\d[\d_]{3,})""")


def floods(text: str) -> list[str]:
    return [match[0] for match in _FLOOD.finditer(text)]


def test_no_test_floods_a_parser() -> None:
    files = [path for path in TESTS.rglob("*.py") if path != Path(__file__)]
    assert len(files) > 50
    assert [(path.name, flood) for path in files for flood in floods(path.read_text(encoding="utf-8"))] == []


def test_a_flood_would_be_seen() -> None:
    """The control."""
    for text in ('"[" * 1000', '"- " * 1000', "'{a: ' * 1000", 'b"[" * 1_000'):
        assert floods(text), text
    for text in ('"[" * MAX_LINE', '"x" * 10_000', '"[" * 21'):
        assert not floods(text), text
