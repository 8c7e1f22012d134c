"""Words that our texts do not use (docs/domain.md): each with its file, its line and what to say instead."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from rop_facilitator.curriculum.load import SAFETY_FILE
from rop_facilitator.documents.page.help_numbers import load_contacts
from rop_facilitator.documents.page.safety_texts import safety_texts

ROOT = Path(__file__).parent.parent
RESOURCES = ROOT / "resources"
Rows = Iterator[tuple[int, str]]

EVERYWHERE = {
    r"\w*misbruk\w*": "rusbruk, ruslidelse",
    r"\b(hjemme)?lekse(n|r|ne)?\b": "hjemmeoppgave",
    r"\bdobbeltdiagnose\w*": "samtidig ruslidelse og psykisk lidelse",
    r"\bdrop-?out\w*": "slutte underveis, avbrudd",
    r"\bhar feilet\b": "har sprukket",
    r"\d%": "a space before %",
}
FOR_PARTICIPANTS = {
    r"\bpasient(en|er|ene|ens|enes|s)?\b(?!- og bruker)": "deltaker",
    r"\btrigger\w*": "utløser",
    r"!": "a full stop",
}
NUMBER = r"\b(11[023]|116\s?\d{3}|\d{8}|\d\d(\s\d\d){3}|\d{3}\s\d\d\s\d{3})\b"
TYPED = {NUMBER: "{{ packet.emergency }}, {{ packet.doctor }}, {{ packet.police }} … from resources/contacts.yaml"}


def found(name: str, rows: Rows, refused: dict[str, str]) -> list[str]:
    """What is refused in some lines of a file."""
    return [
        f"{name}:{number}: {match[0]} – write {better}"
        for number, row in rows
        for pattern, better in refused.items()
        for match in re.finditer(pattern, row, re.IGNORECASE)
    ]


def all_rows(text: str) -> Rows:
    """Every line without the marks that Markdown and Jinja make with an exclamation mark."""
    for number, row in enumerate(text.split("\n"), 1):
        yield number, re.sub(r"!\[|\[!\w+\]|\{%.*?%\}", "", row)


def without_sources(text: str) -> Rows:
    """A curriculum's lines but for its sources, whose titles are as they are."""
    field = ""
    for number, row in all_rows(text):
        field = row if row[:1].strip() and not row.startswith("-") else field
        if not field.startswith("sources:"):
            yield number, row


def for_participants(text: str) -> Rows:
    """Of a session: its title, its aims, its recap and the home practice until the leader's notes on it."""
    heading, said = "", False
    for number, row in all_rows(text):
        if row.startswith("## "):
            heading, said = row[3:].strip(), False
        elif row.startswith("title:") or heading in ("Mål", "Repetisjon"):
            yield number, row
        elif heading == "Hjemmeoppgave":
            said = said or bool(row.strip())
            heading = "" if said and not row.strip() else heading
            yield number, row


def translations(text: str) -> Rows:
    """The bokmål of a gettext file, whose texts stand on one line each."""
    return ((number, row) for number, row in all_rows(text) if row.startswith("msgstr"))


def check(path: Path) -> list[str]:
    """All that is refused in one of our files; a help number is refused in every page, from the head to the recap."""
    name, text = str(path.relative_to(ROOT)), path.read_text(encoding="utf-8")
    if path.suffix == ".po":
        return found(name, translations(text), EVERYWHERE)
    if path.is_relative_to(ROOT / "handouts"):
        return found(name, all_rows(text), {**EVERYWHERE, **FOR_PARTICIPANTS, **TYPED})
    leaders = found(name, without_sources(text), {**EVERYWHERE, **TYPED})
    return [*leaders, *found(name, for_participants(text), FOR_PARTICIPANTS)] if path.suffix == ".md" else leaders


PAGES = sorted(path for path in (ROOT / "curricula").rglob("*") if path.suffix in (".md", ".yaml"))
HANDOUTS = sorted((ROOT / "handouts").rglob("*.md"))


def test_our_texts_use_our_terms() -> None:
    assert len(PAGES) > 50
    assert len(HANDOUTS) > 20
    files = [*PAGES, *HANDOUTS, RESOURCES / "locale" / "nb" / "LC_MESSAGES" / "messages.po"]
    assert [line for path in files for line in check(path)] == []


def test_every_number_of_the_file_is_one_that_may_not_be_typed() -> None:
    numbers = [contact.number for contact in load_contacts(RESOURCES / "contacts.yaml")[0] if contact.number]
    assert len(numbers) == 9
    assert [number for number in numbers if not re.fullmatch(NUMBER, number)] == []


FEWEST_WORDS = 6


def sentences(text: str) -> set[tuple[str, ...]]:
    """The words of each sentence of some length, but those that tell to ring: they are said in many places."""
    bare = re.sub(r"\{\{.*?\}\}", "0", re.sub(r"\{\{\s*safety.*?\}\}", "", text))
    words = (tuple(re.findall(r"\w+", sentence.casefold())) for sentence in re.split(r"[.?!:]", bare))
    return {sentence for sentence in words if len(sentence) >= FEWEST_WORDS and sentence[0] not in ("ring", "call")}


