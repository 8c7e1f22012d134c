"""A leader's folder as values, and every mistake in it told at once while the rest still loads."""

import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from rop_facilitator import i18n
from rop_facilitator.curriculum.curriculum_check import check_curriculum
from rop_facilitator.curriculum.load import load_curriculum, load_library
from rop_facilitator.curriculum.model import Kind, Method, Origin, Stage
from tests.curriculum.conftest import COMPLETE, CURRICULUM, OUTLINE


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


def problems_in(folder: Path) -> list[tuple[str, int, str]]:
    return [(Path(p.file).name, p.line, p.text) for p in load_curriculum(folder)[1]]


def test_a_curriculum_as_values(folder: Path) -> None:
    curriculum, problems = load_curriculum(folder)
    assert problems == []
    assert curriculum is not None
    assert (curriculum.id, curriculum.title, curriculum.language) == ("prove", "Prøvekurs", "nb")
    assert [(frame.minutes, frame.theme_minutes) for frame in curriculum.frames] == [(60, 40), (90, 50)]
    assert curriculum.frames[0].steps[0].text == "Si hei."
    assert curriculum.frames[0].steps[0].line == 5
    assert "116 117" in curriculum.safety
    whole, outline = curriculum.sessions
    assert (whole.id, whole.title, whole.origin) == ("prove/hel", "Hel sesjon", Origin.PROPOSAL)
    assert whole.aims == ("Jeg vet noe", "Jeg kan noe")
    assert whole.handouts == ("prove/ark",)
    assert whole.stages == (Stage.ENGAGEMENT, Stage.ACTIVE)
    assert [(s.minutes, s.title, s.method, s.line) for s in whole.steps] == [
        (20, "Først", Method.EDUCATIONAL, 13),
        (10, "Pause", None, 19),
        (30, "Etterpå", Method.COGNITIVE, 22),
    ]
    assert whole.steps[0].text == "Snakk sammen.\n\n#### Den som er i gang\nSpør videre."
    assert whole.home_practice == "Gå en tur i dag."
    assert whole.home_practice_notes == "Til lederen: spør om turen."
    assert whole.materials == "- Penner"
    assert whole.recap == "Sist snakket vi sammen."
    assert not whole.is_outline
    assert outline.is_outline


def test_the_keys_of_the_run_sheet_are_lines_and_lists(folder: Path) -> None:
    lines = "kind: RØRE\nshape: F3\nweave: A\nquestion: Hva fyller glasset?\nready: glass, 1,5 l vann, småstein\n"
    change(folder / "hel.md", "stages: [", f"{lines}themes: ensomhet\nprinted_title:\nstages: [")
    curriculum, problems = load_curriculum(folder)
    assert problems == []
    assert curriculum is not None
    session = curriculum.sessions[0]
    assert (session.kind, session.shape, session.weave) == (Kind.RORE, "F3", "A")
    assert (session.question, session.printed_title) == ("Hva fyller glasset?", "")
    assert session.ready == ("glass", "1,5 l vann", "småstein")
    assert session.themes == ("ensomhet",)


@pytest.mark.parametrize("sign", ["·", "-", "–", "—", ":", " · ", ":  "])
@pytest.mark.parametrize("minutes", ["20 min", "20 minutter", "20", "20 Min."])
def test_all_ways_to_write_a_step(folder: Path, sign: str, minutes: str) -> None:
    change(folder / "hel.md", "### 20 min · Først {pedagogisk}", f"### {minutes}{sign}Først: A-B {{Pedagogisk}} ##")
    curriculum, problems = load_curriculum(folder)
    assert problems == []
    assert curriculum is not None
    step = curriculum.sessions[0].steps[0]
    assert (step.minutes, step.title, step.method) == (20, "Først: A-B", Method.EDUCATIONAL)


