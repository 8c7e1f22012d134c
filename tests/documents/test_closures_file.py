"""Closed days from other people's calendar files: whole, broken and hostile ones."""

from datetime import date, datetime
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from rop_facilitator.documents import closures_file
from rop_facilitator.documents.closures_file import closures_from, read_closures_ics
from rop_facilitator.errors import Problem, UserError
from rop_facilitator.planning.calendar import Closure, parse_closure


def ics(*events: str) -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{body}END:VCALENDAR\n".encode()


def read(*events: str) -> tuple[list[str], list[Problem]]:
    closures, problems = read_closures_ics(ics(*events), file="ferie.ics")
    return [one.text for one in closures], list(problems)


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART;VALUE=DATE:20261006\nDTEND;VALUE=DATE:20261010\nSUMMARY:Høst", "2026-10-06..2026-10-09 Høst"),
        ("DTSTART;VALUE=DATE:20261224\nSUMMARY:Julaften", "2026-12-24 Julaften"),
        ("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261224", "2026-12-24"),
        ("DTSTART;VALUE=DATE:20260928\nDURATION:P7D\nSUMMARY:Uke\\, fri", "2026-W40 Uke, fri"),
        ("DTSTART:20261110T230000Z\nDTEND:20261112T230000Z\nSUMMARY:1. Plan", "2026-11-11..2026-11-12 Plan"),
        ("DTSTART:20261110T000000\nDTEND:20261111T000000\nSUMMARY:Fri", "2026-11-10 Fri"),
        ("DTSTART:20261110T080000\nDTEND:20261111T160000\nSUMMARY:Fri", "2026-11-10..2026-11-11 Fri"),
        ("DTSTART;VALUE=DATE:20261105\nSUMMARY:Over to lin\n jer", "2026-11-05 Over to linjer"),
    ],
)  # fmt: skip
def test_whole_days_are_closed(event: str, expected: str) -> None:
    assert read(event) == ([expected], [])


def test_what_is_at_a_clock_time_or_called_off_is_left_out() -> None:
    at_noon = "DTSTART;TZID=Europe/Oslo:20261103T120000\nDTEND;TZID=Europe/Oslo:20261103T130000\nSUMMARY:Lunsj"
    closures, problems = read(at_noon, at_noon, "DTSTART;VALUE=DATE:20261105\nSTATUS:CANCELLED")
    assert closures == []
    assert [(one.level, one.text) for one in problems] == [("advice", "2 events at a clock time were left out.")]


def test_a_broken_file_is_read_as_far_as_it_can_be() -> None:
    good = "DTSTART;VALUE=DATE:20261005\nSUMMARY:Fri"
    data = ics(good, "DTSTART:i morgen", "SUMMARY:Uten dag", good.replace("1005", "1006"))
    cut = data.replace(b"END:VCALENDAR\n", b"") + b"BEGIN:VEVENT\nDTSTART;VALUE=DATE:2026"
    closures, problems = read_closures_ics(cut, file="ferie.ics")
    assert [one.first.day for one in closures] == [5, 6]
    assert [(one.line, one.level) for one in problems] == [(7, "fault"), (10, "fault"), (17, "fault")]
    assert all(one.advice for one in problems)


def test_other_letters_and_other_files() -> None:
    old = ics("DTSTART;VALUE=DATE:20261005\nSUMMARY:Høst").decode().encode("cp1252")
    assert [one.name for one in read_closures_ics(old)[0]] == ["Høst"]
    assert read_closures_ics(b"%PDF-1.4")[1][0].text == "This is not a calendar file."
    assert read_closures_ics(b"x" * (closures_file.MOST_BYTES + 1))[1][0].text == "The calendar file is too large."
    many = [f"DTSTART;VALUE=DATE:2026{1 + n % 12:02d}{1 + n % 28:02d}\nSUMMARY:A{n}" for n in range(2001)]
    closures, problems = read_closures_ics(ics(*many))
    assert len(closures) == closures_file.MOST_EVENTS
    assert problems[0].text == "There are too many events."


def test_days_that_cannot_be_closed_are_told() -> None:
    for event in ("DTSTART;VALUE=DATE:00010101", "DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20280101"):
        closures, problems = read(event)
        assert closures == []
        assert [one.line for one in problems] == [3]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24",
        "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO",
        "FREQ=YEARLY;INTERVAL=2;COUNT=3",
        "FREQ=YEARLY;BYMONTHDAY=1;COUNT=20",
        "FREQ=MONTHLY;BYDAY=-1FR;COUNT=14",
        "FREQ=MONTHLY;BYMONTHDAY=-1,15;COUNT=14",
        "FREQ=MONTHLY;INTERVAL=5;COUNT=9",
        "FREQ=WEEKLY;COUNT=40",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=20",
        "FREQ=DAILY;INTERVAL=3;UNTIL=20261224",
        "FREQ=DAILY;BYDAY=SA,SU;BYMONTH=12",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
    ],
)
@pytest.mark.parametrize("first", [date(2026, 10, 5), date(2024, 2, 29), date(2026, 12, 31)])
def test_recurring_days_are_those_of_the_standard(rule: str, first: date) -> None:
    closures, _problems = read_closures_ics(ics(f"DTSTART;VALUE=DATE:{first:%Y%m%d}\nRRULE:{rule}"))
    start = datetime(first.year, first.month, first.day)
    wanted = rrulestr(rule, dtstart=start).between(start, start + closures_file.AHEAD, inc=True)
    assert [one.first for one in closures] == [one.date() for one in wanted][: closures_file.MOST_TIMES]


