"""What is taught, as frozen values: a library of curricula, their modules and their sessions."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from pathlib import Path

from rop_facilitator.errors import Problem
from rop_facilitator.i18n import _


def curriculum_id_of(full_id: str) -> str:
    """The curriculum in the id of a session or handout, `<curriculum>/<slug>`."""
    return full_id.partition("/")[0]


def slug_of(full_id: str) -> str:
    """The id of a session or handout without its curriculum: the name of its file."""
    return full_id.partition("/")[2]


class Origin(StrEnum):
    """Where a title or a length comes from: what the sources say, and what is ours."""

    SOURCE = "source"
    REPAIRED = "repaired"
    INFERRED = "inferred"
    PROPOSAL = "proposal"


class Method(StrEnum):
    """The three families of teaching methods (IMR; Roosenschoon et al., IT-IS)."""

    MOTIVATIONAL = "motivational"
    EDUCATIONAL = "educational"
    COGNITIVE = "cognitive"

    @property
    def word(self) -> str:
        """Its name in the language in use, small letters."""
        return {
            Method.MOTIVATIONAL: _("motivational"),
            Method.EDUCATIONAL: _("educational"),
            Method.COGNITIVE: _("cognitive"),
        }[self]


class Stage(StrEnum):
    """For whom a session is, by the stages of integrated treatment (IDDT)."""

    ENGAGEMENT = "engagement"
    PERSUASION = "persuasion"
    ACTIVE = "active"
    RELAPSE_PREVENTION = "relapse-prevention"


class Kind(StrEnum):
    """What the main exercise of a session is; the palette, with what each word covers, is in docs/writing-curricula.md.

    The values are the palette's own Norwegian words, as they stand in files of every language.
    """

    KORT = "kort"
    GJEST = "gjest"
    LINJE = "linje"
    KALENDER = "kalender"
    TIDSLINJE = "tidslinje"
    STASJON = "stasjon"
    SPILL = "spill"
    TEGN = "tegn"
    TRE = "tre"
    VERKSTED = "verksted"
    HISTORIE = "historie"
    TUR = "tur"
    BYTTE = "bytte"
    BREV = "brev"
    VEKT = "vekt"
    SMAK = "smak"
    RINGE = "ringe"
    VANE = "vane"
    RO = "ro"
    RORE = "røre"

    @property
    def word(self) -> str:
        """What it is, in the language in use, small letters."""
        return {
            Kind.KORT: _("sorting cards"),
            Kind.GJEST: _("a guest"),
            Kind.LINJE: _("a line on the floor"),
            Kind.KALENDER: _("the week on a sheet"),
            Kind.TIDSLINJE: _("a timeline"),
            Kind.STASJON: _("tables to visit"),
            Kind.SPILL: _("a game"),
            Kind.TEGN: _("drawing or building"),
            Kind.TRE: _("role play in threes"),
            Kind.VERKSTED: _("solving a problem in steps"),
            Kind.HISTORIE: _("a story"),
            Kind.TUR: _("a walk"),
            Kind.BYTTE: _("changing chairs"),
            Kind.BREV: _("a letter"),
            Kind.VEKT: _("weighing for and against"),
            Kind.SMAK: _("tasting and touching"),
            Kind.RINGE: _("a real call"),
            Kind.VANE: _("walking through a habit"),
            Kind.RO: _("a calm exercise"),
            Kind.RORE: _("small movements"),
        }[self]


@dataclass(frozen=True)
class Step:
    """One step of a meeting: whole minutes and the leader's words in Markdown, which start at `line` of its file.

    With `frames` it is there in meetings of those lengths only, with `courses` only where one of them prints it.
    """

    title: str
    minutes: int
    text: str = ""
    method: Method | None = None
    line: int = 0
    frames: tuple[int, ...] = ()
    courses: tuple[str, ...] = ()


@dataclass(frozen=True)
class FrameStep(Step):
    """A step that every meeting of the curriculum has; exactly one of a frame holds the theme."""

    theme: bool = False


@dataclass(frozen=True)
class Frame:
    """The steps of a meeting of so many minutes, in order."""

    minutes: int
    steps: tuple[FrameStep, ...]

    @property
    def theme_minutes(self) -> int:
        """Minutes that the theme has in a meeting of just this length."""
        return next(step.minutes for step in self.steps if step.theme)


@dataclass(frozen=True)
class SessionPlan:
    """A unit of content. Its id is `<curriculum>/<slug>`; handouts are named by id, `<curriculum>/<slug>` too.

    Those in `table` lie on the table for whoever wants one, and are in nobody's set. From `kind` on stands what the run
    sheet and the checks need, a line of text each: `shape` (F1–F5) is how its minutes are divided, `weave` (A–H)
    how substance use comes in, `alternative` the exercise without role play, `drop_60` what falls out in 60 minutes,
    `ready` and `themes` are lists divided by commas, `follow_up` is what the leader asks next time about the practice.
    """

    id: str
    title: str
    origin: Origin
    file: Path
    aims: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    home_practice: str = ""
    home_practice_notes: str = ""
    materials: str = ""
    recap: str = ""
    workbook: str = ""
    handouts: tuple[str, ...] = ()
    table: tuple[str, ...] = ()
    stages: tuple[Stage, ...] = ()
    kind: Kind | None = None
    shape: str = ""
    weave: str = ""
    question: str = ""
    sentence: str = ""
    exercise: str = ""
    alternative: str = ""
    drop_60: str = ""
    co_leader: str = ""
    ready: tuple[str, ...] = ()
    printed_title: str = ""
    follow_up: str = ""
    themes: tuple[str, ...] = ()
    language: str = "nb"

    @property
    def is_outline(self) -> bool:
        """Whether only title, aims and home practice are written."""
        return not self.steps


@dataclass(frozen=True)
class Overview:
    """A page for leaders about a module: read and printed, never planned, marked or counted.

    Its id and the ids of its sheets are as those of sessions; `text` is Markdown that starts at `line` of its file.
    """

    id: str
    title: str
    origin: Origin
    file: Path
    text: str
    line: int
    language: str = "nb"
    handouts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Module:
    """Some sessions in a row; `stated` is how many the source says that there are ("4", "1–4", or nothing)."""

    number: str
    title: str
    origin: Origin
    sessions: tuple[SessionPlan, ...]
    stated: str = ""
    aims: tuple[str, ...] = ()
    optional: bool = False
    overview: Overview | None = None

    @property
    def is_outline(self) -> bool:
        """Whether it has sessions, and none of them is written."""
        return bool(self.sessions) and all(session.is_outline for session in self.sessions)


LEADER_WORDS = (450, 700)
"""The fewest and the most words of a session's page for the leader, where a course does not say otherwise."""


