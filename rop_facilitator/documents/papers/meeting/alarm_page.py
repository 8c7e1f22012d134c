"""The page for a safe group on a leaf: in front what is done at once, behind it what is done and said afterwards."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from rop_facilitator.documents.page.blocks import (
    Alarm,
    AlarmItem,
    AlarmNumber,
    Block,
    BulletList,
    Document,
    Heading,
    Paragraph,
    Small,
    Span,
    Table,
    Text,
    words,
)
from rop_facilitator.documents.page.help_numbers import alarm_numbers, safety_contacts
from rop_facilitator.i18n import _, day_and_month


def unchecked_words() -> str:
    """What an empty box beside a number means."""
    return _("Not checked: numbers with an empty box. Ring them or look them up, and set the day in Settings.")


_LABELS = {"now": ("nå", "now"), "ring": ("ring", "call")}


def alarm_pages(blocks: tuple[Block, ...], group: str, language: str) -> list[Document]:
    """The two sides; none where the page is written in another way."""
    cases = _cases(blocks)
    if cases is None:
        return []
    opening = blocks[: blocks.index(cases[0].heading)]
    known = _numbers(language)
    unchecked = not all(number.checked for number in known)
    front = Alarm(
        opening=tuple(block.text for block in opening if isinstance(block, Paragraph)),
        numbers=tuple(number for number in known if number.first),
        items=tuple(AlarmItem(case.heading.text, case.now, _in_bold(known, case.ring)) for case in cases),
        more=tuple(number for number in known if not number.first),
        unchecked=words(unchecked_words()) if unchecked else (),
    )
    return [_document(group, (front,)), _behind(group, cases, _checked_days(language))]


def _document(group: str, blocks: tuple[Block, ...]) -> Document:
    return Document(
        paper="safety",
        title=_("A safe group"),
        kicker=group,
        date=_("Lies with the run sheet"),
        footer=_("For the leader"),
        for_leader=True,
        size_pt=12.5,
        wide=True,
        in_set=True,
        blocks=blocks,
    )


# -- what is written, taken apart --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Case:
    """One thing that may happen: what is done now, whom to ring, and what comes after, each under its word."""

    heading: Heading
    now: Text
    ring: Text
    after: tuple[tuple[str, Text], ...]


def _cases(blocks: Sequence[Block]) -> list[_Case] | None:
    """The cases of a page where each is a heading and a list that begins with what to do now and whom to ring."""
    first = next((at for at, block in enumerate(blocks) if isinstance(block, Heading)), len(blocks))
    rest = blocks[first:]
    if not rest or len(rest) % 2 or not all(isinstance(block, Paragraph) for block in blocks[:first]):
        return None
    cases = [_case(heading, points) for heading, points in zip(rest[::2], rest[1::2], strict=True)]
    whole = [case for case in cases if case is not None]
    return whole if len(whole) == len(cases) else None


def _case(heading: Block, points: Block) -> _Case | None:
    if not isinstance(heading, Heading) or not isinstance(points, BulletList):
        return None
    named = [_named(item) for item in points.items]
    known = [name.casefold() for name, _text in named[:2]]
    if len(known) < 2 or known[0] not in _LABELS["now"] or known[1] not in _LABELS["ring"]:
        return None
    return _Case(heading, named[0][1], named[1][1], tuple(named[2:]))


def _named(item: Text) -> tuple[str, Text]:
    """The bold word that a point begins with, and what follows it."""
    if not item or not item[0].bold:
        return "", item
    first, *rest = item[1:] or (Span(""),)
    return item[0].text.strip(" :"), (Span(first.text.lstrip(), first.bold, first.italic, first.link), *rest)


# -- the numbers -------------------------------------------------------------------------------------------------------


def _numbers(language: str) -> list[AlarmNumber]:
    """All that the page prints, in the order of the file; those to ring in an emergency are told apart."""
    first = {number for number, _name in alarm_numbers(language)}
    return [
        AlarmNumber(contact.number, contact.name, contact.when, day is not None, contact.number in first)
        for contact, day in safety_contacts(language)
    ]


def _checked_days(language: str) -> tuple[Block, ...]:
    """Which numbers somebody has checked, and when."""
    days = [f"{contact.number} {day_and_month(day)} {day.year}" for contact, day in safety_contacts(language) if day]
    return (Small(words(_("Checked: {numbers}").format(numbers=" · ".join(days)))),) if days else ()


def _in_bold(numbers: Sequence[AlarmNumber], text: Text) -> Text:
    """The same with each number to ring in bold, so that the eye finds it."""
    known = sorted((number.number for number in numbers), key=len, reverse=True)
    if not known:
        return text
    pattern = re.compile("(" + "|".join(map(re.escape, known)) + ")")
    parts = [(span, part) for span in text for part in pattern.split(span.text) if part]
    return tuple(
        Span(part, bold=span.bold or pattern.fullmatch(part) is not None, italic=span.italic, link=span.link)
        for span, part in parts
    )


# -- the back ----------------------------------------------------------------------------------------------------------


def _behind(group: str, cases: Sequence[_Case], numbers: tuple[Block, ...]) -> Document:
    """What is done and said afterwards: read when there is time, a row for each case."""
    columns = list(dict.fromkeys(name for case in cases for name, _text in case.after))
    rows = tuple((case.heading.text, *(dict(case.after).get(name, ()) for name in columns)) for case in cases)
    head = (words(_("What happened")), *(words(name) for name in columns))
    widths = (3, *(5 if at == 0 else 4 for at in range(len(columns))))
    table = Table(head, rows, widths=widths, row_head=True, align_top=True)
    return Document(
        paper="safety",
        title=_("A safe group, afterwards"),
        kicker=group,
        footer=_("For the leader"),
        for_leader=True,
        size_pt=11.5,
        wide=True,
        continues=True,
        blocks=(table, *numbers),
    )
