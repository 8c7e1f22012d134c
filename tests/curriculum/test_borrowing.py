"""A course borrows sessions: each keeps its id, stands where the course has it; what cannot be lent is told there."""

from pathlib import Path

import pytest

from rop_facilitator.curriculum.agenda import lay_out
from rop_facilitator.curriculum.curriculum_check import check_curriculum
from rop_facilitator.curriculum.load import load_curriculum, load_library
from rop_facilitator.curriculum.model import each_session
from rop_facilitator.curriculum.session_position import (
    course_and_id,
    is_outline,
    key_in_course,
    module_of,
    place_in_module,
    short_place,
)
from rop_facilitator.documents.check.rendering_check import check_paths
from rop_facilitator.planning.planned_sessions import planned_sessions_of
from tests.borrowing_course import BORROWED, SESSION, SHEET, borrowing_library, write_borrowing_course
from tests.curriculum.conftest import COMPLETE, CURRICULUM


def write_second(folder: Path, sessions: str, *, language: str = "nb") -> Path:
    """A course `annet` beside the made-up one, with a session of its own and others."""
    other = folder.parent / "annet"
    other.mkdir(exist_ok=True)
    text = CURRICULUM.replace("[hel, utkast]", f"[eget, {sessions}]").replace("Prøvekurs", "Annet kurs")
    (other / "curriculum.yaml").write_text(text.replace("language: nb", f"language: {language}"), encoding="utf-8")
    page = COMPLETE if language == "nb" else "---\ntitle: Own\norigin: proposal\n---\n## Aims\n- I know\n"
    (other / "eget.md").write_text(page.replace("Hel sesjon", "Egen sesjon"), encoding="utf-8")
    return other


def told(folder: Path) -> list[tuple[str, int, str]]:
    return [(Path(p.file).parent.name, p.line, p.text) for p in load_curriculum(folder)[1] if "yaml" in p.file]


def test_a_borrowed_session_keeps_its_id_and_stands_where_the_course_has_it() -> None:
    library = borrowing_library()
    course, lender = library.curricula["laan"], library.curricula["kat-rop"]
    assert [session.id for session in course.sessions] == ["laan/malet-mitt", *BORROWED]
    assert [session.id for session in course.own_sessions] == ["laan/malet-mitt"]
    assert course.session(BORROWED[0]) is lender.session(BORROWED[0])
    assert library.session(BORROWED[0], "laan") is library.session(BORROWED[0])
    assert library.session("laan/malet-mitt", "kat-rop") is None
    module = module_of(library, "laan", BORROWED[1])
    assert module is not None
    assert module.title == "Det lånte"
    assert short_place(library, "laan", BORROWED[1]) == "8.2"
    assert short_place(library, "kat-rop", BORROWED[1]) == "1"
    assert place_in_module(library, "laan", BORROWED[1]) == "module 8, session 2 of 2"
    assert not is_outline(library, "laan", BORROWED[1])
    assert key_in_course("laan", BORROWED[0]) == f"laan:{BORROWED[0]}"
    assert course_and_id(f"laan:{BORROWED[0]}") == ("laan", BORROWED[0])
    assert course_and_id(key_in_course("kat-rop", BORROWED[0])) == ("kat-rop", BORROWED[0])


def test_it_is_led_in_the_frame_of_the_course_that_borrows() -> None:
    library = borrowing_library()
    course = library.curricula["laan"]
    session = course.session(BORROWED[0])
    assert session is not None
    steps = lay_out(course, session, 90)
    assert [(step.minutes, step.title) for step in (steps[0], steps[-1])] == [(20, "Kom inn"), (23, "Gå ut")]
    assert sum(step.minutes for step in steps) == 90
    assert [(planned.key, planned.module) for planned in planned_sessions_of(course, 90)] == [
        ("laan/malet-mitt", "laan/3"),
        (BORROWED[0], "laan/8"),
        (BORROWED[1], "laan/8"),
    ]


def test_sheets_are_borrowed_by_their_id() -> None:
    session = borrowing_library().session("laan/malet-mitt")
    assert session is not None
    assert session.handouts == ("laan/malet-mitt", "kat-rop/min-kriseplan", "kat-rop/rustrang-i-sju-dager")
    assert session.table == ("kat-rop/rustrang-i-sju-dager",)


