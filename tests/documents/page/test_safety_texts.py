"""Help numbers and safety texts in sessions and on the safety page: the same checked template as in sheets."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from rop_facilitator.curriculum.load import load_curriculum
from rop_facilitator.documents.check.rendering_check import check_leader_text
from rop_facilitator.documents.page.blocks import Callout, plain_text
from rop_facilitator.documents.page.help_numbers import numbers_in_text
from rop_facilitator.documents.page.markdown import blocks_of, filled_words, read_markdown
from rop_facilitator.documents.page.markdown_inline import plain_source
from rop_facilitator.documents.page.page_variables import USES, PacketFacts
from rop_facilitator.documents.page.safety_texts import safety_texts
from rop_facilitator.documents.page.template import fill
from rop_facilitator.i18n import LANGUAGES, speaking
from rop_facilitator.paths import shipped

NAMES = {
    "withdrawal",
    "withdrawal, short",
    "withdrawal, leader",
    "overdose",
    "overdose, short",
    "suicide",
    "suicide, leader",
    "stop",
    "missed",
    "home",
    "home, short",
    "paper",
    "paper, leader",
}
SHORT = (
    "Bruker du noe ofte eller hver dag? Da kan det være farlig å slutte brått eller trappe ned alene. "
    "Snakk først med fastlegen, behandleren eller legevakta på 116\u00a0117."
)


def told_of(text: str, *, leader: bool = True) -> list[tuple[int, str]]:
    """What is wrong in a page, with its line."""
    return [
        (problem.line, f"{problem.text} {problem.advice}")
        for problem in blocks_of(text, file="a.md", first_line=10, top=2, speech="nb", leader=leader)[1]
    ]


def test_every_name_has_its_text_in_every_language() -> None:
    assert set(safety_texts()) == NAMES
    for name in NAMES:
        for speech in LANGUAGES:
            blocks, problems = blocks_of(f'{{{{ safety("{name}") }}}}', file="a", speech=speech)
            assert problems == ()
            assert len(blocks) == 1  # one paragraph, so that it can stand in a list or a cell
            words = plain_text(blocks)
            assert len(words) > 40
            assert "{" not in words


def test_no_safety_text_types_a_number() -> None:
    texts = [words for safety in safety_texts().values() for words in safety.text.values()]
    assert [words for words in texts if any(map(str.isdigit, words))] == []


@pytest.mark.parametrize(
    "page",
    ["{call}", "- {call}", "> [!WATCH]\n> {call}", "| a |\n|---|\n| {call} |", "Les høyt: {call} Vent litt."],
)
def test_it_stands_wherever_words_stand(page: str) -> None:
    text = page.replace("{call}", '{{ safety("withdrawal,  Short") }}')
    blocks, problems = blocks_of(text, file="a.md", top=4, level=3, speech="nb")
    assert problems == ()
    assert SHORT in plain_text(blocks)


def test_it_speaks_the_language_of_its_page() -> None:
    with speaking("nb"):
        assert filled_words('{{ safety("stop") }}', speech="en").startswith("Stop if it becomes")
        assert filled_words('{{ safety("stop") }}').startswith("Stopp hvis")
    with speaking("en"):
        assert filled_words('{{ safety("stop") }}').startswith("Stop if it becomes")


def test_numbers_in_a_session_and_in_one_line() -> None:
    page = "> [!WATCH] Ring {{ packet.emergency }}\n> Eller {{ packet.poison }}."
    blocks, problems = blocks_of(page, file="a", top=4, level=3)
    assert problems == ()
    assert isinstance(blocks[0], Callout)
    assert plain_text(blocks[0].title) == "Ring 113"
    assert "22\u00a059\u00a013\u00a000." in plain_text(blocks)
    assert filled_words("Ring {{ packet.drugs }}.") == "Ring 915\u00a008\u00a0588."
    assert filled_words("Ring {{ packet.nobody }}.") == "Ring {{ packet.nobody }}."


@pytest.mark.parametrize(
    ("page", "line", "says"),
    [
        ('{{ safety("withdrawl") }}', 10, "Mente du «withdrawal»?"),
        ('a\n\n{{ safety("stop, short") }}', 12, "Mente du"),
        ('{{ safety("zzz") }}', 10, "withdrawal, short; withdrawal, leader; overdose"),
        ("{{ safety(3) }}", 10, "withdrawal, short"),
        ("{{ safety() }}", 10, "withdrawal, short"),
        ('{{ safety("stop", "short") }}', 10, "withdrawal, short"),
        ("{{ safety(packet.doctor) }}", 10, "withdrawal, short"),
        ("a\n\nb {{ packet.date }}", 12, "packet.child_protection"),
        ("{{ packet.emergncy }}", 10, "packet.emergency"),
        ("{{ safty(3) }}", 10, "safety()"),
        ("a\n{{ packet.doctor", 11, "{{"),
    ],
)
def test_what_is_wrong_is_told_with_its_line_and_the_words_stay(page: str, line: int, says: str) -> None:
    with speaking("nb"):
        [(at, words)] = told_of(page)
    assert at == line
    assert says in words
    blocks, _problems = blocks_of(f"Les dette.\n\n{page}", file="a.md", speech="nb")
    assert plain_text(blocks).startswith("Les dette.")


def test_a_fault_below_a_safety_text_has_its_own_line() -> None:
    page = 'a\n\n{{ safety("overdose") }}\n\n# b\n\n> [!WATCH]'
    assert [line for line, _words in told_of(page)] == [14, 16]


@pytest.mark.parametrize("name", ["home", "withdrawal, leader", "suicide, leader", "paper, leader"])
def test_what_the_leader_says_never_goes_home_on_paper(name: str) -> None:
    call = f'{{{{ safety("{name}") }}}}'
    assert told_of(call) == []
    with speaking("nb"):
        [(line, words)] = told_of(call, leader=False)
    assert line == 10
    assert "hjem på papir" in words
    source, problems = fill(call, PacketFacts(), file="ark.md", speech="nb")
    assert source is None
    assert [(problem.file, problem.line) for problem in problems] == [("ark.md", 1)]
    assert told_of('{{ safety("home, short") }}', leader=False) == []


def test_every_number_of_the_file_can_be_written() -> None:
    numbers = numbers_in_text()
    for use in USES:
        assert filled_words(f"{{{{ packet.{use} }}}}") == getattr(numbers, use)


def texts_of_pages() -> Iterator[str]:
    """All that is Markdown in the shipped sessions, frames and safety pages."""
    for folder in sorted(path.parent for path in shipped("curricula").glob("*/curriculum.yaml")):
        curriculum, _problems = load_curriculum(folder)
        assert curriculum is not None
        yield curriculum.safety
        for frame in curriculum.frames:
            yield from (step.text for step in frame.steps)
        for session in curriculum.sessions:
            yield from (step.text for step in session.steps)
            yield from (session.home_practice_notes, session.materials, session.recap)


def test_a_page_without_braces_reads_as_it_did() -> None:
    texts = [text for text in texts_of_pages() if "{{" not in text]
    assert len(texts) > 150
    for text in [*texts, "a {% if x %} b", "{# c #}\n\n- d", "{ x }} y"]:
        assert blocks_of(text, file="a", top=2) == read_markdown(plain_source(text, file="a"), top=2)
        assert filled_words(text) == text


COURSE = """title: Prøve
language: nb
frames:
  60:
    - {title: Velkommen, minutes: 5, text: "Ring {{ packet.fire }}"}
    - {title: Tema, minutes: 55, theme: true}
