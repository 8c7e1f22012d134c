"""The standing papers that are files: text for participants, with the facts of the group in it.

They lie in `handouts/papers/<language>/`, a page each. A file of the same name in the leader's own folder comes first,
and one with a new name is offered like ours.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from rop_facilitator.documents.page.blocks import (
    Block,
    Document,
    Fields,
    Help,
    Packet,
    Paragraph,
    Signer,
    plain_text,
    words,
)
from rop_facilitator.documents.page.help_numbers import with_help
from rop_facilitator.documents.page.page_variables import PacketFacts
from rop_facilitator.documents.page.template import fill
from rop_facilitator.documents.papers.handout import STANDING_KINDS, Handout, handout_blocks, load_handout
from rop_facilitator.errors import Problem, UserError
from rop_facilitator.i18n import _
from rop_facilitator.paths import paper_folders

ORDER = ("invitation", "group-agreement", "what-we-store", "contact-card", "evaluation", "certificate")
# A name of a paper becomes one of a file: nothing that leads out of its folder.
_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*")


def standing_papers_in(language: str) -> dict[str, Handout]:
    """The papers that can be printed by themselves, by slug: ours in the order of a course, then the leader's own."""
    slugs = {path.stem for folder in paper_folders(language) for path in folder.glob("*.md")}
    known = [slug for slug in ORDER if slug in slugs]
    pages = {slug: _first(slug, language)[0] for slug in (*known, *sorted(slugs.difference(known)))}
    return {slug: page for slug, page in pages.items() if page is not None and page.kind != "part"}


def find_page(slug: str, language: str) -> tuple[Handout, list[Problem]]:
    """A standing paper, and what is wrong with a file of the leader's that could not be used in its place.

    Raises UserError when there is none of that name.
    """
    page, problems = _first(slug, language)
    if page is None:
        raise UserError("\n".join([_("There is no paper “{kind}”.").format(kind=slug[:40]), *map(str, problems)]))
    return page, problems


def _first(slug: str, language: str) -> tuple[Handout | None, list[Problem]]:
    problems: list[Problem] = []
    for path in _paths(slug, language):
        page, faults_of_page = load_handout(path, language, kinds=STANDING_KINDS)
        problems += faults_of_page
        if page is None:
            continue
        source, faults = fill(page.body, PacketFacts(), file=page.file, first_line=page.body_line, speech=language)
        # What is wrong with a page is told, and the next one is taken: empty slips help nobody (decision 0005).
        if source is not None:
            return page, problems
        problems += faults
    return None, problems


def _paths(slug: str, language: str) -> list[Path]:
    if not _SLUG.fullmatch(slug):
        return []
    return [path for folder in paper_folders(language) if (path := folder / f"{slug}.md").is_file()]


def standing_document(page: Handout, facts: PacketFacts | None = None) -> tuple[Document, list[Problem]]:
    """The document of a standing paper; without facts they are blank.

    Help numbers stand at its foot, but not on a letter, which may lie where others see it.
    """
    facts = facts or PacketFacts()
    blocks, problems = handout_blocks(page, facts)
    if page.kind == "certificate":
        return _certificate(page, facts, blocks), problems
    document = Document(
        paper="standing",
        title=page.title,
        lead=words(page.lead),
        kicker=facts.group,
        footer=page.footer or page.title,
        blocks=blocks if page.kind == "letter" else (*blocks, Help()),
    )
    return document, problems


def _certificate(page: Handout, facts: PacketFacts, blocks: Sequence[Block]) -> Document:
    """The first paragraph stands over the name and the others under it; short lines with a word are for signatures."""
    paragraphs = [" ".join(plain_text(block.text).split()) for block in blocks if isinstance(block, Paragraph)]
    lines = [item for block in blocks if isinstance(block, Fields) for item in block.items]
    return Document(
        paper="certificate",
        title=page.title,
        who=facts.name,
        landscape=True,
        intro=paragraphs[0] if paragraphs else "",
        body=tuple(paragraphs[1:]),
        signers=tuple(Signer((), line.label) for line in lines),
    )


def standing_packet(page: Handout, copies: Sequence[PacketFacts]) -> tuple[Packet, list[Problem]]:
    """A standing paper as often as there are facts: once for a group, or once a person."""
    drawn = [standing_document(page, facts) for facts in copies]
    # The same page for twelve people has the same fault twelve times; it is told once.
    problems = list(dict.fromkeys(problem for _document, faults in drawn for problem in faults))
    documents = tuple(document for document, _faults in drawn)
    return with_help(Packet(page.title, page.language, documents)), problems
