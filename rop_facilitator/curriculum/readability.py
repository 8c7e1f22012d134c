"""How hard a text is to read: LIX, the longest words and the long sentences. LIX measures length only."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

LONG_WORD = 7
LONG_SENTENCE = 15
ENOUGH_WORDS = 100

_WORD = re.compile(r"\d+(?:[.,:/]\d+)*(?![^\W\d_])|[^\W_]+(?:[-’'][^\W_]+)*")
_END = re.compile(r"(?<![.!?:…])[.!?:…]+[»”\"')\]*]*(?=\s|$)")
_ABBREVIATIONS = frozenset(
    "f.eks bl.a ca kl nr dvs m.m osv tlf mv m.fl o.l jf pga evt inkl e.g i.e etc dr mr mrs".split()  # noqa: SIM905
)
_GAP = re.compile(r"\s*")
_LAST_TOKEN = re.compile(r"[\w.]*$")

# None of these looks on from every place of a long line to its end: that takes the square of its length.
_JINJA = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{#[^{}]*#\}")
_FENCE = re.compile(r"^ {0,3}(```+|~~~+).*?(?:^ {0,3}\1[`~]*[ \t]*$|\Z)", re.DOTALL | re.MULTILINE)
_IMAGE = re.compile(r"!\[[^\[\]]*\]\([^()]*\)")
_LINK = re.compile(r"\[([^\[\]]*)\]\([^()]*\)")
_ALERT = re.compile(r"^\[!\w+\]\s*")
_BLOCK_START = re.compile(r"^(?:#{1,6}\s+|[-*+]\s+|\d{1,9}[.)]\s+|:\s+)")
_TICK_BOX = re.compile(r"^\[[ xX]\](?:\s+|$)")
_RULE = re.compile(r"^(?:[-*_=]\s*){3,}$")
_TABLE_RULE = re.compile(r"^[\s:|]*-[\s:|-]*$")
_WRITING_LINE = re.compile(r"_{2,}|\.{4,}|…{2,}")
_EMPHASIS = re.compile(r"[*`~]|(?<!\w)_|_(?!\w)|\\(?=[^\w\s])")


@dataclass(frozen=True)
class Readability:
    """LIX and what it is made of; `longest` are up to five words, `long_sentences` have over 15 words."""

    lix: float
    words: int
    sentences: int
    long_words: int
    longest: tuple[str, ...]
    long_sentences: tuple[str, ...]
    short: bool
    """Under 100 words: too short for a number to rely on."""


def readability(text: str) -> Readability:
    """Measure plain text in which every heading, list item and paragraph is one line (see `plain`).

    LIX = words / sentences + 100 × long words / words, a long word having 7 letters or more (Björnsson 1968).
    """
    # å may be written as two signs, of which one is no letter: words would be too long, or cut.
    text = unicodedata.normalize("NFC", text)
    counted = [(sentence, _WORD.findall(sentence)) for line in text.split("\n") for sentence in _sentences(line)]
    counted = [(sentence, words) for sentence, words in counted if words]
    words = [word for _sentence, in_sentence in counted for word in in_sentence]
    long_words = [word for word in words if _letters(word) >= LONG_WORD]
    # Of several spellings of a word the first one in the text is shown.
    distinct = {word.casefold(): word for word in reversed(long_words)}
    lix = len(words) / len(counted) + 100 * len(long_words) / len(words) if words else 0.0
    return Readability(
        lix=lix,
        words=len(words),
        sentences=len(counted),
        long_words=len(long_words),
        longest=tuple(sorted(distinct.values(), key=lambda word: (-_letters(word), word))[:5]),
        long_sentences=tuple(sentence for sentence, in_sentence in counted if len(in_sentence) > LONG_SENTENCE),
        short=len(words) < ENOUGH_WORDS,
    )


def _letters(word: str) -> int:
    """Letters of a word: figures and hyphens make no word long."""
    return sum(map(str.isalpha, word))


def _sentences(line: str) -> list[str]:
    """Cut a line at its end marks, but not at abbreviations, initials, dates and numbers."""
    sentences: list[str] = []
    start = 0
    for mark in _END.finditer(line):
        if mark[0] == "." and _goes_on(line, mark.start(), mark.end()):
            continue
        sentences.append(line[start : mark.end()].strip())
        start = mark.end()
    return [*sentences, line[start:].strip()]


def _goes_on(line: str, dot: int, after: int) -> bool:
    """Whether the full stop at `dot` belongs to its word: `f.eks.`, `B. Hansen`, `24. november`."""
    match = _LAST_TOKEN.search(line[max(0, dot - 24) : dot])  # further back than any abbreviation is long
    token = match[0] if match else ""
    if token.casefold() in _ABBREVIATIONS or (len(token) == 1 and token.isupper()):
        return True
    if not token.isdigit():
        return False
    following = _GAP.match(line, after)  # a copy of all that follows would cost the square of the line's length
    at = following.end() if following else after
    return line[at : at + 1].islower()


def plain(markdown: str) -> str:
    """The words that a reader reads, one block a line: without marks, tick boxes, writing lines and code."""
    text = _JINJA.sub("", _FENCE.sub("", markdown))
    blocks: list[list[str]] = []  # the rows of each, put together once: a paragraph may have thousands
    open_block = False
    for raw in text.split("\n"):
        line = raw.strip().lstrip("> \t")
        line = _ALERT.sub("", line)
        if not line or _RULE.match(line) or _TABLE_RULE.match(line):
            open_block = False
            continue
        if line.startswith("|"):
            blocks.extend([words] for cell in line.strip("|").split("|") if (words := _words(cell)))
            open_block = False
            continue
        starts = _BLOCK_START.match(line)
        words = _words(_TICK_BOX.sub("", line[starts.end() :] if starts else line))
        if open_block and not starts and words:
            blocks[-1].append(words)
        elif words:
            blocks.append([words])
        open_block = bool(words) and not line.startswith("#") and not raw.endswith("  ")
    return "\n".join(map(" ".join, blocks))


def _words(text: str) -> str:
    """One line without images, links, emphasis and lines to write on."""
    text = _WRITING_LINE.sub("", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    return " ".join(_EMPHASIS.sub("", text).split())
