"""The fonts of our papers, and text that they can print: cleaned, with a box for a character that none of them has."""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Callable, Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _

FAMILIES = {
    "fontpkg_atkinson_hyperlegible": "Atkinson Hyperlegible",
    "fontpkg_noto_sans": "Noto Sans",
    "fontpkg_noto_sans_arabic": "Noto Sans Arabic",
}
"""Font package and family, in order of preference; all but the first are for names from other alphabets."""

LOST = "\u25a1"
"""Stands for a character that no font has; no font has it either, so the layout draws it."""

# Signs that the first of our fonts lacks, and what stands for them: another font would draw them in a look of its own.
_SAME = str.maketrans(
    {"\u2010": "-", "\u2011": "-", "\u202f": "\u00a0", "\t": " ", "\r": " ", "\u2028": " ", "\u2029": " "}
)
_VARIANT = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_EMOJI_PARTS = re.compile("\u200d.|[\U0001f3fb-\U0001f3ff]", re.DOTALL)
_JOINER = "\u200c"  # keeps letters of a Persian name apart
_STRAY_JOINER = re.compile("(?<![\u0600-\u06ff])\u200c|\u200c(?![\u0600-\u06ff])")
_TOWER = re.compile("([\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20ff]{2})[\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20ff]+")
_NO_SIGN = frozenset(("Cc", "Cf", "Cs", "Co", "Cn"))


@cache
def font_folders() -> tuple[Path, ...]:
    """The folders of the fonts. Raises UserError when one is not installed."""
    folders = []
    for package, family in FAMILIES.items():
        spec = find_spec(package)
        folder = Path(spec.origin).parent / "files" if spec and spec.origin else None
        if folder is None or not any(folder.glob("*.ttf")):
            text = _("The font {name} is missing. Install the program again.").format(name=family)
            raise UserError(text)
        folders.append(folder)
    return tuple(folders)


@cache
def glyphs() -> tuple[frozenset[str], ...]:
    """For each family, the characters that it can draw in every style that it has."""
    families = ([_covered(font) for font in folder.glob("*.ttf")] for folder in font_folders())
    # In every style: a letter that only the regular font has would be missing where it is bold.
    return tuple(frozenset.intersection(*styles) for styles in families)


def _covered(font: Path) -> frozenset[str]:
    """The characters of one font file (TrueType `cmap`, formats 4 and 12)."""
    data = font.read_bytes()
    count = struct.unpack(">H", data[4:6])[0]
    starts = {data[i : i + 4]: struct.unpack(">I", data[i + 8 : i + 12])[0] for i in range(12, 12 + 16 * count, 16)}
    cmap = starts[b"cmap"]
    points: set[int] = set()
    for i in range(struct.unpack(">H", data[cmap + 2 : cmap + 4])[0]):
        at = cmap + struct.unpack(">I", data[cmap + 8 + 8 * i : cmap + 12 + 8 * i])[0]
        kind = struct.unpack(">H", data[at : at + 2])[0]
        # Formats 4 and 12 hold Unicode; the others are for old systems and for variants of letters.
        if kind == 4:
            size = struct.unpack(">H", data[at + 6 : at + 8])[0] // 2
            ends, begins = (struct.unpack(f">{size}H", data[at + o : at + o + 2 * size]) for o in (14, 16 + 2 * size))
            points.update(c for a, z in zip(begins, ends, strict=True) for c in range(a, z + 1) if c != 0xFFFF)
        elif kind == 12:
            for group in range(struct.unpack(">I", data[at + 12 : at + 16])[0]):
                first, last, _glyph = struct.unpack(">III", data[at + 16 + 12 * group : at + 28 + 12 * group])
                points.update(range(first, last + 1))
    return frozenset(map(chr, points))


def visible_text(text: str) -> str:
    """Text without what nobody can see: control characters, turns of direction, towers of accents, parts of emoji."""
    if text.isascii() and text.isprintable():
        return text
    text = _EMOJI_PARTS.sub("", unicodedata.normalize("NFC", text.translate(_SAME)))
    text = _TOWER.sub(r"\1", _STRAY_JOINER.sub("", _VARIANT.sub("", text)))
    return "".join(c for c in text if c in ("\n", _JOINER) or unicodedata.category(c) not in _NO_SIGN)


def printable(value: Any, lost: set[str]) -> Any:
    """The same JSON with every string drawable; what became a box is added to `lost`."""
    families = glyphs()
    plain = families[0]

    def text(words: str) -> str:
        words = visible_text(words)
        if words.isascii() or plain.issuperset(words):
            return words
        return "".join(_drawable(cluster, families, lost) for cluster in _clusters(words))

    return _each_text(value, text)


def _clusters(text: str) -> Iterator[str]:
    """Letters with the accents that stand on them."""
    start = 0
    for at in range(1, len(text)):
        if not unicodedata.category(text[at]).startswith("M"):
            yield text[start:at]
            start = at
    yield text[start:]


def _drawable(cluster: str, families: tuple[frozenset[str], ...], lost: set[str]) -> str:
    """A letter with those of its accents that one font has together with it, or a box."""
    base, accents = cluster[0], cluster[1:]
    if base == "\n":
        return base
    able = [family for family in families if base in family]
    if not able:
        lost.add(base)
        return LOST
    kept = base
    for accent in accents:
        # From the same font as its letter: only that one knows where its accents stand.
        both = [family for family in able if accent in family]
        if both:
            kept, able = kept + accent, both
        else:
            lost.add(accent)
    return kept


def _each_text(value: Any, change: Callable[[str], str]) -> Any:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {key: _each_text(part, change) for key, part in value.items()}
    if isinstance(value, list):
        return [_each_text(part, change) for part in value]
    return value
