import dataclasses
import io
import random

import pypdf
import pytest

from rop_facilitator.documents.output import pdf as pdf_module
from rop_facilitator.documents.output.fonts import LOST, glyphs, printable, visible_text
from rop_facilitator.documents.output.pdf import figure_png, page_counts, render_pdf
from rop_facilitator.documents.page import blocks as b
from rop_facilitator.documents.page.blocks import words as w
from rop_facilitator.errors import UserError
from rop_facilitator.i18n import set_language

HOSTILE = [
    "*x*",
    '#read("/etc/passwd")',
    "<b>x</b>",
    "{{ 7*7 }}",
    "a | b",
    "$x$ @y <z> \\u{41} #panic()",
    "x" * 500,
    "Kari " * 100,
    "\u202eirak\u202c",
    "👨‍👩‍👧‍👦 👍🏽 🇳🇴",
    "สมชาย",
    "Z" + "\u0301" * 200,
    "\x00\x07\x1b[31m\x7f",
    "a\tb\nc\r\nd\u2028e",
    "\ufeff\u200b",
    "",
    "   ",
    "مریم می‌خواهم",
    "דוד",
    "Ŋuŋŋá Đđ ŧ ẞ İ",
    "\ud800",
    "\U0010ffff\ue000",
    "=1+1",
    "□",
]


def read(data):
    return pypdf.PdfReader(io.BytesIO(data))


def text_of(reader):
    return "\n".join(page.extract_text() for page in reader.pages)


def named(name):
    own = w(name)
    table = b.Table((w("A"),), ((b.Name(own),), (own,)))
    notes = b.StepNotes((b.NotedStep("13.00", own, name, name, (b.Paragraph(own),)),))
    blocks = (b.Heading(w("I dag")), b.Heading(own), b.Paragraph(w(f"Hei {name}.")), table, notes)
    lists = (b.RunList(own, (own, own), tick=True), b.RunList(own, (own,)))
    rows = (b.RunRow("13.00", own, "5", own), b.RunRow("13.05", own, "5", own, theme=1))
    theme = b.RunTheme(own, own, own, own, own, own)
    run = b.Document(
        "run-sheet", name, (b.RunSheet(rows, (theme,), lists, lists, (("113", name),), own),), size_pt=13.5
    )
    slip = b.Document("slip", "Til deg", blocks, who=name, kicker=name, date=name, footer=name, lead=own)
    certificate = b.Document("certificate", "Kursbevis", who=name, landscape=True, signers=(b.Signer(own, own),))
    return b.Packet(name, "nb", (slip, certificate, run))


def test_every_paper_is_a_tagged_pdf_in_its_language(every_paper):
    set_language("en")
    data, problems = render_pdf(every_paper)
    reader = read(data)
    assert problems == ()
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "nb-NO"
    assert "/StructTreeRoot" in root
    assert root["/MarkInfo"]["/Marked"]
    assert "pdfuaid:part>1<" in root["/Metadata"].get_data().decode().replace("pdfuaid:part>1</", "pdfuaid:part>1<")
    assert reader.metadata.title == "Alle blokker"
    text = text_of(reader).replace("\u00a0", " ")
    for word in ("For og imot", "Hva handler det om?", "Spør", "Pass på", "Viktig", "Det viktigste i dag", "Kursbevis"):
        assert word in text, word
    assert "116 117" in text
    assert "Side 1 av" in text


def test_the_language_of_the_paper_is_not_that_of_the_window(every_paper):
    set_language("nb")
    english = dataclasses.replace(every_paper, language="en")
    reader = read(render_pdf(english)[0])
    assert reader.trailer["/Root"]["/Lang"] == "en-GB"
    assert "What matters most today" in text_of(reader)
    assert "Page 1 of" in text_of(reader)


def test_page_counts_are_those_of_the_file(every_paper):
    packet = dataclasses.replace(every_paper, duplex=False)
    counts = page_counts(packet)
    assert sum(counts) == len(read(render_pdf(packet)[0]).pages)
    assert counts[0] >= 2
    assert set(counts[1:]) == {1}
    assert page_counts(dataclasses.replace(packet, documents=())) == ()


def test_in_duplex_each_person_begins_a_fresh_sheet():
    people = tuple(
        b.Document("slip", "Til deg", (b.Paragraph(w("Hei")),), who=name) for name in ("Amir", "Åse", "Kari")
    )
    packet = b.Packet("t", "nb", people)
    assert len(read(render_pdf(packet)[0]).pages) == 5
    assert len(read(render_pdf(dataclasses.replace(packet, duplex=False))[0]).pages) == 3


def test_bookmarks_are_people_and_sheets(every_paper):
    outline = [mark.title for mark in read(render_pdf(every_paper)[0]).outline if not isinstance(mark, list)]
    assert outline == [
        *("For og imot", "Kjøreplan", "Notater", "Plan for dagen", "Oppmøte", "Kursbevis", "Kari"),
        *("Trygg gruppe", "Amir", "Åse", "Kari"),
    ]


