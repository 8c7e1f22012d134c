"""The words to spell are taken from the texts as they are read, and the project's own list holds nothing else."""

from pathlib import Path

import pytest

from resources import check_spelling
from resources.check_spelling import Spelled, listed_words, program_texts, shipped_texts, spellings, words_in

MESSAGE = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"

msgid "Write pages in {file}."
msgstr "Skriv pages i {file}, ikke her."

msgid "{n} word"
msgid_plural "{n} words"
msgstr[0] "{n} ord"
msgstr[1] "{n} &flree"
"""


def unordered(words: list[str]) -> list[str]:
    """Words that stand in the wrong place, or twice."""
    right = sorted(set(words), key=lambda word: (word.casefold(), word))
    return [word for at, word in enumerate(words) if at >= len(right) or word != right[at]]


def unused(words: list[str], texts: set[str]) -> list[str]:
    """Words that no text uses."""
    return [word for word in words if not spellings(word) & texts]


def test_the_list_is_sorted_and_every_word_is_used() -> None:
    words = listed_words()
    assert unordered(words) == []
    assert unused(words, set().union(*(text.words for text in shipped_texts()))) == []
    assert all(word.isalpha() and len(word) > 1 for word in words)


def test_a_wrong_list_would_be_found() -> None:
    assert unordered(["rus", "bok"]) == ["rus", "bok"]
    assert unordered(["bok", "bok", "rus"]) == ["bok", "rus"]
    assert unused(["Gråwe", "rusplan", "ukjent"], {"Rusplan", "gråwe"}) == ["Gråwe", "ukjent"]


def test_every_text_is_read() -> None:
    root = check_spelling.ROOT
    pages = {path for path in root.glob("curricula/*/*") if path.suffix in (".md", ".yaml")}
    papers = {*root.glob("handouts/*/*.md"), *root.glob("handouts/papers/nb/*.md")}
    assert len(pages) > 50
    assert len(papers) > 10
    data = {root / "resources" / name for name in ("safety.yaml", "contacts.yaml")}
    assert {text.file for text in shipped_texts()} == {*pages, *papers, *data, check_spelling.MESSAGES}


def test_a_handout_is_spelled_as_it_is_printed(tmp_path: Path) -> None:
    page = tmp_path / "ark.md"
    head = "---\ntitle: Tittel\nkind: handout\norigin: proposal\nlead: Ingress.\n---\n"
    body = '> [!TIP]\n> Ramme.\n\n{{ lines(2, "Linje:") }}\n\n![Kurve](craving-curve)\n'
    body += "\n| Rad | |\n|---|---|\n| {{ rows(2) }} | |\n"
    page.write_text(head + body, encoding="utf-8")
    assert check_spelling.handout_text(page).words == {"Tittel", "Ingress", "Ramme", "Linje", "Kurve", "Rad"}


def test_a_page_of_a_curriculum_needs_no_head(tmp_path: Path) -> None:
    page = tmp_path / "side.md"
    page.write_text(
        "---\ntitle: Tittel\norigin: proposal\n---\n### 20 min · Steg {kognitiv}\n> [!ASK]\n> Spør.\n", "utf-8"
    )
    assert check_spelling.page_text(page).words == {"Tittel", "min", "Steg", "Spør"}
    page.write_text("## Når noen\n**Ring** nå.\n", "utf-8")
    assert check_spelling.page_text(page).words == {"Når", "noen", "Ring", "nå"}


def test_only_words_are_spelled() -> None:
    said = "Rus- og ROP-lidelse {antall}-delt, se fil.md, handouts/ og https://a.no/rart eller b.no."
    said += " Bruk --json. Behandlings- og A."
    assert words_in(said) == {"Rus", "og", "ROP", "lidelse", "delt", "se", "eller", "Bruk", "Behandling"}
    assert words_in("han/hun – bra.men så") == {"han", "hun", "bra", "men", "så"}


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "messages.po"
    path.write_text(MESSAGE, encoding="utf-8")
    first, second = program_texts(path)
    assert (first.words, first.lines_with("ikke")) == ({"Skriv", "ikke", "her"}, [6])
    assert (second.words, second.lines_with("flree")) == ({"ord", "flree"}, [11])
    page = Spelled(path, "feill", ("rett", "**feill** her", "feilll"))
    assert page.lines_with("feill") == [2]
    assert page.lines_with("delt") == [1]


def test_a_misspelling_fails_with_file_line_and_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "side.md"
    texts = [Spelled(page, "Gruppa har rustrang.\nEn feill.", ("Gruppa har rustrang.", "En feill."))]
    monkeypatch.setattr(check_spelling, "shipped_texts", lambda: texts)
    monkeypatch.setattr(check_spelling, "refused", lambda words: words & {"rustrang", "feill"})
    assert check_spelling.main() == 1
    assert capsys.readouterr().out == f"{page}:2: feill\n"
    texts[:] = texts[:0]
    assert check_spelling.main() == 0


def test_a_silent_dictionary_is_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A stand-in for hunspell that refuses nothing, then none at all."""
    program = tmp_path / "hunspell"
    program.write_text("#!/bin/sh\n/bin/cat >/dev/null\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(SystemExit, match="cannot spell"):
        check_spelling.refused(["ord"])
    program.write_text("#!/bin/sh\n/bin/cat\n", encoding="utf-8")
    assert check_spelling.refused(["ord"]) == {"ord"}
    program.unlink()
    with pytest.raises(SystemExit, match="missing"):
        check_spelling.refused(["ord"])
