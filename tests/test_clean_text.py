"""What a word processor or a web page brings along unseen does not enter records or papers."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rop_facilitator.clean_text import clean_text, is_name_written


@pytest.mark.parametrize(
    ("pasted", "clean"),
    [
        ("Rom 2\u000bStorgata 1", "Rom 2 Storgata 1"),
        ("Rom 2\u000cStorgata 1", "Rom 2 Storgata 1"),
        ("Rom 2\u2028Storgata 1\u2029", "Rom 2 Storgata 1"),
        ("Rom 2\r\n\tStorgata\u00a01\u0085", "Rom 2 Storgata 1"),
        ("Kari\uffff", "Kari"),
        ("Ka\ufdd0ri\U0001fffe", "Kari"),
        ("\u200bKari\u200b\ufeff\u2060", "Kari"),
        ("\u202eirak\u202c", "irak"),
        ("\u2066Kari\u2069\u200e\u200f\u061c", "Kari"),
        ("Ka\u00adri", "Kari"),
        ("Kari\ud800\udfff", "Kari"),
        ("Ka\ue000ri\ufffc", "Kari"),
        ("a\x00\x07\x1b\x7fb", "ab"),
        ("A\u030ase", "Åse"),
        ("e\u200b\u0301n", "én"),
        ("", ""),
        *((blank, "") for blank in ("\u200b", "\u3164", "\u2800 \u034f", "\u0301", "\u200d\u200c", "\u202e")),
    ],
)  # fmt: skip
def test_what_cannot_be_seen_or_printed_goes(pasted: str, clean: str) -> None:
    assert clean_text(pasted) == clean


@pytest.mark.parametrize(
    "text",
    [
        "Ørjan Åse-Marie O'Brien",
        "نیک\u200cپی",  # Persian: the joiner parts two letters of one word
        "क्\u200dष",
        "👩\u200d👩\u200d👧",
        "❤\ufe0f",
        "ไทย",
        "=1+1 {name} %s <b>",
        "½ – “x” …",
        "\U0001fae9",  # newer than the Unicode of Python 3.11
    ],
)
def test_what_a_script_needs_stays(text: str) -> None:
    assert clean_text(text) == unicodedata.normalize("NFC", text)


@pytest.mark.parametrize("text", ["Ka\u200dri", "Kari\u200c", "\u200cنیک", "نیک\u200c پی", "Ка\u200dри"])
def test_a_joiner_with_nothing_to_join_goes(text: str) -> None:
    assert not set("\u200c\u200d") & set(clean_text(text))


@given(st.text(st.characters(), max_size=60))
def test_clean_text_is_clean_for_good_and_xml_takes_it(text: str) -> None:
    clean = clean_text(text)
    assert clean_text(clean) == clean
    assert clean == " ".join(clean.split())
    clean.encode()
    assert not any(unicodedata.category(sign) in ("Cc", "Cs", "Co", "Zl", "Zp") for sign in clean)
    assert not any(ord(sign) & 0xFFFE == 0xFFFE for sign in clean)


@pytest.mark.parametrize(
    ("typed", "name", "same"),
    [
        ("Kari", "Kari", True),
        ("\u200bkari\u00a0", "Kari", True),
        ("kari  marie", "Kari Marie", True),
        ("Kar", "Kari", False),
        ("", "", False),
        (" ", "", False),
    ],
)
def test_a_name_is_written_whatever_its_case(typed: str, name: str, same: bool) -> None:
    """The one rule before anybody or anything is deleted for good, in the window and from a shell."""
    assert is_name_written(typed, name) is same
