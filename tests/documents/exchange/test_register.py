"""The register as values, spreadsheet and list: what is counted, what stays text, what opens without repair."""

import csv
import gc
import io
from dataclasses import replace
from datetime import date, time, timedelta

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rop_facilitator.documents.exchange.register import (
    AttendanceRegister,
    AttendanceRegisterMeeting,
    RegisterCell,
    RegisterPerson,
    collect_register,
)
from rop_facilitator.documents.exchange.register_csv import csv_bytes
from rop_facilitator.documents.exchange.register_xlsx import xlsx_bytes
from rop_facilitator.documents.exchange.write_register import write_register
from rop_facilitator.errors import UserError
from rop_facilitator.planning.planned_sessions import divide
from rop_facilitator.records.group.groups import clean_name
from rop_facilitator.records.marks import LETTERS, Mark, share
from rop_facilitator.records.models import (
    MeetingState,
    MembershipStatus,
    NamesShown,
    Outcome,
    Way,
)
from rop_facilitator.records.plan.group_plan import cancel_meeting, plan_left, save_plan
from rop_facilitator.records.progress.progress import make_up
from rop_facilitator.work_progress import Cancelled
from tests.documents.course import FIRST, Course

FORMULAS = ["=1+1", "+47 900", "-2", "@SUM(A1)", "=cmd|'/c calc'!A0"]


def make_register(
    names: list[str], marks: list[list[Mark | None]], states: list[MeetingState] | None = None
) -> AttendanceRegister:
    columns = len(marks[0]) if marks else 0
    states = states or [MeetingState.HELD] * columns
    meetings = tuple(
        AttendanceRegisterMeeting(
            number=n + 1,
            on=date(2026, 11, 3) + timedelta(weeks=n),
            start=time(13),
            end=time(14, 30),
            place="Room 2",
            titles=(f"Session {n + 1}",),
            state=states[n],
            leader="Marit",
            share=share(row[n] for row in marks),
        )
        for n in range(columns)
    )
    people = tuple(
        RegisterPerson(
            n + 1, name, date(2026, 11, 3), None, MembershipStatus.ACTIVE, tuple(map(RegisterCell, row)), share(row)
        )
        for n, (name, row) in enumerate(zip(names, marks, strict=True))
    )
    return AttendanceRegister("Tuesdays", date(2026, 11, 24), meetings, people)


def workbook(register: AttendanceRegister) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(xlsx_bytes(register)))


def grid(register: AttendanceRegister) -> list[list[object]]:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(register)))
    return [[cell.value for cell in row] for row in book["Attendance"].iter_rows()]


def test_numerator_denominator_and_per_cent_for_person_and_meeting() -> None:
    rows = grid(make_register(["Kari", "Ola"], [[Mark.PRESENT, Mark.NOTICE], [Mark.EXEMPT, Mark.LATE]]))
    assert rows[0][:3] == ["Meeting", 1, 2]
    assert rows[2] == ["Kari", "M", "A", 1, 2, 50]
    assert rows[3] == ["Ola", "F", "S", 1, 1, 100]
    assert [row[:3] for row in rows[4:]] == [["Present", 1, 1], ["of", 1, 2], ["Per cent", 100, 50]]


def test_not_marked_and_cancelled_are_states_of_their_own() -> None:
    register = make_register(
        ["Kari"], [[None, None, None]], [MeetingState.HELD, MeetingState.CANCELLED, MeetingState.PLANNED]
    )
    assert grid(register)[2][:4] == ["Kari", "?", "X", None]
    assert [row[0].number for row in register.rows()] == [1]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_stays_text(text: str) -> None:
    register = make_register([text], [[Mark.PRESENT]])
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(register)))
    for sheet, place in (("Attendance", "A3"), ("List", "I2"), ("Participants", "B2")):
        assert (book[sheet][place].value, book[sheet][place].data_type) == (text, "s")
    cells = next(csv.reader(io.StringIO(csv_bytes(register).decode("utf-8-sig").split("\r\n", 1)[1]), delimiter=";"))
    assert cells[8] == "'" + text