@dataclass(frozen=True)
class Curriculum:
    """A course. `id` is the name of its folder; `safety` is the Markdown of its page for a safe group."""

    id: str
    folder: Path
    title: str
    language: str
    modules: tuple[Module, ...]
    frames: tuple[Frame, ...]
    edition: str = ""
    origin_note: str = ""
    sources: tuple[str, ...] = ()
    audience: str = ""
    group_size: str = ""
    rhythm: str = ""
    months: int | None = None
    safety: str = ""
    leader_words: tuple[int, int] = LEADER_WORDS

    @cached_property
    def sessions(self) -> tuple[SessionPlan, ...]:
        """All sessions in order, with those of other courses that it borrows."""
        return tuple(session for module in self.modules for session in module.sessions)

    @property
    def own_sessions(self) -> tuple[SessionPlan, ...]:
        """Those whose pages lie in its own folder."""
        return tuple(session for session in self.sessions if self.owns(session))

    def owns(self, session: SessionPlan) -> bool:
        """Whether a session of this course is not a borrowed one."""
        return curriculum_id_of(session.id) == self.id

    @property
    def overviews(self) -> tuple[Overview, ...]:
        """The pages about its modules, in order."""
        return tuple(module.overview for module in self.modules if module.overview is not None)

    def overview(self, overview_id: str) -> tuple[Module, Overview] | None:
        """A page about a module by its id, and the module; None where it is not in this course."""
        pages = ((module, module.overview) for module in self.modules if module.overview is not None)
        return next(((module, page) for module, page in pages if page.id == overview_id), None)

    def module_of(self, session_id: str) -> Module:
        """The module that holds a session. Raises KeyError."""
        return self._places[session_id][0]

    def session(self, session_id: str) -> SessionPlan | None:
        """A session by its id, also a borrowed one; None where it is not in this course."""
        return self._places[session_id][1] if session_id in self._places else None

    @cached_property
    def _places(self) -> dict[str, tuple[Module, SessionPlan]]:
        return {session.id: (module, session) for module in self.modules for session in module.sessions}


def each_session(courses: Iterable[Curriculum]) -> dict[str, tuple[Curriculum, SessionPlan]]:
    """The sessions of some courses in order, by id: one that several of them have is of the first alone."""
    sessions: dict[str, tuple[Curriculum, SessionPlan]] = {}
    for course in courses:
        for session in course.sessions:
            sessions.setdefault(session.id, (course, session))
    return sessions


@dataclass(frozen=True)
class Library:
    """All curricula that loaded, in the order of their titles, and what was found wrong on the way."""

    curricula: dict[str, Curriculum] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def __iter__(self) -> Iterator[Curriculum]:
        return iter(self.curricula.values())

    def session(self, session_id: str, course: str = "") -> SessionPlan | None:
        """A session by its id, as a course has it (its own one, where none is named); None where it is not there."""
        curriculum = self.curricula.get(course or curriculum_id_of(session_id))
        return curriculum.session(session_id) if curriculum is not None else None
