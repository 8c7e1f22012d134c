"""LIX by the counting rules and the examples of docs/domain.md."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rop_facilitator.curriculum.readability import plain, readability


@pytest.mark.parametrize(
    ("text", "words", "sentences", "long_words", "lix"),
    [
        ("Jeg tar en pause. Jeg ringer en venn.", 8, 2, 0, 4.0),
        ("Rusmiddelbruk påvirker søvnen.", 3, 1, 2, 69.7),
        (
            "Hva kan du gjøre når suget kommer? Vent i ti minutter. Drikk et glass vann. Ring en du stoler på.",
            20,
            4,
            1,
            10.0,
        ),
        (
            "Behandlingen av ruslidelsen bør gjennomføres samtidig med behandlingen av den psykiske lidelsen, "
            "i henhold til en felles behandlingsplan.",
            18,
            1,
            9,
            68.0,
        ),
    ],
)
def test_vectors_of_the_field(text: str, words: int, sentences: int, long_words: int, lix: float) -> None:
    measured = readability(text)
    assert (measured.words, measured.sentences, measured.long_words) == (words, sentences, long_words)
    assert round(measured.lix, 1) == lix
    assert measured.short


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("Ta med f.eks. en bok, bl.a. en lang, dvs. en god bok.", 1),
        ("Vi møtes kl. 13.00 den 24. november. Ta med 2.5 liter.", 2),
        ("Møtet er 25.08.2026 kl. 13:00 i rom nr. 2.", 1),
        ("B. Hansen leser. Vi hører.", 2),
        ("Dette er nytt: vi øver.", 2),
        ("Er du klar?! Ja …", 2),
        ("Han sa «nei.» Hun gikk.", 2),
        ("Overskrift uten punktum\nEt punkt\nEt punkt til", 3),
        ("I 2026. Vi begynte da.", 2),
        ("", 0),
        ("...", 0),
    ],
)
def test_where_sentences_end(text: str, sentences: int) -> None:
    assert readability(text).sentences == sentences


@pytest.mark.parametrize(
    ("text", "words", "long_words"),
    [
        ("ti-minutters-regelen hjelper", 2, 2),
        ("12345678 99 1.234.567", 3, 0),
        ("ånder øvelse", 2, 0),
        ("en-to-tre", 1, 1),
        ("ringer minuttet", 2, 1),
        ("a\u030apne", 1, 0),
    ],
)
def test_what_is_a_word_and_a_long_one(text: str, words: int, long_words: int) -> None:
    measured = readability(text)
    assert (measured.words, measured.long_words) == (words, long_words)


def test_longest_words_and_long_sentences_are_named() -> None:
    long = "en " * 16 + "slutt."
    measured = readability(f"Kort. {long} Behandlingsplan behandlingsplan og rusmiddelbruk.")
    assert measured.longest == ("Behandlingsplan", "rusmiddelbruk")
    assert measured.long_sentences == (long,)
    assert readability("ord " * 15 + ".").long_sentences == ()
    assert not readability("ord " * 100).short
    assert readability("ord " * 99).short


def test_plain_keeps_the_words_and_one_block_a_line() -> None:
    page = """\
## Tre ting mange har *nytte* av

1. **Vent litt.** Se på
   klokka.
2. Drikk vann

- [ ] Gå ut av rommet
- [x] Noe annet: ______

{{ ticks(2) }}
{{ lines(3, "Dette vil jeg
prøve") }}
{% if packet.place %}
| Dag | Trang |
|-----|------:|
| man |       |

> [!TIP]
> Ring noen
> du liker.

Rustrang
: lyst på rus

![En kurve](craving-curve "120")
Se [lenka](https://example.org).
---
```
kode
```
"""
    assert plain(page).split("\n") == [
        "Tre ting mange har nytte av",
        "Vent litt. Se på klokka.",
        "Drikk vann",
        "Gå ut av rommet",
        "Noe annet:",
        "Dag",
        "Trang",
        "man",
        "Ring noen du liker.",
        "Rustrang",
        "lyst på rus",
        "Se lenka.",
    ]


@given(st.text())
def test_no_text_is_too_odd_to_measure(text: str) -> None:
    measured = readability(plain(text))
    assert measured.long_words <= measured.words
    assert measured.sentences <= measured.words
    assert (measured.lix > 0) == (measured.words > 0)
