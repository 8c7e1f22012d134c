"""The page for whoever stands in: one page, in the words of the papers, with what one must know."""

from datetime import date
from pathlib import Path

import docx
import pytest

from rop_facilitator.documents.output.pdf import page_counts
from rop_facilitator.documents.output.write_paper import write_paper
from rop_facilitator.documents.page.blocks import plain_text
from rop_facilitator.documents.papers.catalogue import PaperRequest, collect_paper
from rop_facilitator.documents.papers.handout import find_handout
from rop_facilitator.documents.papers.meeting.substitute import collect_substitute, substitute_packet
from rop_facilitator.errors import UserError
from rop_facilitator.paths import data_folder
from rop_facilitator.records.group.groups import add_participant
from rop_facilitator.records.marks import Mark
from rop_facilitator.records.meeting.attendance import mark_attendance
from rop_facilitator.records.models import (
    NamesShown,
    Outcome,
)
from rop_facilitator.records.progress.call_list import follow_up
from tests.documents.course import FIRST, Course, own_sheets


def page_of(course: Course, number: int) -> str:
    on = next(meeting.on for meeting in course.group.meetings if meeting.number == number)
    document = substitute_packet(collect_substitute(course.group, course.library, on))[0].documents[0]
    return f"{plain_text(document.lead)}\n{plain_text(document.blocks)}\n{document.footer}"


def test_where_the_group_is_and_who_needs_what(course: Course) -> None:
    course.hold(1, "MIM")
    course.hold(2, "MIM", outcome=Outcome.PARTLY)
    first, second, third = course.group.sessions[:3]
    page = page_of(course, 3)
    for words in (
        f"Resten av {second.title} + {third.title}",
        "2 møter er holdt, 8 gjenstår",
        f"Sist: {second.title}",
        f"Ikke ferdig sist: {second.title}. Det kommer først i dag.",
        "13.00–14.30 · Rom 2",
        "Borte uten beskjed: Berit (siden 3. november)",
        "Makuleres etter bruk",
        "Telefon",
    ):
        assert words in page
    plan = course.library.session(first.session_id)
    assert plan is not None
    sheet, _problems = find_handout(course.library.curricula["kat-rop"], own_sheets(plan)[0])
    assert sheet is not None
    assert sheet.title in page.partition("Berit")[2], "her own row names the sheets of what she missed"


def test_who_gave_notice_and_who_is_followed_up(course: Course) -> None:
    course.hold(1, "MIM")
    course.hold(2, "MIM")
    meeting = next(meeting for meeting in course.group.meetings if meeting.number == 3)
    eva, berit = course.group.memberships[2], course.group.memberships[1]
    mark_attendance(course.db, meeting.id, eva.id, Mark.NOTICE, today=FIRST)
    follow_up(course.db, berit, on=meeting.on, agreed="kommer")
    page = page_of(course, 3)
    assert "Har meldt avbud: Eva" in page
    assert "Borte uten beskjed" not in page
    course.group.names_shown = NamesShown.NUMBER
    numbers = page_of(course, 3)
    assert "Eva" not in numbers
    assert "Deltaker 3" in numbers


@pytest.mark.parametrize("people", [3, 12])
def test_it_is_one_page_as_pdf_and_word(course: Course, tmp_path: Path, people: int) -> None:
    for number in range(people - 3):
        add_participant(course.db, course.group, f"Person nummer {number}", joined=FIRST)
    for number in range(1, 6):
        course.hold(number, "I" * people)
    on = next(meeting.on for meeting in course.group.meetings if meeting.number == 6)
    paper = collect_paper(course.group, course.library, PaperRequest("substitute", on), today=on)
    packet, problems = paper.packet()
    assert problems == []
    assert [document.paper for document in packet.documents] == ["substitute", "safety", "safety"]
    assert page_counts(packet) == (1, 1, 1)
    assert "Tirsdag" not in paper.file_name
    write_paper(packet, tmp_path / "vikar.docx")
    page = plain_text(packet.documents[0].blocks)
    assert ("3, 4, 5" in page and "3 De vanligste psykiske lidelsene" in page) == (people > 5)
    word = docx.Document(str(tmp_path / "vikar.docx"))
    assert len(word.tables[0].rows) == people + 1


def test_the_local_contact_is_printed_once_it_is_filled_in(
    course: Course,
) -> None:
    own = data_folder() / "contacts.yaml"
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(
        'checked: null\ncontacts:\n  - {number: "99 88 77 66", local: true, name: {nb: Marit og Jonas, en: M}, '
        "when: {nb: hverdager, en: w}}\n",
        encoding="utf-8",
    )
    page = page_of(course, 1)
    assert "Marit og Jonas: 99 88 77 66 · hverdager" in page
    assert "Telefon" not in page


def test_a_day_without_a_meeting(course: Course) -> None:
    with pytest.raises(UserError):
        collect_substitute(course.group, course.library, date(2030, 1, 1))
