"""Curricula from their folders. Whatever is wrong in one file never stops the others."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from rop_facilitator.alphabet import alphabetical
from rop_facilitator.curriculum.borrowing import Borrowed, OwnCourse, with_borrowed
from rop_facilitator.curriculum.file_reader import (
    dotted,
    not_fields,
    parse_page,
    read_page,
    read_text,
    read_yaml,
    shown,
)
from rop_facilitator.curriculum.file_schema import SLUG, CurriculumHead, ModuleHead, OverviewHead, validate
from rop_facilitator.curriculum.model import (
    LEADER_WORDS,
    Curriculum,
    Frame,
    FrameStep,
    Library,
    Module,
    Overview,
    SessionPlan,
)
from rop_facilitator.curriculum.session_file import HEADINGS, full_ids, load_session
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _
from rop_facilitator.paths import curricula_folders

CURRICULUM_FILE = "curriculum.yaml"
SAFETY_FILE = "trygg-gruppe.md"


def load_library(folders: Iterable[Path]) -> Library:
    """Every curriculum below some folders; where two have the same name, the first that can be read is taken."""
    courses: dict[str, OwnCourse] = {}
    known: set[str] = set()
    problems: list[Problem] = []
    for parent in folders:
        try:
            inside = sorted(folder for folder in parent.iterdir() if (folder / CURRICULUM_FILE).is_file())
        except FileNotFoundError:
            continue
        except OSError as error:
            what = _("The folder cannot be opened ({reason}).").format(reason=error.strerror or error)
            problems.append(Problem("fault", shown(parent), 0, what, _("Check that you may read it.")))
            continue
        for folder in inside:
            known.add(folder.name)
            if folder.name not in courses:  # a service's own folder comes first and may replace a shipped course
                course, faults = _own_course(folder)
                problems += faults
                if course is not None:
                    courses[folder.name] = course
    curricula = []
    for course in courses.values():
        curriculum, faults = with_borrowed(course, courses.get, known)
        curricula.append(curriculum)
        problems += faults
    by_title = sorted(curricula, key=lambda curriculum: (alphabetical(curriculum.title), curriculum.id))
    return Library({curriculum.id: curriculum for curriculum in by_title}, tuple(problems))


def load_curriculum(folder: Path) -> tuple[Curriculum | None, list[Problem]]:
    """One curriculum and every fault in its files. A session with faults is left out, the rest is there.

    None where `curriculum.yaml` has faults; its sessions are read all the same, so that their faults are told too.
    What it borrows is looked for in the courses beside it, then in the leader's own and in ours.
    """
    course, problems = _own_course(folder)
    if course is None:
        return None, problems
    beside = course_folders(folder)
    lender = lru_cache(maxsize=None)(lambda name: _own_course(beside[name])[0] if name in beside else None)
    curriculum, faults = with_borrowed(course, lender, beside)
    return curriculum, sorted([*problems, *faults], key=lambda problem: (problem.file != course.file, problem.line))


def course_folders(folder: Path) -> dict[str, Path]:
    """The courses that there are beside one, by name: in the same folder, the leader's own, and ours."""
    places = (folder.resolve().parent, *curricula_folders())
    folders = (path.parent for place in reversed(places) for path in place.glob(f"*/{CURRICULUM_FILE}"))
    return {path.name: path for path in folders}


def _own_course(folder: Path) -> tuple[OwnCourse | None, list[Problem]]:
    """A course without what it borrows, and every fault in its files."""
    file = shown(folder / CURRICULUM_FILE)
    # `check .` is a folder without a name of its own.
    name = (folder if folder.name not in ("", "..") else folder.resolve()).name
    if not re.fullmatch(SLUG, name):
        advice = _("Use small letters, digits and hyphens, æ as ae, ø as o, å as a.")
        what = _("“{name}” cannot be the name of a curriculum's folder.").format(name=name)
        return None, [Problem("fault", shown(folder), 0, what, advice)]
    text, problems = read_text(folder / CURRICULUM_FILE)
    if text is None:
        return None, problems
    data, places, problems = read_yaml(text, file)
    lines = dotted(places)
    head, faults = _head(data, lines, file) if data is not None or not problems else (None, [])
    problems = sorted([*problems, *faults], key=lambda problem: problem.line)
    # A course with half its frames would plan wrong: it is left out whole, and its faults are told at once.
    if head is None or problems:
        return None, [*problems, *_loose_faults(folder, name, data)]
    reader = _Folder(folder, name, file, head, lines)
    entries = tuple(reader.entries(number, module) for number, module in enumerate(head.modules))
    overviews = [reader.overview(number, module) for number, module in enumerate(head.modules)]
    modules = tuple(map(_module, head.modules, entries, overviews))
    curriculum = Curriculum(
        id=name,
        folder=folder,
        title=head.title,
        language=head.language,
        modules=modules,
        frames=_frames(head, lines),
        edition=head.edition,
        origin_note=head.origin_note,
        sources=head.sources,
        audience=head.audience,
        group_size=head.group_size,
        rhythm=head.rhythm,
        months=head.months,
        safety=reader.safety(),
        leader_words=_word_range(head.leader_words),
    )
    return OwnCourse(curriculum, entries, reader.named, file), reader.problems


def _module(head: ModuleHead, entries: tuple[SessionPlan | Borrowed, ...], overview: Overview | None) -> Module:
    """A module with what of its own course can be read."""
    return Module(
        number=head.number,
        title=head.title,
        origin=head.origin,
        sessions=tuple(entry for entry in entries if isinstance(entry, SessionPlan)),
        stated=head.stated,
        aims=head.aims,
        optional=head.optional,
        overview=overview,
    )