def test_the_control_a_bare_cell_would_be_a_formula() -> None:
    book = openpyxl.Workbook()
    book.active["A1"] = FORMULAS[0]  # type: ignore[index]
    assert book.active["A1"].data_type == "f"  # type: ignore[index]


@settings(deadline=None)
@given(st.text(min_size=1, max_size=80))
def test_any_name_that_can_be_kept_comes_back(text: str) -> None:
    try:
        name = clean_name(text, what="Name")
    except UserError:
        return
    assert grid(make_register([name], [[Mark.PRESENT]]))[2][0] == name


@pytest.mark.parametrize("sign", ["\u000b", "\uffff", "\x00", "\ud800", "\u2028"])
def test_a_sign_that_no_workbook_holds_stops_nothing(sign: str) -> None:
    """The second belt: what is read from records is clean already."""
    assert grid(make_register([f"Ka{sign}ri"], [[Mark.PRESENT]]))[2][0] in ("Kari", "Ka ri")


def test_the_list_has_real_dates_and_times() -> None:
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(make_register(["Kari"], [[Mark.LATE]]))))
    row = [cell.value for cell in book["List"][2]]
    assert row[2].date() == date(2026, 11, 3)
    assert row[3:5] == [time(13), time(14, 30)]
    assert row[6:11] == ["Session 1", "Marit", "Kari", LETTERS[Mark.LATE], "late"]
    assert book["List"].freeze_panes == "A2"


def test_csv_is_utf_8_with_bom_and_semicolons() -> None:
    data = csv_bytes(make_register(["Ørn; Åse"], [[Mark.PRESENT]]))
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][2:5] == ["2026-11-03", "13:00", "14:30"]
    assert rows[1][8] == "Ørn; Åse"


def test_an_empty_group_opens_too() -> None:
    assert grid(make_register([], []))[1][0] == "Participant"


def test_other_endings_and_bad_places_are_told(tmp_path) -> None:  # type: ignore[no-untyped-def]
    register = make_register(["Kari"], [[Mark.PRESENT]])
    with pytest.raises(UserError, match=r"\.xlsx or \.csv"):
        write_register(register, tmp_path / "out.ods")
    with pytest.raises(UserError, match="is not there"):
        write_register(register, tmp_path / "missing" / "out.xlsx")
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(UserError, match="is a folder"):
        write_register(register, tmp_path / "folder.csv")
    assert list(tmp_path.iterdir()) == [tmp_path / "folder.csv"]


@pytest.mark.parametrize("ending", [".xlsx", ".csv"])
@pytest.mark.parametrize("calls", [0, 1, 2])
def test_a_cancel_at_any_step_leaves_nothing_behind(tmp_path, ending: str, calls: int) -> None:  # type: ignore[no-untyped-def]
    """Before the first row, in the middle of the list, and when all is made but not written; nor a word at the end."""
    steps: list[tuple[int, int]] = []

    def cancel(done: int, total: int) -> None:
        steps.append((done, total))
        if len(steps) > calls or done == total:
            raise Cancelled

    with pytest.raises(Cancelled):
        write_register(make_register(["Kari"], [[Mark.PRESENT] * 700]), tmp_path / f"out{ending}", step=cancel)
    gc.collect()
    assert list(tmp_path.iterdir()) == []
    assert steps[-1] == (1, 1) if ending == ".csv" or calls == 2 else steps[-1] == (500 * calls, 700)


