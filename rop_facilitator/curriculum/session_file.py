"""A session from its Markdown page: fixed headings, steps with minutes, the words under them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from rop_facilitator.curriculum.file_reader import MAX_PROBLEMS, MarkdownPage, read_page
from rop_facilitator.curriculum.file_schema import SessionHead, validate
from rop_facilitator.curriculum.markers import MarkedWords, box_marks, marked
from rop_facilitator.curriculum.model import Method, SessionPlan, Step
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _

HEADINGS = {
    "nb": {
        "Mål": "aims",
        "Plan": "plan",
        "Hjemmeoppgave": "home_practice",
        "Materiell": "materials",
        "Repetisjon": "recap",
    },
    "en": {
        "Aims": "aims",
        "Plan": "plan",
        "Home practice": "home_practice",
        "Materials": "materials",
        "Recap": "recap",
    },
}
METHODS = {
    "nb": {"motiverende": Method.MOTIVATIONAL, "pedagogisk": Method.EDUCATIONAL, "kognitiv": Method.COGNITIVE},
    "en": {"motivational": Method.MOTIVATIONAL, "educational": Method.EDUCATIONAL, "cognitive": Method.COGNITIVE},
}
_STEP_EXAMPLE = {"nb": "### 25 min · Tittel {kognitiv}", "en": "### 25 min · Title {cognitive}"}

_HEADING = re.compile(r" {0,3}(#{1,3})(?!#)([ \t]*)(.*)$")
_LONGEST_HEADING = 400  # a longer one is no step: matching takes the square of its length
_STEP = re.compile(
    r"(\d{1,3})\s*(?:min(?:utter|utt|utes|ute)?\.?)?\s*[·\-–—:]\s*([^\s{].*)",
    re.IGNORECASE,
)
_ITEM = re.compile(r"\s{0,3}(?:[-*+]|\d{1,9}[.)])\s+(.*)")


@dataclass
class _Section:
    """What stands below a heading; `line` is the heading's."""

    heading: str
    line: int
    rows: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        return "\n".join(self.rows).strip()

    @property
    def text_line(self) -> int:
        """Where the text begins."""
        return self.line + 1 + next((count for count, row in enumerate(self.rows) if row.strip()), 0)


def load_session(
    path: Path, curriculum_id: str, language: str, frames: Iterable[int] = ()
) -> tuple[SessionPlan | None, list[Problem]]:
    """A session from its file, or None and every fault in it; `frames` are the lengths that its course is held in."""
    page, problems = read_page(path)
    if page is None:
        return None, problems
    head, faults = validate(SessionHead, page.head, page.head_lines, page.file, 1)
    reader = _PageReader(page, language, frames)
    sections = reader.sections()
    reader.boxes()
    aims = reader.aims(sections.get("aims"))
    steps = reader.steps(sections.get("plan"))
    problems = sorted([*problems, *faults, *reader.problems], key=lambda problem: problem.line)[:MAX_PROBLEMS]
    if head is None or problems:
        return None, problems
    # The first paragraph is for participants, the rest for the leader.
    practice, _gap, notes = _after(sections, "home_practice").partition("\n\n")
    return (
        SessionPlan(
            id=f"{curriculum_id}/{path.stem}",
            title=head.title,
            origin=head.origin,
            file=path,
            language=language,
            aims=aims,
            steps=steps,
            home_practice=" ".join(practice.split()),
            home_practice_notes=notes.strip(),
            materials=_after(sections, "materials"),
            recap=_after(sections, "recap"),
            workbook=head.workbook,
            handouts=full_ids(head.handouts, curriculum_id),
            table=full_ids(head.table, curriculum_id),
            stages=head.stages,
            kind=head.kind,
            shape=head.shape or "",
            weave=head.weave or "",
            question=head.question,
            sentence=head.sentence,
            exercise=head.exercise,
            alternative=head.alternative,
            drop_60=head.drop_60,
            co_leader=head.co_leader,
            ready=_listed(head.ready),
            printed_title=head.printed_title,
            follow_up=head.follow_up,
            themes=_listed(head.themes),
        ),
        [],
    )