modules:
  - {number: "1", title: En, origin: proposal, sessions: [forste]}
"""
SESSION = """---
title: Første
origin: proposal
question: "Hva sier {{ packet.nobody }}?"
---
## Mål
- Jeg vet det
- Jeg kan {{ packet.date }}
## Plan
### 55 min · Tema

Si dette.

{{ safety("overdos") }}
## Hjemmeoppgave
{{ safety("home") }}

{{ safety("home") }}
## Materiell
- {{ packet.tusj }}
## Repetisjon
Sist.

{{ safety("home") }}
"""


def test_check_tells_file_and_line_of_each(tmp_path: Path) -> None:
    folder = tmp_path / "prove"
    folder.mkdir()
    (folder / "curriculum.yaml").write_text(COURSE, encoding="utf-8")
    (folder / "forste.md").write_text(SESSION, encoding="utf-8")
    (folder / "trygg-gruppe.md").write_text('---\ntitle: T\n---\nHei\n\n{{ safety("hme") }}\n', encoding="utf-8")
    curriculum, problems = load_curriculum(folder)
    assert problems == []
    assert curriculum is not None
    places = {(Path(problem.file).name, problem.line) for problem in check_leader_text(curriculum)}
    assert places == {
        ("curriculum.yaml", 5),
        ("forste.md", 4),
        ("forste.md", 8),
        ("forste.md", 14),
        ("forste.md", 16),
        ("forste.md", 20),
        ("forste.md", 24),
        ("trygg-gruppe.md", 6),
    }
