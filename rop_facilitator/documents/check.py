"""What handouts must meet: they exist, render, have their headings in order, fit their pages and read easily."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rop_facilitator.curriculum.model import Curriculum
from rop_facilitator.curriculum.readability import readability
from rop_facilitator.curriculum.reading import shown
from rop_facilitator.documents.blocks import Packet, plain_text
from rop_facilitator.documents.contacts import contacts_for
from rop_facilitator.documents.handout import Handout, find_handout, handout_document, handout_path, load_handout
from rop_facilitator.documents.pdf import lost_characters, page_counts
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _
from rop_facilitator.paths import handout_folders

HARD_TO_READ = 35


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
    handout, problems = load_handout(path, language)
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
            document, found = handout_document(handout)
            problems += found
            if any(problem.level == "fault" for problem in found):
                continue
            sound.append(handout)
            documents.append(document)
            problems += _easy(handout, plain_text((document.lead, document.blocks)))
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
