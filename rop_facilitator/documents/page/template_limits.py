"""What Jinja2 is never given: expressions and blocks that nest so deep that its parser could not come back."""

from __future__ import annotations

import re

DEEPEST = 10
"""Blocks in one another, and brackets or signs in one expression."""

LONGEST_TAG = 1_000
_OPENING = re.compile(r"\{[{%]")
_TOKEN = re.compile(r""""(?:[^"\\]|\\.){0,400}"|'(?:[^'\\]|\\.){0,400}'|[%}]\}|[-+~(\[{)\]}]|\bnot\b""", re.DOTALL)
_BLOCK = re.compile(r"-?\s*(if|for|end)")


def too_deep(text: str) -> int:
    """The line, counted from 1, where a page nests too deep; 0 where it does not."""
    at, blocks = 0, 0
    while opening := _OPENING.search(text, at):
        tag = text[opening.end() : opening.end() + LONGEST_TAG]
        end, deepest = _expression(tag)
        block = _BLOCK.match(tag) if opening[0] == "{%" else None
        if block:
            blocks += -1 if block[1] == "end" else 1
        # A tag without an end is refused: to look on for each would take the square of a long page.
        endless = end == len(tag) == LONGEST_TAG
        if endless or deepest > DEEPEST or blocks > DEEPEST + 1:
            return text.count("\n", 0, opening.start()) + 1
        at = opening.end() + end
    return 0


def _expression(tag: str) -> tuple[int, int]:
    """Where a tag ends, and how deep its brackets and signs lie in one another there."""
    depth = signs = deepest = 0
    for token in _TOKEN.finditer(tag):
        if token[0] in ("%}", "}}") and not depth:
            return token.end(), deepest
        if token[0] in ("(", "[", "{"):
            depth += 1
        elif token[0][0] in ")]}%":
            depth = max(0, depth - len(token[0].replace("%", "")))
        elif token[0] in ("-", "+", "~", "not"):
            signs += 1
        deepest = max(deepest, depth, signs)
    return len(tag), deepest
