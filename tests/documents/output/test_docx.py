import dataclasses
import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from rop_facilitator.documents.output.docx import render_docx
from rop_facilitator.documents.page import blocks as b
from rop_facilitator.documents.page.blocks import words as w
from rop_facilitator.i18n import set_language

HOSTILE = [
    "*x*",
    "<b>&amp;",
    "{{ 7*7 }}",
    "x" * 500,
    "\u202eirak",
    "\U0001f468\u200d\U0001f469",
    "สมชาย",
    "\x00\x07\x1b",
    "",
    " ",
    "\ud800",
    "\uffff",
    "]]>",
]
WORDS = (
    "For og imot|vanlig|Tekst i ask|Spør|Pass på|Krangel|Hvor sikker er jeg?|Onsdag|Det som koster|Sprekk|"
    "Hjemmeoppgave|Det viktigste i dag|116\u00a0117|Velkommen|Lov å lytte.|Til stede|Ingrid Dahl"
)


def reopened(packet):
    return docx.Document(io.BytesIO(render_docx(packet)))


def parts(packet):
    with zipfile.ZipFile(io.BytesIO(render_docx(packet))) as archive:
        return {name: archive.read(name).decode() for name in archive.namelist() if name.endswith((".xml", ".rels"))}


def all_text(word):
    return "".join(word.element.body.itertext())


def packet_with(*blocks, **options):
    document = b.Document("handout", "Tittel", blocks, **options)
    return b.Packet("Tittel", "nb", (document,))


def test_every_block_and_paper_is_written(every_paper):
    set_language("en")
    text = all_text(reopened(every_paper)).replace("\u00a0", " ")
    for word in WORDS.replace("\u00a0", " ").split("|"):
        assert word in text, word


def test_styles_are_real(every_paper):
    word = reopened(every_paper)
    used = {paragraph.style.name for paragraph in word.paragraphs}
    assert {"Heading 1", "Heading 2", "Heading 3", "Heading 4", "List Bullet", "List Number", "Lead"} <= used
    assert word.styles["Normal"].font.name == "Arial"
    assert word.styles["Heading 1"].font.name == "Arial"
    assert word.paragraphs[0].text == "For og imot"


def test_language_and_properties(every_paper):
    word = reopened(every_paper)
    assert word.core_properties.language == "nb-NO"
    assert word.core_properties.title == "Alle blokker"
    assert word.core_properties.author == ""
    language = word.styles.element.find(f".//{qn('w:docDefaults')}//{qn('w:lang')}")
    assert language.get(qn("w:val")) == "nb-NO"
    english = dataclasses.replace(every_paper, language="en")
    assert "Page " in parts(english)["word/footer1.xml"]
    assert "Side " in parts(every_paper)["word/footer1.xml"]


def test_names_stay_on_the_first_page_and_page_numbers_are_fields(every_paper):
    packet = b.Packet("t", "nb", (b.Document("slip", "Til deg", (b.PageBreak(),), who="Kari", footer="Fot"),))
    section = reopened(packet).sections[0]
    assert section.different_first_page_header_footer
    assert "Kari" in section.first_page_header.paragraphs[0].text
    assert "Kari" not in "".join(paragraph.text for paragraph in section.header.paragraphs)
    for footer in (section.footer, section.first_page_footer):
        codes = [code.text for code in footer._element.iter(qn("w:instrText"))]
        assert codes == ["PAGE", "NUMPAGES"]
        assert footer.paragraphs[0].text.startswith("Fot")


def test_tables_have_a_repeated_head_words_and_widths():
    table = b.Table((w("A"), w("B")), ((w("a"), ()), (w("b"), ())), (1, 3), row_mm=20)
    word_table = reopened(packet_with(table)).tables[0]
    assert word_table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "A, B"
    assert word_table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert word_table.rows[1]._tr.trPr.find(qn("w:tblHeader")) is None
    assert [round(column.width.mm) for column in word_table.columns] == [40, 120]
    assert [round(cell.width.mm) for cell in word_table.rows[2].cells] == [40, 120]
    assert round(word_table.rows[1].height.mm) == 20


def test_boxes_to_tick_are_content_controls():
    xml = parts(packet_with(b.CheckList((b.CheckItem(w('Ut "en" tur & <hjem>')), b.CheckItem(w("b:"), write=True)))))
    xml = xml["word/document.xml"]
    assert xml.count("<w14:checkbox") == 2
    assert 'w:val="Ut &quot;en&quot; tur &amp; &lt;hjem&gt;"' in xml


