"""The steps of one meeting: the frame of the curriculum with what is taken up laid in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rop_facilitator.curriculum.markers import fitted_session
from rop_facilitator.curriculum.model import Curriculum, Frame, FrameStep, SessionPlan, Step
from rop_facilitator.i18n import _


@dataclass(frozen=True)
class Theme:
    """What a meeting takes up: a session, one part of it, or the rest of it; `title` names it so.

    `curriculum` is the session's own where the meeting follows the frame of another one.
    """

    session: SessionPlan
    title: str
    part: int = 1
    parts: int = 1
    rest: bool = False
    curriculum: Curriculum | None = None

    @property
    def begins(self) -> bool:
        """Whether the session is new to the group."""
        return self.part == 1 and not self.rest

    @property
    def ends(self) -> bool:
        """Whether nothing of the session comes later."""
        return self.part == self.parts


@dataclass(frozen=True)
class ThemeStep(Step):
    """A step of a theme, None where the session is unknown; `first` tells that the theme begins with it."""

    theme: Theme | None = None
    first: bool = False


@dataclass(frozen=True)
class _Themes:
    """The themes of a meeting taken apart: their steps and pauses in order, and what replaces frame steps."""

    inner: tuple[Step, ...]
    replacing: dict[str, Step]
    moved: frozenset[str]


def nearest_frame(curriculum: Curriculum, minutes: int) -> Frame:
    """The frame whose length is nearest; of two equally near ones the shorter, which leaves the theme more time."""
    return min(curriculum.frames, key=lambda frame: (abs(frame.minutes - minutes), frame.minutes))


def fitted_from(curriculum: Curriculum, minutes: int) -> int | None:
    """Minutes of the frame that was shortened or stretched for a meeting; None where a frame has just this length."""
    frame = nearest_frame(curriculum, minutes)
    return None if frame.minutes == minutes else frame.minutes


def fitted_theme(theme: Theme, curriculum: Curriculum, minutes: int) -> Theme:
    """A theme with what its session has for a meeting of so many minutes; `curriculum` is the one that it follows."""
    own = theme.curriculum or curriculum
    session = fitted_session(theme.session, nearest_frame(own, minutes).minutes, own.id)
    return theme if session is theme.session else replace(theme, session=session)


def is_pause(step: Step) -> bool:
    """Whether a step is the pause."""
    return _key(step.title) in _PAUSE


def is_goal_round(step: Step) -> bool:
    """Whether a step is the round in which somebody's goal is taken up."""
    return _key(step.title) in _GOAL_ROUND


def is_practice_round(step: Step) -> bool:
    """Whether a step is the one that asks about the home practice of last time."""
    return _key(step.title) in _PRACTICE_ROUND


def looks_back(step: Step) -> bool:
    """Whether a step is about the last meeting; in a group's first one its questions have no answer."""
    return is_practice_round(step) or _key(step.title) in _RECAP_ROUND


def openings(steps: Sequence[Step]) -> tuple[Theme | None, ...]:
    """For each step of a meeting with several themes, the theme that begins with it."""
    themes = [step.theme if isinstance(step, ThemeStep) else None for step in steps]
    first = {id(theme): at for at, theme in reversed(list(enumerate(themes))) if theme is not None}
    several = len(first) > 1
    return tuple(theme if several and first.get(id(theme)) == at else None for at, theme in enumerate(themes))


def lay_out(
    curriculum: Curriculum, themes: SessionPlan | Sequence[SessionPlan | Theme], minutes: int
) -> tuple[Step, ...]:
    """The steps of a meeting of so many minutes, in order; their minutes add up to it exactly.

    Frame steps keep their minutes and the theme steps share what is left, by largest remainder; a rest comes first and
    has a third of that at most. Several themes have the pause between them, a part of a session has it in its middle.
    Where the theme would have under a quarter of the meeting, all steps are shortened alike. Steps that get no minute
    fall out.
    """
    frame = nearest_frame(curriculum, minutes)
    wanted = [_theme(theme) for theme in ((themes,) if isinstance(themes, SessionPlan) else themes)]
    # Rests come first; sorting keeps the order of the others.
    laid = _take_apart(curriculum, sorted(wanted, key=lambda theme: not theme.rest), frame)
    steps: list[Step] = []
    for step in frame.steps:
        title = _key(step.title)
        if step.theme:
            steps += laid.inner or (ThemeStep(step.title, step.minutes, step.text, line=step.line),)
        elif title not in laid.moved:
            steps.append(laid.replacing.get(title, _plain(step)))
    return tuple(step for step in _on_time(steps, frame, minutes) if step.minutes)


def theme_minutes(curriculum: Curriculum, session: SessionPlan, frame: Frame) -> tuple[int, int]:
    """(minutes that the theme steps of a session take, minutes that they have in a frame)."""
    laid = _take_apart(curriculum, [_theme(session)], frame)
    taken = sum(step.minutes for step in laid.inner if isinstance(step, ThemeStep))
    other = sum(laid.replacing.get(_key(step.title), step).minutes for step in frame.steps if not step.theme)
    return taken, frame.minutes - other


