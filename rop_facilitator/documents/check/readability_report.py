"""How hard each session and handout is to read, file by file: figures to write by, no verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from rop_facilitator.curriculum.curriculum_check import leader_text
from rop_facilitator.curriculum.file_reader import shown
from rop_facilitator.curriculum.load import CURRICULUM_FILE, load_curriculum
from rop_facilitator.curriculum.markers import fitted_session
from rop_facilitator.curriculum.model import Curriculum
from rop_facilitator.curriculum.readability import Readability, readability
from rop_facilitator.documents.check.find_files import curricula_in, handouts_of, language_of, loose_in
from rop_facilitator.documents.check.rendering_check import document_of, load_any, words_of

AIM = 30
"""LIX of a handout that is easy enough (docs/domain.md); over 35 is advice, and a fault in ours."""


@dataclass(frozen=True)
class Reading:
    """The figures of one file: the leader's text of a `session`, or all of a `handout`, `worksheet` or other paper."""

    file: str
    kind: str
    title: str
    measured: Readability

    @property
    def over_aim(self) -> bool:
        """Whether participants would have to work for it; leader text has no aim, short text no reliable number."""
        return self.kind != "session" and not self.measured.short and self.measured.lix > AIM


def readability_of_files(paths: Iterable[Path]) -> list[Reading]:
    """The figures of every written session and every handout in these places, as `check` finds them."""
    # A handout of a curriculum is met twice where its folder and a folder above it are both given.
    return list(dict.fromkeys(reading for path in paths for reading in _in(path)))


def _in(path: Path) -> Iterator[Reading]:
    if path.is_file():
        folder = path.absolute().parent
        if not (folder / CURRICULUM_FILE).is_file():
            yield from _handouts([path], language_of(folder))
            return
        # A session is read with its whole course, which knows the language; the others are left out again.
        own = shown(folder / path.name)
        yield from (reading for reading in _curriculum(folder) if reading.file == own or path.name == CURRICULUM_FILE)
        return
    curricula = curricula_in(path)
    for folder in curricula:
        yield from _curriculum(folder)
    for language, files in loose_in(path, curricula):
        yield from _handouts(files, language)


def _curriculum(folder: Path) -> Iterator[Reading]:
    curriculum = load_curriculum(folder)[0]
    if curriculum is not None:
        yield from _sessions(curriculum)
        yield from _handouts(handouts_of(curriculum), curriculum.language)


def _sessions(curriculum: Curriculum) -> Iterator[Reading]:
    for session in curriculum.own_sessions:
        if not session.is_outline:
            held = fitted_session(session, curriculum.frames[-1].minutes, curriculum.id)
            yield Reading(shown(session.file), "session", session.title, readability(leader_text(held)))


def _handouts(paths: Iterable[Path], language: str) -> Iterator[Reading]:
    for path in paths:
        handout = load_any(path, language)[0]
        if handout is not None:
            text = words_of(document_of(handout)[0])
            yield Reading(handout.file, handout.kind, handout.title, readability(text))