def retyped(name: str, text: str) -> list[str]:
    """Sentences of our safety texts that a page types by hand; what only the leader says may stand in other words."""
    texts = {key: safety for key, safety in safety_texts().items() if not safety.leader}
    whose: dict[tuple[str, ...], str] = {}
    for key, safety in texts.items():
        whose |= {sentence: key for words in safety.text.values() for sentence in sentences(words)}
    return [
        f'{name}:{number}: {" ".join(sentence)} – write {{{{ safety("{whose[sentence]}") }}}}'
        for number, row in enumerate(text.split("\n"), 1)
        if not row.startswith("lead:")  # the head of a sheet is plain
        for sentence in sorted(sentences(row) & set(whose))
    ]


def test_no_page_types_a_safety_text() -> None:
    pages = [path for path in (*PAGES, *HANDOUTS) if path.name != SAFETY_FILE]  # which is about the same, to the leader
    told = [line for path in pages for line in retyped(path.name, path.read_text(encoding="utf-8"))]
    assert told == []


@pytest.mark.parametrize(
    ("row", "name"),
    [
        ("Etter en pause tåler kroppen mindre.", "overdose"),
        ("Si: «Du kan ha øynene **åpne** hele tida.»", "stop"),
        ("Du kan ringe legevakta på {{ packet.doctor }} eller Mental Helse på 116 123.", ""),
        ("Ring {{ packet.emergency }} hvis det er akutt fare.", ""),
        ('{{ safety("overdose") }} Kroppen tåler mindre etter en pause.', ""),
        ("Spør: «Tenker du på å ta livet ditt?»", ""),
        ("lead: Arket kan bli i gruppas mappe.", ""),
        ("You can keep your eyes open all the time.", "stop"),
    ],
)
def test_what_is_a_safety_text(row: str, name: str) -> None:
    told = retyped("ark.md", f"## Hei\n{row}")
    assert [line[:8] for line in told] == (["ark.md:2"] if name else [])
    assert all(f'safety("{name}' in line for line in told)


@pytest.mark.parametrize(
    ("row", "what"),
    [
        ("En rusmisbruker", "rusmisbruker"),
        ("Gjør leksene", "leksene"),
        ("Ta med hjemmeleksen.", "hjemmeleksen"),
        ("Slå opp i leksikon.", ""),
        ("Pasienten sier det.", "Pasienten"),
        ("Pasient- og brukerombudet hjelper deg. Pasientreiser dekker turen.", ""),
        ("En trigger er", "trigger"),
        ("Bra jobba!", "!"),
        ("> [!TIP] Et råd", ""),
        ("![Kurve](craving-curve)", ""),
        ("Ring 113.", "113"),
        ("Ring 116\u00a0123.", "116\u00a0123"),
        ("Ring 22 59 13 00.", "22 59 13 00"),
        ("Ring 815 00 123.", "815 00 123"),
        ("Ring politiet på 112 i 2016 2018.", "112"),
        ("Det brenner: 110.", "110"),
        ("Ring {{ packet.emergency }}, se side 113–5.", "113"),
        ("I 2026 var det 75%.", "5%"),
        ("75 % av 1130 kroner, 12. 11. 2026", ""),
    ],
)
def test_what_is_refused_in_a_handout(row: str, what: str) -> None:
    refused = {**EVERYWHERE, **FOR_PARTICIPANTS, **TYPED}
    lines = found("ark.md", all_rows(f"## Hei\n{row}"), refused)
    assert [line.partition(" – ")[0] for line in lines] == ([f"ark.md:2: {what}"] if what else [])


def test_participants_words_in_a_session() -> None:
    text = (
        "---\ntitle: Tittel!\n---\n## Mål\n- Mål!\n## Plan\n### 20 min · Steg\nSi: «Hei!»\n"
        "## Hjemmeoppgave\n\nGå!\n\nTil lederen!\n## Materiell\n- Tusj!\n## Repetisjon\nSist!\n\nOg så!\n"
    )
    told = [line.split()[0] for line in found("a.md", for_participants(text), FOR_PARTICIPANTS)]
    assert told == [f"a.md:{number}:" for number in (2, 5, 11, 17, 19)]


def test_sources_and_english_are_let_be() -> None:
    text = "title: Kurs\nsources:\n    - Rusmisbruk (2011)\n- Misbruk\naudience: misbrukere\n"
    assert found("c.yaml", without_sources(text), EVERYWHERE) == ["c.yaml:5: misbrukere – write rusbruk, ruslidelse"]
    text = 'msgid "misbruk"\nmsgstr "misbruk"\n'
    assert found("m.po", translations(text), EVERYWHERE) == ["m.po:2: misbruk – write rusbruk, ruslidelse"]
