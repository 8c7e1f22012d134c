"""`{60}`, `{90}` and `{only …}` in all papers of a meeting alike: agenda, notes, wall, and both kinds of file."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from rop_facilitator.curriculum.agenda import lay_out
from rop_facilitator.curriculum.load import load_library
from rop_facilitator.documents.output.write_paper import write_paper
from rop_facilitator.documents.page.blocks import Packet, plain_text
from rop_facilitator.documents.papers.meeting.meeting_packet import packet_of
from rop_facilitator.paths import curricula_folders
from tests.borrowing_course import SESSION, write_borrowing_course
from tests.documents.course import Course, open_course

MARKED = SESSION.replace(
    """### 17 min · Så
Øv.
""",
    """> [!ASK] {90}
> «Langt spørsmål?»

> [!ASK] {60}
> «Kort spørsmål?»

### 10 min · Lang øving {90}
Øv lenge.

### 7 min · Så
Øv.

> [!WATCH] {only kat-rop}
> Annet kurs.

### 5 min · Fremmed øving {only kat-rop}
Annet steg.
""",
).replace("- Penner", "- Penner\n\n> [!TIP] {90}\n> Stort ark.")
LONG = ("Langt spørsmål?", "Lang øving", "Øv lenge.")
SHORT = ("Kort spørsmål?",)
NOWHERE = ("Annet kurs.", "Fremmed øving", "Annet steg.", "{90}", "{60}", "{only")


@contextmanager
def course_of(tmp_path: Path, minutes: int) -> Iterator[Course]:
    folder = write_borrowing_course()
    (folder / "malet-mitt.md").write_text(MARKED, encoding="utf-8")
    library = load_library(curricula_folders())
    assert not library.problems
    with open_course(tmp_path, library, "laan") as course:
        for meeting in course.group.meetings:
            meeting.minutes = minutes
        yield course


def text_of(packet: Packet, path: Path) -> str:
    """What a reader reads in the file, hard spaces as spaces."""
    write_paper(packet, path)
    if path.suffix == ".pdf":
        text = "\n".join(page.extract_text() for page in PdfReader(path).pages)
    else:
        document = docx.Document(str(path))
        cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
        nested = [
            cell.text
            for table in document.tables
            for row in table.rows
            for outer in row.cells
            for inner in outer.tables
            for inner_row in inner.rows
            for cell in inner_row.cells
        ]
        text = "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells, *nested])
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(("minutes", "there", "gone"), [(90, LONG, SHORT), (60, SHORT, LONG)])
def test_papers_have_what_is_for_their_length(
    tmp_path: Path, minutes: int, there: tuple[str, ...], gone: tuple[str, ...]
) -> None:
    with course_of(tmp_path, minutes) as course:
        course.group.themes_on_plans = True
        facts = course.facts(1)
        packet, problems = packet_of(facts)
        assert [problem for problem in problems if problem.level == "fault"] == []
        steps = lay_out(facts.curriculum, facts.themes, facts.minutes)
    assert sum(step.minutes for step in steps) == minutes
    for ending in (".pdf", ".docx"):
        text = text_of(packet, tmp_path / f"pakke{ending}")
        for words in there:
            assert words in text, (ending, words)
        for words in (*gone, *NOWHERE):
            assert words not in text, (ending, words)
    [wall] = [document for document in packet.documents if document.paper == "agenda-wall"]
    assert ("Lang øving" in plain_text(wall.blocks)) is (minutes == 90)