def test_of_several_courses_each_session_is_there_once() -> None:
    library = borrowing_library()
    both = each_session([library.curricula["laan"], library.curricula["kat-rop"]])
    assert len(both) == 12
    assert both[BORROWED[0]][0].id == "laan"


def test_the_check_has_nothing_to_say() -> None:
    faults = [problem for problem in check_paths([write_borrowing_course()]) if problem.level == "fault"]
    assert faults == []


@pytest.mark.parametrize(
    ("wanted", "what", "advice"),
    [
        ("borte/noe", "There is no course “borte”, so “noe” cannot be borrowed from it.", "Put its folder beside"),
        ("prov/eget", "There is no course “prov”, so “eget” cannot be borrowed from it.", "Did you mean “prove”?"),
        ("annet/eget2", "The course “annet” has no session “eget2”.", "Did you mean “eget”?"),
        ("annet/daarlig", "The session “annet/daarlig” has faults, so it cannot be borrowed.", "Mend them"),
        ("prove/hel", "“prove/hel” is of this course and cannot be borrowed.", "Write hel."),
        ("annet/utkast", "“annet/utkast” goes in a ring: “annet” borrows it from here.", "Write the session in one"),
        ("annet/kriseplan", "“annet/kriseplan” is borrowed there too.", "Write kat-rop/kriseplan."),
        ("annet/trygg-gruppe", "The course “annet” has no session “trygg-gruppe”.", "Correct the name"),
    ],
)
def test_what_cannot_be_borrowed_is_told_in_its_line_and_the_rest_loads(
    folder: Path, wanted: str, what: str, advice: str
) -> None:
    other = write_second(folder, "prove/utkast, kat-rop/kriseplan, daarlig")
    (other / "daarlig.md").write_text("---\ntitle: Dårlig\n---\n", encoding="utf-8")
    text = CURRICULUM.replace("[hel, utkast]", f"\n      - hel\n      - {wanted}\n      - annet/eget\n      - utkast")
    (folder / "curriculum.yaml").write_text(text, encoding="utf-8")
    curriculum, problems = load_curriculum(folder)
    assert curriculum is not None
    assert [session.id for session in curriculum.sessions] == ["prove/hel", "annet/eget", "prove/utkast"]
    assert told(folder) == [("prove", 19, what)]
    assert problems[0].level == "fault"
    assert problems[0].advice.startswith(advice)
    library = load_library([folder.parent])
    assert len(library.curricula["prove"].sessions) == 3
    # The program looks only in the folders that it is given, and finds the same there.
    assert what in [problem.text for problem in library.problems] or "kat-rop" in advice


def test_two_courses_may_borrow_from_each_other(folder: Path) -> None:
    write_second(folder, "prove/hel")
    (folder / "curriculum.yaml").write_text(CURRICULUM.replace("[hel,", "[hel, annet/eget,"), encoding="utf-8")
    library = load_library([folder.parent])
    assert library.problems == ()
    ids = {course.id: [session.id for session in course.sessions] for course in library}
    assert ids == {"annet": ["annet/eget", "prove/hel"], "prove": ["prove/hel", "annet/eget", "prove/utkast"]}


def test_a_ring_of_three_is_refused_everywhere(folder: Path) -> None:
    third = folder.parent / "tredje"
    third.mkdir()
    (third / "curriculum.yaml").write_text(CURRICULUM.replace("[hel, utkast]", "[prove/x]"), encoding="utf-8")
    write_second(folder, "tredje/x")
    (folder / "curriculum.yaml").write_text(CURRICULUM.replace("[hel,", "[annet/x,"), encoding="utf-8")
    library = load_library([folder.parent])
    assert [problem.text for problem in library.problems] == [
        "“tredje/x” is borrowed there too.",
        "“annet/x” is borrowed there too.",
        "“prove/x” is borrowed there too.",
    ]


def test_a_lender_with_faults_is_told_and_the_rest_loads(folder: Path) -> None:
    other = write_second(folder, "")
    (other / "curriculum.yaml").write_text("title: [", encoding="utf-8")
    (folder / "curriculum.yaml").write_text(CURRICULUM.replace("[hel,", "[hel, annet/eget,"), encoding="utf-8")
    what = "The course “annet” has faults, so “eget” cannot be borrowed from it."
    assert told(folder) == [("prove", 17, what)]
    library = load_library([folder.parent])
    assert what in [problem.text for problem in library.problems]
    assert len(library.curricula["prove"].sessions) == 2