def test_english_headings(folder: Path) -> None:
    change(folder / "curriculum.yaml", "language: nb", "language: en")
    page = COMPLETE
    for old, new in (
        ("## Mål", "## AIMS:"),
        ("Hjemmeoppgave", "Home practice"),
        ("Materiell", "Materials"),
        ("Repetisjon", "Recap"),
        ("pedagogisk", "educational"),
        ("kognitiv", "cognitive"),
    ):
        page = page.replace(old, new)
    (folder / "hel.md").write_text(page, encoding="utf-8")
    (folder / "utkast.md").write_text(OUTLINE.replace("Mål", "Aims"), encoding="utf-8")
    curriculum, problems = load_curriculum(folder)
    assert problems == []
    assert curriculum is not None
    assert curriculum.sessions[0].steps[2].method is Method.COGNITIVE


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("title: Hel sesjon", "title: Økt 3: Hel", 2, "There is a colon inside the text."),
        ("title: Hel sesjon\n", "", 1, "“title” is missing."),
        ("title: Hel sesjon", "title:", 2, "“title” is missing."),
        ("title: Hel sesjon", "title: [a]", 2, "“title” must be text."),
        ("title: Hel sesjon", "title: true", 2, "“title” must be text."),
        ("title: Hel sesjon", 'title: ""', 2, "“title” is empty."),
        ("title: Hel sesjon", "title: " + "x" * 301, 2, "“title” is too long."),
        ("title: Hel sesjon", "titel: Hel", 2, "“titel” is not a field here."),
        ("origin: proposal", "origin: mine", 3, "“mine” cannot stand in “origin”."),
        ("[ark]", "ark", 4, "“handouts” must be a list."),
        ("[ark]", "[../ark]", 4, "“../ark” is not the name of a file in this folder."),
        ("[ark]", "[/etc/passwd]", 4, "“/etc/passwd” is not the name of a file in this folder."),
        ("[ark]", "[a\\b]", 4, "“a\\b” is not the name of a file in this folder."),
        ("[ark]", '["a\\0b"]', 4, "“a\0b” is not the name of a file in this folder."),
        ("[ark]", "[Ark]", 4, "“Ark” is not the name of a file in this folder."),
        ("[engagement, active]", "[engagement, later]", 5, "“later” cannot stand in “stages”."),
        ("stages: [", "kind: kart\nstages: [", 5, "“kart” cannot stand in “kind”."),
        ("stages: [", "shape: F6\nstages: [", 5, "“F6” cannot stand in “shape”."),
        ("stages: [", "question: |\n  Hva?\n  Når?\nstages: [", 5, "“question” has several lines."),
        ("stages: [", "quetsion: Hva?\nstages: [", 5, "“quetsion” is not a field here."),
        ("## Mål", "## Målene", 7, "“Målene” is not a heading of a session."),
        ("## Mål", "## Aims", 7, "“Aims” is not a heading of a session."),
        ("## Mål", "##Mål", 7, "A space is missing after ##."),
        ("## Mål", "# Hel sesjon\n## Mål", 7, "A heading with one # cannot stand here: the title stands in the head."),
        ("## Mål", "Noe først\n## Mål", 7, "This text stands before the first heading, so it would be lost."),
        ("- Jeg vet noe", "Deltakerne", 8, "Aims are a list."),
        ("## Materiell", "## Mål", 30, "The heading “Mål” stands twice; first in line 7."),
        ("### 20 min", "Noe først\n\n### 20 min", 12, "This text stands before the first step, so it would be lost."),
        (
            "### 20 min · Først",
            "### Først",
            12,
            "“Først {pedagogisk}” is not a step: minutes, a sign between, and a title.",
        ),
        (
            "20 min · Først",
            "20 min Først",
            12,
            "“20 min Først {pedagogisk}” is not a step: minutes, a sign between, and a title.",
        ),
        (
            "20 min · Først",
            "20 min ·",
            12,
            "“20 min · {pedagogisk}” is not a step: minutes, a sign between, and a title.",
        ),
        ("Kaffe.", "```\nKaffe.", 19, "The block that begins with ``` has no end."),
        ("{pedagogisk}", "{magisk}", 12, "“magisk” is not a method."),
        ("{pedagogisk}", "{educational}", 12, "“educational” is not a method."),
    ],
)
def test_a_mistake_in_a_session_is_told_and_the_rest_loads(
    folder: Path, old: str, new: str, line: int, what: str
) -> None:
    change(folder / "hel.md", old, new)
    curriculum, problems = load_curriculum(folder)
    assert ("hel.md", line, what) in problems_in(folder)
    assert all(problem.level == "fault" and problem.advice for problem in problems)
    assert curriculum is not None
    assert [session.id for session in curriculum.sessions] == ["prove/utkast"]


