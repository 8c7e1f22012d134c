"""The steps of a meeting: always on time, in order, with what a session replaces."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rop_facilitator.curriculum.agenda import Theme, ThemeStep, fitted_from, lay_out, nearest_frame
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
    plan_steps = tuple(Step(name, minutes, f"Om {name}") for minutes, name in steps)
    return SessionPlan(f"k/{title.casefold()}", title, Origin.PROPOSAL, Path("x.md"), steps=plan_steps)


def curriculum(*frames: Frame) -> Curriculum:
    module = Module("1", "M", Origin.PROPOSAL, ())
    return Curriculum("k", Path("k"), "K", "nb", (module,), frames or (SHORT, LONG))


def rows(minutes: int, *sessions: SessionPlan | Theme) -> list[tuple[int, str]]:
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


def test_two_sessions_share_the_slot_with_the_pause_between_them() -> None:
    first = session((20, "A"), (10, "Pause"), (30, "B"), title="Først")
    second = session((25, "C"), (10, "Pause"), (25, "D"), title="Så")
    outline = session(title="Utkast")
    assert rows(90, first, second) == [
        (15, "Velkommen"), (10, "A"), (15, "B"), (10, "Pause"), (13, "C"), (12, "D"), (15, "Slutt"),
    ]  # fmt: skip
    assert rows(60, first, outline) == [(10, "Velkommen"), (8, "A"), (12, "B"), (20, "Utkast"), (10, "Slutt")]
    without = session((0, "Pause"), (60, "E"), title="Lang")
    assert [title for _n, title in rows(90, without, second)] == ["Velkommen", "E", "Pause", "C", "D", "Slutt"]
    three = [title for _n, title in rows(90, session((20, "E")), first, second)]
    assert three == ["Velkommen", "E", "A", "B", "Pause", "C", "D", "Slutt"], "nearest to the middle"


LESSON = session((10, "A"), (20, "B"), (10, "Pause"), (15, "C"), (15, "D"), title="Lang")


def test_a_divided_session_is_cut_between_steps() -> None:
    first, second = (Theme(LESSON, f"Lang, del {n} av 2", n, 2) for n in (1, 2))
    assert rows(90, first) == [(15, "Velkommen"), (17, "A"), (10, "Pause"), (33, "B"), (15, "Slutt")]
    assert rows(90, second) == [(15, "Velkommen"), (25, "C"), (10, "Pause"), (25, "D"), (15, "Slutt")]
    parts = [[title for _n, title in rows(60, Theme(LESSON, "", n, 3))] for n in (1, 2, 3)]
    assert [part[1:-1] for part in parts] == [["A"], ["B", "C"], ["D"]]
    few = session((30, "A"), title="Kort")
    assert rows(60, Theme(few, "Kort, del 2 av 2", 2, 2)) == rows(60, few), "one step cannot be cut"
    outline = session(title="Utkast")
    assert (40, "Utkast, del 1 av 2") in rows(60, Theme(outline, "Utkast, del 1 av 2", 1, 2))


def test_what_a_part_replaces_of_the_frame_comes_with_its_own_steps() -> None:
    long = session((20, "Velkommen"), (20, "A"), (20, "B"), (5, "Slutt"))
    assert rows(60, Theme(long, "", 1, 2)) == [(20, "Velkommen"), (30, "A"), (10, "Slutt")]
    assert rows(60, Theme(long, "", 2, 2)) == [(10, "Velkommen"), (45, "B"), (5, "Slutt")]


def test_a_rest_comes_first_and_takes_a_third_at_most() -> None:
    today, rest = (
        session((20, "E"), (10, "Pause"), (20, "F"), title="I dag"),
        Theme(LESSON, "resten av Lang", rest=True),
    )
    laid = rows(90, Theme(today, "I dag"), rest)
    assert laid == [
        (15, "Velkommen"), (16, "Resten av Lang from last time"), (17, "E"), (10, "Pause"), (17, "F"), (15, "Slutt"),
    ]  # fmt: skip
    short = Theme(session((12, "A"), title="Kort"), "resten av Kort", rest=True)
    assert rows(90, short, today)[1] == (6, "Resten av Kort from last time"), "half of what it was written for"
    assert rows(60, rest) == [(10, "Velkommen"), (40, "Resten av Lang from last time"), (10, "Slutt")]
    (step,) = [step for step in lay_out(curriculum(), [rest], 60) if isinstance(step, ThemeStep)]
    assert step.text.endswith("- A\n- B\n- C\n- D")


def test_two_curricula_in_one_meeting_follow_the_frame_of_the_first() -> None:
    other_frame = Frame(90, (FrameStep("Innsjekk", 20), FrameStep("Tema", 70, theme=True)))
    other = Curriculum("x", Path("x"), "X", "nb", curriculum().modules, (other_frame,))
    theirs = session((10, "Innsjekk"), (30, "C"), (10, "Pause"), (30, "D"), title="Deres")
    laid = rows(90, Theme(session((30, "A")), "En"), Theme(theirs, "Deres", curriculum=other))
    assert [title for _n, title in laid] == ["Velkommen", "A", "Pause", "C", "D", "Slutt"]


def test_a_theme_knows_its_steps() -> None:
    themes = [Theme(session((20, "A"), (20, "B"), title="Først"), "Først"), Theme(session(title="Så"), "Så")]
    steps = [step for step in lay_out(curriculum(), themes, 60) if isinstance(step, ThemeStep)]
    assert [(step.title, step.theme, step.first) for step in steps] == [
        ("A", themes[0], True), ("B", themes[0], False), ("Så", themes[1], True),
    ]  # fmt: skip


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
PLAN = st.lists(st.tuples(MINUTES, st.sampled_from("ABCDPQRS")), max_size=6)
WHICH = st.one_of(st.just((1, 1)), st.sampled_from([(1, 2), (2, 2), (1, 3), (2, 3), (3, 3), (4, 4)]))
SESSIONS = st.lists(st.tuples(PLAN, WHICH, st.booleans()), min_size=1, max_size=4)
SHAPES = st.tuples(FRAME_STEPS, MINUTES, st.integers(0, 4))
COURSES = st.dictionaries(st.integers(30, 120), SHAPES, min_size=1, max_size=3)


def course_of(frames: dict[int, tuple[list[tuple[str, int]], int, int]]) -> Curriculum:
    frame_list = []
    for length, (others, slot, at) in sorted(frames.items()):
        steps = [FrameStep({"P": "Pause"}.get(title, title), n) for title, n in others]
        steps.insert(min(at, len(steps)), FrameStep("Tema", slot, theme=True))
        frame_list.append(Frame(length, tuple(steps)))
    return curriculum(*frame_list)


@given(frames=COURSES, others=COURSES, plans=SESSIONS, minutes=st.integers(15, 240))
def test_a_meeting_always_ends_on_time(
    frames: dict[int, tuple[list[tuple[str, int]], int, int]],
    others: dict[int, tuple[list[tuple[str, int]], int, int]],
    plans: list[tuple[list[tuple[int, str]], tuple[int, int], bool]],
    minutes: int,
) -> None:
    course, other = course_of(frames), course_of(others)
    themes = []
    for number, (plan, (part, parts), rest) in enumerate(plans):
        steps = [(n, "Pause" if name == "P" else name) for n, name in plan]
        own = other if number % 2 else None
        themes.append(Theme(session(*steps, title=f"S{number}"), f"S{number}", part, parts, rest, own))
    steps = lay_out(course, themes, minutes)
    assert sum(step.minutes for step in steps) == minutes
    assert all(step.minutes > 0 for step in steps)

    laid = [step for step in steps if isinstance(step, ThemeStep)]
    order = sorted(themes, key=lambda theme: not theme.rest)
    numbers = [order.index(step.theme) for step in laid if step.theme is not None]
    assert numbers == sorted(numbers), "themes one after the other, rests first"
    for theme in themes:
        shown = iter(step.title for step in theme.session.steps)
        mine = [step.title for step in laid if step.theme is theme and not theme.rest and theme.session.steps]
        assert all(title in shown for title in mine), "theme steps keep their order"
    rest = sum(step.minutes for step in laid if step.theme is not None and step.theme.rest)
    theme_minutes = sum(step.minutes for step in laid)
    if any(step.theme is not None and not step.theme.rest for step in laid):
        assert 3 * rest <= theme_minutes + 3 * len(laid), "a third at most, but for whole minutes"
    own = [step.title for step in steps if not isinstance(step, ThemeStep)]
    assert len(own) == len(set(own)), "a step of the frame stands once"
    assert set(own) <= {step.title for step in nearest_frame(course, minutes).steps}


@given(plan=st.lists(MINUTES, min_size=2, max_size=7), parts=st.integers(2, 4))
def test_the_parts_of_a_session_are_the_whole_of_it(plan: list[int], parts: int) -> None:
    whole = session(*((n + 1, f"Steg {at}") for at, n in enumerate(plan)))
    shown = [
        [step.title for step in lay_out(curriculum(), [Theme(whole, "", n, parts)], 600) if isinstance(step, ThemeStep)]
        for n in range(1, parts + 1)
    ]
    if len(plan) >= parts:
        assert [title for part in shown for title in part] == [step.title for step in whole.steps]
        assert all(shown)
    else:
        assert all(part == shown[0] for part in shown)