def test_another_language_is_not_borrowed(folder: Path) -> None:
    write_second(folder, "", language="en")
    (folder / "curriculum.yaml").write_text(CURRICULUM.replace("[hel,", "[hel, annet/eget,"), encoding="utf-8")
    assert told(folder) == [("prove", 17, "“annet/eget” is in another language, so it cannot be borrowed.")]


def test_a_session_stands_once_in_a_course(folder: Path) -> None:
    write_second(folder, "")
    text = CURRICULUM.replace("[hel,", "[annet/eget, hel, annet/eget,")
    (folder / "curriculum.yaml").write_text(text, encoding="utf-8")
    assert told(folder) == [("prove", 17, "The session “annet/eget” stands twice.")]


def test_an_outline_and_other_minutes_are_advice_where_they_are_borrowed(folder: Path) -> None:
    other = write_second(folder, "prove/hel, prove/utkast")
    text = (other / "curriculum.yaml").read_text(encoding="utf-8")
    text = text.replace("minutes: 50", "minutes: 45").replace("minutes: 15}\nmodules", "minutes: 20}\nmodules")
    (other / "curriculum.yaml").write_text(text, encoding="utf-8")
    advice = [(p.line, p.text) for p in check_curriculum(other) if p.level == "advice" and p.file.endswith("yaml")]
    assert advice == [
        (17, "The theme steps of “prove/hel” take 50 minutes; the frame of 90 minutes has 45 for them."),
        (17, "“prove/utkast” is an outline in its own course."),
    ]


def test_parts_for_a_frame_that_is_not_here_are_advice(folder: Path) -> None:
    page = folder / "hel.md"
    text = page.read_text(encoding="utf-8").replace("Øv.", "Øv.\n\n> [!ASK] {60}\n> Hva?")
    page.write_text(text.replace("Snakk sammen.", "Snakk sammen.\n\n> [!ASK] {90}\n> Hva?"), encoding="utf-8")
    other = write_second(folder, "prove/hel")
    yaml = (other / "curriculum.yaml").read_text(encoding="utf-8").replace("  60:", "  45:")
    (other / "curriculum.yaml").write_text(yaml, encoding="utf-8")
    told = [(p.level, p.line, p.text) for p in check_curriculum(other) if "never print" in p.text]
    what = "“prove/hel” has steps or boxes for 60 minutes, and no frame here is as long: they never print."
    assert told == [("advice", 17, what)]


def test_the_check_of_a_course_says_nothing_of_pages_that_it_borrows(folder: Path) -> None:
    """Its own check tells them; said twice they would seem to be two."""
    page = folder / "hel.md"
    page.write_text(page.read_text(encoding="utf-8").replace("### 20 min", "### 25 min"), encoding="utf-8")
    other = write_second(folder, "prove/hel")
    assert [p.file for p in check_curriculum(other) if "hel.md" in p.file] == []
    assert [p.line for p in check_curriculum(folder) if "hel.md" in p.file and p.level == "fault"] == [11]


@pytest.mark.parametrize(
    ("sheet", "what"),
    [
        ("kat-rop/borte", "The handout “kat-rop/borte” is missing."),
        ("annet/ark", "The sheet “annet/ark” has faults in the course that it is borrowed from."),
        ("annet/engelsk", "The sheet “annet/engelsk” is in another language."),
    ],
)
def test_a_sheet_that_cannot_be_borrowed_is_told_in_its_line(sheet: str, what: str) -> None:
    folder = write_borrowing_course()
    write_second(folder, "", language="en" if "engelsk" in sheet else "nb")
    sheets = folder.parent.parent / "handouts" / "annet"
    sheets.mkdir()
    (sheets / "ark.md").write_text(SHEET.replace("lines(3)", "lines(-3)"), encoding="utf-8")
    (sheets / "engelsk.md").write_text(SHEET, encoding="utf-8")
    text = SESSION.replace("handouts: [malet-mitt,", f"handouts: [malet-mitt, {sheet},")
    (folder / "malet-mitt.md").write_text(text, encoding="utf-8")
    problems = [p for p in check_paths([folder]) if p.level == "fault"]
    assert [(Path(p.file).name, p.line, p.text) for p in problems] == [("malet-mitt.md", 4, what)]
