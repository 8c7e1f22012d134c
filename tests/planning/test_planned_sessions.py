"""Sessions alone, together, divided or left out: what a leader changes by hand, and what is left of it later."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rop_facilitator import paths
from rop_facilitator.curriculum.load import load_library
from rop_facilitator.planning.planned_sessions import (
    MOST_PARTS,
    SHORTEST_THEME,
    Left,
    PlannedSession,
    SessionPart,
    TaughtPart,
    divide,
    join,
    least_minutes,
    least_minutes_for_theme,
    meeting_contents,
    move,
    move_meeting,
    move_module,
    planned_sessions_of,
    separate,
    skip,
    what_is_left,
)
from tests.planning.factories import planned, some_sessions


def notation(course: tuple[PlannedSession, ...]) -> str:
    """ "a+b c(2)": what shares a meeting, and how many parts there are; what is left out stands in brackets."""
    words: list[str] = []
    for planned_session in course:
        name = planned_session.key if planned_session.parts == 1 else f"{planned_session.key}({planned_session.parts})"
        words.append(f"[{name}]" if planned_session.skipped else f"{'+' if planned_session.joined else ' '}{name}")
    return " ".join(words).replace(" +", "+").replace("  ", " ").strip()


ABCD = planned("abcd", module="1")
SHARED = join(join(ABCD, "b"), "c")  # a+b+c d


def test_joined_and_alone_again() -> None:
    assert notation(join(ABCD, "b")) == "a+b c d"
    assert notation(separate(SHARED, "a")) == "a b+c d"
    assert notation(separate(SHARED, "b")) == "a+c b d"
    assert notation(separate(SHARED, "c")) == "a+b c d"
    assert separate(ABCD, "b") == ABCD


def test_moved_alone_and_into_another_meeting() -> None:
    assert notation(move(ABCD, "a", to="c")) == "b c a d"
    assert notation(move(ABCD, "d", to="b")) == "a d b c"
    assert notation(move(ABCD, "d", to="b", together=True)) == "a b+d c"
    assert notation(move(ABCD, "a", to="d", together=True)) == "b c d+a"
    assert notation(move(SHARED, "a", to="d")) == "b+c d a"
    assert notation(move(SHARED, "d", to="b")) == "d a+b+c"
    assert move(ABCD, "a", to="a") == ABCD == move(ABCD, "a", to="nobody") == move(ABCD, "nobody", to="a")
    assert move(SHARED, "a", to="b", together=True) == SHARED


def test_a_whole_meeting_is_moved() -> None:
    assert notation(move_meeting(SHARED, "b", to="d")) == "d a+b+c"
    assert notation(move_meeting(SHARED, "d", to="b")) == "d a+b+c"
    assert notation(move_meeting(ABCD, "a", to="c")) == "b c a d"
    assert move_meeting(SHARED, "a", to="c") == SHARED == move_meeting(SHARED, "a", to="nobody")


def test_left_out_and_taken_in_again() -> None:
    assert notation(skip(SHARED, "a")) == "[a] b+c d"
    without = skip(SHARED, "b")
    assert notation(without) == "a [b]+c d"
    assert [len(content) for content in meeting_contents(without)] == [2, 1]
    assert notation(skip(without, "b", skipped=False)) == "a+c b d"


def test_divided_within_bounds() -> None:
    assert meeting_contents(divide(ABCD, "b", 2))[1:3] == [(SessionPart("b", 1, 2),), (SessionPart("b", 2, 2),)]
    assert [session.parts for session in divide(divide(ABCD, "b", 99), "c", 0)] == [1, MOST_PARTS, 1, 1]


def test_a_divided_session_shares_its_first_and_its_last_meeting() -> None:
    contents = meeting_contents(
        (PlannedSession("a"), PlannedSession("b", joined=True, parts=2), PlannedSession("c", joined=True))
    )
    assert contents == [(SessionPart("a"), SessionPart("b", 1, 2)), (SessionPart("b", 2, 2), SessionPart("c"))]


def test_modules_in_another_order() -> None:
    course = (*planned("ab", module="1"), *planned("cd", module="2"), *planned("ef", module="3"))
    assert notation(move_module(course, "3", before="1")) == "e f a b c d"
    assert notation(move_module(course, "1", before=None)) == "c d e f a b"
    assert notation(move_module(join(course, "c"), "2", before="1")) == "c d a b e f"
    assert notation(move_module(join(course, "d"), "2", before="1")) == "c+d a b e f"


@pytest.mark.parametrize(
    ("taught", "left"),
    [
        ([TaughtPart("a")], "b+c d"),
        ([TaughtPart("a"), TaughtPart("b")], "c d"),
        ([TaughtPart("b")], "a+c d"),
        ([TaughtPart("a"), TaughtPart("b", left="all"), TaughtPart("c")], "b d"),
        ([TaughtPart("a", left="all"), TaughtPart("b"), TaughtPart("c")], "a d"),
        ([TaughtPart("a", left="all"), TaughtPart("a")], "b+c d"),
    ],
)
def test_what_is_left_of_a_shared_meeting(taught: list[TaughtPart], left: str) -> None:
    assert notation(what_is_left(SHARED, taught)) == left


def test_what_was_begun_goes_on_where_it_stopped() -> None:
    course = divide(ABCD, "a", 3)
    (first, *_rest) = what_is_left(course, [TaughtPart("a", 1, 3), TaughtPart("a", 2, 3, left="all")])
    assert (first.first_part, first.rest) == (2, False)
    (first, *_rest) = what_is_left(course, [TaughtPart("a", 1, 3, left="rest")])
    assert meeting_contents([first]) == [(SessionPart("a", 2, 3),), (SessionPart("a", 3, 3),)]
    assert what_is_left(course, [TaughtPart("a")]) == ABCD[1:], "taught whole before it was divided"


@pytest.mark.parametrize(
    ("first", "second", "coming"),
    [
        ("all", "nothing", [(1, False)]),
        ("all", "rest", [(1, False), (2, False)]),
        ("all", "all", [(1, False), (2, False)]),
        ("rest", "nothing", []),
        ("rest", "all", [(2, False)]),
        ("nothing", "rest", [(2, True)]),
    ],
)
def test_a_part_that_was_taught_does_not_come_again_with_an_earlier_one(
    first: Left, second: Left, coming: list[tuple[int, bool]]
) -> None:
    taught = [TaughtPart("a", 1, 2, left=first), TaughtPart("a", 2, 2, left=second)]
    left = what_is_left([PlannedSession("a", parts=2), PlannedSession("b")], taught)
    items = [item for content in meeting_contents(left) for item in content if item.key == "a"]
    assert [(item.part, item.rest) for item in items] == coming


@settings(deadline=None)
@given(some_sessions(), st.data())
def test_no_act_of_a_leader_loses_a_session(course: tuple[PlannedSession, ...], data: st.DataObject) -> None:
    """Whatever is done by hand, each session is there once, and only the one left out is left out."""
    keys = sorted(planned_session.key for planned_session in course)
    out = {planned_session.key for planned_session in course if planned_session.skipped}
    if not keys:
        return
    acts = {
        "join": lambda key, _other: join(course, key),
        "separate": lambda key, _other: separate(course, key),
        "move": lambda key, other: move(course, key, to=other),
        "meeting": lambda key, other: move_meeting(course, key, to=other),
        "together": lambda key, other: move(course, key, to=other, together=True),
        "divide": lambda key, _other: divide(course, key, 2),
        "module": lambda key, other: move_module(course, key[1], before=other[1]),
    }
    for _act in range(data.draw(st.integers(1, 6))):
        act = acts[data.draw(st.sampled_from(sorted(acts)))]
        course = act(data.draw(st.sampled_from(keys)), data.draw(st.sampled_from(keys)))
        assert sorted(session.key for session in course) == keys
        assert {session.key for session in course if session.skipped} == out
        placed = {item.key for content in meeting_contents(course) for item in content}
        assert placed == set(keys) - out


def test_a_real_course_as_lessons() -> None:
    library = load_library((paths.shipped("curricula"),))
    course = library.curricula["e-imr"]
    sessions = planned_sessions_of(course, 90)
    assert len(sessions) == 50
    assert len({session.module for session in sessions}) == 12
    assert sum(session.optional for session in sessions) == 2
    assert least_minutes_for_theme([course], 90) == 37
    assert least_minutes_for_theme([course], 60) == 28
    assert least_minutes_for_theme([], 90) == 0
    written = next(session for session in course.sessions if not session.is_outline)
    outline = next(session for session in course.sessions if session.is_outline)
    assert least_minutes(course, written) == 18
    assert least_minutes(course, outline) == SHORTEST_THEME
