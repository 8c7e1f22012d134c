"""Leader notes to read: blocks as words on the screen, in the size that the reader chose."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from rop_facilitator.documents.page.blocks import (
    Block,
    BulletList,
    Callout,
    CheckList,
    Heading,
    Key,
    NumberedList,
    Paragraph,
    Practice,
    Table,
    Text,
    plain_text,
)
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.layout.boxes import Area, Item, clear, column, label, panel
from rop_facilitator.i18n import _, pgettext

_LINES = 118


def markup(text: Text) -> str:
    """Words with their look, as our own markup; what somebody wrote is escaped."""
    html = ""
    for span in text:
        words = escape(span.text).replace("\n", "<br>")
        words = f"<b>{words}</b>" if span.bold else words
        words = f"<i>{words}</i>" if span.italic else words
        html += f'<a href="{escape(span.link)}">{words}</a>' if span.link else words
    return html


def _reading(html: str) -> QLabel:
    text_label = label(html, "reading", rich=True, lines=_LINES)
    text_label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    text_label.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return text_label


def _points(items: Iterable[Text], signs: Iterable[str]) -> QLabel:
    rows = "".join(
        f'<tr><td style="padding-right:10px">{sign}</td><td style="padding-bottom:4px">{markup(item)}</td></tr>'
        for sign, item in zip(signs, items, strict=False)
    )
    text_label = _reading(f'<table cellspacing="0" cellpadding="0">{rows}</table>')
    text_label.setAccessibleName("\n".join(plain_text(item) for item in items))
    return text_label


def _table(block: Table) -> QLabel:
    head = "".join(f'<th align="left">{markup(text)}</th>' for text in block.head)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(plain_text(cell))}</td>" for cell in cells) + "</tr>" for cells in block.rows
    )
    return _reading(f'<table cellspacing="0" cellpadding="5"><tr>{head}</tr>{rows}</table>')


def _box(block: Callout | Practice | Key) -> QWidget:
    """Words to say and home practice stand in a box of their own; a warning has its word in amber."""
    tone = block.tone if isinstance(block, Callout) else "practice" if isinstance(block, Practice) else "key"
    words = {
        "ask": pgettext("paper", "Ask"),
        "say": pgettext("paper", "Say"),
        "watch": pgettext("paper", "Watch out"),
        "tip": _("Tip"),
        "important": _("Important"),
        "remember": _("Remember"),
        "practice": _("Home practice"),
        "key": _("What matters most today"),
    }
    head = label(plain_text(block.title) or words[tone], "caption", "warn" if tone == "watch" else "accent")
    parts: list[Item] = [head, *_widgets(block.blocks)]
    if tone == "watch":
        return panel(column(*parts, gap=theme.XS))
    return panel(column(*parts, gap=theme.S - 2, edge=(theme.L, theme.M, theme.L, theme.L)), "quote")


def _widgets(blocks: Sequence[Block]) -> list[Item]:
    items: list[Item] = []
    for block in blocks:
        if isinstance(block, Paragraph):
            items.append(_reading(markup(block.text)))
        elif isinstance(block, Heading):
            items += [theme.XS, label(plain_text(block.text), "caption" if block.level > 2 else "strong", "muted")]
        elif isinstance(block, BulletList):
            items.append(_points(block.items, ["•"] * len(block.items)))
        elif isinstance(block, NumberedList):
            items.append(_points(block.items, [f"{block.start + i}." for i in range(len(block.items))]))
        elif isinstance(block, CheckList):
            items.append(_points([item.text for item in block.items], ["☐"] * len(block.items)))
        elif isinstance(block, Callout | Practice | Key):
            items.append(_box(block))
        elif isinstance(block, Table):
            items.append(_table(block))
        elif words := plain_text(block):
            items.append(_reading(escape(words).replace("\n", "<br>")))
    return items


class Notes(Area):
    """A reading column; its size of letters is told by `show_blocks`, so that A− and A+ work at once."""

    def __init__(self) -> None:
        self._column = column(gap=theme.M)
        super().__init__(self._column)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def show_blocks(self, blocks: Sequence[Block], *, reading_px: int) -> None:
        """Show other words. `reading_px` is the size of running text at 100 %."""
        clear(self._column)
        self.setMaximumWidth(theme.px(theme.READING))
        self.setStyleSheet(f'QLabel[role="reading"] {{ font-size: {theme.px(reading_px)}px; }}')
        for item in _widgets(blocks):
            if isinstance(item, QWidget):
                self._column.addWidget(item)
            elif isinstance(item, int):
                self._column.addSpacing(item)

    def sizeHint(self) -> QSize:
        """A reading column wide where there is room."""
        return QSize(theme.px(theme.READING), super().sizeHint().height())
