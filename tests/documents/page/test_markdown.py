import time

import pytest

from rop_facilitator.curriculum import file_reader
from rop_facilitator.curriculum.readability import plain, readability
from rop_facilitator.documents.page import markdown_limits as limits
from rop_facilitator.documents.page.blocks import (
    BulletList,
    Callout,
    CheckItem,
    CheckList,
    Figure,
    Glossary,
    Heading,
    Key,
    NumberedList,
    Paragraph,
    Practice,
    Span,
    Table,
    Term,
    plain_text,
    words,
)
from rop_facilitator.documents.page.markdown import blocks_of


def read(text, **options):
    blocks, problems = blocks_of(text, file="f.md", **options)
    assert problems == (), [str(problem) for problem in problems]
    return blocks


def faults(text, **options):
    _blocks, problems = blocks_of(text, file="f.md", **options)
    return [(problem.line, problem.text) for problem in problems]


def test_headings_paragraphs_and_looks():
    assert read("## En\nto **tre** *fire*\\\nfem\n\n### Seks") == (
        Heading(words("En"), 2),
        Paragraph((Span("to "), Span("tre", bold=True), Span(" "), Span("fire", italic=True), Span("\nfem"))),
        Heading(words("Seks"), 3),
    )


def test_notes_of_a_step_begin_with_four_marks():
    assert read("#### Den som ikke har bestemt seg", top=4, level=3) == (
        Heading(words("Den som ikke har bestemt seg"), 3),
    )


def test_lists():
    assert read("- en\n- to\n\n3. tre\n4. fire\n\n   mer") == (
        BulletList((words("en"), words("to"))),
        NumberedList((words("tre"), words("fire\nmer")), start=3),
    )


def test_an_item_that_ends_in_a_colon_gets_a_line():
    assert read("- [ ] ut en tur\n- [x] **noe** annet:\n- [ ]") == (
        CheckList(
            (
                CheckItem(words("ut en tur")),
                CheckItem((Span("noe", bold=True), Span(" annet:")), write=True),
                CheckItem((), write=True),
            )
        ),
    )


@pytest.mark.parametrize("tone", ["tip", "important", "remember", "ask", "watch"])
def test_callouts(tone):
    (box,) = read(f"> [!{tone.upper()}]\n> en\n>\n> - to")
    assert box == Callout(tone, (Paragraph(words("en")), BulletList((words("to"),))))


def test_a_box_can_have_a_title_of_its_own():
    assert read("> [!REMEMBER] Før **møtet**\n> kaffe") == (
        Callout("remember", (Paragraph(words("kaffe")),), (Span("Før "), Span("møtet", bold=True))),
    )


def test_home_practice_and_what_matters_most():
    assert read("> [!PRACTICE]\n> prøv\n\n> [!KEY]\n> håp") == (
        Practice((Paragraph(words("prøv")),)),
        Key((Paragraph(words("håp")),)),
    )


def test_words_explained_become_one_glossary():
    assert read("Rustrang\n: sterk lyst\npå rus\nUtløser\n: noe\n\nSprekk\n: én gang") == (
        Glossary(
            (
                Term(words("Rustrang"), words("sterk lyst på rus")),
                Term(words("Utløser"), words("noe")),
                Term(words("Sprekk"), words("én gang")),
            )
        ),
    )


def test_empty_cells_are_room_to_write():
    (table,) = read("| Dag | Hva |\n|---|---|\n| **man** | |\n| tir | ti\\|me |")
    assert isinstance(table, Table)
    assert table.head == (words("Dag"), words("Hva"))
    assert table.rows == (((Span("man", bold=True),), ()), (words("tir"), words("ti|me")))
    assert table.row_mm == 11
    (full,) = read("| Dag |\n|---|\n| man |")
    assert full.row_mm == 0


def test_figures():
    assert read('![En kurve](craving-curve)\n\n![Fire felt](four-field "120")') == (
        Figure("craving-curve", "En kurve", 150),
        Figure("four-field", "Fire felt", 120),
    )


