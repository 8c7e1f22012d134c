"""Names of 60 letters wrap on every paper and nothing of them is cut; no page of a register holds one line only."""

import io
import re

import pytest
from docx import Document as Word
from pypdf import PdfReader

from rop_facilitator.documents.output.docx import render_docx
from rop_facilitator.documents.output.pdf import render_pdf
from rop_facilitator.documents.page import blocks as b
from rop_facilitator.documents.page.blocks import words as w
from rop_facilitator.documents.papers.meeting.meeting_packet import _row_mm

NAMES = (
    "Anne-Margrethe Elisabeth Kristoffersen Vestergaard Fjærestrand",
    "Bartholomeusmaximiliankonstantinossebastianfriedrichwilhelms",
)
PAGE_POINTS = 595


def register(names: list[str], meetings: int = 11) -> b.Document:
    heads = tuple(b.RegisterMeeting(str(n), f"{n}. sept.") for n in range(1, meetings + 1))
    marks = tuple(b.RegisterMark("M") for _n in range(meetings))
    rows = tuple(b.RegisterRow(w(name), marks, "11/11", "100 %") for name in names)
    foot = b.RegisterFoot("Til stede", ("2",) * (meetings + 2))
    legend = b.Legend(tuple((letter, "kom for sent") for letter in "MSTDAKIF"))
    blocks = (b.Register(heads, rows, foot=foot), legend, b.Small(w("Tallene gjelder hele kurset.")))
    return b.Document("register", "Oppmøte", blocks, for_leader=True, landscape=True)


def sign_in(names: list[str]) -> b.Document:
    rows = tuple((w(str(n)), b.Name(w(name)), ()) for n, name in enumerate([*names, "", ""], 1))
    table = b.Table((w("Nr."), w("Fornavn"), w("Initialer")), rows, widths=(16, 88, 56), row_mm=_row_mm(len(rows)))
    return b.Document("sign-in", "Oppmøteliste", (table,), for_leader=True, size_pt=14.5)


def table(names: list[str]) -> b.Document:
    rows = tuple((b.Name(w(name)), w("1, 2, 3")) for name in names)
    table = b.Table((w("Navn"), w("Ark")), rows, widths=(34, 126), row_mm=6.4, row_head=True)
    return b.Document("substitute", "Vikararket", (table,), for_leader=True, size_pt=10)


def certificate(names: list[str]) -> b.Document:
    signer = b.Signer((), w("Kursleder"))
    return b.Document("certificate", "Kursbevis", who=names[0], landscape=True, signers=(signer, signer))


def slip(names: list[str]) -> b.Document:
    return b.Document("slip", "Til deg", (b.Heading(w("I dag")),), who=names[0], kicker="Tirsdagsgruppa " * 4)


def compact(text: str) -> str:
    """Without what parts words and lines."""
    return re.sub(r"[\s\u200b]", "", text)


PAPERS = [register, sign_in, table, certificate, slip]


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", NAMES, ids=["words", "one word"])
def test_a_long_name_is_whole_and_within_its_page(paper, name):
    pdf, lost = render_pdf(b.Packet("Navn", "nb", (paper([name]),)))
    assert not lost
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    pieces: list[tuple[float, float, str]] = []

    def note(text, matrix, place, _font, size):
        if text.strip():
            pieces.append((matrix[4] + place[4], place[5] or matrix[5], text))

    page.extract_text(visitor_text=note)
    whole, lines = compact(name), [compact(line) for line in page.extract_text().splitlines()]
    assert whole in "".join(lines)
    assert all(0 < x < float(page.mediabox.width) for x, _y, _text in pieces)
    assert paper in (slip, sign_in) or not any(whole in line for line in lines)  # it has wrapped


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("name", NAMES, ids=["words", "one word"])
def test_in_word_the_row_grows_with_the_name(paper, name):
    word = Word(io.BytesIO(render_docx(b.Packet("Navn", "nb", (paper([name]),)))))
    heads = [part._element.xml for section in word.sections for part in (section.header, section.first_page_header)]
    xml = word.element.xml + "".join(heads)
    assert name in xml
    assert 'w:hRule="exact"' not in xml
    assert "w:noWrap" not in xml


@pytest.mark.parametrize("people", [*range(12, 20), *range(28, 36)])
def test_the_last_page_of_a_register_has_people_on_it(people):
    names = [f"Person nummer {n:02d}" for n in range(people)]
    pdf, _lost = render_pdf(b.Packet("Oppmøte", "nb", (register(names),)))
    for page in PdfReader(io.BytesIO(pdf)).pages:
        assert re.search(r"Person nummer \d\d", page.extract_text())


@pytest.mark.parametrize("people", range(10, 40))
def test_the_last_page_of_a_sign_in_sheet_has_some_rows(people):
    rows = people + 2
    height = _row_mm(rows)
    left = rows - int(216 // height)
    assert left <= 0 or left % int(251 // height) not in (1, 2)
