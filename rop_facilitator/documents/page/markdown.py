"""Markdown as blocks. What has no place on paper is a Problem with its line; HTML is text."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import Any

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from rop_facilitator.documents.page.blocks import (
    Block,
    BulletList,
    Callout,
    Cell,
    CheckItem,
    CheckList,
    Figure,
    Glossary,
    Heading,
    Key,
    NumberedList,
    Paragraph,
    Practice,
    Table,
    Term,
    Text,
    Ticks,
    Tone,
    plain_text,
)
from rop_facilitator.documents.page.help_numbers import numbers_in_text
from rop_facilitator.documents.page.markdown_inline import (
    Rows,
    Source,
    TableOptions,
    TickColumns,
    Value,
    WordReader,
    joined,
    lines_of,
    plain_source,
)
from rop_facilitator.documents.page.markdown_limits import (
    Refusal,
    limit_paragraphs,
    refused_blocks,
    refused_paragraphs,
)
from rop_facilitator.documents.page.template import fill
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _
from rop_facilitator.paths import shipped

_WRITE_ROW_MM = 11
_DEEPEST = 4
_MOST_COLUMNS = 12

_BOXES: dict[str, Tone | type[Practice] | type[Key]] = {
    "TIP": "tip",
    "IMPORTANT": "important",
    "REMEMBER": "remember",
    "ASK": "ask",
    "SAY": "say",
    "WATCH": "watch",
    "PRACTICE": Practice,
    "KEY": Key,
}
_BOX = re.compile(r"\[!(\w+)\][ \t]*")
_TICK = re.compile(r"\[[ xX]?\](?:\s+|$)")


def read_markdown(page: Source, *, top: int = 2, level: int = 2) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """The blocks of a page and what is wrong in it.

    `top` is the highest heading that the page may use (2 for `##`), `level` what it is in the document.
    """
    reader = _Reader(page, top, level)
    if refusal := refused_blocks(page.text):
        reader.refuse(refusal)
        return (), tuple(reader.problems)
    env: dict[str, Any] = {}
    tree = SyntaxTreeNode(_parser().parse(page.text, env))
    for refusal in refused_paragraphs(env):
        reader.refuse(refusal)
    return tuple(reader.blocks(tree.children)), tuple(sorted(reader.problems, key=lambda problem: problem.line))


def blocks_of(
    text: str,
    *,
    file: str,
    first_line: int = 1,
    top: int = 2,
    level: int = 2,
    speech: str = "",
    leader: bool = True,
) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """The blocks of text in a session or on the safety page, whose first line is `first_line` of the file.

    Help numbers and safety texts are filled in, in the language `speech`, else the one in use; what goes home on paper
    is not for the `leader`. The notes of a step begin with `####` below the step's own heading: `top=4, level=3`.
    """
    if "{{" not in text:
        return read_markdown(plain_source(text, file=file, line=first_line), top=top, level=level)
    numbers = numbers_in_text()
    source, problems = fill(text, numbers, file=file, first_line=first_line, speech=speech, leader=leader)
    # With a fault it stands as it was written: a leader without notes is worse off than one with braces in them.
    blocks, faults = read_markdown(source or plain_source(text, file=file, line=first_line), top=top, level=level)
    return blocks, (*problems, *faults)


def filled_words(text: str, *, speech: str = "", leader: bool = True) -> str:
    """A line of a session as it prints, its help numbers and safety texts filled in; as written where it is wrong."""
    if "{{" not in text:
        return text
    source, _problems = fill(text, numbers_in_text(), file="", speech=speech, leader=leader)
    return WordReader(source).restore(source.text, 0) if source else text


@cache
def figure_names() -> frozenset[str]:
    """The figures that a page may show."""
    return frozenset(path.stem for path in (shipped("resources") / "figures").glob("*.svg"))


@cache
def _parser() -> MarkdownIt:
    # What has no place on paper is not looked for: it prints as it was written, and the author sees it.
    off = ["code", "fence", "html_block", "html_inline", "lheading", "reference"]
    return limit_paragraphs(MarkdownIt("commonmark", {"html": False}).enable("table").disable(off))


class _Reader(WordReader):
    """Walks the syntax tree of one page. Keeps the problems, the last heading and options that wait for their block."""

    def __init__(self, page: Source, top: int, level: int) -> None:
        super().__init__(page)
        self.top = top
        self.shift = level - top
        self.last = top - 1
        self.waiting: tuple[TickColumns | TableOptions, int] | None = None

    def refuse(self, refusal: Refusal) -> None:
        """Note what the library was not given."""
        at, text, advice = refusal
        self.fault(self.page.lines[min(at, len(self.page.lines) - 1)], text, advice)

    def blocks(self, nodes: list[SyntaxTreeNode]) -> list[Block]:
        """The blocks of some nodes, in order; glossaries in a row become one."""
        out: list[Block] = []
        for node in nodes:
            for block in self._node(node):
                before = out[-1] if out else None
                if isinstance(block, Glossary) and isinstance(before, Glossary):
                    out.pop()
                    block = Glossary(before.items + block.items)
                out.append(block)
        self._nothing_waits()
        return out

    def _node(self, node: SyntaxTreeNode) -> list[Block]:
        if node.type == "paragraph":
            return self._flow(lines_of(node.children[0]), node, 0)
        if node.type == "table":
            return self._table(node)
        if node.type == "bullet_list":
            return [self._bullets(node)]
        self._nothing_waits()
        if node.type == "ordered_list":
            start = int(node.attrs.get("start", 1))
            return [NumberedList(tuple(self._item(item) for item in node.children), start)]
        if node.type == "blockquote":
            return self._box(node)
        if node.type == "heading":
            return self._heading(node)
        self.fault(self.line(node), _("A line across is not printed."), _("Use a heading or an empty line."))
        return []

    def _nothing_waits(self) -> None:
        if self.waiting is None:
            return
        options, line = self.waiting
        self.waiting = None
        if isinstance(options, TickColumns):
            self.fault(line, _("No tick boxes follow here."), _("Put it alone on a line just before the tick boxes."))
        else:
            self.fault(line, _("No table follows here."), _("Put it alone on a line just before the table."))

    def _heading(self, node: SyntaxTreeNode) -> list[Block]:
        written, line = int(node.tag[1:]), self.line(node)
        text = self.text([node.children[0]], line) if node.children else ()
        if not plain_text(text).strip():
            self.fault(line, _("The heading is empty."), _("Write it, or take the line away."))
            return []
        if written < self.top:
            advice = _("Use {marks}: the title is printed above.").format(marks="#" * self.top)
            self.fault(line, _("The heading is too large for this place."), advice)
        elif written > min(self.last + 1, _DEEPEST):
            advice = _("Use {marks} here.").format(marks="#" * min(self.last + 1, _DEEPEST))
            self.fault(line, _("The heading skips a level."), advice)
            # The paper comes all the same, with an outline that a screen reader can follow.
            written = min(self.last + 1, _DEEPEST)
        self.last = max(written, self.top)
        return [Heading(text, self.last + self.shift)]

    # -- paragraphs -------------------------------------------------------------------------------------------------

    def _flow(self, lines: list[list[SyntaxTreeNode]], node: SyntaxTreeNode, first: int) -> list[Block]:
        """The lines of one paragraph: our own blocks, a figure, words explained, or running text."""
        placed = [self.value(line) for line in lines]
        if all(value is not None for value in placed):
            return [b for i, v in enumerate(placed) for b in self._placed(v, self.line(node, first + i))]
        self._nothing_waits()
        if len(lines) == 1 and len(lines[0]) == 1 and lines[0][0].type == "image":
            return self._figure(lines[0][0], self.line(node, first))
        texts = [self.text(line, self.line(node, first + i)) for i, line in enumerate(lines)]
        starts = [bool(line) and line[0].type == "text" and line[0].content.startswith(": ") for line in lines]
        # A line that begins with a colon explains the one above it; at the very top there is nothing to explain.
        if any(starts[1:]) and not starts[0]:
            return [Glossary(self._terms(texts, starts))]
        text = joined(texts, " ")
        return [Paragraph(text)] if text else []

    def _placed(self, value: Value | None, line: int) -> list[Block]:
        if isinstance(value, TickColumns | TableOptions):
            self._nothing_waits()
            self.waiting = (value, line)
            return []
        self._nothing_waits()
        if value is None or isinstance(value, str | Ticks | Rows):
            self.fault(line, _("This belongs in a cell of a table."), _("Move it into the table."))
            return []
        return [value]

    def _terms(self, texts: list[Text], starts: list[bool]) -> tuple[Term, ...]:
        """Words explained: a line, then lines that begin with a colon; other lines go on where they stand."""
        explained: list[tuple[list[Text], list[Text]]] = []
        for i, text in enumerate(texts):
            if starts[i]:
                explained[-1][1].append((replace(text[0], text=text[0].text[2:]), *text[1:]))
            elif i + 1 < len(texts) and starts[i + 1]:
                explained.append(([text], []))
            else:
                (explained[-1][1] or explained[-1][0]).append(text) if explained else explained.append(([text], []))
        return tuple(Term(joined(term, " "), joined(explanation, " ")) for term, explanation in explained)

    def _figure(self, node: SyntaxTreeNode, line: int) -> list[Block]:
        name = str(node.attrs.get("src", ""))
        alt = self.restore(node.content, line).strip()
        width = str(node.attrs.get("title", "")) or "150"
        if name not in figure_names():
            known = ", ".join(sorted(figure_names()))
            text = _("There is no figure “{name}”.").format(name=name[:40])
            self.fault(line, text, _("These exist: {names}.").format(names=known))
            return []
        if not alt:
            advice = _("Say between the brackets what the figure shows.")
            self.fault(line, _("The figure has no words for those who cannot see it."), advice)
            return []
        # Four digits are enough to see that it is too wide: Python refuses to read a number of thousands of them.
        if not width.isascii() or not width.isdigit() or not 40 <= int(width[:4]) <= 160:
            self.fault(line, _("The width of a figure is 40 to 160 mm."), _("Write only the number in quotes."))
            width = "150"
        return [Figure(name, alt, int(width))]

    # -- lists and boxes ----------------------------------------------------------------------------------------------

    def _item(self, item: SyntaxTreeNode) -> Text:
        """The words of a list item; a second paragraph begins on a line of its own."""
        texts = []
        for child in item.children:
            if child.type == "paragraph":
                lines = lines_of(child.children[0])
                texts.append(joined([self.text(line, self.line(child, i)) for i, line in enumerate(lines)], " "))
            else:
                advice = _("Write it as a list of its own, or as a sentence.")
                self.fault(self.line(child), _("Inside a list there can be only words."), advice)
        return joined(texts, "\n")

    def _bullets(self, node: SyntaxTreeNode) -> Block:
        texts = [self._item(item) for item in node.children]
        ticks = [_TICK.match(text[0].text) if text and not text[0].link else None for text in texts]
        if not any(ticks):
            self._nothing_waits()
            return BulletList(tuple(texts))
        columns = 1
        if self.waiting and isinstance(self.waiting[0], TickColumns):
            columns, self.waiting = self.waiting[0].columns, None
        self._nothing_waits()
        items = []
        for item, text, tick in zip(node.children, texts, ticks, strict=True):
            if tick is None:
                self.fault(self.line(item), _("Only some items have a box to tick."), _("Write - [ ] before each."))
            label = (replace(text[0], text=text[0].text[tick.end() :]), *text[1:]) if tick else text
            label = tuple(span for span in label if span.text)
            # A box without words, or with words that end in a colon, asks for a line to write on.
            items.append(CheckItem(label, write=not label or plain_text(label).endswith(":")))
        return CheckList(tuple(items), columns)

    def _box(self, node: SyntaxTreeNode) -> list[Block]:
        children, line = node.children, self.line(node)
        lines = lines_of(children[0].children[0]) if children and children[0].type == "paragraph" else []
        tag = _BOX.match(lines[0][0].content) if lines and lines[0] and lines[0][0].type == "text" else None
        kind = _BOXES.get(tag[1].upper()) if tag else None
        if tag is None or kind is None:
            known = ", ".join(f"[!{name}]" for name in _BOXES)
            text = _("The box does not say what it is.")
            self.fault(line, text, _("Begin it with one of {names}.").format(names=known))
            return self.blocks(children)
        title = self.text(lines[0], line, skip=tag.end())
        if kind in (Practice, Key):  # their title is a heading of its own
            self.last = max(self.last, 2 - self.shift)
        flow = self._flow(lines[1:], children[0], 1) if lines[1:] else []
        inside = tuple(flow + self.blocks(children[1:]))
        if not inside:
            self.fault(line, _("The box is empty."), _("Write something in it, each line after >."))
            return []
        return [Callout(kind, inside, title) if isinstance(kind, str) else kind(inside, title)]

    # -- tables ---------------------------------------------------------------------------------------------------

    def _table(self, node: SyntaxTreeNode) -> list[Block]:
        options = TableOptions()
        if self.waiting and isinstance(self.waiting[0], TableOptions):
            options, self.waiting = self.waiting[0], None
        self._nothing_waits()
        head_row, line = node.children[0].children[0], self.line(node)
        head = tuple(self.text(cell.children, line) for cell in head_row.children)
        if len(head) > _MOST_COLUMNS:
            text = _("The table has more than {n} columns.").format(n=_MOST_COLUMNS)
            self.fault(line, text, _("Divide it into several tables."))
            return []
        body = node.children[1].children if len(node.children) > 1 else []
        rows: list[tuple[Cell, ...]] = []
        for row in body:
            cells = [self._cell(cell, self.line(row)) for cell in row.children]
            # `rows(4)` in a cell stands for four rows like its own.
            times = next((cell.rows for cell in cells if isinstance(cell, Rows)), 1)
            rows += [tuple(() if isinstance(cell, Rows) else cell for cell in cells)] * times
        widths = options.widths
        if widths and len(widths) != len(head):
            text = _("The table has {columns} columns and {widths} widths.")
            self.fault(line, text.format(columns=len(head), widths=len(widths)), _("Give one number a column."))
            widths = ()
        # A table with empty cells is one to write in by hand.
        empty = any(cell == () for row in rows for cell in row)
        return [Table(head, tuple(rows), widths, options.row_mm or (_WRITE_ROW_MM if empty else 0))]

    def _cell(self, cell: SyntaxTreeNode, line: int) -> Cell | Rows:
        inline = cell.children[0].children if cell.children else []
        value = self.value(inline)
        if value is None:
            return self.text(inline, line)
        if isinstance(value, Ticks | Rows):
            return value
        self.fault(line, _("This cannot stand in a cell of a table."), _("Move it out of the table."))
        return ()
