"""Spell all bokmål that is shipped, with hunspell and Debian's dictionary: `make spell`.

`resources/spelling/nb.txt` holds the words that the dictionary lacks: real words and names, sorted, one a line.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from babel.messages.pofile import read_po

from rop_facilitator.curriculum.file_reader import read_page, shown
from rop_facilitator.curriculum.load import CURRICULUM_FILE, load_curriculum
from rop_facilitator.curriculum.model import Curriculum
from rop_facilitator.curriculum.readability import plain
from rop_facilitator.documents.check.find_files import language_of
from rop_facilitator.documents.check.rendering_check import document_of, load_any, words_of
from rop_facilitator.documents.page.blocks import Figure, blocks_in
from rop_facilitator.documents.page.help_numbers import load_contacts
from rop_facilitator.documents.page.safety_texts import safety_texts

ROOT = Path(__file__).parent.parent
WORD_LIST = Path(__file__).parent / "spelling" / "nb.txt"
MESSAGES = ROOT / "resources" / "locale" / "nb" / "LC_MESSAGES" / "messages.po"
NOT_A_WORD = "gruppeledr"
"""What the dictionary must refuse, so that a check that sees nothing is noticed."""

_WORD = re.compile(r"[^\W\d_]{2,}")
_JOINING_S = re.compile(r"(ing|dom|het|skap|sjon)s-(?!\w)")
_NO_WORDS = re.compile(
    r"[\w-]*\{[^{}]*\}|https?://\S+|\S+@\S+|<[^<>\s]*>|(?<!\S)--?[a-z][a-z-]+|\w+/(?!\w)"
    r"|[\w*/-]*\.(?:md|yaml|pdf|docx|xlsx|csv|ics|rop|ropbackup|keys|no|org|com)\b"
)


@dataclass(frozen=True)
class Spelled:
    """Some text as a reader meets it, and the lines of the file that it comes from."""

    file: Path
    text: str
    rows: tuple[str, ...]
    first_row: int = 1
    names: str = ""
    """Text whose words are right wherever they come again: the English that was translated."""

    @property
    def words(self) -> set[str]:
        """All words to spell, those joined by a hyphen one by one; one letter alone is none."""
        return words_in(self.text) - words_in(self.names)

    def lines_with(self, word: str) -> list[int]:
        """Where it stands in the file; the first line of the text where markup divides it."""
        alone = re.compile(rf"(?<![^\W\d_]){word}(?![^\W\d_])")
        numbers = [number for number, row in enumerate(self.rows, self.first_row) if alone.search(row)]
        return numbers or [self.first_row]


def words_in(text: str) -> set[str]:
    """The words of plain text, without placeholders, addresses, options and names of files."""
    return set(_WORD.findall(_JOINING_S.sub(r"\1 ", _NO_WORDS.sub(" ", text))))


# -- what there is to spell --------------------------------------------------------------------------------------------


def shipped_texts() -> Iterator[Spelled]:
    """The curricula, handouts, papers, safety texts and help numbers in bokmål, and that of the program itself."""
    for folder in sorted(path.parent for path in (ROOT / "curricula").glob(f"*/{CURRICULUM_FILE}")):
        curriculum = load_curriculum(folder)[0]
        if curriculum is not None and curriculum.language == "nb":
            yield from _curriculum(curriculum)
    for path in sorted((ROOT / "handouts").rglob("*.md")):
        if language_of(path.parent) == "nb":
            yield handout_text(path)
    resources = ROOT / "resources"
    yield _text(resources / "safety.yaml", *(plain(safety.text["nb"]) for safety in safety_texts().values()))
    contacts = load_contacts(resources / "contacts.yaml")[0]
    said = [words["nb"] for contact in contacts for words in (contact.name, contact.when)]
    yield _text(resources / "contacts.yaml", *said)
    yield from program_texts(MESSAGES)


def _text(path: Path, *texts: str) -> Spelled:
    return Spelled(path, "\n".join(texts), tuple(path.read_text(encoding="utf-8").split("\n")))


def _curriculum(curriculum: Curriculum) -> Iterator[Spelled]:
    said = [curriculum.title, curriculum.origin_note, curriculum.audience, curriculum.group_size, curriculum.rhythm]
    said += [text for frame in curriculum.frames for step in frame.steps for text in (step.title, plain(step.text))]
    said += [text for module in curriculum.modules for text in (module.title, *module.aims)]
    yield _text(curriculum.folder / CURRICULUM_FILE, *said)
    for path in sorted(curriculum.folder.glob("*.md")):
        yield page_text(path)


def page_text(path: Path) -> Spelled:
    """A session, or another page of a curriculum, with or without a head."""
    page = read_page(path)[0]
    head = [str(page.head.get(field, "")) for field in ("title", "lead", "about")] if page else []
    return _text(path, *head, plain(page.body if page else path.read_text(encoding="utf-8")))


def handout_text(path: Path) -> Spelled:
    """A handout or standing paper as it is printed, with the words for those who do not see its figures."""
    handout = load_any(path, "nb")[0]
    if handout is None:
        raise SystemExit(f"{shown(path)}: cannot be read; see `rop-facilitator check`")
    document = document_of(handout)[0]
    alts = [block.alt for block in blocks_in(document.blocks) if isinstance(block, Figure)]
    return _text(path, handout.title, handout.about, handout.footer, words_of(document), *alts)


def program_texts(path: Path) -> Iterator[Spelled]:
    """Each translation in a gettext file, without access keys; what it has from the English is a name or a field."""
    rows = tuple(path.read_text(encoding="utf-8").split("\n"))
    with path.open("rb") as stream:
        messages = [message for message in read_po(stream, locale="nb") if message.id]
    for message in messages:
        asked, said = (" ".join([form] if isinstance(form, str) else form) for form in (message.id, message.string))
        first = next(at for at in range(message.lineno or 1, len(rows) + 1) if rows[at - 1].startswith("msgstr"))
        last = next((at for at in range(first, len(rows) + 1) if not rows[at - 1].strip()), len(rows))
        yield Spelled(path, said.replace("&", ""), rows[first - 1 : last], first, asked)


# -- which words are right ---------------------------------------------------------------------------------------------


def listed_words() -> list[str]:
    """The project's own words, as the file has them."""
    return WORD_LIST.read_text(encoding="utf-8").split()


