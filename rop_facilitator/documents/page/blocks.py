"""What a paper consists of, as frozen values. Typst and Word draw them; nothing here knows how."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Literal

from rop_facilitator.documents.page.plain_blocks import (
    Agenda,
    AgendaRow,
    Alarm,
    AlarmItem,
    AlarmNumber,
    Boxes,
    BoxItem,
    BulletList,
    Cell,
    CheckItem,
    CheckList,
    Field,
    Fields,
    Figure,
    Glossary,
    Heading,
    Help,
    Legend,
    Name,
    NumberedList,
    Off,
    PageBreak,
    Paragraph,
    Register,
    RegisterFoot,
    RegisterMark,
    RegisterMeeting,
    RegisterRow,
    RunList,
    RunRow,
    RunSheet,
    RunTheme,
    Scale,
    Small,
    Space,
    Span,
    Table,
    Term,
    Text,
    Ticks,
    WritingLines,
    words,
)

__all__ = (
    "Agenda", "AgendaRow", "Alarm", "AlarmItem", "AlarmNumber", "Beside", "Block", "BoxItem", "Boxes", "BulletList",
    "Callout", "Cell", "CheckItem",
    "CheckList", "Document", "Field", "Fields", "Figure", "Glossary", "Heading", "Help", "HelpContact", "Key",
    "Legend", "Name", "NotedStep", "NumberedList", "Off", "Packet", "PageBreak", "Paragraph", "Practice",
    "Register", "RegisterFoot", "RegisterMark", "RegisterMeeting", "RegisterRow", "RunList", "RunRow", "RunSheet",
    "RunTheme", "Scale", "Signer", "Slip", "Slips", "Small", "Space", "Span", "StepNotes", "Table", "Term", "Text",
    "Ticks", "Tone", "WritingLines", "blocks_in", "plain_text", "used_figures", "words",
)  # fmt: skip


Tone = Literal["tip", "important", "remember", "ask", "say", "watch"]


@dataclass(frozen=True)
class Callout:
    """A framed note. Without a title it says what it is: a tip, important, and so on."""

    tone: Tone
    blocks: tuple[Block, ...]
    title: Text = ()


@dataclass(frozen=True)
class Practice:
    """The box with the home practice; without a title it is called so in the language of the paper."""

    blocks: tuple[Block, ...]
    title: Text = ()


@dataclass(frozen=True)
class Key:
    """The box with what matters most today; without a title it is called so in the language of the paper."""

    blocks: tuple[Block, ...]
    title: Text = ()


@dataclass(frozen=True)
class Beside:
    """Blocks side by side; the right ones stand on a tint where `panel` says so."""

    left: tuple[Block, ...]
    right: tuple[Block, ...]
    panel: bool = False


@dataclass(frozen=True)
class NotedStep:
    """One step with its notes: clock time, minutes and method in words."""

    time: str
    title: Text
    minutes: str = ""
    method: str = ""
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True)
class StepNotes:
    """What the leader says and does, a step after another; none is torn from its boxes."""

    rows: tuple[NotedStep, ...]


@dataclass(frozen=True)
class Slip:
    """What one person gets in the hand: the name, and short parts below it. Lines to write on come last."""

    name: Text
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class Slips:
    """Up to four slips on a page that is cut along the cross. Their lines give way before any of their words."""

    kicker: Text
    items: tuple[Slip, ...]


# A new kind is drawn twice, in a file of `typst/` and in an `output/docx_…`, and stands in EVERY_BLOCK of the tests
# (decision 0017). Names of classes and fields are data: the layout reads them.
Block = (
    Heading | Paragraph | BulletList | NumberedList | CheckList | WritingLines | Fields | Scale | Table | Callout
    | Boxes | Glossary | Practice | Key | Figure | Agenda | RunSheet | Beside | StepNotes | Register | Legend | Small
    | Space | PageBreak | Help | Slips | Alarm
)  # fmt: skip


@dataclass(frozen=True)
class Signer:
    """Who signs a certificate: the name in bold, or none, and what stands under the line."""

    name: Text
    role: Text


@dataclass(frozen=True)
class Document:
    """One paper. `paper` is a name for the program; only `certificate` is drawn differently.

    With `who`, the name in the strip is the first heading and the bookmark. `continues` is the next sheet of the same
    paper: page numbers count on; `wide` has narrow margins. `in_set` is a paper that lies in the set which began before
    it, `on_back` one that begins on the back of the paper before it. `cut` is a whole page without margins, to cut up.
    `intro`, `body` and `signers` are the certificate's.
    """

    paper: str
    title: str
    blocks: tuple[Block, ...] = ()
    lead: Text = ()
    kicker: str = ""
    date: str = ""
    who: str = ""
    footer: str = ""
    for_leader: bool = False
    size_pt: float = 0
    landscape: bool = False
    wide: bool = False
    continues: bool = False
    in_set: bool = False
    on_back: bool = False
    cut: bool = False
    intro: str = ""
    body: tuple[str, ...] = ()
    signers: tuple[Signer, ...] = ()


@dataclass(frozen=True)
class HelpContact:
    """Whom to call: number, name and when, as printed."""

    number: str
    name: str
    when: str


@dataclass(frozen=True)
class Packet:
    """The documents of one file, in print order, in one language (`nb` or `en`).

    `help_checked` is the sentence beside the help numbers, empty until somebody has checked them.
    """

    title: str
    language: str
    documents: tuple[Document, ...]
    help: tuple[HelpContact, ...] = ()
    help_checked: str = ""
    author: str = ""
    duplex: bool = True
    size_pt: float = 13


def blocks_in(blocks: Iterable[Block]) -> Iterator[Block]:
    """All blocks, those inside other blocks too, in reading order."""
    for block in blocks:
        yield block
        if isinstance(block, Callout | Practice | Key):
            yield from blocks_in(block.blocks)
        elif isinstance(block, Beside):
            yield from blocks_in((*block.left, *block.right))
        elif isinstance(block, StepNotes):
            for row in block.rows:
                yield from blocks_in(row.blocks)
        elif isinstance(block, Slips):
            for slip in block.items:
                yield from blocks_in(slip.blocks)


def plain_text(value: object) -> str:
    """The words of a text, a block or several, for counting and searching; a line for each piece."""
    if isinstance(value, tuple) and value and all(isinstance(part, Span) for part in value):
        return "".join(span.text for span in value)
    if isinstance(value, tuple):
        return "\n".join(filter(None, map(plain_text, value)))
    if is_dataclass(value):
        return "\n".join(filter(None, (plain_text(getattr(value, f.name)) for f in fields(value))))
    return ""


def used_figures(packet: Packet) -> set[str]:
    """The names of the figures that the documents show."""
    return {b.figure for d in packet.documents for b in blocks_in(d.blocks) if isinstance(b, Figure)}
