"""A page about a module: in the library and on paper, and no session in any count or plan."""

from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from rop_facilitator.cli import main
from rop_facilitator.curriculum.load import load_curriculum, load_library
from rop_facilitator.curriculum.model import Library, Origin
from rop_facilitator.documents.check.rendering_check import check_paths
from rop_facilitator.documents.papers.handout import print_handout
from rop_facilitator.paths import shipped
from rop_facilitator.planning.planned_sessions import planned_sessions_of
from tests.curriculum.conftest import CURRICULUM

PAGE = """\
---
title: Om modulen
origin: proposal
handouts: [kat-rop/min-kriseplan]
---
Ring {{ packet.emergency }} når det haster.

## Det som er verdt å vite
> [!ASK]
> «Hva vet dere fra før?»
"""


@pytest.fixture
def with_overview(folder: Path) -> Path:
    """The made-up curriculum with a page about its module."""
    text = CURRICULUM.replace("    sessions: [hel, utkast]", "    sessions: [hel, utkast]\n    overview: om-modulen")
    (folder / "curriculum.yaml").write_text(text, encoding="utf-8")
    (folder / "om-modulen.md").write_text(PAGE, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library((shipped("curricula"),))


def test_an_overview_as_a_value_and_no_session(with_overview: Path) -> None:
    curriculum, problems = load_curriculum(with_overview)
    assert problems == []
    assert curriculum is not None
    [page] = curriculum.overviews
    assert (page.id, page.title, page.origin, page.line) == ("prove/om-modulen", "Om modulen", Origin.PROPOSAL, 6)
    assert page.handouts == ("kat-rop/min-kriseplan",)
    assert curriculum.overview("prove/om-modulen") == (curriculum.modules[0], page)
    assert [session.id for session in curriculum.sessions] == ["prove/hel", "prove/utkast"]
    assert curriculum.session("prove/om-modulen") is None
    assert [planned.key for planned in planned_sessions_of(curriculum, 90)] == ["prove/hel", "prove/utkast"]
    assert [p.text for p in check_paths([with_overview]) if "om-modulen" in p.file] == []


@pytest.mark.parametrize(
    ("change", "file", "line", "what"),
    [
        (("sessions: [hel, utkast]", "sessions: [hel]"), "utkast.md", 0, "No module names this session."),
        (("om-modulen", "borte"), "curriculum.yaml", 18, "There is no file borte.md for this page."),
        (("om-modulen", "hel"), "curriculum.yaml", 18, "The session “hel” stands twice."),
        (("om-modulen", "trygg-gruppe"), "curriculum.yaml", 18, "“trygg-gruppe” is not a session."),
        (("title: Om modulen", "titel: Om modulen"), "om-modulen.md", 2, "“titel” is not a field here."),
        (("> [!ASK]", "> [!SPØR]"), "om-modulen.md", 9, "The box does not say what it is."),
        (("packet.emergency", "packet.emergenci"), "om-modulen.md", 6, ""),
        (("min-kriseplan", "borte"), "om-modulen.md", 4, "The handout “kat-rop/borte” is missing."),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    with_overview: Path, change: tuple[str, str], file: str, line: int, what: str
) -> None:
    for name in ("curriculum.yaml", "om-modulen.md"):
        text = (with_overview / name).read_text(encoding="utf-8")
        (with_overview / name).write_text(text.replace(*change), encoding="utf-8")
    told = [(Path(p.file).name, p.line, p.text) for p in check_paths([with_overview])]
    assert any(place[:2] == (file, line) and what in place[2] for place in told), told


def test_no_session_of_ours_is_an_overview(library: Library) -> None:
    course = library.curricula["kombinerte-behandlingstiltak"]
    assert [page.id.partition("/")[2] for page in course.overviews] == [
        "kartlegging-og-diagnostisering",
        "fysisk-aktivitet",
        "familie-og-parorende",
        "ettervern-og-samarbeid",
        "behandling-i-rusakutt",
        "pasientundervisning",
    ]
    assert len(course.sessions) == 10
    for curriculum in library:
        for session in curriculum.sessions:
            words = " ".join([session.title, *(step.title for step in session.steps)]).casefold()
            assert "lederens oversikt" not in words
            assert session.is_outline or len(session.steps) > 1, session.id


def test_it_prints_as_pdf_and_word(library: Library, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = "kombinerte-behandlingstiltak/fysisk-aktivitet"
    assert main(["handout", name, "-o", str(tmp_path / "side.pdf")]) == 0
    pages = PdfReader(tmp_path / "side.pdf").pages
    text = "\n".join(page.extract_text() for page in pages).replace("\N{NO-BREAK SPACE}", " ")
    assert "Kombinerte behandlingstiltak · modul 5" in text
    assert "Trygt nok?" in text
    assert "Til gruppeleder" in text
    assert print_handout(library, name, tmp_path / "side.docx") == []
    words = "\n".join(paragraph.text for paragraph in docx.Document(str(tmp_path / "side.docx")).paragraphs)
    assert "Fysisk aktivitet" in words
    assert "Trygt nok?" in words
