"""Where in a folder curricula and handouts lie, and in which language the handouts are written."""

from __future__ import annotations

from pathlib import Path

from rop_facilitator.curriculum.load import CURRICULUM_FILE, load_curriculum
from rop_facilitator.curriculum.model import Curriculum, Overview, SessionPlan, curriculum_id_of
from rop_facilitator.documents.papers.handout import handout_path
from rop_facilitator.i18n import LANGUAGES
from rop_facilitator.paths import handout_folders


def curricula_in(path: Path) -> list[Path]:
    """The folder itself, or those in it, or in its `curricula`."""
    places = [path, *sorted(path.glob("*")), *sorted((path / "curricula").glob("*"))]
    return [place for place in places if (place / CURRICULUM_FILE).is_file()]


def loose_in(path: Path, curricula: list[Path]) -> list[tuple[str, list[Path]]]:
    """Handouts in a folder that none of these curricula brings, by folder, with the language of each."""
    if (path / CURRICULUM_FILE).is_file():
        return []
    known = {folder.name for folder in curricula}
    below = path / "handouts" if (path / "handouts").is_dir() else path
    folders = [*below.glob("*"), *(below / "papers").glob("*")]
    places = [below, *sorted(place for place in folders if place.is_dir() and place not in curricula)]
    folders_of_handouts = [(place, sorted(place.glob("*.md"))) for place in places if place.name not in known]
    return [
        (language_of(place), files)
        for place, files in folders_of_handouts
        # Beside curricula, a page such as README.md is no handout.
        if files and (place != path or not curricula)
    ]


def handouts_of(curriculum: Curriculum) -> list[Path]:
    """Its own handouts: those that sessions name and that are there, then the others in the same folder."""
    pages: list[SessionPlan | Overview] = [*curriculum.own_sessions, *curriculum.overviews]
    ids = (handout for page in pages for handout in page.handouts)
    named = [handout_path(curriculum, handout) for handout in ids if curriculum_id_of(handout) == curriculum.id]
    folder = next((folder for folder in handout_folders(curriculum.folder) if folder.is_dir()), None)
    # Also those that no session names yet: their author wants to know before they are used.
    others = sorted(folder.glob("*.md")) if folder else []
    return list(dict.fromkeys([*(path for path in named if path is not None), *others]))


def language_of(folder: Path) -> str:
    """The language of a folder of handouts: its own name, or that of the curriculum beside it, else bokmål."""
    if is_standing(folder):
        return folder.name
    # A folder of handouts says no language; the course of the same name does.
    beside = folder.absolute().parent.parent / "curricula" / folder.name
    curriculum = load_curriculum(beside)[0] if (beside / CURRICULUM_FILE).is_file() else None
    return curriculum.language if curriculum else "nb"


def is_standing(folder: Path) -> bool:
    """Whether it is a folder of standing papers, as in `handouts/papers/nb`."""
    place = folder.absolute()
    return place.parent.name == "papers" and place.name in LANGUAGES