def full_ids(names: Iterable[str], curriculum_id: str) -> tuple[str, ...]:
    """The ids of sheets: a name alone is of the same course, another one's has the course before it."""
    return tuple(name if "/" in name else f"{curriculum_id}/{name}" for name in names)


def _after(sections: dict[str, _Section], name: str) -> str:
    return re.sub(r"\n[ \t]+\n", "\n\n", sections[name].text) if name in sections else ""


def _listed(line: str) -> tuple[str, ...]:
    """What a line lists with commas; a comma inside a number (1,5) divides nothing."""
    return tuple(filter(None, (item.strip() for item in re.split(r",(?=\s|$)", line))))


def _title(words: str) -> str:
    """The words of a heading without the signs that may close it, as in `## Plan ##`."""
    words = words.rstrip(" \t")
    bare = words.rstrip("#")
    return bare.rstrip(" \t") if bare.endswith((" ", "\t")) else words


class _PageReader:
    """Reads the text of one page and keeps what is wrong with it."""

    def __init__(self, page: MarkdownPage, language: str, frames: Iterable[int]) -> None:
        self.problems: list[Problem] = []
        self._page = page
        self._frames = tuple(sorted(frames))
        self._language = language if language in HEADINGS else "nb"

    def sections(self) -> dict[str, _Section]:
        """The sections by their names in the program."""
        known = {heading.casefold(): name for heading, name in HEADINGS[self._language].items()}
        before, below = self._split(self._page.body.split("\n"), self._page.body_line, 2)
        if before.text:
            what = _("This text stands before the first heading, so it would be lost.")
            self._fault(before.text_line, what, self._headings())
        sections: dict[str, _Section] = {}
        for section in below:
            # A colon after a heading is how many people write, and means nothing.
            name = known.get(section.heading.rstrip(":").rstrip().casefold())
            if name is None:
                what = _("“{heading}” is not a heading of a session.").format(heading=section.heading[:60])
                self._fault(section.line, what, self._headings())
            elif name in sections:
                what = _("The heading “{heading}” stands twice; first in line {line}.")
                text = what.format(heading=section.heading, line=sections[name].line)
                self._fault(section.line, text, _("Put what stands below the two together."))
            else:
                sections[name] = section
        return sections

    def aims(self, section: _Section | None) -> tuple[str, ...]:
        """The items of a list; other text is a fault."""
        aims: list[list[str]] = []
        gap = True
        for number, row in enumerate(section.rows if section else [], section.line + 1 if section else 0):
            item = _ITEM.match(row)
            if item:
                aims.append([item[1].strip()])
            # A line below an item belongs to it, as in Markdown; after an empty one only where it is indented.
            elif row.strip() and aims and (not gap or row.startswith(" ")):
                aims[-1].append(row.strip())
            elif row.strip():
                self._fault(number, _("Aims are a list."), _("Begin each aim with - and a space."))
            gap = not row.strip()
        return tuple(filter(None, (" ".join(rows).strip() for rows in aims)))

    def steps(self, section: _Section | None) -> tuple[Step, ...]:
        """The steps below the heading of the plan; none where the session is an outline."""
        if section is None:
            return ()
        before, headed = self._split(section.rows, section.line + 1, 3)
        example = _("Write a step like this: {example}").format(example=_STEP_EXAMPLE[self._language])
        if before.text:
            self._fault(before.text_line, _("This text stands before the first step, so it would be lost."), example)
        elif not headed:
            what = _("The plan has no steps.")
            self._fault(section.line, what, _("Without the heading the session is an outline.") + " " + example)
        steps = [self._step(step_section, example) for step_section in headed]
        return tuple(step for step in steps if step is not None)

    def _step(self, section: _Section, example: str) -> Step | None:
        heading = marked(section.heading) if len(section.heading) <= _LONGEST_HEADING else MarkedWords("")
        match = _STEP.fullmatch(heading.words)
        if match is None:
            what = _("“{heading}” is not a step: minutes, a sign between, and a title.")
            advice = _("A heading inside a step begins with ####.") + " " + example
            self._fault(section.line, what.format(heading=section.heading[:60]), advice)
            return None
        self._marks(section.line, heading, METHODS[self._language])
        methods = [METHODS[self._language].get(mark.casefold()) for mark in heading.others]
        return Step(
            title=match[2].strip(),
            minutes=int(match[1]),
            text=section.text,
            method=methods[0] if methods else None,
            line=section.text_line,
            frames=heading.minutes,
            courses=heading.courses,
        )

    def boxes(self) -> None:
        """Look at what the boxes of the page are marked with."""
        for number, row in enumerate(self._page.body.split("\n"), self._page.body_line):
            if box := box_marks(row):
                self._marks(number, box, {})

    def _marks(self, line: int, heading: MarkedWords, methods: Mapping[str, Method]) -> None:
        """Say which of the marks of a heading or a box are none, and which ones there are."""
        lengths = [f"{{{minutes}}}" for minutes in self._frames]
        known = _("Write one of these: {expected}.").format(
            expected=", ".join([*(f"{{{name}}}" for name in methods), *lengths, "{only …}"])
        )
        for position, mark in enumerate(heading.others):
            if mark.casefold() not in methods:
                what = (
                    _("“{method}” is not a method.") if methods else _("“{method}” does not say where the box prints.")
                )
                self._fault(line, what.format(method=mark[:40]), known)
            elif position:
                self._fault(line, _("A step has one method."), _("Take away one of them."))
        for minutes in heading.minutes:
            if self._frames and minutes not in self._frames:
                what = _("No frame of this course has {minutes} minutes, so this would never print.")
                advice = _("These are there: {lengths}.").format(lengths=", ".join(lengths))
                self._fault(line, what.format(minutes=minutes), advice)

    def _split(self, rows: list[str], first_line: int, level: int) -> tuple[_Section, list[_Section]]:
        """Rows cut at headings of one level; what stands before the first is a section without a heading."""
        current = before = _Section("", first_line - 1)
        sections: list[_Section] = []
        fence, opened = "", 0
        for number, row in enumerate(rows, first_line):
            bare = row.lstrip()
            if bare.startswith(("```", "~~~")):
                fence, opened = ("", 0) if fence and bare.startswith(fence) else (fence or bare[:3], opened or number)
            match = _HEADING.match(row) if "#" in row and not fence else None  # in a block of code # is no heading
            title = _title(match[3]) if match else ""
            if match and len(match[1]) <= level and (match[2] or len(match[1]) > 1 or not title):
                if len(match[1]) == 1:
                    what = _("A heading with one # cannot stand here: the title stands in the head.")
                    self._fault(number, what, _("Use ## and one of the known headings."))
                elif not match[2] and title:
                    what = _("A space is missing after {signs}.").format(signs=match[1])
                    self._fault(number, what, _("Write {heading}.").format(heading=f"{match[1]} {title}"))
                if len(match[1]) == level:
                    current = _Section(title, number)
                    sections.append(current)
                    continue
            current.rows.append(row)
        if fence and level == 2:  # the page is cut at level 2 first, so this is said once
            what = _("The block that begins with {signs} has no end.").format(signs=fence)
            self._fault(opened, what, _("Write {signs} on a line of its own after it.").format(signs=fence))
        return before, sections

    def _headings(self) -> str:
        known = ", ".join(f"## {heading}" for heading in HEADINGS[self._language])
        return _("The headings are {headings}.").format(headings=known)

    def _fault(self, line: int, text: str, advice: str) -> None:
        self.problems.append(Problem("fault", self._page.file, line, text, advice))
