"""The order of names: the Norwegian alphabet, in either language of the window, without asking the system."""

from __future__ import annotations

import unicodedata

_LAST = {"æ": "{a", "ä": "{b", "ø": "{c", "ö": "{d", "å": "{e"}
"""Letters after z, as `{` comes after z; Swedish and German ones stand by their Norwegian kin."""

_ALIKE = {"đ": "d", "ð": "d", "ł": "l", "ŋ": "n", "ŧ": "t", "þ": "th", "œ": "o{", "ı": "i"}

Key = tuple[tuple[tuple[int, int, str], ...], str]


def alphabetical(name: str) -> Key:
    """What to sort a name by: letters by the Norwegian alphabet (aa as å), figures by their value, then as written.

    Capitals, accents, spaces and signs part two names only where all their letters are the same.
    """
    return tuple(_pieces(name)), name


def _pieces(name: str) -> list[tuple[int, int, str]]:
    """The words of a name and the numbers in it, in order; a number stands before letters."""
    pieces: list[tuple[int, int, str]] = []
    word, number = "", ""
    # The space at the end closes the last word or number.
    for sign in unicodedata.normalize("NFC", name).casefold().replace("aa", "å") + " ":
        if sign.isdecimal():
            number += sign
            continue
        if number:
            pieces += [(1, 0, word)] if word else []
            pieces.append((0, len(number.lstrip("0")), number.lstrip("0")))
            word, number = "", ""
        if sign.isalpha():
            word += _letter(sign)
        elif word:
            pieces.append((1, 0, word))
            word = ""
    return pieces


def _letter(sign: str) -> str:
    if sign in _LAST:
        return _LAST[sign]
    bare = unicodedata.normalize("NFD", sign)[0]
    return _ALIKE.get(bare, bare)