def minutes_for_theme(curriculum: Curriculum, minutes: int) -> int:
    """Minutes that the theme has in a meeting of so many minutes; in a short one all steps are shortened alike."""
    frame = nearest_frame(curriculum, minutes)
    left = minutes - (frame.minutes - frame.theme_minutes)
    return minutes * frame.theme_minutes // frame.minutes if _is_too_short(left, minutes) else left


def _is_too_short(theme: int, minutes: int) -> bool:
    """Whether a theme would have under a quarter of the meeting; then all steps give something."""
    return 4 * theme < minutes


_PAUSE = ("pause", "break")
_GOAL_ROUND = ("målene våre", "our goals")
_RECAP_ROUND = ("siden sist", "since last time")
_PRACTICE_ROUND = ("hjemmeoppgaver", "home practice")


def _key(title: str) -> str:
    return " ".join(title.split()).casefold()


def _plain(step: FrameStep) -> Step:
    return Step(step.title, step.minutes, step.text, step.method, step.line)


def _theme(session: SessionPlan | Theme) -> Theme:
    return Theme(session, session.title) if isinstance(session, SessionPlan) else session


def _frame_titles(*curricula: Curriculum | None) -> set[str]:
    frames = (frame for curriculum in curricula if curriculum is not None for frame in curriculum.frames)
    return {_key(step.title) for frame in frames for step in frame.steps if not step.theme}


def _take_apart(curriculum: Curriculum, themes: Sequence[Theme], frame: Frame) -> _Themes:
    """Tell theme steps from those that replace a frame step, which may stand between theme steps (a pause)."""
    here = {_key(step.title) for step in frame.steps if not step.theme}
    replacing: dict[str, Step] = {}
    inner: list[Step] = []
    moved: set[str] = set()
    for theme in themes:
        anywhere = _frame_titles(curriculum, theme.curriculum)
        fitted = fitted_theme(theme, curriculum, frame.minutes)
        steps = _steps_of(fitted, theme.curriculum or curriculum, anywhere, frame)
        at = [number for number, step in enumerate(steps) if _key(step.title) not in anywhere]
        for number, step in enumerate(steps):
            title = _key(step.title)
            if title not in anywhere:
                first = number == at[0]
                inner.append(
                    ThemeStep(step.title, step.minutes, step.text, step.method, step.line, theme=theme, first=first)
                )
            elif title in replacing:  # two sessions of the meeting have a check-in of their own
                replacing[title] = _both(replacing[title], step)
            elif title in here:
                replacing[title] = step
                # Written between theme steps, as a pause is: there it stays, and the frame's place for it is empty.
                if at and at[0] < number < at[-1]:
                    inner.append(step)
                    moved.add(title)
    steps_within = tuple(step if isinstance(step, ThemeStep) else replacing[_key(step.title)] for step in inner)
    laid = _Themes(steps_within, replacing, frozenset(moved))
    cuts = _cuts_for_pause(themes, inner)
    pause = next((step for step in frame.steps if is_pause(step)), None)
    return _with_pause(laid, _plain(pause), cuts) if pause is not None and cuts is not None else laid


# -- parts and rests ---------------------------------------------------------------------------------------------------


def _steps_of(theme: Theme, curriculum: Curriculum, anywhere: set[str], frame: Frame) -> tuple[Step, ...]:
    """The steps of a theme: of a part those between two clean cuts, of a rest a single one.

    An outline is one step with the advice that the frame of the meeting has for its theme.
    """
    longest = max(curriculum.frames, key=lambda frame: frame.minutes)
    advice = next(step for step in frame.steps if step.theme)
    steps = theme.session.steps or (Step(theme.title, longest.theme_minutes, advice.text, line=advice.line),)
    own = [number for number, step in enumerate(steps) if _key(step.title) not in anywhere]
    if theme.rest:
        return (_rest_of(theme, [steps[number] for number in own]),)
    # More parts than steps: each meeting gets the whole, and the leader chooses how far to go.
    if theme.parts == 1 or len(own) < theme.parts:
        return steps
    cuts = _clean_cuts([steps[number].minutes for number in own], theme.parts)
    # The first part keeps what stands before its first step, the last what stands behind, as a check-out of its own.
    begin = 0 if theme.part == 1 else own[cuts[theme.part - 1]]
    end = len(steps) if theme.ends else own[cuts[theme.part] - 1] + 1
    return steps[begin:end]


