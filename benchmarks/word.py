"""A meeting's papers for eight people as one Word file, beside the build in ROP_BASE: the same blocks, in turn.

`word_packet.json.gz` holds the blocks of the sample packet of commit 02bbbcb but for its two agendas, whose shape has
changed since, so that both builds draw the same. Other words or another style anywhere end the measurement.
"""

from __future__ import annotations

import dataclasses
import gzip
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

from benchmarks.side import HERE, Side

Pair = tuple[Callable[[], object], Callable[[], object]]
BLOCKS = Path(__file__).with_name("word_packet.json.gz")


def dump(value: Any) -> Any:
    """Frozen blocks as JSON that names each kind."""
    if dataclasses.is_dataclass(value):
        fields = {field.name: dump(getattr(value, field.name)) for field in dataclasses.fields(value)}
        return {"kind": type(value).__name__, **fields}
    return [dump(part) for part in value] if isinstance(value, tuple) else value


def load(value: Any, kinds: Any) -> Any:
    """Blocks again, of the classes that a build has in its module `kinds`."""
    if isinstance(value, dict):
        fields = {name: load(part, kinds) for name, part in value.items() if name != "kind"}
        return getattr(kinds, value["kind"])(**fields)
    return tuple(load(part, kinds) for part in value) if isinstance(value, list) else value


def words_and_styles(word: bytes) -> str:
    """A digest of every paragraph's style and text, those in tables too."""
    import docx
    from docx.oxml.ns import qn
    from docx.text.paragraph import Paragraph

    document = docx.Document(BytesIO(word))
    lines = [
        f"{paragraph.style.name if paragraph.style else ''}\t{paragraph.text}"
        for element in document.element.body.iter(qn("w:p"))
        for paragraph in [Paragraph(element, document.part)]  # type: ignore[arg-type]
    ]
    return sha256("\n".join(lines).encode()).hexdigest()


def serve() -> None:
    """In a process of its own, with the build on the path: render once for each line that comes in."""
    from rop_facilitator.documents.output.docx import render_docx
    from rop_facilitator.documents.page import blocks

    packet = load(json.loads(gzip.decompress(BLOCKS.read_bytes())), blocks)
    print("ready", words_and_styles(render_docx(packet)), flush=True)
    for _line in sys.stdin:
        render_docx(packet)
        print("done", flush=True)


@contextmanager
def _word() -> Iterator[Pair]:
    code = f"import sys; sys.path.append({str(HERE)!r}); from benchmarks.word import serve; serve()"
    ours, other = Side(code, HERE), Side(code, Path(os.environ["ROP_BASE"]).absolute())
    if ours.says != other.says:
        raise RuntimeError("the two builds write other words or other styles")
    yield ours.go, other.go
    ours.close()
    other.close()


BENCHMARKS = (
    [("Word packet for 8 people, the same blocks", "the build in ROP_BASE", _word, 9, 0.4)]
    if os.environ.get("ROP_BASE")
    else []
)