@pytest.mark.parametrize(
    ("old", "new", "line", "what"),
    [
        ("title: Prøvekurs", "title: KAT: ROP", 1, "There is a colon inside the text."),
        ("language: nb", "language: no", 2, "“no” cannot stand in “language”."),
        ("language: nb", "language: nb\nlanguage: en", 3, "“language” stands twice; first in line 2."),
        ("language: nb", "language: nb\nmonths: tre", 3, "“months” must be a whole number."),
        ("language: nb", "language: nb\nmonths: 0", 3, "“months” is too small."),
        ("language: nb", "language: nb\nmonts: 3", 3, "“monts” is not a field here."),
        ("  60:", "  lang:", 4, "“lang” must be a whole number."),
        ("  60:", "  5:", 4, "“5” is too small."),
        ("minutes: 40", "minutes: 1.5", 6, "“minutes” must be a whole number."),
        ("minutes: 40", "minutes: true", 6, "“minutes” must be a whole number."),
        ("minutes: 40", "minutes: -1", 6, "“minutes” is too small."),
        (", theme: true", "", 4, "The frame of 60 minutes has 0 steps for the theme."),
        ("minutes: 10}", "minutes: 10, theme: true}", 4, "The frame of 60 minutes has 2 steps for the theme."),
        (", theme: true", ", theme: kanskje", 6, "“theme” must be true or false."),
        (", theme: true", ", them: true", 6, "“them” is not a field here."),
        ('number: "1"', 'number: "1"\n    stated: mange', 15, "“stated” is the number of sessions."),
        ("    title: Alt\n", "", 14, "“title” is missing."),
        ("origin: proposal", "origin: ours", 16, "“ours” cannot stand in “origin”."),
        ("[hel, utkast]", "hel", 17, "“sessions” must be a list."),
        ("[hel, utkast]", "[../hel]", 17, "“../hel” is not the name of a file in this folder."),
        ("[hel, utkast]", '["hel\\n"]', 17, "“hel\n” is not the name of a file in this folder."),
    ],
)
def test_a_mistake_in_the_curriculum_is_told(folder: Path, old: str, new: str, line: int, what: str) -> None:
    change(folder / "curriculum.yaml", old, new)
    assert load_curriculum(folder)[0] is None
    assert problems_in(folder) == [("curriculum.yaml", line, what)]


def test_all_mistakes_of_all_files_at_once(folder: Path) -> None:
    """Three in curriculum.yaml, so that it cannot load, and two in a session: all five are told, with advice."""
    text = CURRICULUM.replace("title: Prøvekurs", "title: A: B").replace("language: nb", "languag: nb")
    (folder / "curriculum.yaml").write_text(text, encoding="utf-8")
    change(folder / "hel.md", "origin: proposal", "origin: mine")
    change(folder / "hel.md", "## Repetisjon", "## Reprise")
    assert [(file, line) for file, line, _what in problems_in(folder)] == [
        ("curriculum.yaml", 1),
        ("curriculum.yaml", 1),
        ("curriculum.yaml", 2),
        ("hel.md", 3),
        ("hel.md", 33),
    ]


@pytest.mark.parametrize(
    ("sessions", "what"),
    [
        ("[hel, borte]", "There is no file borte.md for this session."),
        ("[hel, hel]", "The session “hel” stands twice."),
        ("[hel, trygg-gruppe]", "“trygg-gruppe” is not a session."),
    ],
)
def test_a_session_that_is_not_there(folder: Path, sessions: str, what: str) -> None:
    change(folder / "curriculum.yaml", "[hel, utkast]", sessions)
    assert problems_in(folder) == [("curriculum.yaml", 17, what)]
    curriculum = load_curriculum(folder)[0]
    assert curriculum is not None
    assert [session.id for session in curriculum.sessions] == ["prove/hel"]


def test_headings_in_code_and_quotes_are_text(folder: Path) -> None:
    change(folder / "hel.md", "Øv.", "```\n## Mål\n### hei\n```\n> ## Sitat\n#### Under\n#ikke\n##### Lengst inne")
    curriculum, problems = load_curriculum(folder)
    assert problems == []
    assert curriculum is not None
    assert curriculum.sessions[0].steps[-1].text.startswith("```\n## Mål")


def test_aims_may_fill_several_lines(folder: Path) -> None:
    change(folder / "hel.md", "- Jeg vet noe", "1. Jeg vet noe\n   mer enn før")
    curriculum = load_curriculum(folder)[0]
    assert curriculum is not None
    assert curriculum.sessions[0].aims == ("Jeg vet noe mer enn før", "Jeg kan noe")


