"""What a page may call in double braces: each function makes one block, in bounds, or says what is wrong."""

from __future__ import annotations

import math
from collections.abc import Callable

from rop_facilitator.documents.page.blocks import (
    Boxes,
    BoxItem,
    Field,
    Fields,
    PageBreak,
    Scale,
    Ticks,
    WritingLines,
    words,
)
from rop_facilitator.documents.page.markdown_inline import Rows, TableOptions, TickColumns, Value
from rop_facilitator.i18n import _

MOST_LINES = 60
MOST_STEPS = 21
MOST_ROWS = 60
MOST_LETTERS = 300


class WrongWord(Exception):
    """An argument that a block cannot use; the message is for the author."""

    def __init__(self, text: str, advice: str) -> None:
        super().__init__(text)
        self.advice = advice


def _number(value: object, least: int, most: int) -> int:
    if not isinstance(value, int) or not least <= value <= most:
        text = _("Here belongs a number from {least} to {most}.").format(least=least, most=most)
        raise WrongWord(text, _("Write it without quotes."))
    return value


def _words(value: object) -> str:
    if not isinstance(value, str):
        raise WrongWord(_("Here belong words."), _("Write them in quotes."))
    if len(value) > MOST_LETTERS:
        text = _("These words are too long for their place.")
        raise WrongWord(text, _("Use at most {n} letters.").format(n=MOST_LETTERS))
    return " ".join(value.split())


def _shares(value: object, count: int = 0) -> tuple[float, ...]:
    """Shares written as "2 1 1"."""
    try:
        # Norwegians write 1,5.
        shares = tuple(float(part.replace(",", ".")) for part in _words(value).split())
    except ValueError:
        # Refused below, with those that are out of bounds.
        shares = (-1.0,)
    if not all(math.isfinite(share) and 0.1 <= share <= 1000 for share in shares) or (count and len(shares) != count):
        raise WrongWord(_("The widths cannot be read."), _('Write one number for each, as in "2 1 1".'))
    return shares


def lines(count: object, label: object = "") -> Value:
    """So many lines to write on by hand, under a label where there is one."""
    return WritingLines(_number(count, 1, MOST_LINES), words(_words(label)))


def form_fields(*labels: object, widths: object = "") -> Value:
    """Short lines side by side, each with its word."""
    _number(len(labels), 1, 4)
    shares = _shares(widths, len(labels)) if widths else (1.0,) * len(labels)
    pairs = zip(labels, shares, strict=True)
    return Fields(tuple(Field(words(_words(label)), max(round(share), 1)) for label, share in pairs))


def scale(first: object, last: object, low: object = "", high: object = "", label: object = "") -> Value:
    """A row of numbers to ring, from the first to the last, with words under its ends."""
    start = _number(first, -100, 100)
    end = _number(last, -100, 200)
    if not 1 <= end - start < MOST_STEPS:
        text = _("A scale has 2 to {n} numbers.").format(n=MOST_STEPS)
        raise WrongWord(text, _("Write the smallest first, as in scale(0, 10)."))
    return Scale(start, end, words(_words(low)), words(_words(high)), words(_words(label)))


def boxes(columns: object, count: object, *titles: object) -> Value:
    """Boxes to write in; "Title / hint" gives a small hint."""
    _number(len(titles), 1, 12)
    items = []
    for title in titles:
        name, _slash, hint = _words(title).partition(" / ")
        items.append(BoxItem(words(name), words(hint)))
    return Boxes(tuple(items), _number(columns, 1, 4), _number(count, 1, 30))


def page_break() -> Value:
    """What follows begins a new page."""
    return PageBreak()


def ticks(first: object, *more: object) -> Value:
    """A number: the columns of the tick boxes that follow. Words: tick boxes in a cell."""
    if isinstance(first, int) and not more:
        return TickColumns(_number(first, 1, 2))
    _number(len(more) + 1, 1, 12)
    return Ticks(tuple(words(_words(word)) for word in (first, *more)))


def rows(count: object) -> Value:
    """In a cell of a table: so many rows like this one to write in, the cell itself empty."""
    return Rows(_number(count, 1, MOST_ROWS))


def table_options(widths: object = "", row_mm: object = 0) -> Value:
    """Shares of the columns and least height of the rows."""
    return TableOptions(_shares(widths) if widths else (), _number(row_mm, 8, 80) if row_mm else 0)


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "lines": lines,
    "fields": form_fields,
    "scale": scale,
    "boxes": boxes,
    "page_break": page_break,
    "ticks": ticks,
    "rows": rows,
    "table_options": table_options,
}
