import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rop_facilitator.documents.page.blocks import (
    Boxes,
    BoxItem,
    BulletList,
    CheckList,
    Field,
    Fields,
    Heading,
    PageBreak,
    Paragraph,
    Scale,
    Table,
    Ticks,
    WritingLines,
    plain_text,
    words,
)
from rop_facilitator.documents.page.markdown import read_markdown
from rop_facilitator.documents.page.page_variables import PacketFacts
from rop_facilitator.documents.page.template import MOST_LINES, MOST_OUTPUT, MOST_SOURCE, fill
from rop_facilitator.documents.page.template_limits import DEEPEST, LONGEST_TAG

HOSTILE = [
    "*x*",
    "**x** _y_ `z`",
    '#read("/etc/passwd")',
    "<b>x</b>",
    "{{ 7*7 }}",
    "{% for x in y %}",
    "a | b",
    "# a",
    "- [ ] a",
    "> [!TIP]",
    "![x](craving-curve)",
    "[a](https://x.no)",
    "\\",
    "$x$ @x <x> ~ \\u{41}",
    "O'Brien",
    "%s {x} {0}",
]
EVERYWHERE = """## Til {{ packet.group }}
Hei **{{ packet.group }}**, {{ packet.group }} og *{{ packet.group }}*.

- {{ packet.group }}

1. {{ packet.group }}

- [ ] {{ packet.group }}

| {{ packet.group }} | b |
|---|---|
| x | {{ packet.group }} |

> [!TIP]
> {{ packet.group }}

{{ packet.group }}
: {{ packet.group }}

![{{ packet.group }}](craving-curve)
"""


def page(text, facts=PacketFacts(), **options):  # noqa: B008
    source, problems = fill(text, facts, file="f.md", **options)
    assert problems == (), [str(problem) for problem in problems]
    blocks, problems = read_markdown(source)
    assert problems == (), [str(problem) for problem in problems]
    return blocks


def faults(text, facts=PacketFacts(), **options):  # noqa: B008
    source, problems = fill(text, facts, file="f.md", **options)
    if source is not None:
        problems = (*problems, *read_markdown(source)[1])
    return [(problem.line, problem.text) for problem in problems]


def shape(blocks):
    return [type(block).__name__ for block in blocks]


@pytest.mark.parametrize("value", HOSTILE)
def test_a_value_stays_text_in_any_position(value):
    blocks = page(EVERYWHERE, PacketFacts(group=value))
    assert shape(blocks) == shape(page(EVERYWHERE, PacketFacts(group="Tirsdagsgruppa")))
    assert plain_text(blocks) == plain_text(page(EVERYWHERE, PacketFacts(group="QQQ"))).replace("QQQ", value)
    assert blocks[-1].alt == value


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=200))
def test_any_value_stays_text(value):
    blocks = page("a {{ packet.group }} b\n\n| h |\n|---|\n| {{ packet.group }} |", PacketFacts(group=value))
    assert shape(blocks) == ["Paragraph", "Table"]


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("{}%# \n|-*>[]()!`_~.:\"'apcket.dforinlsx10\\"), max_size=120))
def test_no_page_crashes_the_reader(text):
    for line, text_of_fault in faults(text, PacketFacts(leaders=("Ingrid",))):
        assert text_of_fault
        assert line is None or 1 <= line <= text.count("\n") + 1


def test_all_blocks():
    blocks = page(
        """
{{ lines(4) }}

{{ lines(2, "Ord før") }}
{{ fields("Dato", "Støtte fra") }}

{{ scale(0, 10, "ikke viktig", "svært viktig", "Hvor viktig?") }}

{{ boxes(2, 4, "Det som er bra / nå", "Det som koster") }}

{{ page_break() }}

{{ ticks(2) }}

- [ ] a
- [ ] b

{{ table_options(widths="2 1,5", row_mm=20) }}

| Dag | Svar |
|---|---|
| man | {{ ticks("ja", "nei") }} |
| {{ rows(3) }} | |
"""
    )
    assert blocks[:6] == (
        WritingLines(4),
        WritingLines(2, words("Ord før")),
        Fields((Field(words("Dato")), Field(words("Støtte fra")))),
        Scale(0, 10, words("ikke viktig"), words("svært viktig"), words("Hvor viktig?")),
        Boxes((BoxItem(words("Det som er bra"), words("nå")), BoxItem(words("Det som koster"))), 2, 4),
        PageBreak(),
    )
    assert isinstance(blocks[6], CheckList)
    assert blocks[6].columns == 2
    assert blocks[7] == Table(
        (words("Dag"), words("Svar")),
        ((words("man"), Ticks((words("ja"), words("nei")))), *[((), ())] * 3),
        (2.0, 1.5),
        20,
    )


