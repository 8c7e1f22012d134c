"""Text as it may enter the records or a paper: what a word processor or a web page brings along unseen is taken out."""

from __future__ import annotations

import unicodedata

_JOINERS = "\u200c\u200d"  # letters of Persian, Hindi and others are joined or parted by them; so are some emoji
_SHOWN_FORMATS = frozenset("\u0600\u0601\u0602\u0603\u0604\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd")
_BLANK_LETTERS = frozenset(
    "\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0\ufffc"
)  # show nothing; the last is where a picture was
_NO_SCRIPT_JOINS_BELOW = "\u0590"  # Latin, Greek, Cyrillic and Armenian have no use for a joiner


def clean_text(text: str) -> str:
    """One line, NFC, of signs that can be seen and printed; the only text that records and papers take.

    Line breaks of any kind become a space. Control signs, noncharacters, lone surrogates, private ones and those that
    change the direction of writing or have no width go; a joiner stays between letters of a script that needs it.
    """
    if _is_plain(text):  # nearly every text is, and rows are read by the thousand
        return text.strip(" ")
    whole = unicodedata.normalize("NFC", text)
    signs = [" " if sign.isspace() else sign for sign in whole if sign.isspace() or sign in _JOINERS or _is_seen(sign)]
    # In a second round, as a joiner is judged by what is left beside it.
    signs = [sign for at, sign in enumerate(signs) if sign not in _JOINERS or _joins(signs, at)]
    # Composed once more: what went may have stood between a letter and its accent.
    clean = unicodedata.normalize("NFC", " ".join("".join(signs).split()))
    return clean if any(_has_ink(sign) for sign in clean) else ""


def is_name_written(text: str, name: str) -> bool:
    """Whether somebody has typed a name, before what bears it is deleted for good.

    Neither spaces that were pasted along nor the case make another name: no two groups differ by them. "" is no name.
    """
    return bool(name) and clean_text(text).casefold() == name.casefold()


def _is_plain(text: str) -> bool:
    """Whether nothing is to be done but to take spaces from the ends: what is printable has no sign unseen."""
    if not text.isprintable() or "  " in text or not text[:1].isalnum():
        return False
    return text.isascii() or (unicodedata.is_normalized("NFC", text) and _BLANK_LETTERS.isdisjoint(text))


def _is_seen(sign: str) -> bool:
    category, number = unicodedata.category(sign), ord(sign)
    if category in ("Cc", "Cs", "Co") or sign in _BLANK_LETTERS:
        return False
    if category == "Cf":
        return sign in _SHOWN_FORMATS
    return not (0xFDD0 <= number <= 0xFDEF or number & 0xFFFE == 0xFFFE)  # signs of a newer Unicode than ours stay


def _joins(signs: list[str], at: int) -> bool:
    """Whether a joiner stands between two signs that can be joined."""
    if not 0 < at < len(signs) - 1:
        return False
    return all(sign >= _NO_SCRIPT_JOINS_BELOW and not sign.isspace() for sign in (signs[at - 1], signs[at + 1])) and (
        signs[at - 1] not in _JOINERS
    )


def _has_ink(sign: str) -> bool:
    """Whether a sign shows something by itself: a mark over nothing does not."""
    return unicodedata.category(sign)[0] not in "MZ"