@pytest.mark.parametrize("name", HOSTILE, ids=lambda name: ascii(name)[:30])
def test_any_name_prints(name):
    data, _problems = render_pdf(named(name))
    reader = read(data)
    assert len(reader.pages) >= 3
    assert "root:" not in text_of(reader)


@pytest.mark.parametrize("name", ["*x*", '#read("/etc/passwd")', "<b>x</b>", "{{ 7*7 }}", "a | b", "O'Brien %s {x}"])
def test_markup_in_a_name_prints_as_it_stands(name):
    assert name in text_of(read(render_pdf(named(name))[0]))


def test_names_of_two_lines_take_no_more_room_than_a_signature():
    assert page_counts(dataclasses.replace(named("Kari"), documents=named("Kari").documents[:1])) == (1,)
    people = tuple((str(n), b.Name(w("Kari Nordmann-Hansen av Solvik " * 2)), ()) for n in range(14))
    rows = tuple((w(n), name, ()) for n, name, _empty in people)
    table = b.Table((w("Nr."), w("Fornavn"), w("Initialer")), rows, (16, 88, 56), 14.6)
    document = b.Document("sign-in", "Oppmøteliste", (table,), for_leader=True, size_pt=14.5)
    assert page_counts(b.Packet("t", "nb", (document,))) == (1,)


def test_random_names_print():
    draw = random.Random(7)
    ranges = [
        (0x20, 0x2FF),
        (0x300, 0x36F),
        (0x590, 0x6FF),
        (0x900, 0xE7F),
        (0x2000, 0x27BF),
        (0x1F300, 0x1FAFF),
        (0x8D0, 0x8FF),
        (0, 0x1F),
    ]
    names = ["".join(chr(draw.randint(*draw.choice(ranges))) for _ in range(draw.randint(0, 60))) for _ in range(300)]
    documents = tuple(document for name in names for document in named(name).documents[:2])
    data, problems = render_pdf(b.Packet("t", "nb", documents))
    assert len(problems) == 1
    assert len(read(data).pages) >= 600


def test_lost_characters_become_a_box_and_are_told():
    _data, problems = render_pdf(named("Kari ส ✓"))
    assert len(problems) == 1
    assert "U+0E2A" in problems[0].text
    assert "U+2713" in problems[0].text
    assert render_pdf(named("Kari Ŋ مریم"))[1] == ()


def test_the_box_is_no_glyph_of_our_fonts():
    assert not any(LOST in family for family in glyphs())  # else the layout must not draw it


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Kari", "Kari"),
        ("e\u0301", "é"),
        ("a\u202eb\u200fc", "abc"),
        ("Z" + "\u0301" * 9, "Ź\u0301\u0301"),
        ("a\x00\x07b", "ab"),
        ("a\tb\u2028c", "a b c"),
        ("a\nb", "a\nb"),
        ("06\u201107", "06-07"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("a\u200cb", "ab"),
        ("👨‍👩‍👧", "👨"),
        ("👍🏽", "👍"),
        ("ab\u00adc", "abc"),
    ],
)
def test_text_is_cleaned(before, after):
    assert visible_text(before) == after
    assert visible_text(after) == after


def test_an_accent_that_no_font_has_with_its_letter_is_left_out_and_told():
    lost = set()
    assert printable("a\u0e31b", lost) == "ab"
    assert lost == {"\u0e31"}


def test_printable_keeps_the_shape():
    lost = set()
    assert printable({"a": ["ส", 1, None, {"b": "ok"}]}, lost) == {"a": [LOST, 1, None, {"b": "ok"}]}
    assert lost == {"ส"}


def test_a_figure_as_picture():
    assert figure_png("craving-curve", width_mm=100, ppi=100)[:8] == b"\x89PNG\r\n\x1a\n"


def test_a_missing_file_of_the_program_is_named(monkeypatch, tmp_path):
    monkeypatch.setattr(pdf_module, "shipped", lambda _name: tmp_path)
    with pytest.raises(UserError, match="layout"):
        render_pdf(named("Kari"))
    pdf_module._figure.cache_clear()
    with pytest.raises(UserError, match="four-field"):
        figure_png("four-field", width_mm=100)
    pdf_module._figure.cache_clear()


def test_a_packet_without_help_numbers_still_prints(every_paper):
    assert render_pdf(dataclasses.replace(every_paper, help=(), help_checked=""))[1] == ()


def test_a_page_of_long_boxes_loses_nothing():
    many = tuple(b.Paragraph(w(f"Linje {n} " + "ord " * 30)) for n in range(60))
    for kind in (lambda blocks: b.Callout("important", blocks), b.Practice, b.Key):
        packet = b.Packet("t", "nb", (b.Document("handout", "T", (kind(many),)),))
        assert "Linje 59" in text_of(read(render_pdf(packet)[0]))
    notes = b.StepNotes(
        (b.NotedStep("13.00", w("Tema"), "5 min", blocks=(b.BulletList(tuple(m.text for m in many)),)),)
    )
    packet = b.Packet("t", "nb", (b.Document("notes", "T", (notes, b.WritingLines(60)), for_leader=True),))
    assert "Linje 59" in text_of(read(render_pdf(packet)[0]))