@pytest.mark.parametrize("place", ["", "Storgata 1"])
def test_a_block_at_the_end_of_a_line_leaves_the_next_line_where_it_is(place):
    text = "- Ring.{% if packet.place %} Der.{% else %} Her.{% endif %}\n- Vent.\n"
    text += "{% if packet.place %}\n- Mer.\n{% endif %}\n"
    items = ("Ring. Der.", "Vent.", "Mer.") if place else ("Ring. Her.", "Vent.")
    assert page(text, PacketFacts(place=place)) == (BulletList(tuple(words(item) for item in items)),)


def test_if_and_for():
    text = "{% if packet.date and not packet.place %}\n## {{ packet.date }}\n{% else %}\n## uten\n{% endif %}\n\n"
    text += "{% for name in packet.leaders %}\n- {{ name }}\n{% endfor %}\n"
    facts = PacketFacts(date="tirsdag", leaders=("*Ingrid*", "Jonas"))
    assert page(text, facts) == (Heading(words("tirsdag")), BulletList((words("*Ingrid*"), words("Jonas"))))
    assert page(text) == (Heading(words("uten")),)


def test_blank_facts_leave_nothing():
    assert page("Sted: {{ packet.place }}") == (Paragraph(words("Sted: ")),)


def test_lines_are_those_of_the_file_after_loops():
    text = (
        "{% for x in packet.leaders %}\n- {{ x }}\n{% endfor %}\n\n{% if packet.date %}\nxx\n\n{% endif %}\n##### dyp\n"
    )
    for facts in (PacketFacts(), PacketFacts(date="d", leaders=tuple("abcdefg"))):
        assert [line for line, _text in faults(text, facts, first_line=10)] == [18], facts


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("{{ ''.__class__ }}", 1),
        ("{{ ''.__class__.__mro__[1].__subclasses__() }}", 1),
        ("a\n{{ packet.__class__ }}", 2),
        ("{{ packet._x }}", 1),
        ("{{ packet['date'] }}", 1),
        ("{{ packet.date.upper() }}", 1),
        ("{{ packet }}", 1),
        ("a\n\n{{ ukjent }}", 3),
        ("{{ packet.navn }}", 1),
        ("{{ packet.leaders }}", 1),
        ("{{ self }}", 1),
        ("{{ cycler.__init__.__globals__ }}", 1),
        ("{{ lipsum.__globals__['os'].popen('id').read() }}", 1),
        ("{{ request|attr('application') }}", 1),
        ("{{ packet.date|upper }}", 1),
        ("{{ 7*7 }}", 1),
        ("{{ 'a'*10**9 }}", 1),
        ("{{ 'tekst' }}", 1),
        ("{{ [1,2] }}", 1),
        ("{{ packet.date ~ 'x' }}", 1),
        ("{{ packet.date if packet.place else 'x' }}", 1),
        ("{% for x in range(10**9) %}x{% endfor %}", 1),
        ("{% for x in packet.leaders %}\n{% for y in packet.leaders %}x{% endfor %}{% endfor %}", 2),
        (
            "{% for x in packet.leaders %}{% if x %}\n{% for y in packet.leaders %}{% endfor %}{% endif %}{% endfor %}",
            2,
        ),
        ("{% for x in packet.date %}x{% endfor %}", 1),
        ("{% for x in 'abc' %}x{% endfor %}", 1),
        ("{% for x in packet.leaders recursive %}x{% endfor %}", 1),
        ("{% for x in packet.leaders if x %}x{% endfor %}", 1),
        ("{% for x, y in packet.leaders %}x{% endfor %}", 1),
        ("{% for packet in packet.leaders %}x{% endfor %}", 1),
        ("{% for x in packet.leaders %}{{ loop.index }}{% endfor %}", 1),
        ("{% if 1 == 1 %}x{% endif %}", 1),
        ("{% if packet.date.__class__ %}x{% endif %}", 1),
        ("{% if lines(2) %}x{% endif %}", 1),
        ("a\n{% include 'x' %}", 2),
        ("{% import 'x' as y %}", 1),
        ("{% from 'x' import y %}", 1),
        ("{% extends 'x' %}", 1),
        ("{% macro x() %}y{% endmacro %}", 1),
        ("{% set x = 1 %}", 1),
        ("{% set x %}y{% endset %}", 1),
        ("{% block x %}y{% endblock %}", 1),
        ("{% filter upper %}y{% endfilter %}", 1),
        ("{% call x() %}y{% endcall %}", 1),
        ("{% with x = 1 %}y{% endwith %}", 1),
        ("{% autoescape true %}y{% endautoescape %}", 1),
        ("{% do x %}", 1),
        ("a\n{{ lines(4) ", 2),
        ("{{ }}", 1),
        ("{% if packet.date %}", 1),
        ("{{ lines(10**9) }}", 1),
        ("{{ lines(1000000000) }}", 1),
        ("{{ lines(0) }}", 1),
        ("{{ lines(-1) }}", 1),
        ("{{ lines(2.5) }}", 1),
        ("{{ lines(True) }}", 1),
        ("{{ lines('4') }}", 1),
        ("{{ lines() }}", 1),
        ("{{ lines(4, 'a', 'b') }}", 1),
        ("{{ lines(count=4, antall=5) }}", 1),
        ("{{ lines(packet.date) }}", 1),
        ("{{ lines(*packet.leaders) }}", 1),
        ("{{ lines(2, 5) }}", 1),
        ("{{ lines(2, '" + "x" * 301 + "') }}", 1),
        ("{{ linjer(4) }}", 1),
        ("{{ scale(0, 10**9, 'a', 'b') }}", 1),
        ("{{ scale(0, 21) }}", 1),
        ("{{ scale(10, 0) }}", 1),
        ("{{ boxes(0, 4, 'a') }}", 1),
        ("{{ boxes(2, 4) }}", 1),
        ("{{ boxes(2, 99, 'a') }}", 1),
        ("{{ fields() }}", 1),
        ("{{ fields('a', 'b', widths='1') }}", 1),
        ("{{ table_options(widths='a b') }}\n\n| a | b |\n|-|-|\n| c | d |", 1),
        ("{{ table_options(widths='nan 1') }}\n\n| a | b |\n|-|-|\n| c | d |", 1),
        ("{{ table_options(widths='1 2 3') }}\n\n| a | b |\n|-|-|\n| c | d |", 3),
        ("| a |\n|---|\n| {{ rows(1000) }} |", 3),
        ("a\n\ntekst {{ lines(2) }}", 3),
        ("tekst\n{{ lines(2) }}", 2),
        ("## {{ lines(2) }}", 1),
        ("- {{ lines(2) }}", 1),
        ("| a |\n|---|\n| {{ lines(2) }} |", 3),
        ("{{ rows(3) }}", 1),
        ("{{ ticks('ja', 'nei') }}", 1),
        ("{{ ticks(2) }}\n\ntekst", 1),
        ("{{ ticks(2) }}", 1),
        ("{{ ticks(5) }}\n\n- [ ] a", 1),
        ("{{ table_options(row_mm=20) }}\n\n- a", 1),
        ("[her](https://x.no/{{ packet.date }})", 1),
    ],
)
def test_what_a_page_may_not_do_is_told_with_its_line(text, line):
    faults_of_page = faults(text)
    assert line in [at for at, _text in faults_of_page], faults_of_page
    assert all(text for _line, text in faults_of_page)
    moved = faults(text, first_line=20)
    assert [at for at, _text in moved] == [at + 19 for at, _text in faults_of_page]


