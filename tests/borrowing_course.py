"""A course of the leader's own that borrows two sessions of KAT-ROP and two of its sheets, beside ours."""

from pathlib import Path

from rop_facilitator.curriculum.load import load_library
from rop_facilitator.curriculum.model import Library
from rop_facilitator.paths import curricula_folders, data_folder

BORROWED = ("kat-rop/mestre-rustrang-og-abstinens", "kat-rop/varselsignaler-og-risikosituasjoner")

CURRICULUM = """\
title: Lånekurset
language: nb
frames:
  60:
    - {title: Kom inn, minutes: 10, text: "Si hei."}
    - {title: Dagens tema, minutes: 40, theme: true}
    - {title: Gå ut, minutes: 10}
  90:
    - {title: Kom inn, minutes: 20, text: "Si hei."}
    - {title: Dagens tema, minutes: 37, theme: true}
    - {title: Pause, minutes: 10}
    - {title: Gå ut, minutes: 23}
modules:
  - number: "3"
    title: Det egne
    origin: proposal
    sessions: [malet-mitt]
  - number: "8"
    title: Det lånte
    origin: proposal
    sessions: [kat-rop/mestre-rustrang-og-abstinens, kat-rop/varselsignaler-og-risikosituasjoner]
"""

SESSION = """\
---
title: Målet mitt
origin: proposal
handouts: [malet-mitt, kat-rop/min-kriseplan, kat-rop/rustrang-i-sju-dager]
table: [kat-rop/rustrang-i-sju-dager]
stages: [engagement]
---
## Mål
- Jeg vet hva jeg vil
- Jeg har ett steg

## Plan
### 20 min · Først
Snakk sammen.

### 17 min · Så
Øv.

## Hjemmeoppgave
Gå en tur i dag.

## Materiell
- Penner

## Repetisjon
Sist snakket vi om målet.
"""

SHEET = """\
---
title: Arket om målet
kind: worksheet
origin: proposal
pages: 1
---
## Målet mitt
{{ lines(3) }}
"""


def write_borrowing_course() -> Path:
    """Put the course into the leader's own folder, and give it back."""
    folder = data_folder() / "curricula" / "laan"
    sheets = data_folder() / "handouts" / "laan"
    for place in (folder, sheets):
        place.mkdir(parents=True)
    (folder / "curriculum.yaml").write_text(CURRICULUM, encoding="utf-8")
    (folder / "malet-mitt.md").write_text(SESSION, encoding="utf-8")
    (folder / "trygg-gruppe.md").write_text("## Trygt i lånekurset\nGå ut sammen.\n", encoding="utf-8")
    (sheets / "malet-mitt.md").write_text(SHEET, encoding="utf-8")
    return folder


def borrowing_library() -> Library:
    """All courses of this machine, with the one that borrows."""
    write_borrowing_course()
    library = load_library(curricula_folders())
    assert not library.problems
    return library
