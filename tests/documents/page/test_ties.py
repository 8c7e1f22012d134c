"""Where a line may not break, in Norwegian and English; `~` stands for a hard space."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rop_facilitator.documents.page.blocks import Span, words
from rop_facilitator.documents.page.ties import HARD, tied, tied_words


@pytest.mark.parametrize(
    "text",
    [
        "Ring~113.",
        "Er noen vanskelig å vekke? Ring~113. Bli der til hjelpen~kommer.",
        "Ring legevakta på~116~117, eller snakk med en av~oss.",
        "Giftinformasjonen har nummer 22~59~13~00 hele~døgnet.",
        "RUSinfo: 915~08~588",
        "Det kostet 1~200~000 kroner i~fjor.",
        "Vi ses 8.~desember i samme~rom.",
        "Vi ses tirsdag~8. Da øver vi på å ringe~noen.",
        "Møtet begynner kl.~13.00 og varer i 90~minutter.",
        "Det tar 5~min, 3~timer eller 75~% av det du~har.",
        "Se s.~45–48, nr.~3 og side~12 i boka~di.",
        "Vi øvde i møte~4 på det vi ville~si.",
        "Han sa: «Jeg er~49.»",
        "Kim (38) bor i Drammen med Ella~(9).",
        "Gå inn i rommet på~2.",
        "Hvem ringer du?",
        "Call~113. Stay until help~comes.",
        "Call the out-of-hours doctor on~116~117, or talk with one of~us.",
        "We meet on~8~December at~13.00 for 90~minutes.",
        "See p.~45, no.~3 and page~12 of your~book.",
        "Tall fra 0 til~10.",
        "1 2 3 4 5 6 7 8 9 10 11~12",
        "2016 2018 og 2020 var~gode.",
        "Ta med boka",
        "Til slutt kommer sammenhengen",
        "Første linje er på~to\nog andre linje er på~to",
        "",
    ],
)
def test_it_breaks_nowhere_else_and_not_there(text: str) -> None:
    assert tied(text.replace("~", " ")).replace(HARD, "~") == text


def test_a_bold_number_is_tied_to_the_word_before_it() -> None:
    text = (
        *words("Er det fare for liv, ring "),
        Span("113", bold=True),
        *words(". Haster det, ring "),
        Span("116 117", bold=True),
    )
    assert [span.text.replace(HARD, "~") for span in tied_words(text)] == [
        "Er det fare for liv, ring~",
        "113",
        ". Haster det, ring~",
        "116~117",
    ]
    assert [span.bold for span in tied_words(text)] == [False, True, False, True]
    assert tied_words(()) == ()


@given(st.text(alphabet="ab1 0.,»(\n\u00a0å%", max_size=60))
def test_no_sign_is_lost_and_twice_is_once(text: str) -> None:
    assert tied(text).replace(HARD, " ") == text.replace(HARD, " ")
    assert tied(tied(text)) == tied(text)