def test_content_received_stands_apart_from_attendance(course: Course) -> None:
    left = plan_left(course.group, today=FIRST)
    save_plan(course.group, replace(left, sessions=divide(left.sessions, left.sessions[2].key, 2)), today=FIRST)
    course.hold(1, "MIM")
    course.hold(2, "MIF", outcome=Outcome.PARTLY)
    course.hold(3, "MMM")
    make_up(course.db, course.group.memberships[1], course.group.sessions[0], way=Way.PHONE, on=FIRST, today=FIRST)
    called_off = next(meeting for meeting in course.group.meetings if meeting.number == 4)
    cancel_meeting(course.group, called_off, reason="streik")
    register = collect_register(course.group, names=NamesShown.DISPLAY, today=called_off.on)
    book = openpyxl.load_workbook(io.BytesIO(xlsx_bytes(register)))
    head, *people = ([cell.value for cell in row] for row in book["Participants"].iter_rows())
    assert head[-6:] == ["Present", "of", "Per cent", "Content received", "of sessions taught", "Per cent of content"]
    assert [row[-6:] for row in people] == [[3, 3, 100, 3, 3, 100], [1, 3, 33, 2, 3, 67], [2, 2, 100, 2, 3, 67]]
    head, *meetings = ([cell.value for cell in row] for row in book["Meetings"].iter_rows())
    meetings_by_head = [dict(zip(head, row, strict=True)) for row in meetings]
    first, second, third = (session.title for session in course.group.sessions[:3])
    wanted = [first, second, f"The rest of {second} + {third}, part 1 of 2", None]
    assert [meeting["Sessions"] for meeting in meetings_by_head] == wanted
    assert (meetings_by_head[-1]["State"], meetings_by_head[-1]["Reason"]) == ("cancelled", "streik")
    sessions = {row[6].value for row in book["List"].iter_rows(min_row=2)}
    assert sessions == {first, second, f"{second} + {third}"}, "the list keeps the bare titles"


def test_long_names_wrap_in_rows_that_are_high_enough() -> None:
    name = "Anne-Sofie Charlotte Wilhelmine Nordstrand-Berggraf Kristian"
    book = workbook(make_register([name, "Eva"], [[Mark.PRESENT], [Mark.LATE]]))
    for sheet, row, column in ((book["Attendance"], 3, 1), (book["List"], 2, 9), (book["Participants"], 2, 2)):
        cell = sheet.cell(row, column)
        assert cell.value == name
        assert cell.alignment.wrap_text
        wide = sheet.column_dimensions[cell.column_letter].width
        assert sheet.row_dimensions[row].height >= 15 * len(name) / wide


def test_every_sheet_prints_with_its_head_its_name_and_page_numbers() -> None:
    book = workbook(make_register(["Eva"], [[Mark.PRESENT]]))
    for sheet in book.worksheets:
        assert sheet.print_title_rows
        assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == ("&A", "&P / &N")
        assert sheet.page_setup.orientation == "landscape"
        assert sheet.page_setup.fitToHeight == 0
    figures = book["Participants"]
    assert figures["F1"].alignment.horizontal == figures["F2"].alignment.horizontal == "center"


def test_a_year_of_meetings_takes_as_many_pages_across_as_can_be_read() -> None:
    sheet = workbook(make_register(["Eva"], [[Mark.PRESENT] * 50]))["Attendance"]
    assert sheet.page_setup.fitToWidth == 2
    assert str(sheet.print_title_cols).replace("$", "") == "A:A"


def test_a_mark_that_is_new_has_a_colour_too(monkeypatch: pytest.MonkeyPatch) -> None:
    """How it counts tells which: in no group yet, it is outside the count."""
    monkeypatch.setitem(LETTERS, "new", "Q")  # type: ignore[misc]
    sheet = workbook(make_register(["Kari"], [[Mark.LATE]])).worksheets[0]
    colours = {
        rule.formula[0].strip('"'): rule.dxf.fill.bgColor.rgb[2:]
        for rules in sheet.conditional_formatting
        for rule in rules.rules
    }
    green, amber, red, grey = "E2F0E3", "FBEFD8", "F4C7C3", "E6EAE5"
    assert colours == {**dict.fromkeys("MSTD", green), **dict.fromkeys("AK", amber), "I": red, "F": grey, "Q": grey}
