"""Reading JSON that may be damaged or hostile: what nests deep never reaches the parser."""

from __future__ import annotations

import json
import re
from typing import Any

DEEPEST = 20
"""Far more levels than any file of ours has."""

_STRING = re.compile(r'"(?:[^"\\]|\\.)*"', re.DOTALL)
_BRACKET = re.compile(r"[\[\]{}]")


def parse_json(data: bytes | str) -> Any:
    """The value of a JSON text in UTF-8. Raises ValueError when it is none, or nests deeper than 20 levels."""
    text = data if isinstance(data, str) else data.decode("utf-8-sig")
    depth = 0
    # Brackets within words are no levels.
    for bracket in _BRACKET.finditer(_STRING.sub("", text)):
        depth += 1 if bracket[0] in "[{" else -1
        if depth > DEEPEST:
            raise ValueError("too many levels")
    return json.loads(text)