# Each is just past a limit of our own, with its like just within it as the control.
@pytest.mark.parametrize(
    ("within", "past"),
    [
        ("{{ " + "(" * DEEPEST + "packet.date" + ")" * DEEPEST + " }}", "{{ " + "(" * (DEEPEST + 1) + " }}"),
        ("{{ lines(" + "-" * DEEPEST + "1) }}", "{{ lines(" + "-" * (DEEPEST + 1) + "1) }}"),
        (
            "{% if " + "not " * DEEPEST + "packet.date %}a{% endif %}",
            "{% if " + "not " * (DEEPEST + 1) + "packet.date %}a{% endif %}",
        ),
        (
            "{% if packet.date %}" * DEEPEST + "{% endif %}" * DEEPEST,
            "{% if packet.date %}" * (DEEPEST + 2) + "{% endif %}" * (DEEPEST + 2),
        ),
        ("{{ lines(2, '" + "(" * 300 + "') }}", "{{ lines(2, '" + "(" * LONGEST_TAG + "') }}"),
        ("{{ lines(2, '}}') }}", "{{ lines(2, '}}" + "') }}{{ " + "(" * (DEEPEST + 1)),
    ],
    ids=["brackets", "minus", "not", "if", "words", "braces in words"],
)
def test_what_the_library_could_not_bear_never_reaches_it(within, past):
    assert fill(within, PacketFacts(), file="f")[1] == ()
    source, problems = fill(past, PacketFacts(), file="f")
    assert source is None
    assert [(problem.line, problem.text) for problem in problems] == [(1, "The page nests too deep.")]


@pytest.mark.parametrize(
    "text",
    [
        "x" * (MOST_SOURCE + 1),
        "\n" * (MOST_LINES + 1),
        "{% for x in packet.leaders %}" + "x" * (MOST_OUTPUT // 10 + 1) + "{% endfor %}",
    ],
    ids=["long", "lines", "grows"],
)
def test_a_page_that_would_explode_is_refused(text):
    source, problems = fill(text, PacketFacts(leaders=("a",) * 10), file="f")
    assert source is None
    assert len(problems) == 1


def test_marks_cannot_be_forged():
    forged = "a \U00100000 {{ packet.group }} \U00100001 \U000f0001 b"
    assert page(forged, PacketFacts(group="\U00100000x\U000f0009")) == (Paragraph(words("a  x   b")),)