def spellings(listed: str) -> set[str]:
    """How a listed word may be written: a name as it stands, another word with a capital first letter too."""
    return {listed, listed[0].upper() + listed[1:]}


def refused(words: Iterable[str]) -> set[str]:
    """Those words that the dictionary does not know. Raises SystemExit where it cannot be asked."""
    if shutil.which("hunspell") is None:
        raise SystemExit("hunspell is missing. On Debian: sudo apt-get install hunspell hunspell-no")
    asked = "\n".join([*sorted(words), NOT_A_WORD, ""])
    command = ["hunspell", "-d", "nb_NO", "-i", "utf-8", "-l"]
    surroundings = {**os.environ, "LC_ALL": "C.UTF-8"}
    done = subprocess.run(command, input=asked, env=surroundings, capture_output=True, encoding="utf-8", check=False)
    answer = set(done.stdout.split())
    if done.returncode or NOT_A_WORD not in answer:
        raise SystemExit(f"hunspell cannot spell nb_NO. {done.stderr.strip()}")
    return answer - {NOT_A_WORD}


def main() -> int:
    """Print file, line and word of every misspelling; 1 where there is one."""
    texts = list(shipped_texts())
    known = set().union(*map(spellings, listed_words()))
    wrong = refused(set().union(*(text.words for text in texts)) - known)
    for text in texts:
        places = [(line, word) for word in text.words & wrong for line in text.lines_with(word)]
        for line, word in sorted(places):
            print(f"{shown(text.file)}:{line}: {word}")
    if wrong:
        advice = f"Not in the dictionary: {len(wrong)}. Correct them; add real words and names to {shown(WORD_LIST)}."
        print(advice, file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
