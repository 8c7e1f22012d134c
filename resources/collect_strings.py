"""Collect the texts of the program into the translation file: `make strings`.

New texts come without a translation, texts that are gone go. Qt's own texts, under `qt:<context>`, stay: they stand in
no file of ours. The order is that of the texts, so that two changes seldom touch the same lines.
"""

from __future__ import annotations

import ast
import io
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parent.parent
FILE = ROOT / "resources" / "locale" / "nb" / "LC_MESSAGES" / "messages.po"
HEADER = """msgid ""
msgstr ""
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Language: nb\\n"
"Plural-Forms: nplurals=2; plural=(n != 1);\\n"

"""


def texts_in(source: str) -> Iterator[tuple[str | None, str | tuple[str, str]]]:
    """Each (context, text) or (context, (one, many)) in a file. Babel's own reader sees nothing inside f-strings."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if node.func.id == "_" and words:
                yield None, words[0]
            elif node.func.id == "ngettext" and len(words) == 2:
                yield None, (words[0], words[1])
            elif node.func.id == "pgettext" and len(words) == 2:
                yield words[0], words[1]


def main() -> None:
    """Bring the file up to date, in place."""
    with FILE.open("rb") as stream:
        known = read_po(stream, locale="nb")
    catalogue = Catalog(locale="nb")
    for message in known:
        if message.id and (message.context or "").startswith("qt:"):
            catalogue.add(message.id, message.string, context=message.context)
    kinds: dict[tuple[str | None, str], bool] = {}
    for path in sorted((ROOT / "rop_facilitator").rglob("*.py")):
        for context, text in texts_in(path.read_text(encoding="utf-8")):
            plural = isinstance(text, tuple)
            single = text[0] if isinstance(text, tuple) else text
            if kinds.setdefault((context, single), plural) != plural:
                raise SystemExit(f"{path}: “{single}” stands with a plural and without one: use one way.")
            before = known.get(single, context)
            catalogue.add(text, before.string if before else "", context=context)
    written = io.BytesIO()
    write_po(written, catalogue, width=None, sort_output=True, omit_header=True, no_location=True)
    FILE.write_text(HEADER + written.getvalue().decode(), encoding="utf-8")


if __name__ == "__main__":
    main()
