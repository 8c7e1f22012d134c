"""`{60}`, `{90}` and `{only course}`: what is marked is there in that frame and that course, and nowhere else."""

from pathlib import Path

import pytest

from rop_facilitator.curriculum.agenda import Theme, lay_out, theme_minutes
from rop_facilitator.curriculum.curriculum_check import check_curriculum
from rop_facilitator.curriculum.file_reader import MAX_LINE
from rop_facilitator.curriculum.load import load_curriculum
from rop_facilitator.curriculum.markers import box_marks, fitted_text, marked, without_markers
from rop_facilitator.curriculum.model import Curriculum, Method
from rop_facilitator.documents.check.rendering_check import check_leader_text

STEPS = """\
### 20 min · Først {pedagogisk}
Snakk sammen.

> [!ASK] {90}
> «Hva er lenge?»
og litt til
>
> [!WATCH]
> Dette hører til boksen over.

> [!WATCH] Husk {60} {only prove}
> Kort tid.
- Punkt etter boksen

### 10 min · Pause
Kaffe.

### 20 min · Lang øving {kognitiv} {90}
Øv.

### 10 min · Etterpå
Snakk.

### 30 min · Bare andre {only annet-kurs}
Ikke her.
"""


def put_steps(folder: Path, steps: str) -> None:
    page = folder / "hel.md"
    text = page.read_text(encoding="utf-8")
    before, rest = text.split("### 20 min · Først {pedagogisk}\n", 1)
    page.write_text(before + steps + "\n## Hjemmeoppgave" + rest.split("## Hjemmeoppgave", 1)[1], encoding="utf-8")


@pytest.fixture
def curriculum(folder: Path) -> Curriculum:
    put_steps(folder, STEPS)
    (folder.parent / "annet-kurs").mkdir()
    (folder.parent / "annet-kurs" / "curriculum.yaml").write_text("", encoding="utf-8")
    curriculum, problems = load_curriculum(folder)
    assert problems == []
    assert curriculum is not None
    return curriculum


def agenda(curriculum: Curriculum, minutes: int) -> list[tuple[int, str]]:
    return [(step.minutes, step.title) for step in lay_out(curriculum, curriculum.sessions[0], minutes)]


def test_a_marked_step_is_in_meetings_of_its_frame_only(curriculum: Curriculum) -> None:
    assert agenda(curriculum, 90) == [
        (15, "Velkommen"),
        (20, "Først"),
        (10, "Pause"),
        (20, "Lang øving"),
        (10, "Etterpå"),
        (15, "Avslutning"),
    ]
    assert agenda(curriculum, 60) == [(10, "Velkommen"), (27, "Først"), (13, "Etterpå"), (10, "Avslutning")]
    # A meeting of another length follows the nearest frame, of two the shorter.
    assert [title for _minutes, title in agenda(curriculum, 75)] == [title for _n, title in agenda(curriculum, 60)]
    assert [theme_minutes(curriculum, curriculum.sessions[0], frame) for frame in curriculum.frames] == [
        (30, 40),
        (50, 50),
    ]


def test_a_step_of_another_course_is_there_when_that_course_holds_the_session(curriculum: Curriculum) -> None:
    other = Curriculum("annet-kurs", curriculum.folder, "Annet", "nb", (), curriculum.frames)
    theme = Theme(curriculum.sessions[0], "Hel sesjon", curriculum=other)
    assert "Bare andre" in [step.title for step in lay_out(curriculum, [theme], 90)]
    boxes = next(step.text for step in lay_out(curriculum, [theme], 60) if step.title == "Først")
    assert "Kort tid" not in boxes


def test_a_marked_box_prints_there_only_and_lines_count_on(curriculum: Curriculum) -> None:
    long, short = (lay_out(curriculum, curriculum.sessions[0], minutes)[1].text for minutes in (90, 60))
    assert long == (
        "Snakk sammen.\n\n> [!ASK]\n> «Hva er lenge?»\nog litt til\n>\n> [!WATCH]\n> Dette hører til boksen over.\n"
        "\n\n\n- Punkt etter boksen"
    )
    assert short == "Snakk sammen.\n\n\n\n\n\n> [!WATCH]\n> Dette hører til boksen over.\n\n> [!WATCH] Husk\n" + (
        "> Kort tid.\n- Punkt etter boksen"
    )


