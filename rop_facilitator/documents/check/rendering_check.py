"""What shows only when it is laid out: handouts render, fit their pages and read easily; leader text is Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice
from pathlib import Path

from rop_facilitator.curriculum.curriculum_check import HARD_TO_READ, check_loaded, line_of_handout, line_of_text
from rop_facilitator.curriculum.file_reader import MAX_PROBLEMS, shown
from rop_facilitator.curriculum.load import CURRICULUM_FILE, SAFETY_FILE, load_curriculum
from rop_facilitator.curriculum.markers import without_markers
from rop_facilitator.curriculum.model import Curriculum, Overview, SessionPlan, Step, curriculum_id_of
from rop_facilitator.curriculum.readability import readability
from rop_facilitator.documents.check.find_files import curricula_in, handouts_of, is_standing, language_of, loose_in
from rop_facilitator.documents.output.pdf import lost_characters, page_fills
from rop_facilitator.documents.page.blocks import Document, Packet, plain_text, words
from rop_facilitator.documents.page.help_numbers import with_help
from rop_facilitator.documents.page.markdown import blocks_of
from rop_facilitator.documents.papers.handout import (
    KINDS,
    STANDING_KINDS,
    Handout,
    find_handout,
    handout_document,
    handout_path,
    load_handout,
)
from rop_facilitator.documents.papers.overview_paper import overview_blocks
from rop_facilitator.documents.papers.standing_papers import standing_document
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _

FULL_ENOUGH = 0.75
"""Of the last page of a sheet; less is paper that says nothing."""


def check_paths(paths: Iterable[Path]) -> list[Problem]:
    """All that is wrong with curricula and handouts: in their folders, in folders of such folders, or single files."""
    problems: list[Problem] = []
    for path in paths:
        if path.is_file():
            problems += _check_file(path)
            continue
        curricula = curricula_in(path)
        loose = loose_in(path, curricula)
        if not curricula and not loose:
            what = _("There is nothing to check here.")
            advice = _("Give a curriculum's folder, a folder of handouts, or a file.")
            problems.append(Problem("fault", shown(path), 0, what, advice))
        for folder in curricula:
            problems += _check_curriculum(folder)
        for language, files in loose:
            problems += check_files(files, language)
    return list(dict.fromkeys(problems))


def _check_file(path: Path) -> list[Problem]:
    folder = path.absolute().parent
    if not (folder / CURRICULUM_FILE).is_file():
        return check_files([path], language_of(folder))
    own = folder / path.name
    # A session by itself lacks its course, so all are checked, and what is of this file is told.
    return [p for p in _check_curriculum(folder) if p.file in (shown(own), str(own))]


def _check_curriculum(folder: Path) -> list[Problem]:
    curriculum, problems = load_curriculum(folder)
    if curriculum is None:
        return problems
    return [*problems, *check_loaded(curriculum), *check_leader_text(curriculum), *check_handouts(curriculum)]


def check_leader_text(curriculum: Curriculum) -> list[Problem]:
    """What in the notes for the leader has no place on paper."""
    head = shown(curriculum.folder / CURRICULUM_FILE)
    steps: list[tuple[str, Step]] = [(head, step) for frame in curriculum.frames for step in frame.steps]
    steps += [(shown(session.file), step) for session in curriculum.own_sessions for step in session.steps]
    speech = curriculum.language
    problems: list[Problem] = []
    for file, step in steps:
        problems += blocks_of(
            without_markers(step.text), file=file, first_line=step.line, top=4, level=3, speech=speech
        )[1]
    for session in curriculum.own_sessions:
        problems += _sections(session)
    for page in curriculum.overviews:
        problems += overview_blocks(page)[1]
    safety = shown(curriculum.folder / SAFETY_FILE)
    problems += blocks_of(curriculum.safety, file=safety, speech=speech)[1]
    return problems


def _sections(session: SessionPlan) -> list[Problem]:
    """What is wrong in a session outside its steps. What goes home on paper may not say all that the leader may."""
    for_leader = (session.home_practice_notes, session.materials, *filter(_has_braces, _head_lines(session)))
    home = (session.recap, *filter(_has_braces, (*session.aims, session.home_practice)))
    problems: list[Problem] = []
    for text, leader in [*((text, True) for text in for_leader), *((text, False) for text in home)]:
        # Only steps keep their line; where these begin is looked for once there is something to tell.
        faults = blocks_of(
            without_markers(text), file=shown(session.file), top=3, speech=session.language, leader=leader
        )[1]
        if faults and len(problems) < MAX_PROBLEMS:
            before = line_of_text(session, text) - 1
            problems += [replace(problem, line=before + problem.line) for problem in faults]
    return problems


def _has_braces(text: str) -> bool:
    return "{{" in text


def _head_lines(session: SessionPlan) -> tuple[str, ...]:
    lines = (session.question, session.sentence, session.exercise, session.alternative, session.drop_60)
    return (*lines, session.co_leader, session.follow_up)


def check_handouts(curriculum: Curriculum) -> list[Problem]:
    """All that is wrong with the handouts that the sessions name, and with the others in the same folder."""
    problems: list[Problem] = []
    pages: list[SessionPlan | Overview] = [*curriculum.own_sessions, *curriculum.overviews]
    for page in pages:
        told = ((name, problem) for name in page.handouts for problem in _named_sheet(curriculum, name))
        # Each is looked for in the page: of thousands, the first tell enough.
        for name, problem in islice(told, MAX_PROBLEMS):
            problems.append(replace(problem, file=shown(page.file), line=line_of_handout(page, name)))
    handouts: list[Handout] = []
    for path in handouts_of(curriculum):
        problems += _read(path, curriculum.language, handouts)
    return [*problems, *check_printed(handouts)]


def _named_sheet(curriculum: Curriculum, handout_id: str) -> list[Problem]:
    """What a session must know of a sheet that it names; all else is checked where the sheet lies."""
    path = handout_path(curriculum, handout_id)
    if path is None:
        return find_handout(curriculum, handout_id)[1]
    if curriculum_id_of(handout_id) == curriculum.id:
        return []
    handout, problems = load_handout(path, curriculum.language)
    problems = [*problems, *(document_of(handout)[1] if handout else ())]
    if any(problem.level == "fault" for problem in problems):
        what = _("The sheet “{id}” has faults in the course that it is borrowed from.").format(id=handout_id)
        return [Problem("fault", "", 0, what, _("Mend them: check tells them."))]
    if language_of(path.parent) != curriculum.language:
        what = _("The sheet “{id}” is in another language.").format(id=handout_id)
        return [Problem("fault", "", 0, what, _("Take it away, or write the sheet in this course."))]
    return []


def check_files(paths: Iterable[Path], language: str) -> list[Problem]:
    """All that is wrong with some handouts by themselves."""
    handouts: list[Handout] = []
    problems = [problem for path in paths for problem in _read(path, language, handouts)]
    return [*problems, *check_printed(handouts)]


def _read(path: Path, language: str, handouts: list[Handout]) -> list[Problem]:
    handout, problems = load_any(path, language)
    if handout is not None:
        handouts.append(handout)
    return problems


def load_any(path: Path, language: str) -> tuple[Handout | None, list[Problem]]:
    """A handout or, in a folder of them, a standing paper."""
    return load_handout(path, language, kinds=STANDING_KINDS if is_standing(path.parent) else KINDS)


def document_of(handout: Handout) -> tuple[Document, list[Problem]]:
    """The paper that a handout or a standing paper becomes, without facts."""
    return standing_document(handout) if handout.kind in STANDING_KINDS else handout_document(handout)


def words_of(document: Document) -> str:
    """What a reader reads on a paper, a line for each piece."""
    return plain_text((document.lead, document.blocks, words("\n".join(document.body))))


def check_printed(handouts: list[Handout]) -> list[Problem]:
    """What shows only when handouts are laid out: all of them in one compile a language."""
    problems: list[Problem] = []
    for language in sorted({handout.language for handout in handouts}):
        sound, documents = [], []
        for handout in handouts:
            if handout.language != language:
                continue
            document, faults = document_of(handout)
            problems += faults
            # Its faults are told; how many pages it fills says nothing until they are mended.
            if any(problem.level == "fault" for problem in faults):
                continue
            sound.append(handout)
            documents.append(document)
            problems += _easy(handout, words_of(document))
        # All of a language in one compile: each has a cost of its own that is larger than that of a page.
        packet = with_help(Packet("", language, tuple(documents)))
        for handout, (pages, filled) in zip(sound, page_fills(packet), strict=True):
            problems += _fits(handout, pages, filled)
        for handout, document in zip(sound, documents, strict=True):
            # Sheet by sheet: a packet only tells that some character of it is lost. Nothing is compiled for that.
            signs = lost_characters(Packet("", language, (document,)))
            if signs:
                text = _("These characters cannot be printed and become a box: {signs}.").format(signs=signs)
                problems.append(Problem("fault", handout.file, 0, text, _("Write the word in another way.")))
    return problems


def _fits(handout: Handout, pages: int, filled: float) -> list[Problem]:
    if pages <= handout.pages:
        if pages == 1 or filled >= FULL_ENOUGH or handout.kind not in KINDS:
            return []
        text = _("Its last page is filled to {percent} %.").format(percent=round(100 * filled))
        advice = _("Give it more room to write, or bring it onto one page less.")
        return [Problem("advice", handout.file, 0, text, advice)]
    text = _("It fills {pages} pages; its head says at most {most}.").format(pages=pages, most=handout.pages)
    return [Problem("fault", handout.file, 0, text, _("Shorten it, make a figure smaller, or raise the number."))]


def _easy(handout: Handout, text: str) -> list[Problem]:
    measured = readability(text)
    if measured.short or measured.lix <= HARD_TO_READ:
        return []
    what = _("It is hard to read: LIX {lix}.").format(lix=round(measured.lix))
    longest = ", ".join(measured.longest)
    advice = _("Write shorter sentences, and shorter words than these: {words}.").format(words=longest)
    return [Problem("advice", handout.file, 0, what, advice)]
