"""Curricula from their folders. A broken file is told with all its faults, and everything else still loads."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from rop_facilitator.curriculum.head import CurriculumHead, FrameStepHead, ModuleHead, validate
from rop_facilitator.curriculum.model import Curriculum, Frame, FrameStep, Library, Module, Origin, SessionPlan
from rop_facilitator.curriculum.reading import read_text, read_yaml, shown
from rop_facilitator.curriculum.session import page_text, read_session
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _

CURRICULUM_FILE = "curriculum.yaml"
SAFETY_FILE = "trygg-gruppe.md"


def load_library(folders: Iterable[Path]) -> Library:
    """All curricula below some folders; of two with the same name the first folder's counts."""
    found: dict[str, Curriculum] = {}
    problems: list[Problem] = []
    seen: set[str] = set()
    for folder in curriculum_folders(folders):
        if folder.name in seen:
            continue
        seen.add(folder.name)
        curriculum, faults = load_curriculum(folder)
        problems += faults
        if curriculum is not None:
            found[folder.name] = curriculum
    order = sorted(found, key=lambda name: found[name].title.casefold())
    return Library({name: found[name] for name in order}, tuple(problems))


def curriculum_folders(folders: Iterable[Path]) -> list[Path]:
    """The folders that hold a curriculum.yaml, in the order of the places given and then by name."""
    found: list[Path] = []
    for place in folders:
        if place.is_dir():
            found += [one for one in sorted(place.iterdir()) if (one / CURRICULUM_FILE).is_file()]
    return found


def load_curriculum(folder: Path) -> tuple[Curriculum | None, list[Problem]]:
    """A curriculum and everything that is wrong with it; None where its curriculum.yaml cannot be used.

    A session whose page is missing or broken is left out, and told.
    """
    path = folder / CURRICULUM_FILE
    text, problems = read_text(path)
    if text is None:
        return None, problems
    file = shown(path)
    data, places, faults = read_yaml(text, file)
    lines = {".".join(map(str, place)): line for place, line in places.items() if place}
    problems += faults
    head, wrong = validate(CurriculumHead, data, lines, file)
    problems += wrong
    if head is None:
        return None, problems
    frames = tuple(_frame(minutes, steps, lines, file, problems) for minutes, steps in head.frames.items())
    safety, faults = page_text(folder / SAFETY_FILE)
    problems += faults
    _tell_doubles(head.modules, lines, file, problems)
    curriculum = Curriculum(
        id=folder.name,
        folder=folder,
        title=head.title,
        language=head.language,
        modules=tuple(_module(folder, module, head.language, problems) for module in head.modules),
        frames=tuple(sorted((frame for frame in frames if frame), key=lambda frame: frame.minutes)),
        edition=head.edition,
        origin_note=" ".join(head.origin_note.split()),
        sources=head.sources,
        audience=head.audience,
        group_size=head.group_size,
        rhythm=head.rhythm,
        months=head.months,
        safety=safety,
    )
    return (curriculum if curriculum.frames else None), problems


def _frame(
    minutes: str, steps: tuple[FrameStepHead, ...], lines: dict[str, int], file: str, problems: list[Problem]
) -> Frame | None:
    """A frame, when it has one theme and its minutes add up; else None, and why."""
    line = lines.get(f"frames.{minutes}", 0)
    total = sum(step.minutes for step in steps)
    themes = sum(step.theme for step in steps)
    text = advice = ""
    if not minutes.isdecimal() or not 15 <= int(minutes) <= 600:
        text = _("“{name}” is not the length of a meeting.").format(name=minutes[:40])
        advice = _("Write whole minutes from 15 to 600, as in 90:")
    elif themes != 1:
        text = _("The frame of {n} minutes has {themes} theme steps.").format(n=minutes, themes=themes)
        advice = _("Write theme: true on exactly one step.")
    elif total != int(minutes):
        text = _("The frame of {n} minutes adds up to {total}.").format(n=minutes, total=total)
        advice = _("Change the minutes of its steps.")
    if text:
        problems.append(Problem("fault", file, line, text, advice))
        return None
    return Frame(
        int(minutes),
        tuple(
            FrameStep(
                step.title,
                step.minutes,
                step.text,
                line=lines.get(f"frames.{minutes}.{index}.text", line) + 1,
                theme=step.theme,
            )
            for index, step in enumerate(steps)
        ),
    )


def _module(folder: Path, head: ModuleHead, language: str, problems: list[Problem]) -> Module:
    sessions: list[SessionPlan] = []
    for slug in head.sessions:
        session, faults = read_session(folder / f"{slug}.md", f"{folder.name}/{slug}", language)
        problems += faults
        if session is not None:
            sessions.append(session)
    return Module(head.number, head.title, Origin(head.origin), tuple(sessions), head.stated, head.aims, head.optional)


def _tell_doubles(modules: Iterable[ModuleHead], lines: dict[str, int], file: str, problems: list[Problem]) -> None:
    seen: set[str] = set()
    for number, module in enumerate(modules):
        for index, slug in enumerate(module.sessions):
            if slug in seen:
                text = _("The session “{slug}” stands twice.").format(slug=slug)
                line = lines.get(f"modules.{number}.sessions.{index}", 0)
                problems.append(Problem("fault", file, line, text, _("Take one of them out.")))
            seen.add(slug)