def test_html_and_code_are_text():
    text = "<script>alert(1)</script> <b>x</b> & <!-- y -->"
    assert read(text) == (Paragraph(words(text)),)
    assert read("    <b>innrykk</b>") == (Paragraph(words("<b>innrykk</b>")),)
    assert plain_text(read("```\n<b>\n```")) == "<b>"


def test_links_lead_only_to_the_web_mail_and_telephone():
    (paragraph,) = read("[her](https://sidetmedord.no)")
    assert paragraph == Paragraph((Span("her", link="https://sidetmedord.no"),))
    for address in ("x.md", "//host", "ftp://x.no", "http:"):
        assert [line for line, _text in faults(f"a\n\n[her]({address})")] == [3], address
    for address in ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"):
        assert read(f"[her]({address})") == (Paragraph(words(f"[her]({address})")),)


def test_private_characters_are_removed():
    assert read("a\U00100000b\ue000c\U000f0001") == (Paragraph(words("abc")),)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("## A\n\n#### B", 3),
        ("# A", 1),
        ("### A", 1),
        ("##", 1),
        ("a\n\n> bare sitat", 3),
        ("a\n\n> [!UKJENT]\n> x", 3),
        ("> [!TIP]", 1),
        ("a\n\n![Noe](ukjent-figur)", 3),
        ("![](craving-curve)", 1),
        ('![x](craving-curve "tusen")', 1),
        ('![x](craving-curve "1000")', 1),
        ("![x](../craving-curve)", 1),
        ("se ![x](craving-curve) her", 1),
        ("- a\n  - b", 2),
        ("- [ ] a\n- b", 2),
        ("a\n\n---\n\nb", 3),
        ("|" + "a|" * 13 + "\n|" + "-|" * 13, 1),
    ],
)
def test_what_has_no_place_on_paper_is_told_with_its_line(text, line):
    faults_of_page = faults(text)
    assert [at for at, _text in faults_of_page] == [line], faults_of_page
    assert faults("\n\n" + text)[0][0] == line + 2
    assert faults(text, first_line=40)[0][0] == line + 39


# Each is just past a limit of our own, with its like just within it as the control.
@pytest.mark.parametrize(
    ("within", "past", "line"),
    [
        (">" * limits.MOST_LEVELS + " a", ">" * (limits.MOST_LEVELS + 1) + " a", 1),
        ("- " * limits.MOST_LEVELS + "a", "- " * (limits.MOST_LEVELS + 1) + "a", 1),
        ("a\n" + " " * limits.MOST_INDENT + "b", "a\n" + " " * (limits.MOST_INDENT + 1) + "b", 2),
        ("a\n\n" + "*a " * limits.MOST_SIGNS, "a\n\n" + "*a " * (limits.MOST_SIGNS + 1), 3),
        ("[" * limits.MOST_SIGNS, "[" * (limits.MOST_SIGNS + 1), 1),
        ("ord " * 4_000, "ord " * 5_001, 1),
        ("a|b\n-|-\n" + "c\n" * 300, "a|b\n-|-\n" + "c\n" * limits.MOST_CELLS, 1),
        ("[a\n\n" * limits.MOST_SIGNS_OF_PAGE, "[a\n\n" * (limits.MOST_SIGNS_OF_PAGE + 1), 10_001),
    ],
    ids=["quotes", "lists", "indent", "stars", "brackets", "long", "table", "page"],
)
def test_what_the_library_could_not_bear_never_reaches_it(within, past, line):
    refused = ("too deep", "too large", "too many", "too long")
    assert not [text for _line, text in faults(within) if any(words in text for words in refused)]
    assert [at for at, text in faults(past) if any(words in text for words in refused)] == [line]


def test_what_comes_before_and_after_a_paragraph_with_too_many_signs_stays():
    blocks, _problems = blocks_of("før\n\n" + "[" * (limits.MOST_SIGNS + 1) + "\n\netter", file="f")
    assert plain_text(blocks).split() == ["før", "etter"]


def test_long_lines_of_brackets_take_no_time():
    """The library alone takes the square of their number: minutes for a page of this size."""
    page = ("[" * file_reader.MAX_LINE + "\n") * 30
    begun = time.process_time()
    assert blocks_of(page, file="f")[1]
    plain(page)
    readability(page)
    assert time.process_time() - begun < 1