def _head(data: object, lines: Mapping[str, int], file: str) -> tuple[CurriculumHead | None, list[Problem]]:
    if data is None:
        return None, [
            Problem("fault", file, 1, _("The file is empty."), _("Write title, language, frames and modules."))
        ]
    if not isinstance(data, dict):
        return None, [not_fields(file, 1)]
    head, problems = validate(CurriculumHead, data, lines, file, 1)
    for minutes, steps in head.frames.items() if head else ():
        themes = sum(step.theme for step in steps)
        if themes != 1:
            what = _("The frame of {minutes} minutes has {count} steps for the theme.")
            text = what.format(minutes=minutes, count=themes)
            line = lines.get(f"frames.{minutes}", 1)
            problems.append(Problem("fault", file, line, text, _("Write theme: true in exactly one step.")))
    return head, problems


def _word_range(written: str) -> tuple[int, int]:
    """The fewest and the most words, from "350-550"; the usual ones where nothing is written."""
    numbers = tuple(map(int, re.findall(r"[0-9]+", written)))
    return (min(numbers), max(numbers)) if numbers else LEADER_WORDS


def _frames(head: CurriculumHead, lines: Mapping[str, int]) -> tuple[Frame, ...]:
    """The frames, shortest first."""
    return tuple(
        Frame(
            minutes,
            tuple(
                FrameStep(
                    step.title, step.minutes, step.text, line=lines.get(f"frames.{minutes}.{at}", 0), theme=step.theme
                )
                for at, step in enumerate(steps)
            ),
        )
        for minutes, steps in sorted(head.frames.items())
    )


def _loose_faults(folder: Path, name: str, data: object) -> list[Problem]:
    """The faults of all pages in a folder whose `curriculum.yaml` has faults of its own."""
    language = data.get("language") if isinstance(data, dict) else None
    pages = sorted(path for path in folder.glob("*.md") if path.name != SAFETY_FILE)
    known = language if isinstance(language, str) and language in HEADINGS else "nb"
    return [problem for path in pages for problem in load_session(path, name, known)[1]]


class _Folder:
    """Reads the pages of one curriculum and keeps what is wrong with them."""

    def __init__(self, folder: Path, name: str, file: str, head: CurriculumHead, lines: Mapping[str, int]) -> None:
        self.problems: list[Problem] = []
        self._folder = folder
        self._name = name
        self._file = file
        self._language = head.language
        self._frames = tuple(head.frames)
        self._lines = lines
        self._seen: dict[str, int] = {}
        self._overviews: set[str] = set()

    @property
    def named(self) -> frozenset[str]:
        """The names of the pages that a module names."""
        return frozenset(self._seen) - self._overviews

    def entries(self, number: int, head: ModuleHead) -> tuple[SessionPlan | Borrowed, ...]:
        """The sessions of a module that can be read, and the names of those that are borrowed."""
        entries = [
            self._entry(name, self._lines.get(f"modules.{number}.sessions.{at}", 0))
            for at, name in enumerate(head.sessions)
        ]
        return tuple(entry for entry in entries if entry is not None)

    def overview(self, number: int, head: ModuleHead) -> Overview | None:
        """The page about a module; None where there is none, or it cannot be read."""
        line = self._lines.get(f"modules.{number}.overview", 0)
        if head.overview is None or not self._is_new(head.overview, line):
            return None
        self._overviews.add(head.overview)
        path = self._folder / f"{head.overview}.md"
        if not path.exists():
            what = _("There is no file {name} for this page.").format(name=path.name)
            self._fault(line, what, _("Make the file, correct the name, or take the page away."))
            return None
        page, problems = read_page(path)
        if page is None:
            self.problems += problems
            return None
        fields, faults = validate(OverviewHead, page.head, page.head_lines, page.file, 1)
        self.problems += [*problems, *faults]
        if fields is None or problems:
            return None
        return Overview(
            id=f"{self._name}/{path.stem}",
            title=fields.title,
            origin=fields.origin,
            file=path,
            text=page.body,
            line=page.body_line,
            language=self._language,
            handouts=full_ids(fields.handouts, self._name),
        )

    def safety(self) -> str:
        """The page for a safe group; empty where there is none. A head is blanked out, so that its lines count on."""
        path = self._folder / SAFETY_FILE
        if not path.exists():
            return ""
        text, problems = read_text(path)
        if text is not None and text.startswith("---\n"):
            page, problems = parse_page(text, shown(path))
            text = "\n" * (page.body_line - 1) + page.body if page else None
        self.problems += problems
        return text.rstrip() if text else ""

    def _entry(self, slug: str, line: int) -> SessionPlan | Borrowed | None:
        path = self._folder / f"{slug}.md"
        if not self._is_new(slug, line):
            return None
        if "/" in slug:
            return Borrowed(slug, line)
        session, problems = load_session(path, self._name, self._language, self._frames)
        if session is None and not path.exists():
            what = _("There is no file {name} for this session.").format(name=path.name)
            self._fault(line, what, _("Make the file, correct the name, or take the session away."))
            return None
        self.problems += problems
        return session

    def _is_new(self, slug: str, line: int) -> bool:
        """Whether a page is named for the first time, and not the safety page; else that is told."""
        if slug not in self._seen and slug != SAFETY_FILE.removesuffix(".md"):
            self._seen[slug] = line
            return True
        what = _("The session “{slug}” stands twice.") if slug in self._seen else _("“{slug}” is not a session.")
        self._fault(line, what.format(slug=slug), _("Take away one of them."))
        return False

    def _fault(self, line: int, text: str, advice: str) -> None:
        self.problems.append(Problem("fault", self._file, line, text, advice))
