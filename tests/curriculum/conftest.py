"""A small made-up curriculum, written into a folder of its own."""

from pathlib import Path

import pytest

CURRICULUM = """\
title: Prøvekurs
language: nb
frames:
  60:
    - {title: Velkommen, minutes: 10, text: "Si hei."}
    - {title: Dagens tema, minutes: 40, theme: true}
    - {title: Avslutning, minutes: 10}
  90:
    - {title: Velkommen, minutes: 15}
    - {title: Dagens tema, minutes: 50, theme: true}
    - {title: Pause, minutes: 10}
    - {title: Avslutning, minutes: 15}
modules:
  - number: "1"
    title: Alt
    origin: proposal
    sessions: [hel, utkast]
"""

COMPLETE = """\
---
title: Hel sesjon
origin: proposal
handouts: [ark]
stages: [engagement, active]
---
## Mål
- Jeg vet noe
- Jeg kan noe

## Plan
### 20 min · Først {pedagogisk}
Snakk sammen.

#### Den som er i gang
Spør videre.

### 10 min · Pause
Kaffe.

### 30 min · Etterpå {kognitiv}
Øv.

## Hjemmeoppgave
Gå en tur
i dag.

Til lederen: spør om turen.

## Materiell
- Penner

## Repetisjon
Sist snakket vi sammen.
"""

OUTLINE = """\
---
title: Utkast til sesjon
origin: inferred
---
## Mål
- Jeg vet noe
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The folder of the made-up curriculum `prove`, which has no fault."""
    folder = tmp_path / "curricula" / "prove"
    folder.mkdir(parents=True)
    (folder / "curriculum.yaml").write_text(CURRICULUM, encoding="utf-8")
    (folder / "hel.md").write_text(COMPLETE.replace("Kaffe.", "Kaffe. " * 450), encoding="utf-8")
    (folder / "utkast.md").write_text(OUTLINE, encoding="utf-8")
    (folder / "trygg-gruppe.md").write_text("## Når noen er utrygg\nRing 116 117.\n", encoding="utf-8")
    return folder
