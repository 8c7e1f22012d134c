"""What a curriculum must meet, each rule with the one change that breaks it."""

from pathlib import Path

import pytest

from rop_facilitator.curriculum.curriculum_check import check_curriculum


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def test_nothing_is_wrong_with_the_made_up_curriculum(folder: Path) -> None:
    assert check_curriculum(folder) == []


@pytest.mark.parametrize(
    ("file", "old", "new", "level", "line", "what"),
    [
        ("hel.md", "30 min", "25 min", "fault", 11, "The theme steps take 45 minutes; "),
        ("hel.md", "10 min · Pause", "0 min · Pause", "fault", 11, "The theme steps take 50 minutes; the frame of 90 "),
        ("hel.md", "- Jeg kan noe\n", "", "fault", 7, "The number of aims is 1."),
        ("hel.md", "- Jeg kan noe\n", "- a\n- b\n- c\n- d\n", "fault", 7, "The number of aims is 5."),
        ("hel.md", "- Penner\n", "", "fault", 30, "Nothing stands below ## Materiell."),
        ("hel.md", "## Materiell\n- Penner\n", "", "fault", 1, "Nothing stands below ## Materiell."),
        ("hel.md", "handouts: [ark]", "handouts: []", "fault", 4, "The session has no handout."),
        ("hel.md", "handouts: [ark]", "handouts: [ark]\ntable: [annet]", "fault", 5, "“annet” lies on the table, but"),
        ("hel.md", "Sist snakket vi sammen.", "Vi så. " * 61, "advice", 33, "The recap has 122 words."),
        ("hel.md", "Sist snakket vi sammen.", "", "fault", 33, "Nothing stands below ## Repetisjon."),
        ("hel.md", "title: Hel sesjon", "title: UTKAST til sesjon", "advice", 2, "hel.md has the same title."),
        ("hel.md", "Gå en tur", "og " * 15 + "slutt", "advice", 24, "A sentence has over 15 words: "),
        ("hel.md", "Kaffe. " * 30, "", "advice", 11, "The leader's text has "),
        ("hel.md", "Spør videre.", "Spør. " * 400, "advice", 11, "The leader's text has "),
        ("hel.md", "Spør videre.", "Si: «En. To. Tre. Fire. Fem.»", "advice", 16, "The leader says 5 sentences"),
        ("hel.md", "stages: [engagement, active]\n", "", "advice", 1, "The head names no stage"),
        ("hel.md", "#### Den som er i gang\n", "", "advice", 11, "No step says what to do with the one"),
        ("curriculum.yaml", "minutes: 40", "minutes: 41", "fault", 5, "The steps of the frame of 60 minutes add "),
        ("curriculum.yaml", "[hel, utkast]", "[hel]", "advice", 0, "No module names this session."),
    ],
)  # fmt: skip
def test_one_rule_broken(folder: Path, file: str, old: str, new: str, level: str, line: int, what: str) -> None:
    change(folder / file, old, new)
    problems = check_curriculum(folder)
    assert len(problems) == 1
    assert problems[0].level == level
    assert problems[0].text.startswith(what)
    assert problems[0].advice
    if "same title" not in what:
        assert problems[0].line == line


def test_a_plan_needs_a_page_for_a_safe_group(folder: Path) -> None:
    (folder / "trygg-gruppe.md").unlink()
    assert [problem.text for problem in check_curriculum(folder)] == ["The page for a safe group is missing."]
    change(folder / "curriculum.yaml", "[hel, utkast]", "[utkast]")
    (folder / "hel.md").unlink()
    assert check_curriculum(folder) == []


def test_a_replaced_step_may_take_time_from_the_theme(folder: Path) -> None:
    change(folder / "hel.md", "### 10 min · Pause", "### 5 min · Pause")
    change(folder / "hel.md", "### 30 min", "### 35 min")
    assert check_curriculum(folder) == []


def test_hard_words_are_advice(folder: Path) -> None:
    hard = "Rusmiddelbruken påvirker behandlingsplanen vesentlig. " * 26
    change(folder / "hel.md", "Sist snakket vi sammen.", hard)
    assert [(p.level, p.text) for p in check_curriculum(folder)] == [("advice", "It is hard to read: LIX 94.")]


def test_a_course_has_limits_of_its_own_for_the_leaders_page(folder: Path) -> None:
    change(folder / "hel.md", "Spør videre.", "Spør. " * 400)
    assert [problem.text[:23] for problem in check_curriculum(folder)] == ["The leader's text has 8"]
    change(folder / "curriculum.yaml", "language: nb", "language: nb\nleader_words: 350-900")
    assert check_curriculum(folder) == []
    change(folder / "curriculum.yaml", "350-900", "mange")
    (problem,) = check_curriculum(folder)
    assert (problem.level, problem.line, problem.text) == ("fault", 3, "“mange” is not a range of words.")


def test_neighbours_with_the_same_kind_of_exercise(folder: Path) -> None:
    change(folder / "hel.md", "stages: [", "kind: kort\nstages: [")
    change(folder / "utkast.md", "origin: ", "kind: brev\norigin: ")
    assert check_curriculum(folder) == []
    change(folder / "utkast.md", "kind: brev", "kind: KORT")
    (problem,) = check_curriculum(folder)
    assert (problem.level, problem.line) == ("advice", 3)
    assert problem.text == "The session before it, “Hel sesjon”, has the same kind of exercise: kort."
