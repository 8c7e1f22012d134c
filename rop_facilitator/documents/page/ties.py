"""Hard spaces where a line may not break: inside a number and around it, and before a short last word.

Nobody types them. They are put in where a page becomes PDF or Word, so that files and texts stay plain.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from rop_facilitator.documents.page.blocks import Text

HARD = "\u00a0"
SHORT_WORD = 8
_MONTHS = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_MONTHS_EN = "January|February|March|April|May|June|July|August|September|October|November|December"
_UNITS = "%|min|minutt|minutter|minutes?|time|timer|hours?"
_BEFORE = r"kl\.|s\.|nr\.|side|møte|ring|på|p\.|no\.|page|meeting|call|on|at"

# A number in groups, as 116 117 and 22 59 13 00; longer rows of numbers are no number and may break.
_GROUPS = re.compile(r"(?<![\d.,])(?<!\d )\d{1,3}(?: \d{2,3}){1,4}(?![\d.,]*\d| \d)")
_TIES = (
    re.compile(rf"(?<=\d\.) (?=(?:{_MONTHS})\b)"),
    re.compile(rf"(?<=\d) (?=(?:{_MONTHS_EN})\b)"),
    re.compile(rf"(?<=\d) (?=(?:{_UNITS})(?!\w))"),
    re.compile(rf"(?<!\w)((?:{_BEFORE})) (?=\d)", re.IGNORECASE),
    # Not before the day of a date, 8. desember, where the full stop ends no sentence.
    re.compile(r"(?<=\S) (?=\d[\d\u00a0.,–-]{0,30}[.!?»”)]{1,4}(?:\s+[^\Wa-zæøå]|\s+[«“(]|\s*$))"),
)
_LAST = re.compile(rf"(?<=[\w,;:»”)]) (?=\S{{1,{SHORT_WORD}}}$)", re.MULTILINE)
_FEWEST_SPACES = 3  # a few words are a label: they have nowhere to break but there


@lru_cache(maxsize=8192)
def tied(text: str) -> str:
    """The text with hard spaces in place of some of its spaces, so that it is as long as it was."""
    if " " not in text:
        return text
    if any(map(str.isdigit, text)):
        text = _GROUPS.sub(lambda number: number[0].replace(" ", HARD), text)
        for tie in _TIES:
            text = tie.sub(lambda match: match[0].replace(" ", HARD), text)
    return _LAST.sub(HARD, text) if text.count(" ") >= _FEWEST_SPACES else text


def tied_words(text: Text) -> Text:
    """Words of several looks, tied as if they had one: a number may be bold where the word before it is not."""
    whole = tied("".join(span.text for span in text))
    spans, at = [], 0
    for span in text:
        spans.append(replace(span, text=whole[at : at + len(span.text)]))
        at += len(span.text)
    return tuple(spans)
