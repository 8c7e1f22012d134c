"""The steps of a meeting: always on time, in order, with what a session replaces."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rop_facilitator.curriculum.agenda import fitted_from, lay_out, nearest_frame
from rop_facilitator.curriculum.model import Curriculum, Frame, FrameStep, Module, Origin, SessionPlan, Step

SHORT = Frame(
    60,
    (FrameStep("Velkommen", 10), FrameStep("Tema", 40, "Rom til sesjonen.", theme=True), FrameStep("Slutt", 10)),
)
LONG = Frame(
    90,
    (FrameStep("Velkommen", 15), FrameStep("Tema", 50, theme=True), FrameStep("Pause", 10), FrameStep("Slutt", 15)),
)


def session(*steps: tuple[int, str], title: str = "En sesjon") -> SessionPlan:
    made = tuple(Step(name, minutes, f"Om {name}") for minutes, name in steps)
    return SessionPlan(f"k/{title.casefold()}", title, Origin.PROPOSAL, Path("x.md"), steps=made)


def curriculum(*frames: Frame) -> Curriculum:
    module = Module("1", "M", Origin.PROPOSAL, ())
    return Curriculum("k", Path("k"), "K", "nb", (module,), frames or (SHORT, LONG))


def rows(minutes: int, *sessions: SessionPlan) -> list[tuple[int, str]]:
    return [(step.minutes, step.title) for step in lay_out(curriculum(), sessions, minutes)]


@pytest.mark.parametrize(
    ("minutes", "steps", "expected"),
    [
        # the frame that has just this length
        (90, [(20, "A"), (30, "B")], [(15, "Velkommen"), (20, "A"), (30, "B"), (10, "Pause"), (15, "Slutt")]),
        (60, [(20, "A"), (30, "B")], [(10, "Velkommen"), (16, "A"), (24, "B"), (10, "Slutt")]),
        # a pause between theme steps takes the place of the frame's, and falls out where the frame has none
        (90, [(20, "A"), (10, "pause"), (30, "B")],
         [(15, "Velkommen"), (20, "A"), (10, "pause"), (30, "B"), (15, "Slutt")]),
        (60, [(20, "A"), (10, "Pause"), (30, "B")], [(10, "Velkommen"), (16, "A"), (24, "B"), (10, "Slutt")]),
        # a replaced step that does not stand between theme steps keeps the frame's place
        (90, [(20, "Velkommen"), (45, "A")], [(20, "Velkommen"), (45, "A"), (10, "Pause"), (15, "Slutt")]),
        (90, [(50, "A"), (10, "Pause")], [(15, "Velkommen"), (50, "A"), (10, "Pause"), (15, "Slutt")]),
        # 0 min takes a step away, and the theme has its minutes
        (90, [(0, "Pause"), (60, "A")], [(15, "Velkommen"), (60, "A"), (15, "Slutt")]),
        (90, [(30, "A"), (0, "Pause"), (30, "B")], [(15, "Velkommen"), (30, "A"), (30, "B"), (15, "Slutt")]),
        # other lengths: the nearest frame, the theme shares what is left, largest remainder, earlier first
        (100, [(20, "A"), (30, "B")], [(15, "Velkommen"), (24, "A"), (36, "B"), (10, "Pause"), (15, "Slutt")]),
        (70, [(1, "A"), (1, "B"), (1, "C")], [(10, "Velkommen"), (17, "A"), (17, "B"), (16, "C"), (10, "Slutt")]),
        (75, [(50, "A")], [(10, "Velkommen"), (55, "A"), (10, "Slutt")]),
        # too short for the frame's steps: all are shortened alike
        (24, [(50, "A")], [(4, "Velkommen"), (16, "A"), (4, "Slutt")]),
        # an outline is one step with its title
        (90, [], [(15, "Velkommen"), (50, "En sesjon"), (10, "Pause"), (15, "Slutt")]),
    ],
)  # fmt: skip
def test_a_meeting_laid_out(minutes: int, steps: list[tuple[int, str]], expected: list[tuple[int, str]]) -> None:
    assert rows(minutes, session(*steps)) == expected


def test_merged_sessions_share_the_slot() -> None:
    first = session((20, "A"), (10, "Pause"), (30, "B"), title="Først")
    second = session((25, "C"), (10, "Pause"), (25, "D"), title="Så")
    outline = session(title="Utkast")
    assert rows(90, first, second) == [
        (15, "Velkommen"), (10, "A"), (10, "Pause"), (15, "B"), (13, "C"), (12, "D"), (15, "Slutt"),
    ]  # fmt: skip
    assert rows(60, first, outline) == [(10, "Velkommen"), (8, "A"), (12, "B"), (20, "Utkast"), (10, "Slutt")]


def test_text_and_method_come_along() -> None:
    steps = lay_out(curriculum(), session((20, "A"), (20, "Velkommen")), 60)
    assert [step.text for step in steps] == ["Om Velkommen", "Om A", ""]
    assert lay_out(curriculum(), (), 60)[1].text == "Rom til sesjonen."


def test_whether_the_frame_was_fitted() -> None:
    assert fitted_from(curriculum(), 90) is None
    assert fitted_from(curriculum(), 100) == 90
    assert fitted_from(curriculum(), 45) == 60
    assert nearest_frame(curriculum(), 75) is SHORT


MINUTES = st.integers(0, 60)
FRAME_STEPS = st.lists(st.tuples(st.sampled_from("PQRS"), MINUTES), max_size=4, unique_by=lambda step: step[0])
FRAMES = st.tuples(FRAME_STEPS, MINUTES, st.integers(0, 4))
SESSIONS = st.lists(st.lists(st.tuples(MINUTES, st.sampled_from("ABCDPQRS")), max_size=6), min_size=1, max_size=3)


@given(
    frames=st.dictionaries(
        st.integers(30, 120), st.tuples(FRAME_STEPS, MINUTES, st.integers(0, 4)), min_size=1, max_size=3
    ),
    plans=SESSIONS,
    minutes=st.integers(30, 240),
)
def test_a_meeting_always_ends_on_time(
    frames: dict[int, tuple[list[tuple[str, int]], int, int]], plans: list[list[tuple[int, str]]], minutes: int
) -> None:
    made = []
    for length, (others, slot, at) in sorted(frames.items()):
        steps = [FrameStep(title, n) for title, n in others]
        steps.insert(min(at, len(steps)), FrameStep("Tema", slot, theme=True))
        made.append(Frame(length, tuple(steps)))
    course = curriculum(*made)
    sessions = [session(*plan, title=f"S{number}") for number, plan in enumerate(plans)]
    steps = lay_out(course, sessions, minutes)
    assert sum(step.minutes for step in steps) == minutes
    assert all(step.minutes > 0 for step in steps)

    frame_titles = {step.title for frame in made for step in frame.steps if not step.theme}
    themes = [name for plan in plans for _n, name in plan if name not in frame_titles]
    shown = iter(themes)
    laid = [step.title for step in steps if step.title not in frame_titles and len(step.title) == 1]
    assert all(title in shown for title in laid), "theme steps keep their order"
    own = [step.title for step in steps if step.title in frame_titles]
    assert len(own) == len(set(own)), "a step of the frame stands once"
    assert set(own) <= {step.title for step in nearest_frame(course, minutes).steps}
