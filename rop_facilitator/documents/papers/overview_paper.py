"""The page about a module on paper, for leaders."""

from __future__ import annotations

from rop_facilitator.curriculum.file_reader import shown
from rop_facilitator.curriculum.model import Curriculum, Module, Overview
from rop_facilitator.documents.page.blocks import Block, Document, Packet
from rop_facilitator.documents.page.markdown import blocks_of
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _, speaking


def overview_blocks(page: Overview) -> tuple[tuple[Block, ...], tuple[Problem, ...]]:
    """What stands on the page under its title, and what is wrong with it."""
    return blocks_of(page.text, file=shown(page.file), first_line=page.line, speech=page.language)


def overview_packet(curriculum: Curriculum, module: Module, page: Overview) -> tuple[Packet, list[Problem]]:
    """The page by itself, ready to render."""
    with speaking(curriculum.language):
        blocks, problems = overview_blocks(page)
        number = _("module {n}").format(n=module.number) if module.number else ""
        document = Document(
            paper="overview",
            title=page.title,
            kicker=" · ".join(filter(None, (curriculum.title, number))),
            footer=_("For the leader"),
            for_leader=True,
            blocks=blocks,
        )
    return Packet(page.title, curriculum.language, (document,)), list(problems)
