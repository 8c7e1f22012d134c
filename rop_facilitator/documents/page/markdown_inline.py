"""The words of Markdown: inline nodes as text, links, and the marks that stand for values until they are put back."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import unquote

from markdown_it.tree import SyntaxTreeNode

from rop_facilitator.documents.page.blocks import Block, Span, Text, Ticks
from rop_facilitator.errors import Level, Problem
from rop_facilitator.i18n import _

PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
"""Characters without a meaning of their own: removed from all that people write, so that ours cannot be forged."""

_FIRST_MARK = 0x100000
# The marks are the last private plane of Unicode, which has room for so many.
MOST_MARKS = 0xFFFD
_LINK = re.compile(r"(https?|mailto|tel):\S+", re.IGNORECASE)


@dataclass(frozen=True)
class Rows:
    """So many rows like the one it stands in, with an empty first cell."""

    rows: int


@dataclass(frozen=True)
class TickColumns:
    """The tick boxes that follow stand in so many columns."""

    columns: int


@dataclass(frozen=True)
class TableOptions:
    """Shares and least height of the table that follows."""

    widths: tuple[float, ...] = ()
    row_mm: float = 0


Value = str | Block | Ticks | Rows | TickColumns | TableOptions


@dataclass(frozen=True)
class Source:
    """Markdown to read: `lines` is the line in the file of each line of `text`, `values` what its marks stand for."""

    text: str
    file: str
    lines: tuple[int, ...]
    values: tuple[Value, ...] = ()


def mark(index: int) -> str:
    """The character that stands for the value of that index until Markdown has run."""
    return chr(_FIRST_MARK + index)


def plain_source(text: str, *, file: str, line: int = 1) -> Source:
    """Text without values, whose first line is line `line` of the file."""
    text = PRIVATE.sub("", text)
    return Source(text, file, tuple(range(line, line + text.count("\n") + 1)))


class WordReader:
    """Reads the words of one page and keeps the problems found on the way."""

    def __init__(self, page: Source) -> None:
        self.page = page
        self.problems: list[Problem] = []

    def fault(self, line: int, text: str, advice: str = "", *, level: Level = "fault") -> None:
        """Note what is wrong in a line of the file."""
        self.problems.append(Problem(level, self.page.file, line, text, advice))

    def line(self, node: SyntaxTreeNode, offset: int = 0) -> int:
        """The line in the file where a node begins."""
        # markdown-it gives lines to blocks only; words have that of the block they stand in.
        while node.map is None and node.parent is not None:
            node = node.parent
        at = (node.map[0] if node.map else 0) + offset
        lines = self.page.lines
        return lines[min(at, len(lines) - 1)] if lines else 0

    def text(self, nodes: list[SyntaxTreeNode], line: int, *, skip: int = 0) -> Text:
        """The words of inline nodes with their values put back; `skip` leaves out the first characters."""
        out: list[Span] = []
        for node in nodes:
            self._spans(node, Span(""), out, line)
        spans: list[Span] = []
        for span in out:
            words, skip = span.text[skip:], max(skip - len(span.text), 0)
            span = replace(span, text=self.restore(words, line))
            # Markdown cuts words at each sign that could have meant something; what looks alike is one span again.
            if spans and replace(spans[-1], text="") == replace(span, text=""):
                spans[-1] = replace(span, text=spans[-1].text + span.text)
            elif span.text:
                spans.append(span)
        return tuple(spans)

    def _spans(self, node: SyntaxTreeNode, look: Span, out: list[Span], line: int) -> None:
        if node.type in ("text", "code_inline"):
            out.append(replace(look, text=node.content))
        elif node.type == "softbreak":
            out.append(replace(look, text=" "))
        elif node.type == "hardbreak":
            out.append(replace(look, text="\n"))
        elif node.type == "image":
            self.fault(line, _("A figure cannot stand in a sentence."), _("Put it alone between empty lines."))
        else:
            if node.type == "strong":
                look = replace(look, bold=True)
            elif node.type == "em":
                look = replace(look, italic=True)
            elif node.type == "link":
                look = replace(look, link=self._link(str(node.attrs.get("href", "")), line))
            for child in node.children:
                self._spans(child, look, out, line)

    def _link(self, address: str, line: int) -> str:
        # A value in an address would be a link that somebody else than the author has chosen.
        # Unquoted, since markdown-it writes our marks in an address as %F4%80…
        if _LINK.fullmatch(address) and not PRIVATE.search(unquote(address)):
            return address
        advice = _("Begin it with https:// or tel:.")
        self.fault(line, _("The link leads nowhere."), advice)
        return ""

    def restore(self, text: str, line: int) -> str:
        """The text with every mark replaced by its words; a block among words is a fault."""
        if text.isascii() or not PRIVATE.search(text):
            return text

        def put_back(match: re.Match[str]) -> str:
            index = ord(match[0]) - _FIRST_MARK
            value = self.page.values[index] if 0 <= index < len(self.page.values) else ""
            if isinstance(value, str):
                return value
            advice = _("Put it alone on a line, with an empty line before and after.")
            self.fault(line, _("Something to write on stands among words."), advice)
            return ""

        return PRIVATE.sub(put_back, text)

    def value(self, line: list[SyntaxTreeNode]) -> Value | None:
        """What stands alone on a line, unless it is only words."""
        if len(line) != 1 or line[0].type != "text" or len(line[0].content.strip()) != 1:
            return None
        index = ord(line[0].content.strip()) - _FIRST_MARK
        value = self.page.values[index] if 0 <= index < len(self.page.values) else None
        return None if isinstance(value, str) else value


def lines_of(inline: SyntaxTreeNode) -> list[list[SyntaxTreeNode]]:
    """The inline nodes of a paragraph, line by line as written."""
    lines: list[list[SyntaxTreeNode]] = [[]]
    for node in inline.children:
        if node.type == "softbreak":
            lines.append([])
        else:
            lines[-1].append(node)
    return lines


def joined(texts: list[Text], between: str) -> Text:
    """Texts in a row, with a space or a line break between them."""
    out: list[Span] = []
    for text in filter(None, texts):
        if out:
            out[-1] = replace(out[-1], text=out[-1].text + between)
        for span in text:
            if out and replace(out[-1], text="") == replace(span, text=""):
                out[-1] = replace(span, text=out[-1].text + span.text)
            else:
                out.append(span)
    return tuple(out)
