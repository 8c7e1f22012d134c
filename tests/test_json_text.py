"""What nests deeper than any file of ours is refused before the parser sees it."""

import json

import pytest

from rop_facilitator import json_text
from rop_facilitator.json_text import DEEPEST, parse_json


def test_within_the_bound_it_is_json() -> None:
    value = {"a": [1, '[[[[{{{{\\"', None, "å"], "b": {"c": []}}
    assert parse_json(json.dumps(value).encode()) == value
    assert parse_json("[" * DEEPEST + "]" * DEEPEST)
    assert parse_json('{"text": "' + "[" * 200 + '"}') == {"text": "[" * 200}


def test_deeper_text_never_reaches_the_parser(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_text.json, "loads", lambda _text: pytest.fail("the parser saw it"))
    for text in ("[" * (DEEPEST + 1), '{"a":' * (DEEPEST + 1), '"' + "[" * (DEEPEST + 1)):
        with pytest.raises(ValueError, match="levels"):
            parse_json(text)


def test_what_is_no_json_is_a_value_error() -> None:
    for data in (b"\xff", b"{", b"", b"]" * 50):
        with pytest.raises(ValueError, match=r"."):
            parse_json(data)
