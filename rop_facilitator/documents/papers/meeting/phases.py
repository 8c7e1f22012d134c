"""The page on the stages: what to say to whom, read beforehand, once in a packet; nothing is written on it."""

from __future__ import annotations

from rop_facilitator.documents.page.blocks import Document, words
from rop_facilitator.documents.page.page_variables import PacketFacts
from rop_facilitator.documents.papers.handout import handout_blocks
from rop_facilitator.documents.papers.standing_papers import find_page
from rop_facilitator.errors import Problem


def phases_page(language: str, about: PacketFacts, problems: list[Problem]) -> Document:
    """The page as it lies behind the notes; its text is a file like that of any standing paper."""
    page, problems_of_page = find_page("phases", language)
    blocks, faults = handout_blocks(page, about)
    problems += (*problems_of_page, *faults)
    return Document(
        paper="phases",
        title=page.title,
        lead=words(page.lead),
        kicker=about.group,
        footer=page.footer,
        for_leader=True,
        size_pt=12,
        in_set=True,
        blocks=blocks,
    )
