"""Four times as much to check takes four times as long: thousands of sessions, long paragraphs, and as many faults."""

import gc
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from rop_facilitator.curriculum.curriculum_check import check_curriculum
from rop_facilitator.curriculum.load import load_curriculum
from rop_facilitator.documents.check.rendering_check import check_leader_text
from rop_facilitator.errors import Problem
from tests.curriculum.conftest import COMPLETE, CURRICULUM, OUTLINE

AT_MOST = 8  # times the seconds for four times the input: 4 to 5 is measured, and the square would be 16
MANY_FAULTS = (
    COMPLETE.replace("### 20 min", "### 25 min")
    .replace("- Penner", "- Penner\n\n> [!HVA]\n> Ikke en boks.")
    .replace("handouts: [ark]", "handouts: [ark]\ntable: [borte, bortest]")
)


def course(folder: Path, pages: dict[str, str], sessions: list[str] | None = None) -> Path:
    """A curriculum with these pages as its sessions, or with those that are named."""
    folder.mkdir(parents=True)
    names = "[" + ",\n      ".join(sessions if sessions is not None else pages) + "]"
    (folder / "curriculum.yaml").write_text(CURRICULUM.replace("[hel, utkast]", names), encoding="utf-8")
    (folder / "trygg-gruppe.md").write_text("## Trygt\nGå ut sammen.\n", encoding="utf-8")
    for name, text in pages.items():
        (folder / f"{name}.md").write_text(text, encoding="utf-8")
    return folder


def many_sessions(folder: Path, count: int) -> Path:
    return course(folder / "prove", {f"s-{n}": COMPLETE.replace("Hel", f"Nr. {n}") for n in range(count)})


def many_faults(folder: Path, count: int) -> Path:
    return course(folder / "prove", {f"s-{n}": MANY_FAULTS for n in range(count)})


def many_borrowed(folder: Path, count: int) -> Path:
    pages = {f"s-{n}": OUTLINE.replace("Utkast", f"Nr. {n}") for n in range(count)}
    course(folder / "annet", pages)
    return course(folder / "prove", {}, [f"annet/{name}" for name in pages])


def many_not_borrowed(folder: Path, count: int) -> Path:
    course(folder / "annet", {f"s-{n}": OUTLINE for n in range(count)})
    return course(folder / "prove", {}, [f"annet/t-{n}" for n in range(count)])


def long_text(where: str, row: str, rows: int) -> Callable[[Path, int], Path]:
    """A session in which a part has so many rows more, times the count."""

    def write(folder: Path, count: int) -> Path:
        text = COMPLETE.replace(where, where + f"\n{row}" * (rows * count), 1)
        return course(folder / "prove", {"hel": text})

    return write


def checked(folder: Path) -> list[Problem]:
    curriculum, problems = load_curriculum(folder)
    assert curriculum is not None, problems[:3]
    return [*check_curriculum(folder), *check_leader_text(curriculum)]


def seconds(folder: Path) -> float:
    """Of the processor, so that others at work on the machine count little; the best of three."""
    taken = []
    # The collector walks through all that the tests before have left, which is nothing of the check's.
    gc.disable()
    try:
        for _run in range(3):
            begun = time.process_time()
            checked(folder)
            taken.append(time.process_time() - begun)
    finally:
        gc.enable()
    return min(taken)


@pytest.mark.parametrize(
    ("write", "count"),
    [
        pytest.param(many_sessions, 150, id="sessions"),
        pytest.param(many_faults, 120, id="faults"),
        pytest.param(many_borrowed, 500, id="borrowed"),
        pytest.param(many_not_borrowed, 500, id="not borrowed"),
        pytest.param(long_text("Sist snakket vi sammen.", "ja og", 500), 30, id="rows of a paragraph"),
        pytest.param(long_text("- Jeg vet noe", "  og mer", 500), 60, id="rows of an aim"),
        pytest.param(long_text("Sist snakket vi sammen.", "24. mai. " * 400, 1), 25, id="dates in a long line"),
        pytest.param(long_text("Snakk sammen.", "ord og " * 600, 1), 100, id="long lines"),
        pytest.param(long_text("Snakk sammen.", "\n> [!ASK] {90}\n> Hva?", 100), 20, id="marked boxes"),
    ],
)
def test_four_times_the_input_takes_four_times_the_time(
    tmp_path: Path, write: Callable[[Path, int], Path], count: int
) -> None:
    smaller, larger = write(tmp_path / "a", count // 2), write(tmp_path / "b", 2 * count)
    first = seconds(smaller)
    second = seconds(larger)
    assert second <= AT_MOST * first, f"{first:.3f} and {second:.3f} seconds"


def test_of_thousands_of_faults_in_a_page_the_first_are_told(tmp_path: Path) -> None:
    sheets = ", ".join(f"ark-{n}" for n in range(2000))
    text = COMPLETE.replace("handouts: [ark]", f"handouts: [ark]\ntable:\n  [{sheets}]".replace(", ", ",\n  "))
    problems = [p for p in checked(course(tmp_path / "prove", {"hel": text})) if p.file.endswith("hel.md")]
    assert 50 <= len(problems) <= 60