@pytest.mark.parametrize(
    "rule",
    [
        "RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "RRULE:FREQ=YEARLY;BYEASTER=0",
        "RRULE:FREQ=YEARLY;INTERVAL=0",
        "RRULE:FREQ=YEARLY;BYDAY=300MO",
        "RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU",
        "RDATE;VALUE=DATE:20261106",
    ],
)
def test_a_rule_that_is_not_read_is_told(rule: str) -> None:
    closures, problems = read(f"DTSTART;VALUE=DATE:20261105\n{rule}")
    assert closures in (["2026-11-05"], [])
    assert [(one.level, one.line) for one in problems] == [("fault", 3)]


def test_days_that_are_left_out_of_a_rule() -> None:
    closures, problems = read("DTSTART;VALUE=DATE:20261105\nRRULE:FREQ=WEEKLY;COUNT=3\nEXDATE;VALUE=DATE:20261112")
    assert (closures, problems) == (["2026-11-05", "2026-11-19"], [])


def test_a_rule_without_an_end_ends() -> None:
    closures, problems = read(*["DTSTART;VALUE=DATE:20261105\nRRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"] * 60)
    assert closures == ["2026-11-05"], "after fifty rules only first days are read"
    assert len(problems) == 10
    closures, problems = read("DTSTART;VALUE=DATE:20261105\nRRULE:FREQ=DAILY")
    assert (len(closures), len(problems)) == (closures_file.MOST_TIMES, 1)


WORDS = st.sampled_from(
    [
        *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "SUMMARY:a", 'SUMMARY;X="', " fold", "STATUS:"),
        *("DTSTART;VALUE=DATE:20261105", "DTSTART:20261105T080000Z", "DTSTART;TZID=Mars/Olympus:20261105T080000"),
        *("DTSTART;VALUE=DATE:99991231", "DTEND;VALUE=DATE:20261108", "DTEND:x", "DURATION:P1D", "DURATION:-P9W"),
        *("RRULE:FREQ=DAILY", "RRULE:FREQ=YEARLY;COUNT=999999999", "RRULE:FREQ=;INTERVAL=-1", "EXDATE:20261105"),
        *("\x00", ":", ";;;=,"),
    ]
)


@given(lines=st.lists(WORDS | st.text(max_size=30), max_size=25))
def test_no_file_brings_it_down(lines: list[str]) -> None:
    data = "\n".join(["BEGIN:VCALENDAR", *lines]).encode("utf-8", errors="replace")
    closures, problems = read_closures_ics(data)
    for one in closures:
        assert parse_closure(one.text) == one, "it can be kept and read again"
    assert all(one.text and one.advice for one in problems)


@given(data=st.binary(max_size=300))
def test_bytes_of_any_kind_are_told(data: bytes) -> None:
    closures, problems = read_closures_ics(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + data)
    assert closures == () or all(isinstance(one, Closure) for one in closures)
    assert problems or closures or b"END:VEVENT" in data.upper()


@given(name=st.text(max_size=200))
def test_any_name_can_be_kept(name: str) -> None:
    escaped = name.replace("\\", "").replace("\n", " ").replace("\r", " ")
    closures, _problems = read_closures_ics(
        ics(f"DTSTART;VALUE=DATE:20261105\nSUMMARY:{escaped}".encode("utf-8", "replace").decode())
    )
    for one in closures:
        assert parse_closure(one.text) == one


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"borte\.ics"):
        closures_from(tmp_path / "borte.ics")
    path = tmp_path / "ferie.ics"
    path.write_bytes(ics("DTSTART;VALUE=DATE:20261105"))
    assert closures_from(path) == ((Closure(date(2026, 11, 5), date(2026, 11, 5)),), ())


def test_a_long_file_is_read_once() -> None:
    closures, problems = read_closures_ics(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\n" + b"X" * 1_900_000 + b"\nEND:VEVENT")
    assert (closures, [one.text for one in problems]) == ((), ["This event is too long."])
    closures, problems = read_closures_ics(b"BEGIN:VCALENDAR\n" + b"BEGIN:VEVENT\n" * 140_000)
    assert (closures, len(problems)) == ((), closures_file.MOST_PROBLEMS)