def test_each_numbered_list_counts_by_itself():
    word = reopened(
        packet_with(b.NumberedList((w("a"), w("b"))), b.Paragraph(w("x")), b.NumberedList((w("c"),), start=4))
    )
    numbers = [p._p.pPr.numPr.numId.val for p in word.paragraphs if p.style.name == "List Number"]
    assert numbers[0] == numbers[1] != numbers[2]
    numbering = word.part.numbering_part.element
    starts = [numbering.num_having_numId(n).find(f".//{qn('w:startOverride')}").get(qn("w:val")) for n in numbers]
    assert starts == ["1", "1", "4"]


def test_a_figure_has_words():
    packet = packet_with(b.Figure("craving-curve", "En kurve & mer", 100))
    word = reopened(packet)
    (shape,) = word.inline_shapes
    assert shape._inline.docPr.get("descr") == "En kurve & mer"
    assert round(shape.width.mm) == 100


def test_a_page_break_begins_the_next_paragraph():
    word = reopened(packet_with(b.Paragraph(w("a")), b.PageBreak(), b.Paragraph(w("b"))))
    breaks = [paragraph.paragraph_format.page_break_before for paragraph in word.paragraphs]
    assert breaks[-1] is True
    assert not any(breaks[:-1])


def test_links_lead_outside():
    assert (
        'TargetMode="External"'
        in parts(packet_with(b.Paragraph((b.Span("her", link="https://x.no"),))))["word/_rels/document.xml.rels"]
    )


def test_only_the_certificate_is_framed(every_paper):
    frames = [section._sectPr.find(qn("w:pgBorders")) is not None for section in reopened(every_paper).sections]
    assert frames == [document.paper == "certificate" for document in every_paper.documents]
    lands = [section.page_width > section.page_height for section in reopened(every_paper).sections]
    assert lands == [document.landscape for document in every_paper.documents]
    assert lands.count(True) == 2


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_any_name_is_written(name):
    own = w(name)
    row = b.RegisterRow(own, (b.RegisterMark(name),), name, name)
    blocks = (
        b.Heading(own),
        b.Table((own,), ((b.Name(own),), (b.Ticks((own,)),), (b.Off(own),))),
        b.CheckList((b.CheckItem(own, write=True),)),
        b.Agenda((b.AgendaRow(name, own, own),)),
        b.RunSheet(
            (b.RunRow(name, own, name, own, theme=1),),
            (b.RunTheme(own, own, own, own, own, own),),
            (b.RunList(own, (own,), tick=True), b.RunList(own, (own,))),
            (b.RunList(own, (own,)),),
            ((name, name),),
            own,
        ),
        b.StepNotes((b.NotedStep(name, own, name, name, (b.Beside((b.Paragraph(own),), ()),)),)),
        b.Register((b.RegisterMeeting(name, name),), (row,), foot=b.RegisterFoot(name, (name,))),
        b.Callout("ask", (b.Paragraph(own),), own),
        b.Legend(((name, name),)),
    )
    document = b.Document("slip", name, blocks, who=name, kicker=name, date=name, footer=name, lead=own)
    certificate = b.Document("certificate", name, who=name, intro=name, body=(name,), signers=(b.Signer(own, own),))
    word = reopened(b.Packet(name, "nb", (document, certificate), help=(b.HelpContact(name, name, name),)))
    if name.isascii() and name.isprintable():
        assert name in all_text(word)


def test_the_order_of_elements_is_that_of_the_schema(every_paper):
    """Word refuses a file whose table or paragraph properties stand in another order; LibreOffice does not."""
    order = {
        "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
        "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
        "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign "
        "hideMark",
        "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
        "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
        "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
        "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
        "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
        "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid",
    }
    seen = set()
    for name, text in parts(every_paper).items():
        if not re.match(r"word/(document|styles|header|footer)", name):
            continue
        for element in etree.fromstring(text.encode()).iter():
            kind = etree.QName(element).localname
            if kind in order:
                places = [order[kind].split().index(etree.QName(child).localname) for child in element]
                assert places == sorted(places), (name, kind, [etree.QName(c).localname for c in element])
                seen.add(kind)
    assert seen == set(order)
