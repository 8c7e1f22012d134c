"""What shows only when it is laid out: handouts render, fit their pages and read easily; leader text is Markdown."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from rop_facilitator.curriculum.check import HARD_TO_READ, check_loaded
from rop_facilitator.curriculum.load import CURRICULUM_FILE, SAFETY_FILE, load_curriculum
from rop_facilitator.curriculum.model import Curriculum, Step
from rop_facilitator.curriculum.readability import readability
from rop_facilitator.curriculum.reading import shown
from rop_facilitator.documents.blocks import Packet, plain_text, words
from rop_facilitator.documents.contacts import contacts_for
from rop_facilitator.documents.handout import (
    KINDS,
    STANDING_KINDS,
    Handout,
    find_handout,
    handout_document,
    handout_path,
    load_handout,
)
from rop_facilitator.documents.markdown import blocks_of
from rop_facilitator.documents.pdf import lost_characters, page_counts
from rop_facilitator.documents.standing import standing_document
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import LANGUAGES, _
from rop_facilitator.paths import handout_folders


def check_paths(paths: Iterable[Path]) -> list[Problem]:
    """All that is wrong with curricula and handouts: in their folders, in folders of such folders, or single files."""
    problems: list[Problem] = []
    for path in paths:
        if path.is_file():
            problems += _check_file(path)
            continue
        curricula = _curricula(path)
        loose = [] if (path / CURRICULUM_FILE).is_file() else _loose(path, curricula)
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
        return check_files([path], _language(folder))
    own = folder / path.name
    return [p for p in _check_curriculum(folder) if p.file in (shown(own), str(own))]


def _check_curriculum(folder: Path) -> list[Problem]:
    curriculum, problems = load_curriculum(folder)
    if curriculum is None:
        return problems
    return [*problems, *check_loaded(curriculum), *check_leader_text(curriculum), *check_handouts(curriculum)]


def _curricula(path: Path) -> list[Path]:
    """The folder itself, or those in it, or in its `curricula`."""
    places = [path, *sorted(path.glob("*")), *sorted((path / "curricula").glob("*"))]
    return [place for place in places if (place / CURRICULUM_FILE).is_file()]


def _loose(path: Path, curricula: list[Path]) -> list[tuple[str, list[Path]]]:
    """Folders of handouts that no curriculum here brings, with the language of each."""
    known = {folder.name for folder in curricula}
    below = path / "handouts" if (path / "handouts").is_dir() else path
    folders = [*below.glob("*"), *(below / "papers").glob("*")]
    places = [below, *sorted(place for place in folders if place.is_dir() and place not in curricula)]
    found = [(place, sorted(place.glob("*.md"))) for place in places if place.name not in known]
    return [(_language(place), files) for place, files in found if files and (place != path or not curricula)]


def _language(folder: Path) -> str:
    """The language of a folder of handouts: its own name, or that of the curriculum beside it, else bokmål."""
    if _is_standing(folder):
        return folder.name
    beside = folder.absolute().parent.parent / "curricula" / folder.name
    curriculum = load_curriculum(beside)[0] if (beside / CURRICULUM_FILE).is_file() else None
    return curriculum.language if curriculum else "nb"


def _is_standing(folder: Path) -> bool:
    """Whether it is a folder of standing papers, as in `handouts/papers/nb`."""
    place = folder.absolute()
    return place.parent.name == "papers" and place.name in LANGUAGES


def check_leader_text(curriculum: Curriculum) -> list[Problem]:
    """What in the notes for the leader has no place on paper."""
    head = shown(curriculum.folder / CURRICULUM_FILE)
    steps: list[tuple[str, Step]] = [(head, step) for frame in curriculum.frames for step in frame.steps]
    steps += [(shown(session.file), step) for session in curriculum.sessions for step in session.steps]
    found: list[Problem] = []
    for file, step in steps:
        found += blocks_of(step.text, file=file, first_line=step.line, top=4, level=3)[1]
    for session in curriculum.sessions:
        file = shown(session.file)
        for text in (session.home_practice_notes, session.materials, session.recap):
            for problem in blocks_of(text, file=file, top=3)[1]:
                found.append(replace(problem, line=0))
    safety = shown(curriculum.folder / SAFETY_FILE)
    found += [replace(problem, line=0) for problem in blocks_of(curriculum.safety, file=safety)[1]]
    return found


def check_handouts(curriculum: Curriculum) -> list[Problem]:
    """All that is wrong with the handouts that the sessions name, and with the others in the same folder."""
    problems: list[Problem] = []
    handouts: list[Handout] = []
    seen: set[Path] = set()
    for session in curriculum.sessions:
        for handout_id in session.handouts:
            path = handout_path(curriculum, handout_id)
            if path is None:
                _none, missing = find_handout(curriculum, handout_id)
                problems += [Problem(p.level, shown(session.file), 0, p.text, p.advice) for p in missing]
            elif path not in seen:
                seen.add(path)
                problems += _read(path, curriculum.language, handouts)
    folder = next((folder for folder in handout_folders(curriculum.folder) if folder.is_dir()), None)
    for path in sorted(folder.glob("*.md")) if folder else []:
        if path not in seen:
            problems += _read(path, curriculum.language, handouts)
    return [*problems, *check_printed(handouts)]


def check_files(paths: Iterable[Path], language: str) -> list[Problem]:
    """All that is wrong with some handouts by themselves."""
    handouts: list[Handout] = []
    problems = [problem for path in paths for problem in _read(path, language, handouts)]
    return [*problems, *check_printed(handouts)]


def _read(path: Path, language: str, handouts: list[Handout]) -> list[Problem]:
    kinds = STANDING_KINDS if _is_standing(path.parent) else KINDS
    handout, problems = load_handout(path, language, kinds=kinds)
    if handout is not None:
        handouts.append(handout)
    return problems


def check_printed(handouts: list[Handout]) -> list[Problem]:
    """What shows only when handouts are laid out: all of them in one compile a language."""
    problems: list[Problem] = []
    for language in sorted({handout.language for handout in handouts}):
        contacts, checked = contacts_for(language)
        sound, documents = [], []
        for handout in handouts:
            if handout.language != language:
                continue
            draw = standing_document if handout.kind in STANDING_KINDS else handout_document
            document, found = draw(handout)
            problems += found
            if any(problem.level == "fault" for problem in found):
                continue
            sound.append(handout)
            documents.append(document)
            problems += _easy(handout, plain_text((document.lead, document.blocks, words("\n".join(document.body)))))
        packet = Packet("", language, tuple(documents), help=contacts, help_checked=checked)
        for handout, pages in zip(sound, page_counts(packet), strict=True):
            problems += _fits(handout, pages)
        for handout, document in zip(sound, documents, strict=True):
            signs = lost_characters(Packet("", language, (document,)))
            if signs:
                text = _("These characters cannot be printed and become a box: {signs}.").format(signs=signs)
                problems.append(Problem("fault", handout.file, 0, text, _("Write the word in another way.")))
    return problems


def _fits(handout: Handout, pages: int) -> list[Problem]:
    if pages <= handout.pages:
        return []
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
