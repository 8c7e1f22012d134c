"""Every handout that travels with the program, rendered by itself: it fits its pages and one sheet of paper."""

import io
from pathlib import Path

import pypdf
import pytest

from rop_facilitator.documents.check.find_files import language_of
from rop_facilitator.documents.output.pdf import render_pdf
from rop_facilitator.documents.papers.handout import handout_packet, load_handout
from rop_facilitator.paths import shipped

ONE_SHEET = 2
SHEETS = sorted(path for path in shipped("handouts").glob("*/*.md") if path.parent.name != "papers")


def what_is_over(path: Path) -> list[str]:
    """What does not fit: more pages than its head says or than a sheet has, signs without a letter, other faults."""
    handout, problems = load_handout(path, language_of(path.parent))
    assert handout is not None
    packet, faults = handout_packet(handout)
    pdf, lost = render_pdf(packet)
    pages = len(pypdf.PdfReader(io.BytesIO(pdf)).pages)
    over = [f"{pages} pages of {most}" for most in {handout.pages, ONE_SHEET} if pages > most]
    return [*over, *map(str, (*problems, *faults, *lost))]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_it_fits(path: Path) -> None:
    assert what_is_over(path) == []


@pytest.mark.parametrize(
    ("pages", "body", "expected"),
    [
        (1, "{{ lines(12) }}", []),
        (1, "{{ lines(12) }}\n\n{{ page_break() }}\n\n{{ lines(12) }}", ["2 pages of 1"]),
        (4, "A\n\n{{ page_break() }}\n\nB\n\n{{ page_break() }}\n\nC", ["3 pages of 2"]),
    ],
)
def test_one_that_does_not_fit_would_be_found(tmp_path: Path, pages: int, body: str, expected: list[str]) -> None:
    path = tmp_path / "ark.md"
    head = f"---\ntitle: Ark\nkind: handout\norigin: proposal\npages: {pages}\n---\n"
    path.write_text(f"{head}{body}\n", encoding="utf-8")
    assert what_is_over(path) == expected
