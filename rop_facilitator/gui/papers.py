"""What can be put on paper from the window: a wish as a plain value, and how it is made in a job."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from rop_facilitator.errors import Problem, UserError
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.jobs import Progress
from rop_facilitator.i18n import _, long_date
from rop_facilitator.records.groups import curricula_of, load_group

if TYPE_CHECKING:
    from rop_facilitator.documents.blocks import Packet
    from rop_facilitator.documents.packet import MeetingFacts
    from rop_facilitator.documents.register import Register
    from rop_facilitator.settings import Settings

Kind = Literal["packet", "sign-in", "register", "handout"]
_LARGE_PT = 16


@dataclass(frozen=True)
class PaperWish:
    """What somebody wants to see on paper; `on` is the day of a meeting, `handout` an id."""

    kind: Kind
    on: date | None = None
    handout: str = ""


@dataclass(frozen=True)
class Paper:
    """A wish with all it needs: `build` runs in a job, on plain values. `file_name` tells neither person nor group."""

    title: str
    about: str
    file_name: str
    build: Callable[[], tuple[Packet, list[Problem]]]


@dataclass(frozen=True)
class Rendered:
    """A finished PDF and what the leader should know about it."""

    pdf: bytes
    problems: tuple[Problem, ...]


def prepare(context: AppContext, group_id: int, wish: PaperWish) -> Paper:
    """Read what a wish needs. Raises UserError where there is no such meeting, group or handout."""
    if wish.kind == "handout":
        return _handout(context, wish.handout)
    from rop_facilitator.documents.packet import collect_packet

    with context.read() as db:
        group = load_group(db, group_id)
    if wish.kind == "register":
        from rop_facilitator.documents.register import collect_register

        register = collect_register(group, names=group.names_shown, today=context.today())
        first = context.library.curricula.get(next(iter(curricula_of(group)), ""))
        build = partial(_build_register, register, first.language if first else "nb", context.settings)
        name = _("attendance-{date}").format(date=context.today().isoformat())
        return Paper(_("Attendance, all meetings"), group.name, name, build)
    if wish.on is None:
        raise UserError(_("Choose a meeting first."))
    facts = collect_packet(group, context.library, wish.on)
    day = long_date(wish.on)
    if wish.kind == "sign-in":
        name = _("sign-in-{date}").format(date=wish.on.isoformat())
        return Paper(
            _("Sign-in sheet"), f"{group.name} · {day}", name, partial(_build_sign_in, facts, context.settings)
        )
    name = _("papers-{date}").format(date=wish.on.isoformat())
    return Paper(
        _("Papers of the meeting"), f"{group.name} · {day}", name, partial(_build_packet, facts, context.settings)
    )


def _handout(context: AppContext, handout_id: str) -> Paper:
    from rop_facilitator.documents.handout import find_handout

    owner, _slash, slug = handout_id.partition("/")
    curriculum = context.library.curricula.get(owner)
    if curriculum is None:
        raise UserError(_("The curriculum of this sheet is not in the library."))
    handout, problems = find_handout(curriculum, handout_id)
    if handout is None:
        raise UserError("\n".join(map(str, problems)))

    def build() -> tuple[Packet, list[Problem]]:
        from rop_facilitator.documents.handout import handout_packet

        packet, found = handout_packet(handout)
        return _as_set(packet, context.settings), [*problems, *found]

    return Paper(handout.title, curriculum.title, slug, build)


def _as_set(packet: Packet, settings: Settings) -> Packet:
    size = _LARGE_PT if settings.large_print else packet.size_pt
    return replace(packet, duplex=settings.duplex, size_pt=size)


def _build_packet(facts: MeetingFacts, settings: Settings) -> tuple[Packet, list[Problem]]:
    from rop_facilitator.documents.papers import packet_of

    packet, problems = packet_of(facts)
    return _as_set(packet, settings), problems


def _build_sign_in(facts: MeetingFacts, settings: Settings) -> tuple[Packet, list[Problem]]:
    packet, _problems = _build_packet(facts, settings)
    sheets = tuple(document for document in packet.documents if document.paper == "sign-in")
    return replace(packet, title=sheets[0].title, documents=sheets), []


def _build_register(register: Register, language: str, settings: Settings) -> tuple[Packet, list[Problem]]:
    from rop_facilitator.documents.register_paper import register_packet
    from rop_facilitator.i18n import speaking

    with speaking(language):
        return _as_set(register_packet(register, language=language), settings), []


def render(paper: Paper, progress: Progress) -> Rendered:
    """Make the PDF of a paper; in a job."""
    from rop_facilitator.documents.pdf import render_pdf

    progress.step(0, 2)
    packet, problems = paper.build()
    progress.step(1, 2)
    pdf, lost = render_pdf(packet)
    progress.step(2, 2)
    return Rendered(pdf, (*problems, *lost))


def save_pdf(paper: Paper, path: Path, progress: Progress) -> Rendered:
    """Make the PDF of a paper and write it; in a job. Raises UserError."""
    from rop_facilitator.documents.files import write_document

    made = render(paper, progress)
    write_document(path, made.pdf)
    return made


def save_word(paper: Paper, folder: Path, progress: Progress) -> int:
    """Write the Word files of a paper into a folder, and return how many; in a job. Raises UserError."""
    from rop_facilitator.documents.docx import render_docx
    from rop_facilitator.documents.files import make_folder, write_document
    from rop_facilitator.documents.papers import word_files

    packet, _problems = paper.build()
    files = word_files(packet)
    make_folder(folder)
    for done, (name, part) in enumerate(files):
        progress.step(done, len(files))
        data = render_docx(part)
        progress.step(done, len(files))
        write_document(folder / f"{name}.docx", data)
    return len(files)