def test_lines_of_a_safety_page_with_a_head_still_count(folder: Path) -> None:
    (folder / "trygg-gruppe.md").write_text("---\ntitle: Trygg gruppe\n---\n## Uro\nRing.\n", encoding="utf-8")
    curriculum = load_curriculum(folder)[0]
    assert curriculum is not None
    assert curriculum.safety.split("\n")[3] == "## Uro"


def test_faults_are_named_from_where_one_stands(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    change(folder / "hel.md", "origin: proposal", "origin: mine")
    monkeypatch.chdir(folder.parent)
    assert [p.file for p in load_curriculum(Path("prove"))[1]] == [str(Path("prove") / "hel.md")]
    monkeypatch.chdir(folder)
    curriculum, problems = load_curriculum(Path())
    assert [p.file for p in problems] == ["hel.md"]
    assert curriculum is not None
    assert curriculum.id == "prove"


def test_a_broken_curriculum_never_stops_the_others(folder: Path) -> None:
    other = folder.parent / "annet"
    other.mkdir()
    (other / "curriculum.yaml").write_bytes(b"\xff\xfe\x00")
    (folder.parent / "Feil Navn").mkdir()
    (folder.parent / "Feil Navn" / "curriculum.yaml").write_text(CURRICULUM, encoding="utf-8")
    (folder.parent / "tom").mkdir()
    library = load_library((folder.parent.parent / "nowhere", folder.parent))
    assert list(library.curricula) == ["prove"]
    assert len(library.problems) == 2
    session = library.session("prove/hel")
    assert session is not None
    assert session.title == "Hel sesjon"
    assert library.session("prove/borte") is None


def test_the_leaders_own_folder_comes_first(folder: Path, tmp_path: Path) -> None:
    own = tmp_path / "own" / "prove"
    own.mkdir(parents=True)
    (own / "curriculum.yaml").write_text(CURRICULUM.replace("Prøvekurs", "Mitt"), encoding="utf-8")
    (own / "hel.md").write_text(COMPLETE, encoding="utf-8")
    (own / "utkast.md").write_text(OUTLINE, encoding="utf-8")
    folders = (own.parent, folder.parent)
    assert load_library(folders).curricula["prove"].title == "Mitt"
    (own / "curriculum.yaml").write_text("title: [", encoding="utf-8")
    library = load_library(folders)
    assert library.curricula["prove"].title == "Prøvekurs"
    assert library.problems


def test_every_fault_has_bokmaal_with_all_its_facts(folder: Path) -> None:
    change(folder / "hel.md", "origin: proposal", "origin: mine")
    with i18n.speaking("nb"):
        problem = load_curriculum(folder)[1][0]
    assert problem.text == "«mine» kan ikke stå i «origin»."
    assert problem.advice == "Skriv en av disse: source, repaired, inferred, proposal."


SALT = (
    """--- : - # ## ### { } [ ] " ' ` &a *a !!x å title modules: frames: 60: true ~ > ../ 12:30 {{ 7*7 }} [!ASK] ```"""
)
LINES = [
    "\n",
    "\t",
    "\0",
    "\x07",
    "\u202e",
    "## Mål\n",
    "## Plan\n",
    "### 0 min · x\n",
    "### 99999 min: x",
    "sessions: [hel]",
]
PIECES = st.sampled_from([*SALT.split(), *LINES])


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(
    name=st.sampled_from(["curriculum.yaml", "hel.md", "trygg-gruppe.md"]),
    cuts=st.lists(st.tuples(st.floats(0, 1), st.integers(0, 40), st.lists(PIECES, max_size=4)), min_size=1, max_size=5),
    raw=st.one_of(st.none(), st.binary(max_size=4)),
)
def test_no_mutation_of_a_file_raises(
    folder: Path, name: str, cuts: list[tuple[float, int, list[str]]], raw: bytes | None
) -> None:
    """Cut, doubled and salted files: always values and Problems, never an exception."""
    whole = folder / name
    data = whole.read_bytes()
    with tempfile.TemporaryDirectory() as home:
        copy = Path(home) / "curricula" / "prove"
        copy.mkdir(parents=True)
        for page in folder.iterdir():
            (copy / page.name).write_bytes(page.read_bytes())
        for share, length, pieces in cuts:
            at = int(share * len(data))
            data = data[:at] + "".join(pieces).encode() + (raw or b"") + data[at + length :]
        (copy / name).write_bytes(data)
        problems = check_curriculum(copy)
        assert all(problem.text and problem.advice and problem.line >= 0 for problem in problems)
        library = load_library((copy.parent,))
        assert all(problem in problems for problem in library.problems)
