import dataclasses
import json
from typing import get_args

from rop_facilitator.documents.page import blocks as b
from rop_facilitator.documents.page.blocks import blocks_in, plain_text, used_figures, words
from rop_facilitator.documents.page.blocks_json import as_json


def written(packet):
    return as_json(packet, fonts=["F"], figures={}, labels={})


def test_the_sample_has_every_block(every_paper):
    kinds = {type(block) for document in every_paper.documents for block in blocks_in(document.blocks)}
    assert kinds == set(get_args(b.Block))


def test_values_are_frozen():
    for kind in (*get_args(b.Block), b.Document, b.Packet, b.Span, b.AgendaRow, b.RunRow, b.RunTheme, b.NotedStep):
        assert kind.__dataclass_params__.frozen, kind


def test_json_leaves_out_what_says_nothing():
    paragraph = b.Paragraph((b.Span("a"), b.Span("b", bold=True)))
    packet = b.Packet("t", "nb", (b.Document("handout", "T", (paragraph, b.Scale(0, 10), b.Space())),))
    assert written(packet)["documents"] == [
        {
            "paper": "handout",
            "title": "T",
            "blocks": [
                {"kind": "paragraph", "text": ["a", {"text": "b", "bold": True}]},
                {"kind": "scale", "first": 0, "last": 10},
                {"kind": "space"},
            ],
        }
    ]


def test_json_is_json_and_holds_every_word(every_paper):
    text = json.dumps(written(every_paper), ensure_ascii=False)
    for word in ("Rustrang", "https://x.no", "Fri", "kursleder", "Til stede", "Lov å lytte.", "116\u00a0117"):
        assert word in text


def test_words_of_blocks_one_line_each():
    assert plain_text((b.Heading(words("En")), b.Callout("tip", (b.BulletList((words("to"), words("tre"))),)))) == (
        "En\nto\ntre"
    )
    notes = b.StepNotes((b.NotedStep("13.00", words("Velkommen"), "5 min", blocks=(b.Paragraph(words("Si navn.")),)),))
    assert plain_text(notes) == "Velkommen\nSi navn."


def test_figures_are_found_inside_boxes():
    box = b.Key((b.Callout("tip", (b.Figure("four-field", "x"),)),))
    packet = b.Packet("t", "nb", (b.Document("handout", "T", (box,)),))
    assert used_figures(packet) == {"four-field"}
    assert used_figures(dataclasses.replace(packet, documents=())) == set()


def test_equal_papers_are_equal(every_paper):
    assert every_paper == dataclasses.replace(every_paper)
    assert len({hash(block) for document in every_paper.documents for block in document.blocks}) > 25
