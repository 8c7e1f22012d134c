"""Checking whatever a person points at: a curriculum, a folder of them, handouts, or a whole collection of both."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rop_facilitator.curriculum.check import check_loaded
from rop_facilitator.curriculum.load import CURRICULUM_FILE, load_curriculum
from rop_facilitator.curriculum.model import Curriculum
from rop_facilitator.documents.check import check_files, check_handouts
from rop_facilitator.documents.markdown import blocks_of
from rop_facilitator.errors import Problem, UserError
from rop_facilitator.i18n import _


def check_paths(paths: Iterable[Path]) -> list[Problem]:
    """Every problem below some paths, by file and line. Raises UserError where there is nothing to check."""
    problems: list[Problem] = []
    for path in paths:
        problems += _check(path)
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.file, problem.line))


def _check(path: Path) -> list[Problem]:
    if not path.exists():
        raise UserError(_("{path} is not there. Check how it is written.").format(path=path))
    if path.is_file() and (path.parent / CURRICULUM_FILE).is_file():
        path = path.parent
    if path.is_file():
        return check_files([path], "nb")
    if (path / CURRICULUM_FILE).is_file():
        return _check_folder(path)
    folders = sorted(
        file.parent for file in [*path.glob(f"*/{CURRICULUM_FILE}"), *path.glob(f"curricula/*/{CURRICULUM_FILE}")]
    )
    if folders:
        return [problem for folder in folders for problem in _check_folder(folder)]
    pages = sorted(path.rglob("*.md"))
    if not pages:
        raise UserError(_("{path} holds neither a curriculum nor a handout.").format(path=path))
    return check_files(pages, "nb")


def _check_folder(folder: Path) -> list[Problem]:
    curriculum, problems = load_curriculum(folder)
    if curriculum is None:
        return problems
    return [*problems, *check_loaded(curriculum), *_leader_text(curriculum), *check_handouts(curriculum)]


def _leader_text(curriculum: Curriculum) -> list[Problem]:
    """What is wrong in the leader's words: headings, boxes and figures that cannot be printed."""
    problems: list[Problem] = []
    for session in curriculum.sessions:
        for step in session.steps:
            problems += blocks_of(step.text, file=str(session.file), first_line=step.line, top=4, level=3)[1]
        problems += blocks_of(session.home_practice_notes, file=str(session.file), top=4, level=3)[1]
    return problems
