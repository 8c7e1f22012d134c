"""What one person has in a group, on paper, and the sheets of what the person is missing."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest
from pypdf import PdfReader

from rop_facilitator.cli import main
from rop_facilitator.curriculum.load import load_library
from rop_facilitator.curriculum.model import Library
from rop_facilitator.documents.papers.catalogue import Paper, PaperRequest, collect_paper
from rop_facilitator.errors import UserError
from rop_facilitator.i18n import set_language
from rop_facilitator.paths import shipped
from rop_facilitator.planning.calendar import MeetingPattern
from rop_facilitator.records.group.groups import add_participant, create_group, load_group
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.attendance import mark_attendance
from rop_facilitator.records.membership.membership_changes import save_periods
from rop_facilitator.records.membership.membership_periods import paused
from rop_facilitator.records.models import AuditEvent, Group, Way
from rop_facilitator.records.progress.progress import make_up, taught_sessions
from rop_facilitator.records.storage.opening import create_database, unlock_database
from rop_facilitator.records.storage.vault import KeyCost
from tests.gui.conftest import LEADER, NOW, PASSPHRASE

FIRST, TODAY = date(2026, 9, 1), date(2026, 10, 1)


@pytest.fixture(scope="module")
def library() -> Library:
    return load_library((shipped("curricula"),))


@pytest.fixture
def path(tmp_path: Path, library: Library, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Five Tuesdays: Kari was there, away twice (the first made up by phone), then in a pause, and back; Ola always."""
    set_language("nb")
    monkeypatch.setenv("ROP_PASSPHRASE", PASSPHRASE)
    records = tmp_path / "gruppe.rop"
    cost = KeyCost(memory_kib=64, passes=1, lanes=1)
    database, _code = create_database(records, LEADER, PASSPHRASE, clock=lambda: NOW, cost=cost)
    curriculum = library.curricula["kat-rop"]
    with database.write(Action.GROUP_CREATED, by=1) as db:
        group = create_group(
            db, "Tirsdagsgruppa", [curriculum], MeetingPattern((1,), time(13), 90, ""), first_date=FIRST
        )
        kari, ola = (add_participant(db, group, name, joined=FIRST) for name in ("Kari", "Ola"))
        db.flush()
        save_periods(db, group, kari, paused(kari, date(2026, 9, 22), date(2026, 9, 29)))
        for meeting, letter in zip(group.meetings, "MAAxM", strict=False):
            mark = Mark.PRESENT if letter == "M" else Mark.NOTICE
            mark_attendance(db, meeting.id, ola.id, Mark.PRESENT, today=meeting.on)
            if letter != "x":
                mark_attendance(db, meeting.id, kari.id, mark, today=meeting.on)
        second = taught_sessions(group)[1]
        make_up(db, kari, second, way=Way.PHONE, on=date(2026, 9, 10), today=TODAY, leader="")
    database.close()
    return records


@pytest.fixture
def group(path: Path) -> Group:
    database = unlock_database(path, LEADER, PASSPHRASE, clock=lambda: NOW)
    with database.read() as db:
        group = load_group(db, 1)
    database.close()
    return group


def paper_of(group: Group, library: Library, kind: str, name: str) -> Paper:
    person = next(membership for membership in group.memberships if membership.participant.name == name)
    return collect_paper(group, library, PaperRequest(kind, people=(person.id,)), today=TODAY)


def test_the_overview_tells_time_attendance_received_and_missing(group: Group, library: Library) -> None:
    titles = [session.title for session in taught_sessions(group)]
    overview = paper_of(group, library, "person-overview", "Kari").facts
    assert overview.periods == ("1.–21. september 2026", "fra 29. september 2026")
    assert overview.figures == (
        "2 av 4 (50 %) møter i gruppa",
        "3 av 4 (75 %) når det som er tatt igjen, regnes med",
        "3 av 6 timer til stede",
    )
    assert [row[0] for row in overview.meetings] == [
        "1. september 2026",
        "8. september 2026",
        "15. september 2026",
        "22. september 2026",
        "29. september 2026",
    ]
    assert [row[2] for row in overview.meetings] == ["møtt", "avbud, tatt igjen", "avbud", "pause", "møtt"]
    assert overview.received == ("3 av 4 sesjoner, siden 1. september · 1 av dem tatt igjen · 1 til i en pause",)
    assert overview.missing == (f"{titles[2]}, 15. september (borte)", f"{titles[3]}, 22. september (pause)")
    assert overview.made_up == (f"{titles[1]}, 10. september 2026 (på telefon)",)


def test_the_sheets_are_those_of_what_is_missing_and_bear_no_name(group: Group, library: Library) -> None:
    paper = paper_of(group, library, "person-sheets", "Kari")
    sessions = [library.session(session.session_id) for session in taught_sessions(group)[2:4]]
    packet, problems = paper.packet()
    assert problems == []
    wanted = dict.fromkeys(sheet for session in sessions if session for sheet in session.handouts)
    assert packet.documents[0].paper == "recap"
    assert len(packet.documents) == 1 + len(wanted)
    assert not paper.has_names
    assert "Kari" not in str(packet)


def test_where_the_group_wants_it_each_sheet_bears_the_name(group: Group, library: Library) -> None:
    group.name_on_sheets = True
    paper = paper_of(group, library, "person-sheets", "Kari")
    assert paper.has_names
    assert {document.kicker for document in paper.packet()[0].documents} == {
        "Kari · Tirsdagsgruppa",
        "Kari · Tirsdagsgruppa · 3",
        "Kari · Tirsdagsgruppa · 4",
    }


def test_who_is_missing_nothing_gets_no_sheets(group: Group, library: Library) -> None:
    with pytest.raises(UserError, match="Det finnes ingen ark til det deltakeren mangler"):
        paper_of(group, library, "person-sheets", "Ola")


@pytest.mark.parametrize("people", [(), (1, 2), (99,)])
def test_it_is_about_one_person(group: Group, library: Library, people: tuple[int, ...]) -> None:
    with pytest.raises(UserError):
        collect_paper(group, library, PaperRequest("person-overview", people=people), today=TODAY)


@pytest.mark.parametrize(("kind", "word"), [("person-overview", "Tid i gruppa"), ("person-sheets", "Kort fortalt")])
def test_the_command_line_prints_the_same_and_notes_it(path: Path, tmp_path: Path, kind: str, word: str) -> None:
    target = tmp_path / "ut.pdf"
    where = ["--database", str(path), "--group", "Tirsdagsgruppa", "--today", TODAY.isoformat(), "-o", str(target)]
    assert main(["--language", "nb", "paper", kind, "--person", "Kari", *where]) == 0
    assert word in " ".join(PdfReader(target).pages[0].extract_text().split())
    database = unlock_database(path, LEADER, PASSPHRASE, clock=lambda: NOW)
    with database.read() as db:
        event = (
            db.query(AuditEvent).order_by(AuditEvent.id.desc()).filter(AuditEvent.action != "records opened").first()
        )
    database.close()
    assert event is not None
    assert (event.action, event.arguments) == ("papers printed", {"group": 1, "people": 1})
