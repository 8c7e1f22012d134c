"""A session page: its head and its fixed headings as one value."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from rop_facilitator.curriculum.head import SessionHead, validate
from rop_facilitator.curriculum.model import Method, Origin, SessionPlan, Stage, Step
from rop_facilitator.curriculum.reading import read_page, shown
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _

HEADINGS = {
    "nb": {
        "aims": "Mål",
        "plan": "Plan",
        "practice": "Hjemmeoppgave",
        "materials": "Materiell",
        "recap": "Repetisjon",
    },
    "en": {
        "aims": "Aims",
        "plan": "Plan",
        "practice": "Home practice",
        "materials": "Materials",
        "recap": "Recap",
    },
}
METHODS = {
    "nb": {"motiverende": Method.MOTIVATIONAL, "pedagogisk": Method.EDUCATIONAL, "kognitiv": Method.COGNITIVE},
    "en": {"motivational": Method.MOTIVATIONAL, "educational": Method.EDUCATIONAL, "cognitive": Method.COGNITIVE},
}
_STEP = re.compile(r"(\d{1,3})\s*min\.?\s*(?:[·:–—-]\s*)?(.*?)\s*(?:\{([^{}]*)\})?\s*")


@dataclass(frozen=True)
class _Part:
    """What stands under one heading; `line` is the heading's."""

    title: str
    line: int
    text: str


def read_session(path: Path, session_id: str, language: str) -> tuple[SessionPlan | None, list[Problem]]:
    """A session from its page, and every fault; None where it has no readable head."""
    page, problems = read_page(path)
    if page is None:
        return None, problems
    head, faults = validate(SessionHead, page.head, page.head_lines, page.file)
    problems += faults
    owner = session_id.partition("/")[0]
    reader = _Body(page.file, language, problems)
    parts = reader.parts(page.body, page.body_line)
    if head is None:
        return None, problems
    practice, _gap, notes = parts.get("practice", _Part("", 0, "")).text.strip().partition("\n\n")
    return (
        SessionPlan(
            id=session_id,
            title=head.title,
            origin=Origin(head.origin),
            file=path,
            aims=reader.points(parts.get("aims")),
            steps=reader.steps(parts.get("plan")),
            home_practice=" ".join(practice.split()),
            home_practice_notes=notes.strip(),
            materials=parts["materials"].text.strip() if "materials" in parts else "",
            recap=parts["recap"].text.strip() if "recap" in parts else "",
            workbook=head.workbook,
            handouts=tuple(f"{owner}/{slug}" for slug in head.handouts),
            stages=tuple(Stage(stage) for stage in head.stages),
        ),
        problems,
    )


def split_at(mark: str, text: str, first_line: int) -> Iterator[_Part]:
    """The parts of a text that begin with a heading of exactly this depth; what stands before it has no title."""
    title, line = "", first_line
    kept: list[str] = []
    for number, row in enumerate(text.split("\n"), first_line):
        if row.startswith(mark + " "):
            yield _Part(title, line, "\n".join(kept))
            title, line, kept = row[len(mark) :].strip(), number, []
        else:
            kept.append(row)
    yield _Part(title, line, "\n".join(kept))


@dataclass(frozen=True)
class _Body:
    """Reads the text below the head; faults go to `problems`."""

    file: str
    language: str
    problems: list[Problem]

    def _fault(self, line: int, text: str, advice: str) -> None:
        self.problems.append(Problem("fault", self.file, line, text, advice))

    def parts(self, body: str, first_line: int) -> dict[str, _Part]:
        """The fixed headings by their name in the program."""
        known = {title.casefold(): name for name, title in HEADINGS[self.language].items()}
        found: dict[str, _Part] = {}
        listed = ", ".join(HEADINGS[self.language].values())
        for part in split_at("##", body, first_line):
            name = known.get(part.title.casefold())
            if not part.title:
                if part.text.strip():
                    self._fault(part.line, _("There is text before the first heading."), _("Move it below one."))
            elif name is None:
                text = _("The heading “{title}” is not one that a session has.").format(title=part.title[:60])
                self._fault(part.line, text, _("Use one of these: {names}.").format(names=listed))
            elif name in found:
                text = _("The heading “{title}” stands twice.").format(title=part.title)
                self._fault(part.line, text, _("Put the two together."))
            else:
                found[name] = part
        return found

    def points(self, part: _Part | None) -> tuple[str, ...]:
        """The points of a list; a line that continues one is joined to it."""
        points: list[str] = []
        for row in (part.text if part else "").split("\n"):
            if row.lstrip().startswith(("- ", "* ")):
                points.append(row.lstrip()[2:].strip())
            elif row.strip() and points:
                points[-1] += " " + row.strip()
        return tuple(points)

    def steps(self, part: _Part | None) -> tuple[Step, ...]:
        """The steps of the plan in order."""
        if part is None:
            return ()
        made: list[Step] = []
        for step in split_at("###", part.text, part.line + 1):
            if step.title:
                made += self._step(step)
            elif step.text.strip():
                self._fault(
                    step.line, _("There is text before the first step."), _("Write “### 25 min · Title” above it.")
                )
        if not made:
            self._fault(
                part.line, _("The plan has no steps."), _("Write “### 25 min · Title”, or take the heading away.")
            )
        return tuple(made)

    def _step(self, part: _Part) -> list[Step]:
        found = _STEP.fullmatch(part.title)
        if found is None or not found[2]:
            text = _("“{title}” is not a step.").format(title=part.title[:60])
            self._fault(part.line, text, _("Write minutes and title, as in “### 25 min · Title”."))
            return []
        method = None
        if found[3] is not None:
            method = METHODS[self.language].get(found[3].strip().casefold())
            if method is None:
                text = _("“{word}” is not a method.").format(word=found[3][:40])
                self._fault(
                    part.line, text, _("Use one of these: {names}.").format(names=", ".join(METHODS[self.language]))
                )
        return [Step(found[2], int(found[1]), part.text.strip("\n"), method, part.line + 1)]


def page_text(path: Path) -> tuple[str, list[Problem]]:
    """The text below the head of a page; empty where there is no such file."""
    if not path.exists():
        return "", []
    page, problems = read_page(path)
    return (page.body, problems) if page else ("", problems or [Problem("fault", shown(path), 0, _("It is empty."))])