def test_the_check_reads_every_box_as_it_prints(folder: Path, curriculum: Curriculum) -> None:
    assert [p for p in check_curriculum(folder) if p.level == "fault"] == []
    assert check_leader_text(curriculum) == []
    assert curriculum.sessions[0].steps[2].method is Method.COGNITIVE


def test_boxes_in_notes_and_recap_are_marked_too(folder: Path) -> None:
    page = folder / "hel.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("## Repetisjon", "> [!TIP] {60}\n> Lite tid.\n\n## Repetisjon"), encoding="utf-8")
    curriculum, problems = load_curriculum(folder)
    assert problems == []
    assert curriculum is not None
    materials = curriculum.sessions[0].materials
    assert fitted_text(materials, 90, "prove") == "- Penner\n\n\n"
    assert fitted_text(materials, 60, "prove") == without_markers(materials) == "- Penner\n\n> [!TIP]\n> Lite tid."


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "advice"),
    [
        (
            "{kognitiv} {90}",
            "{kognitiv} {45}",
            29,
            "No frame of this course has 45 minutes, so this would never print.",
            "These are there: {60}, {90}.",
        ),
        (
            "[!ASK] {90}",
            "[!ASK] {45}",
            15,
            "No frame of this course has 45 minutes, so this would never print.",
            "These are there: {60}, {90}.",
        ),
        (
            "[!ASK] {90}",
            "[!ASK] {lang}",
            15,
            "“lang” does not say where the box prints.",
            "Write one of these: {60}, {90}, {only …}.",
        ),
        (
            "{kognitiv} {90}",
            "{kognitiv} {bare 90}",
            29,
            "“bare 90” is not a method.",
            "Write one of these: {motiverende}, {pedagogisk}, {kognitiv}, {60}, {90}, {only …}.",
        ),
        (
            "{kognitiv} {90}",
            "{kognitiv} {pedagogisk}",
            29,
            "A step has one method.",
            "Take away one of them.",
        ),
        (
            "{only annet-kurs}",
            "{only annet-kur}",
            35,
            "There is no course “annet-kur”, so this prints nowhere.",
            "Did you mean “annet-kurs”?",
        ),
        (
            "{60} {only prove}",
            "{60} {only xyzzy}",
            22,
            "There is no course “xyzzy”, so this prints nowhere.",
            "",
        ),
    ],
)
def test_a_marker_that_is_none_is_a_fault_with_its_line(
    folder: Path, curriculum: Curriculum, old: str, new: str, line: int, what: str, advice: str
) -> None:
    assert old in STEPS
    put_again = (folder / "hel.md").read_text(encoding="utf-8").replace(old, new)
    (folder / "hel.md").write_text(put_again, encoding="utf-8")
    problem = next(p for p in check_curriculum(folder) if p.text == what)
    assert (problem.level, Path(problem.file).name, problem.line) == ("fault", "hel.md", line)
    assert problem.advice == advice or (not advice and problem.advice.startswith("These are here: annet-kurs, "))


def test_a_course_that_is_gone_takes_no_session_of_others_with_it(folder: Path) -> None:
    put_steps(folder, STEPS)
    curriculum, problems = load_curriculum(folder)
    assert problems == []
    assert curriculum is not None
    assert [title for _minutes, title in agenda(curriculum, 90)][3:5] == ["Lang øving", "Etterpå"]


def test_words_in_braces_that_are_no_markers() -> None:
    assert marked("Ring {{ packet.doctor }}").marks == ()
    assert marked("A {b} c").marks == ()
    assert marked("A {60}{90}").minutes == (60, 90)
    assert marked("A {Only E-IMR} {²}").courses == ("e-imr",)
    assert marked("A {Only E-IMR} {²}").others == ("²",)
    assert box_marks("    > [!ASK] {90}") is None
    assert box_marks("> [ASK] {90}") is None


def test_a_long_row_of_braces_takes_no_time() -> None:
    assert len(marked("x " + "{90}" * 500).marks) == 6
    assert marked("{" * MAX_LINE + "{").marks == ()
    assert marked("x" + " " * MAX_LINE + "y").marks == ()
