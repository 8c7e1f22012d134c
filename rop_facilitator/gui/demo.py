"""`make demo` and `make screens`: the sample, its papers and pictures of the window, for looking without a display."""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtWidgets import QApplication

from rop_facilitator import i18n, paths
from rop_facilitator.curriculum.load import load_library
from rop_facilitator.curriculum.model import Library
from rop_facilitator.documents.exchange.register import collect_register
from rop_facilitator.documents.exchange.write_register import write_register
from rop_facilitator.documents.output.write_paper import write_paper
from rop_facilitator.documents.papers.catalogue import PaperRequest, collect_paper
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.runtime.jobs import Jobs
from rop_facilitator.gui.style import appearance
from rop_facilitator.gui.window.main_window import MainWindow
from rop_facilitator.i18n import _
from rop_facilitator.records.group.groups import find_group
from rop_facilitator.records.group.groups_overview import group_summaries
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.meeting.meetings import meeting_on
from rop_facilitator.records.models import NamesShown
from rop_facilitator.records.sample_groups import add_sample_groups, sample_leader
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.opening import create_database, unlock_database
from rop_facilitator.settings import Settings

PASSPHRASE = "hestehov i april"  # of records in which everything is made up
SETTLED = 0.4  # seconds for a page to draw what comes from a job


@dataclass(frozen=True)
class Scene:
    """The sample as it stands on a day, and the meeting that its papers and pictures are about."""

    path: Path
    library: Library
    group: str
    group_id: int
    meeting_id: int
    on: date


def make_demo(path: Path, *, at: datetime) -> Scene:
    """The sample database at a path; the scene is the next meeting of the group that meets first."""
    library = load_library((paths.shipped("curricula"),))
    database, _code = create_database(path, sample_leader(), PASSPHRASE, clock=datetime.now)
    with closing(database):
        with database.write(Action.SAMPLE_ADDED, by=database.leader_id) as db:
            add_sample_groups(db, library, today=at.date())
        with database.read() as db:
            summaries = group_summaries(db, today=at.date())
            soon = min(
                (summary for summary in summaries if summary.next_meeting),
                key=lambda summary: str(summary.next_meeting),
            )
            assert soon.next_meeting is not None
            group = find_group(db, soon.name)
            meeting = meeting_on(group, soon.next_meeting)
    return Scene(path, library, group.name, group.id, meeting.id, meeting.on)


def _unlocked(scene: Scene) -> Database:
    return unlock_database(scene.path, None, PASSPHRASE, clock=datetime.now)


def write_papers(scene: Scene, folder: Path, *, today: date) -> list[Path]:
    """Tonight's packet as PDF and Word, and the register, as a leader would make them."""
    packet, word, register = folder / "packet.pdf", folder / "packet-word", folder / "register.xlsx"
    with closing(_unlocked(scene)) as database, database.read() as db:
        group = find_group(db, scene.group)
        paper = collect_paper(group, scene.library, PaperRequest("packet", scene.on), today=today)
        values = collect_register(group, names=NamesShown.DISPLAY, today=today)
    documents, _problems = paper.packet()
    write_paper(documents, packet)
    write_paper(documents, word)
    write_register(values, register)
    return [packet, word, register]


def places(scene: Scene) -> dict[str, tuple[str, tuple[object, ...], int]]:
    """A name for each picture: the place in the window, what it is about, and the tab."""
    session = next(session for session in scene.library.curricula["kat-rop"].sessions if not session.is_outline)
    return {
        "today": ("today", (), 0),
        "plan": ("group", (scene.group_id,), 0),
        "attendance": ("group", (scene.group_id,), 1),
        "people": ("group", (scene.group_id,), 2),
        "progress": ("group", (scene.group_id,), 3),
        "papers": ("group", (scene.group_id,), 4),
        "group-settings": ("group_settings", (scene.group_id,), 0),
        "meeting": ("meeting", (scene.group_id, scene.meeting_id), 0),
        "print": ("print", (scene.group_id, PaperRequest("packet", scene.on)), 0),
        "library": ("library", (session.id,), 0),
        "new-group": ("new_group", (), 0),
        "settings": ("settings", (), 0),
    }


def take_pictures(scene: Scene, folder: Path, settings: Settings, *, at: datetime) -> list[Path]:
    """A picture of each page, with these settings; people and marks are the sample's."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    appearance.use_settings(app, settings)
    context = AppContext(settings, Jobs(), clock=lambda: at)
    context.use_library(scene.library)
    window = MainWindow(context)
    window.show()
    written: list[Path] = []
    for name, route in (("first-run", "first_run"), ("unlock", "unlock")):
        window.go(route)
        written.append(_picture(app, window, folder / f"{name}.png"))
    context.open_records(_unlocked(scene))
    for name, (place, arguments, tab) in places(scene).items():
        window.go(place, *arguments)
        window.page.show_tab(tab) if window.page else None
        written.append(_picture(app, window, folder / f"{name}.png"))
    window.close()
    window.deleteLater()
    app.processEvents()
    return written


def _picture(app: QApplication, window: MainWindow, path: Path) -> Path:
    end = time.monotonic() + SETTLED
    while time.monotonic() < end:
        app.processEvents()
        window.context.jobs.wait()
    path.parent.mkdir(parents=True, exist_ok=True)
    window.grab().save(str(path))
    return path


def main() -> int:
    """Make the sample in a folder; with `--screens`, only pictures: light, dark, both languages, two text sizes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--screens", action="store_true")
    options = parser.parse_args()
    i18n.set_language(i18n.system_language())
    at = datetime.now().replace(second=0, microsecond=0)
    shutil.rmtree(options.folder, ignore_errors=True)
    options.folder.mkdir(parents=True)
    appearance.application()
    with TemporaryDirectory() as private:
        path = (Path(private) if options.screens else options.folder) / "sample.rop"
        scene = make_demo(path, at=at)
        written = [] if options.screens else write_papers(scene, options.folder, today=at.date())
        plain = Settings(language=i18n.language(), theme="light", last_database=str(path))
        looks = {"screens": plain}
        if options.screens:
            looks = {
                f"{language}-{theme}-{percent}": replace(plain, language=language, theme=theme, text_percent=percent)
                for language in i18n.LANGUAGES
                for theme in ("light", "dark")
                for percent in (100, 200)
            }
        for name, settings in looks.items():
            written += take_pictures(scene, options.folder / name, settings, at=at)
    i18n.set_language(plain.language)
    if not options.screens:
        print(_("The sample database is {path}; its passphrase is “{phrase}”.").format(path=path, phrase=PASSPHRASE))
    for path in written:
        print(path)
    return 0


if __name__ == "__main__":
    sys.exit(main())