def _rest_of(theme: Theme, steps: Sequence[Step]) -> Step:
    """What was not finished last time; half of what the session was written for is enough. The leader knows where."""
    # Nobody has noted at which step they stopped, so the steps are listed and the leader chooses.
    text = _("Go on where you stopped last time, and leave out what is not needed.")
    if theme.session.steps:
        text = "\n".join([f"{text} {_('The steps were:')}", "", *(f"- {step.title}" for step in steps)])
    title = _("{theme} from last time").format(theme=theme.title)
    return Step(title[:1].upper() + title[1:], max(1, sum(step.minutes for step in steps) // 2), text)


def _clean_cuts(weights: Sequence[int], parts: int) -> list[int]:
    """Where each part begins, and the end: as nearly alike in minutes as whole steps allow, none of them empty."""
    cuts = [0]
    for number in range(1, parts):
        # Room is left for a step in each part to come.
        candidates = range(cuts[-1] + 1, len(weights) - (parts - number) + 1)
        cuts.append(min(candidates, key=lambda at: abs(parts * sum(weights[:at]) - number * sum(weights))))
    return [*cuts, len(weights)]


# -- the pause ---------------------------------------------------------------------------------------------------------


def _cuts_for_pause(themes: Sequence[Theme], inner: Sequence[Step]) -> list[int] | None:
    """Between which theme steps the pause may lie: between two whole themes, or within a part; None: as written."""
    steps = [step for step in inner if isinstance(step, ThemeStep)]
    whole = [theme for theme in themes if not theme.rest]
    later = [at for at, step in enumerate(steps) if at and step.theme is not None and not step.theme.rest]
    if len(whole) > 1:
        return [at for at in later if steps[at].first and steps[at].theme is not whole[0]]
    if any(theme.parts > 1 for theme in whole):
        return [at for at in later if not steps[at].first]
    return None


def _with_pause(laid: _Themes, pause: Step, cuts: Sequence[int]) -> _Themes:
    """The pause in the one of some places that is nearest to the middle; without any, where the frame has it."""
    title = _key(pause.title)
    written = laid.replacing.get(title)  # a session may give the pause a text and a length of its own
    pause = written if written is not None and written.minutes else pause
    steps = [step for step in laid.inner if isinstance(step, ThemeStep) or not is_pause(step)]
    themes = [number for number, step in enumerate(steps) if isinstance(step, ThemeStep)]
    before = {at: sum(steps[number].minutes for number in themes[:at]) for at in (*cuts, len(themes))}
    # Doubled, so that the middle of an odd number needs no fraction.
    at = min(cuts, key=lambda cut: abs(2 * before[cut] - before[len(themes)]), default=None)
    moved = laid.moved - {title}  # where a session wrote it counts for nothing here: the place is chosen below
    if at is not None:
        steps.insert(themes[at], pause)
        moved |= {title}
    return _Themes(tuple(steps), {**laid.replacing, title: pause}, moved)


# -- minutes -----------------------------------------------------------------------------------------------------------


def _both(first: Step, second: Step) -> Step:
    """One frame step that two sessions of the same meeting replace."""
    text = "\n\n".join(filter(None, (first.text, second.text)))
    # One check-in for both, as long as the longer: added up they would take the time from the themes.
    return replace(first, minutes=max(first.minutes, second.minutes), text=text)


def _on_time(steps: Sequence[Step], frame: Frame, minutes: int) -> list[Step]:
    """The steps with the minutes that they get, which add up to those of the meeting."""
    themes = [step for step in steps if isinstance(step, ThemeStep)]
    left = minutes - sum(step.minutes for step in steps) + sum(step.minutes for step in themes)
    if not _is_too_short(left, minutes):
        shares = iter(_theme_shares(left, themes))
        return [replace(step, minutes=next(shares)) if isinstance(step, ThemeStep) else step for step in steps]
    theme_shares = iter(_theme_shares(max(frame.theme_minutes, 1), themes))
    wanted = [next(theme_shares) if isinstance(step, ThemeStep) else step.minutes for step in steps]
    shares = iter(_share(minutes, wanted))
    return [replace(step, minutes=next(shares)) for step in steps]


def _theme_shares(total: int, steps: Sequence[ThemeStep]) -> list[int]:
    """The minutes of each theme step. Rests, which come first, have a third at most where anything else is taken up."""
    rests = [step for step in steps if step.theme is not None and step.theme.rest]
    others = steps[len(rests) :]
    if not others:
        return _share(total, [step.minutes for step in rests])
    given = [min(step.minutes, total // 3 // len(rests)) for step in rests]
    return [*given, *_share(total - sum(given), [step.minutes for step in others])]


def _share(total: int, weights: Sequence[int]) -> list[int]:
    """Whole shares of a total by weight, by largest remainder, earlier ones first; all alike where nothing weighs."""
    if not sum(weights):
        weights = [1] * len(weights)
    whole = sum(weights)
    shares = [total * weight // whole for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda at: (-(total * weights[at] % whole), at))
    for at in by_remainder[: total - sum(shares)]:
        shares[at] += 1
    return shares
