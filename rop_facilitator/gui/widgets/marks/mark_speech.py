"""What a screen reader says of a mark: its place as a sentence. When it is said stands with the list and the table."""

from __future__ import annotations

from rop_facilitator.gui.widgets.marks.mark_styles import Style
from rop_facilitator.i18n import _


def cell_sentence(
    name: str, column: str, style: Style | None, *, made_up: bool = False, note: str = "", refused: str = ""
) -> str:
    """A cell of a table of marks: "Kari, 6 October: gave notice, made up"."""
    parts = (style.name if style else _("nothing"), _("made up") if made_up else "", note, refused)
    return _("{name}, {column}: {text}").format(name=name, column=column, text=", ".join(filter(None, parts)))


def row_sentence(name: str, style: Style, *, minutes: int | None, details: tuple[str, ...]) -> str:
    """A row of the list of a meeting: "Kari, late, 10 min, handout given"."""
    missed = _("{n} min").format(n=minutes) if minutes else ""
    return ", ".join(filter(None, (name, style.name, missed, *details)))
