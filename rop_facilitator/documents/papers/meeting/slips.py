"""The slips: the one paper of a set with a name on it, four to a page, to cut and to lay on the sets in this order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from rop_facilitator.documents.page.blocks import Document, Slip, Slips, words
from rop_facilitator.documents.page.page_variables import PacketFacts
from rop_facilitator.documents.papers.handout import Handout, handout_blocks
from rop_facilitator.documents.papers.meeting.meeting_facts import MeetingFacts, PersonFacts
from rop_facilitator.documents.papers.printed_titles import neutral_practice, neutral_title
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import long_date

A_PAGE = 4
_SIZE_PT = 12  # in large print too: a slip is cut, and keeps its size
_MOST_MISSED, _MOST_LETTERS = 4, 400


def slip_documents(
    facts: MeetingFacts, page: Handout, people: Sequence[PersonFacts], about: PacketFacts, problems: list[Problem]
) -> list[Document]:
    """A page for every four people, in the order of the list."""
    kicker = words(f"{facts.group} · {long_date(facts.on)}")
    slips = [_slip(facts, page, person, about, problems) for person in people]
    return [
        Document(
            paper="slips",
            title=page.title,
            cut=True,
            size_pt=_SIZE_PT,
            blocks=(Slips(kicker, tuple(slips[at : at + A_PAGE])),),
        )
        for at in range(0, len(slips), A_PAGE)
    ]


def _slip(facts: MeetingFacts, page: Handout, person: PersonFacts, about: PacketFacts, problems: list[Problem]) -> Slip:
    """What one person was going to try, what today is about and what to make up: nothing that tells too much."""
    courses = [facts.curriculum]

    def practice(text: str) -> str:
        short = text if len(text) <= _MOST_LETTERS else f"{text[:_MOST_LETTERS].rsplit(maxsplit=1)[0]} …"
        return neutral_practice(short, courses) if text else ""

    def titles(named: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(neutral_title(title, number, courses) for title, number in named))

    # The only page that knows these: `about` is of everybody, so that no sheet can name one.
    own = replace(
        about,
        name=person.name,
        practice="" if person.own_step else practice(person.last_practice),
        step=practice(person.own_step),
        sessions=titles(facts.printed),
        missed=titles(person.missed_printed)[-_MOST_MISSED:],
    )
    blocks, faults = handout_blocks(page, own)
    problems += faults
    return Slip(words(person.name), blocks)
