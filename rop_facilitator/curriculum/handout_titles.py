"""What a handout is called, without reading more of it than its head."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from rop_facilitator.curriculum.file_reader import read_page
from rop_facilitator.curriculum.model import Curriculum, curriculum_id_of, slug_of
from rop_facilitator.paths import handout_folders


def handout_title(curriculum: Curriculum, handout_id: str) -> str:
    """The title as its author wrote it; where the file is gone or cannot be read, the words of its name."""
    slug = slug_of(handout_id)
    for folder in handout_folders(curriculum.folder.with_name(curriculum_id_of(handout_id))):
        path = folder / f"{slug}.md"
        if path.is_file():
            return _title(path, path.stat().st_mtime_ns) or _from_name(slug)
    return _from_name(slug)


@lru_cache(maxsize=2048)  # by time of change too: a title that was corrected is read again
def _title(path: Path, _changed: int) -> str:
    page = read_page(path)[0]
    title = page.head.get("title") if page else None
    return " ".join(title.split()) if isinstance(title, str) else ""


def _from_name(slug: str) -> str:
    return slug.replace("-", " ").capitalize()
