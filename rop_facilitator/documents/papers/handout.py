"""Handouts and worksheets: the files that authors write, as values and as documents."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from rop_facilitator.curriculum.file_reader import MarkdownPage, read_page
from rop_facilitator.curriculum.model import Curriculum, Library, Origin, curriculum_id_of, slug_of
from rop_facilitator.documents.page.blocks import Block, Document, Help, Packet, words
from rop_facilitator.documents.page.help_numbers import numbers_in_text, with_help
from rop_facilitator.documents.page.markdown import read_markdown
from rop_facilitator.documents.page.page_variables import PacketFacts
from rop_facilitator.documents.page.template import fill
from rop_facilitator.errors import Problem, UserError
from rop_facilitator.i18n import _, speaking
from rop_facilitator.paths import handout_folders

CARDS = "cards"  # to cut up for the table: one for the group, and nobody takes it home
KINDS = ("handout", CARDS, "worksheet")
STANDING_KINDS = ("paper", "letter", "certificate", "part")
MOST_PAGES = 8
MOST_LETTERS = {"title": 120, "lead": 400, "about": 200, "footer": 120}
_FIELDS = ("title", "kind", "origin", "pages", "lead", "about", "footer")
# An id becomes part of a path, so it holds nothing that could lead out of the folder.
_ID = re.compile(r"[a-z0-9][a-z0-9-]*/[a-z0-9][a-z0-9-]*")


@dataclass(frozen=True)
class Handout:
    """One handout, worksheet or standing paper; `body` is Markdown with Jinja2 and starts at `body_line` of the file.

    `about` tells the leader what it is for; `footer` stands at the foot of each page, in place of the title.
    """

    title: str
    kind: str
    origin: Origin
    pages: int
    lead: str
    language: str
    body: str
    body_line: int
    file: str
    about: str = ""
    footer: str = ""


def load_handout(path: Path, language: str, *, kinds: tuple[str, ...] = KINDS) -> tuple[Handout | None, list[Problem]]:
    """A handout from its file, and every fault of its head; None where it has no title or cannot be read."""
    page, problems = read_page(path)
    if page is None:
        return None, problems
    head = _Head(page)
    for name in page.head:
        if name not in _FIELDS:
            known = ", ".join(_FIELDS)
            text = _("The field “{name}” does not belong here.").format(name=str(name)[:40])
            head.fault(str(name), text, _("These do: {names}.").format(names=known))
    title = head.words("title", needed=True)
    kind = head.choice("kind", kinds)
    origin = head.choice("origin", tuple(Origin))
    pages = page.head.get("pages", 2)
    # True and False are ints to Python, and a head may hold them.
    if not isinstance(pages, int) or isinstance(pages, bool) or not 1 <= pages <= MOST_PAGES:
        text = _("Pages is a number from 1 to {most}.").format(most=MOST_PAGES)
        head.fault("pages", text, _("Write the most pages that it may fill."))
        pages = 2
    lead, about, footer = (head.words(name) for name in ("lead", "about", "footer"))
    problems = sorted([*problems, *head.problems], key=lambda problem: problem.line)
    if not title:
        return None, problems
    handout = Handout(
        title=title,
        kind=kind,
        origin=Origin(origin),
        pages=pages,
        lead=lead,
        language=language,
        body=page.body,
        body_line=page.body_line,
        file=page.file,
        about=about,
        footer=footer,
    )
    return handout, problems


class _Head:
    """Reads the fields of a head and keeps what is wrong with them."""

    def __init__(self, page: MarkdownPage) -> None:
        self.page = page
        self.problems: list[Problem] = []

    def fault(self, name: str, text: str, advice: str) -> None:
        """Note what is wrong with a field."""
        line = self.page.head_lines.get(name, 1)
        self.problems.append(Problem("fault", self.page.file, line, text, advice))

    def words(self, name: str, *, needed: bool = False) -> str:
        """A field of words, on one line."""
        value = self.page.head.get(name)
        if value is None or value == "":
            if needed:
                self.fault(name, _("The field “{name}” is missing.").format(name=name), _("Write it in the head."))
            return ""
        # A title that is only figures, such as 2026, is a number in YAML.
        if not isinstance(value, str | int | float) or len(str(value)) > MOST_LETTERS[name]:
            text = _("“{name}” is at most {n} letters on one line.").format(name=name, n=MOST_LETTERS[name])
            self.fault(name, text, _("Make it shorter."))
        return " ".join(str(value).split())[: MOST_LETTERS[name]]

    def choice(self, name: str, allowed: tuple[str, ...]) -> str:
        """A field that is one of a few words."""
        value = self.page.head.get(name)
        if isinstance(value, str) and value in allowed:
            return value
        text = _("“{name}” must be one of these words: {names}.").format(name=name, names=", ".join(allowed))
        self.fault(name, text, _("Correct the word."))
        # The fault is told; the sheet is still shown, as of the last kind, so that its author sees the rest.
        return allowed[-1]


def handout_path(curriculum: Curriculum, handout_id: str) -> Path | None:
    """The file of a handout by its id `<curriculum>/<slug>`; the leader's own folder comes first."""
    if not _ID.fullmatch(handout_id):
        return None
    # The id names the curriculum, so a session may borrow a sheet of another course.
    folders = handout_folders(curriculum.folder.with_name(curriculum_id_of(handout_id)))
    return next((path for folder in folders if (path := folder / f"{slug_of(handout_id)}.md").is_file()), None)


