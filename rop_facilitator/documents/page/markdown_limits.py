"""What the Markdown library is never given: text that would make it slow or deep. Each bound is far above real pages.

Its time grows with the square of the brackets in a paragraph, its depth with quotes, lists and emphasis, and a short
row of a table is filled up to as many cells as the head has.
"""

from __future__ import annotations

import re
from collections.abc import MutableMapping
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.rules_core import StateCore

from rop_facilitator.i18n import _

MOST_LETTERS = 20_000
# Of a paragraph; the fullest one in our own sheets has 16.
MOST_SIGNS = 100
MOST_SIGNS_OF_PAGE = 5_000
MOST_LEVELS = 10
MOST_INDENT = 60
MOST_CELLS = 10_000

Refusal = tuple[int, str, str]
"""Line counted from 0, what is wrong, what to do."""

_START = re.compile(r"[ \t>]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+[ \t>]*)*")
_MARKER = re.compile(r">|[-*+](?=[ \t])|[.)]")
_SIGN = re.compile(r"[\[\]*_`<&]")


def refused_blocks(text: str) -> Refusal | None:
    """The first line that nests too deep, or the first line of a table that would have too many cells."""
    begun, widest = 0, 0
    for number, line in enumerate(text.split("\n")):
        if not line.strip():
            begun, widest = number + 1, 0
            continue
        start = _START.match(line)
        before = start[0] if start else ""
        if len(before) > MOST_INDENT or len(_MARKER.findall(before)) > MOST_LEVELS:
            return number, _("Lists and boxes lie too deep in one another here."), _("Take away levels.")
        widest = max(widest, line.count("|"))
        if widest * (number + 1 - begun) > MOST_CELLS:
            return begun, _("The table is too large."), _("Divide it into several tables.")
    return None


def limit_paragraphs(parser: MarkdownIt) -> MarkdownIt:
    """Let the parser leave out the words of a paragraph with too many signs, and note its line in `env`."""
    # Blocks are known by then, and no word has been read: it is the words that take the time.
    parser.core.ruler.before("inline", "limits", _leave_out)
    return parser


def refused_paragraphs(env: MutableMapping[str, Any]) -> list[Refusal]:
    """What was left out while `env` was used."""
    refusals: list[Refusal] = env.get("refused", [])
    return refusals


def _leave_out(state: StateCore) -> None:
    total = 0
    for token in state.tokens:
        if token.type != "inline":
            continue
        signs = len(_SIGN.findall(token.content))
        before, total = total, total + signs
        if total > MOST_SIGNS_OF_PAGE:
            what, advice = _("There are too many brackets, stars and the like on this page."), _("Make it simpler.")
        elif signs > MOST_SIGNS:
            what = _("There are too many brackets, stars and the like in this paragraph.")
            advice = _("Divide it into several paragraphs.")
        elif len(token.content) > MOST_LETTERS:
            what, advice = _("The paragraph is too long."), _("Divide it into several paragraphs.")
        else:
            continue
        token.content = ""
        if before <= MOST_SIGNS_OF_PAGE:  # told once a page
            line = token.map[0] if token.map else 0
            state.env.setdefault("refused", []).append((line, what, advice))