def find_handout(curriculum: Curriculum, handout_id: str) -> tuple[Handout | None, list[Problem]]:
    """The handout of that id, and what is wrong with it or that it is missing."""
    path = handout_path(curriculum, handout_id)
    if path is None:
        text = _("The handout “{id}” is missing.").format(id=handout_id)
        advice = _("Make handouts/{id}.md, or take it out of the session.").format(id=handout_id)
        return None, [Problem("fault", curriculum.id, 0, text, advice)]
    return load_handout(path, curriculum.language)


def handout_blocks(handout: Handout, facts: PacketFacts | None = None) -> tuple[tuple[Block, ...], list[Problem]]:
    """What stands on a page under its title, and what is wrong with it; a page with faults comes as far as it can."""
    facts = replace(facts or PacketFacts(), **asdict(numbers_in_text()))
    source, problems = fill(
        handout.body, facts, file=handout.file, first_line=handout.body_line, speech=handout.language
    )
    blocks, faults = read_markdown(source) if source else ((), ())
    return blocks, [*problems, *faults]


def handout_document(handout: Handout, facts: PacketFacts | None = None) -> tuple[Document, list[Problem]]:
    """The paper of a handout: neither name nor group, help numbers at its foot. Without facts they are blank.

    Cards are cut up and stay in the room, so no numbers stand below them.
    """
    blocks, problems = handout_blocks(handout, facts)
    with speaking(handout.language):
        kinds = {"handout": _("Handout"), CARDS: _("Cards"), "worksheet": _("Worksheet")}
    document = Document(
        paper=handout.kind,
        title=handout.title,
        lead=words(handout.lead),
        kicker=kinds.get(handout.kind, _("Worksheet")),
        date=facts.date if facts else "",
        footer=handout.footer or handout.title,
        blocks=blocks if handout.kind == CARDS else (*blocks, Help()),
    )
    return document, problems


def handout_packet(handout: Handout, facts: PacketFacts | None = None) -> tuple[Packet, list[Problem]]:
    """A handout by itself, ready to render."""
    document, problems = handout_document(handout, facts)
    return with_help(Packet(handout.title, handout.language, (document,))), problems


def print_handout(library: Library, handout_id: str, target: Path) -> list[Problem]:
    """Write one handout, or the page about a module, as `.pdf` or `.docx`, and return what is wrong with it.

    Raises UserError when it does not exist, the ending is another one, or the place cannot be written.
    """
    from rop_facilitator.documents.output.write_paper import check_paper_ending, write_paper
    from rop_facilitator.documents.papers.overview_paper import overview_packet

    # Before anything is read, so that a slip in the name costs no wait.
    check_paper_ending(target)
    owner = curriculum_id_of(handout_id)
    curriculum = library.curricula.get(owner)
    if curriculum is None:
        there = ", ".join(library.curricula) or _("none")
        raise UserError(_("There is no curriculum “{id}”. These are here: {there}.").format(id=owner, there=there))
    if (place := curriculum.overview(handout_id)) is not None:
        packet, problems = overview_packet(curriculum, *place)
        return [*problems, *write_paper(packet, target)]
    if handout_path(curriculum, handout_id) is None:
        raise UserError(_("There is no handout “{id}”. Look for its name in the library.").format(id=handout_id))
    handout, problems = find_handout(curriculum, handout_id)
    if handout is None:
        raise UserError("\n".join(map(str, problems)))
    packet, faults = handout_packet(handout)
    return [*problems, *faults, *write_paper(packet, target)]
