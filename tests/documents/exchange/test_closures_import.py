"""Closed days from other people's calendar files: whole, broken and hostile ones."""

from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from dateutil.rrule import rrulestr
from hypothesis import given
from hypothesis import strategies as st

from rop_facilitator.documents.exchange import calendar_reader, closures_import
from rop_facilitator.documents.exchange.calendar_reader import MOST_EVENTS
from rop_facilitator.documents.exchange.closures_import import closures_from, read_closures_ics
from rop_facilitator.errors import Problem, UserError
from rop_facilitator.planning.calendar import LONGEST_NAME, Closure

FIRST = date(2026, 8, 1)


def ics(*events: str, head: str = "VERSION:2.0") -> bytes:
    body = "".join(f"BEGIN:VEVENT\n{event}\nEND:VEVENT\n" for event in events)
    return f"BEGIN:VCALENDAR\n{head}\n{body}END:VCALENDAR\n".encode()


def read(*events: str) -> tuple[list[str], list[Problem]]:
    """The periods as text, asked ones with a question mark."""
    periods, problems = read_closures_ics(ics(*events), first=FIRST, file="ferie.ics")
    return [f"{period.closure} {period.closure.name}".rstrip() + " ?" * period.asked for period in periods], list(
        problems
    )


def texts(*events: str) -> list[str]:
    closures, problems = read(*events)
    assert problems == []
    return closures


@pytest.mark.parametrize(
    ("event", "expected"),
    [
        ("DTSTART;VALUE=DATE:20261006\nDTEND;VALUE=DATE:20261010\nSUMMARY:Høst", "2026-10-06..2026-10-09 Høst"),
        ("DTSTART;VALUE=DATE:20261224\nSUMMARY:Julaften", "2026-12-24 Julaften"),
        ("DTSTART;VALUE=DATE:20261224\nDTEND;VALUE=DATE:20261224", "2026-12-24"),
        ("DTSTART;VALUE=DATE:20260928\nDURATION:P7D\nSUMMARY:Uke\\, fri", "2026-W40 Uke, fri"),
        ("DTSTART:20261110T230000Z\nDTEND:20261112T230000Z\nSUMMARY:1. Plan", "2026-11-11..2026-11-12 1. Plan"),
        ("DTSTART:20261110T000000\nDTEND:20261111T000000\nSUMMARY:Fri", "2026-11-10 Fri"),
        ("DTSTART:20261110T000000Z\nDTEND:20261111T000000Z\nSUMMARY:Fri", "2026-11-10 Fri"),
        ("DTSTART;TZID=America/New_York:20261110T000000\nDURATION:P1D\nSUMMARY:Fri", "2026-11-10 Fri"),
        ("DTSTART:20261110T000000\nDTEND:20261110T235900\nSUMMARY:Fri", "2026-11-10 Fri"),
        ("DTSTART:20261110T000000\nDTEND:20261112T235959\nSUMMARY:Fri", "2026-11-10..2026-11-12 Fri"),
        ("DTSTART;VALUE=DATE:20261110T000000\nSUMMARY:Fri", "2026-11-10 Fri"),
        ("DTSTART;VALUE=DATE:20261110\nDTEND:20261110T230000Z\nSUMMARY:Fri", "2026-11-10 Fri"),
        ("DTSTART:20261109T230000Z\nX-MICROSOFT-CDO-ALLDAYEVENT:TRUE\nSUMMARY:Fri", "2026-11-10 Fri"),
        ("DTSTART;VALUE=DATE:20261105\nSUMMARY:Over to lin\n jer", "2026-11-05 Over to linjer"),
    ],
)  # fmt: skip
def test_whole_days_are_closed(event: str, expected: str) -> None:
    assert read(event) == ([expected], [])


def test_what_is_at_a_clock_time_or_called_off_is_left_out() -> None:
    at_noon = "DTSTART;TZID=Europe/Oslo:20261103T120000\nDTEND;TZID=Europe/Oslo:20261103T130000\nSUMMARY:Lunsj"
    two_days = "DTSTART:20261110T080000\nDTEND:20261111T160000\nSUMMARY:Kurs"
    closures, problems = read(at_noon, two_days, "DTSTART;VALUE=DATE:20261105\nSTATUS:CANCELLED")
    assert closures == []
    assert [(problem.level, problem.text) for problem in problems] == [
        ("advice", "2 events at a clock time were left out."),
        ("advice", "1 event that is called off was left out."),
    ]


@pytest.mark.parametrize("end", ["DTEND:20261202T100000", "DTEND;VALUE=DATE:20291203"])
def test_an_event_that_recurs_may_be_left_out(end: str) -> None:
    """A weekly meeting at a clock time, and one that lasts for years: both are told, once."""
    start = "DTSTART:20261202T090000" if "T" in end.partition(":")[2] else "DTSTART;VALUE=DATE:20261202"
    periods, problems = read(f"{start}\n{end}\nSUMMARY:R\nRRULE:FREQ=WEEKLY;COUNT=4")
    assert periods == []
    assert len(problems) == 1


def test_a_broken_file_is_read_as_far_as_it_can_be() -> None:
    good = "DTSTART;VALUE=DATE:20261005\nSUMMARY:Fri"
    data = ics(good, "DTSTART:i morgen", "SUMMARY:Uten dag", good.replace("1005", "1006"))
    cut = data.replace(b"END:VCALENDAR\n", b"") + b"BEGIN:VEVENT\nDTSTART;VALUE=DATE:2026"
    periods, problems = read_closures_ics(cut, first=FIRST, file="ferie.ics")
    assert [period.closure.first.day for period in periods] == [5, 6]
    assert [(problem.line, problem.level) for problem in problems] == [(7, "fault"), (10, "fault"), (17, "fault")]
    assert all(problem.advice for problem in problems)


def test_what_is_not_read_spoils_nothing() -> None:
    reminder = "BEGIN:VALARM\nTRIGGER:oops\nDTSTART:20200101\nSUMMARY:Ring\nEND:VALARM"
    assert texts(f'DTSTART;VALUE=DATE:20261005\nATTENDEE;X="\n{reminder}\nSUMMARY:Fri') == ["2026-10-05 Fri"]


def test_other_letters_and_other_files() -> None:
    text = ics("DTSTART;VALUE=DATE:20261005\nSUMMARY:Høst").decode()
    for encoding in ("cp1252", "utf-16", "utf-8-sig"):
        periods, problems = read_closures_ics(text.encode(encoding), first=FIRST)
        assert ([period.closure.name for period in periods], problems) == (["Høst"], ())
    for other, words in ((b"%PDF-1.4", "not a calendar file"), (b"x" * (closures_import.MOST_BYTES + 1), "too large")):
        with pytest.raises(UserError, match=words):
            read_closures_ics(other, first=FIRST)
    many = [f"DTSTART;VALUE=DATE:2027{1 + n % 12:02d}{1 + n % 28:02d}\nSUMMARY:A{n}" for n in range(2001)]
    periods, problems = read_closures_ics(ics(*many), first=FIRST)
    assert len(periods) == MOST_EVENTS
    assert problems[0].text == "There are too many events."


def test_a_byte_that_went_wrong_costs_one_letter() -> None:
    data = ics("DTSTART;VALUE=DATE:20261005\nSUMMARY:Høst", "DTSTART;VALUE=DATE:20261224\nSUMMARY:Påske")
    periods, _problems = read_closures_ics(data.replace("ø".encode(), b"\xf8"), first=FIRST)
    assert [period.closure.name for period in periods] == ["Høst", "Påske"]


def test_days_that_cannot_be_closed_are_told() -> None:
    closures, problems = read("DTSTART;VALUE=DATE:20260901\nDTEND;VALUE=DATE:20280901")
    assert (closures, [problem.line for problem in problems]) == ([], [3])


def test_ten_years_from_the_first_day() -> None:
    yearly = "DTSTART;VALUE=DATE:20101224\nRRULE:FREQ=YEARLY\nSUMMARY:Julaften"
    assert texts(yearly) == [f"{year}-12-24 Julaften" for year in range(2026, 2036)]
    assert texts("DTSTART;VALUE=DATE:20260731\nDURATION:P2D", "DTSTART;VALUE=DATE:20260730\nDURATION:P2D") == [
        "2026-07-31..2026-08-01"
    ], "a period that is over is not given, one that has begun is"


@pytest.mark.parametrize(
    "name",
    [
        *("Canceled: Planleggingsdag", "Avlyst: fagdag", "Kansellert – fagdag", "Siste skoledag før jul"),
        *("First day of school", "Uke 47", "Week 8", "Kari har bursdag", "Merkedag", "Wedding anniversary"),
    ],
)
def test_names_that_are_asked_about(name: str) -> None:
    assert texts(f"DTSTART;VALUE=DATE:20261005\nSUMMARY:{name}") == [f"2026-10-05 {name} ?"]


@pytest.mark.parametrize(
    "name", ["Vinterferie uke 8", "Skolefri", "Merket dag", "Avlyst undervisning", "Ukesamling", "Week 8: closed"]
)
def test_names_that_are_days_off(name: str) -> None:
    assert texts(f"DTSTART;VALUE=DATE:20261005\nSUMMARY:{name}") == [f"2026-10-05 {name}"]


def test_free_time_and_long_spans_are_asked_about() -> None:
    free = ("TRANSP:TRANSPARENT", "X-MICROSOFT-CDO-BUSYSTATUS:FREE", "DTEND;VALUE=DATE:20261205")
    assert texts(*(f"DTSTART;VALUE=DATE:20261005\nSUMMARY:Fri\n{line}" for line in free)) == [
        "2026-10-05 Fri ?",
        "2026-10-05..2026-12-04 Fri ?",
    ]
    assert texts("DTSTART;VALUE=DATE:20261005\nDTEND;VALUE=DATE:20261204") == ["2026-10-05..2026-12-03"], "60 days"


def test_a_file_that_calls_events_off_closes_nothing() -> None:
    data = ics("DTSTART;VALUE=DATE:20261005\nSUMMARY:Høstferie", head="METHOD:CANCEL")
    periods, problems = read_closures_ics(data, first=FIRST, file="ferie.ics")
    assert periods == ()
    assert [str(problem) for problem in problems] == [
        "ferie.ics: This file only calls events off, so it closes nothing. Export the whole calendar instead."
    ]


# -- recurring events --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=YEARLY",
        "FREQ=YEARLY;BYMONTH=12;BYMONTHDAY=24",
        "FREQ=YEARLY;BYMONTH=10;BYDAY=1MO",
        "FREQ=YEARLY;BYWEEKNO=8;BYDAY=MO",
        "FREQ=YEARLY;BYMONTH=5;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1",
        "FREQ=YEARLY;INTERVAL=2;COUNT=3",
        "FREQ=YEARLY;BYMONTHDAY=1;COUNT=20",
        "FREQ=MONTHLY;BYDAY=-1FR;COUNT=14",
        "FREQ=MONTHLY;BYDAY=TU;BYSETPOS=1;COUNT=9",
        "FREQ=MONTHLY;BYMONTHDAY=-1,15;COUNT=14",
        "FREQ=MONTHLY;INTERVAL=5;COUNT=9",
        "FREQ=WEEKLY;COUNT=40",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR;COUNT=20",
        "FREQ=WEEKLY;INTERVAL=2;BYDAY=SU,MO;WKST=SU;COUNT=20",
        "FREQ=DAILY;INTERVAL=3;UNTIL=20261224",
        "FREQ=DAILY;INTERVAL=3;UNTIL=20261224T120000Z",
        "FREQ=DAILY;BYDAY=SA,SU;BYMONTH=12",
        "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13",
        "FREQ=DAILY;BYHOUR=0;BYMINUTE=0;BYSECOND=0;COUNT=5",
    ],
)
@pytest.mark.parametrize("first", [date(2026, 10, 5), date(2024, 2, 29), date(2026, 12, 31)])
def test_recurring_days_are_those_of_the_standard(rule: str, first: date) -> None:
    """As the rule says; and the first day, which is always one of them (RFC 5545 3.8.5.3) where the rule goes on."""
    periods, problems = read_closures_ics(ics(f"DTSTART;VALUE=DATE:{first:%Y%m%d}\nRRULE:{rule}"), first=FIRST)
    assert problems == ()
    start = datetime(first.year, first.month, first.day)
    rules = rrulestr(rule.replace("120000Z", "000000"), dtstart=start)
    wanted = {moment.date() for moment in rules.between(start, datetime(2036, 8, 2), inc=True)}
    if "UNTIL" not in rule or first.year < 2026 or first.month < 12:
        wanted.add(first)
    assert [period.closure.first for period in periods] == sorted(
        day for day in wanted if FIRST <= day <= FIRST + closures_import.AHEAD
    )


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("RRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30", "within a day"),
        ("RRULE:FREQ=MINUTELY;COUNT=999999999", "within a day"),
        ("RRULE:FREQ=HOURLY", "within a day"),
        ("RRULE:FREQ=DAILY;BYHOUR=1,2,3;BYMINUTE=0,1,2,3,4,5;BYSECOND=1,2", "within a day"),
        ("RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "in a way that is not read"),
        ("RRULE:FREQ=DAILY;INTERVAL=7;BYDAY=MO", "in a way that is not read"),
        ("RRULE:FREQ=MONTHLY;INTERVAL=2;BYMONTH=2", "in a way that is not read"),
        ("RRULE:FREQ=MONTHLY;BYDAY=TU;BYSETPOS=6", "in a way that is not read"),
        ("RRULE:FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2", "in a way that is not read"),
        ("RRULE:FREQ=YEARLY;BYEASTER=0", "in a way that is not read"),
        ("RRULE:FREQ=YEARLY;INTERVAL=0", "in a way that is not read"),
    ],
)
def test_a_rule_that_would_be_slow_is_refused_first(rule: str, words: str) -> None:
    closures, problems = read(f"DTSTART;VALUE=DATE:20261105\n{rule}")
    assert closures == ["2026-11-05"]
    assert [problem.level for problem in problems] == ["fault"]
    assert words in problems[0].text


def test_a_rule_that_cannot_be_read_costs_its_event() -> None:
    closures, problems = read("DTSTART;VALUE=DATE:20261105\nRRULE:FREQ=YEARLY;BYDAY=300MO", "DTSTART:20261106")
    assert (closures, [problem.line for problem in problems]) == (["2026-11-06"], [3])


def test_more_and_fewer_days_than_the_rule_says() -> None:
    weekly = "DTSTART;VALUE=DATE:20261105\nRRULE:FREQ=WEEKLY;COUNT=3"
    assert texts(f"{weekly}\nEXDATE;VALUE=DATE:20261112") == ["2026-11-05", "2026-11-19"]
    assert texts(f"{weekly}\nEXDATE:20261111T230000Z\nRDATE;VALUE=DATE:20261106,20261224") == [
        *("2026-11-05", "2026-11-06", "2026-11-19", "2026-12-24")
    ]
    midnight = "DTSTART:20261105T000000Z\nDTEND:20261106T000000Z\nRRULE:FREQ=WEEKLY;COUNT=3"
    assert texts(f"{midnight}\nEXDATE:20261112T000000Z") == ["2026-11-05", "2026-11-19"]


def test_occurrences_that_are_moved_or_called_off() -> None:
    weekly = "UID:a\nDTSTART;VALUE=DATE:20261105\nRRULE:FREQ=WEEKLY;COUNT=4\nSUMMARY:Fagdag"
    moved = "UID:a\nRECURRENCE-ID;VALUE=DATE:20261112\nDTSTART;VALUE=DATE:20261113\nSUMMARY:Flyttet"
    off = "UID:a\nRECURRENCE-ID;VALUE=DATE:20261119\nDTSTART;VALUE=DATE:20261119\nSTATUS:CANCELLED"
    closures, problems = read(moved, weekly, off)
    assert closures == ["2026-11-05 Fagdag", "2026-11-13 Flyttet", "2026-11-26 Fagdag"]
    assert [problem.text for problem in problems] == ["1 event that is called off was left out."]
    rest = moved.replace("RECURRENCE-ID", "RECURRENCE-ID;RANGE=THISANDFUTURE")
    assert texts(weekly, rest) == ["2026-11-05 Fagdag", *(f"2026-11-{day} Flyttet" for day in (13, 20, 27))]
    assert read(weekly, f"{rest}\nSTATUS:CANCELLED")[0] == ["2026-11-05 Fagdag"]


def test_events_of_one_uid() -> None:
    older = "UID:a\nDTSTART;VALUE=DATE:20261105\nSUMMARY:Før\nSEQUENCE:0"
    newer = "UID:a\nDTSTART;VALUE=DATE:20261106\nSUMMARY:Etter\nSEQUENCE:1"
    assert texts(newer, older) == ["2026-11-06 Etter"], "the newer one counts"
    assert texts(older, newer.replace("SEQUENCE:1", "SEQUENCE:0")) == ["2026-11-05 Før", "2026-11-06 Etter"]


def test_a_rule_without_an_end_ends() -> None:
    daily = "DTSTART;VALUE=DATE:20261105\nRRULE:FREQ=DAILY\nSUMMARY:A"
    closures, problems = read(daily)
    assert (len(closures), problems) == ((FIRST + closures_import.AHEAD - date(2026, 11, 5)).days + 1, [])
    rare = "RRULE:FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29"
    closures, problems = read(*[f"DTSTART;VALUE=DATE:20261105\n{rare}\nSUMMARY:{n}" for n in range(60)])
    assert len(closures) == 60, "after fifty rules only first days are read"
    assert [problem.text[:9] for problem in problems] == ["10 events"]


def test_more_days_than_a_year_has_are_cut() -> None:
    days = [f"{date(2026, 9, 1) + timedelta(days=n // 2):%Y%m%d}T{6 + n % 2:02d}0000" for n in range(800)]
    event = f"DTSTART:20260901T000000\nDTEND:20260902T000000\nRDATE:{','.join(days)}\nSUMMARY:A"
    closures, problems = read(event)
    assert len(closures) <= 2 * 366 + 1
    assert problems == []
    times = event.replace("DTEND:20260902", "DTEND:20260902T12").replace("T12T", "T12")
    assert "more than 366 times a year" in read(times.replace("T12000000", "T120000"))[1][0].text


# -- anything at all ---------------------------------------------------------------------------------------------------


WORDS = st.sampled_from(
    [
        *("BEGIN:VEVENT", "END:VEVENT", "BEGIN:VALARM", "END:VALARM", "SUMMARY:a", 'SUMMARY;X="', " fold", "STATUS:"),
        *("DTSTART;VALUE=DATE:20261105", "DTSTART:20261105T080000Z", "DTSTART;TZID=Mars/Olympus:20261105T080000"),
        *("DTSTART;VALUE=DATE:99991231", "DTEND;VALUE=DATE:20261108", "DTEND:x", "DURATION:P1D", "DURATION:-P9W"),
        *("RRULE:FREQ=DAILY", "RRULE:FREQ=YEARLY;COUNT=999999999", "RRULE:FREQ=;INTERVAL=-1", "EXDATE:20261105"),
        *("RECURRENCE-ID;RANGE=THISANDFUTURE:20261106", "RDATE;VALUE=PERIOD:20261105T080000Z/P1D", "UID:a"),
        *("\x00", ":", ";;;=,"),
    ]
)


@given(lines=st.lists(WORDS | st.text(max_size=30), max_size=25))
def test_no_file_brings_it_down(lines: list[str]) -> None:
    data = "\n".join(["BEGIN:VCALENDAR", "VERSION:2.0", *lines]).encode("utf-8", errors="replace")
    periods, problems = read_closures_ics(data, first=date(2035, 1, 1))
    for period in periods:
        assert period.closure.last >= period.closure.first >= date(1970, 1, 1)
    assert all(problem.text and problem.advice for problem in problems)


@given(data=st.binary(max_size=300))
def test_bytes_of_any_kind_are_told(data: bytes) -> None:
    periods, problems = read_closures_ics(b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nX:\n" + data, first=FIRST)
    assert all(isinstance(period.closure, Closure) for period in periods)
    assert problems or periods or b"END:VEVENT" in data.upper()


@given(name=st.text(max_size=200))
def test_any_name_is_one_line(name: str) -> None:
    escaped = name.replace("\\", "").replace("\n", " ").replace("\r", " ")
    event = f"DTSTART;VALUE=DATE:20261105\nSUMMARY:{escaped}".encode("utf-8", "replace").decode()
    for closure in read_closures_ics(ics(event), first=FIRST)[0]:
        assert closure.closure.name.isprintable()
        assert len(closure.closure.name) <= LONGEST_NAME
        assert closure.closure.name == closure.closure.name.strip()


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UserError, match=r"no file .*borte\.ics.*Check the name"):
        closures_from(tmp_path / "borte.ics", first=FIRST)
    with pytest.raises(UserError, match="is a folder"):
        closures_from(tmp_path, first=FIRST)
    path = tmp_path / "ferie.ics"
    path.write_bytes(ics("DTSTART;VALUE=DATE:20261105\nUID:a"))
    (period,), problems = closures_from(path, first=FIRST)
    assert (period.closure, problems) == (Closure(date(2026, 11, 5), date(2026, 11, 5)), ())
    assert (period.closure.uid, period.closure.source) == ("a", "ferie.ics")


def test_what_is_too_long_or_never_ends_is_told() -> None:
    long = b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:" + b"X" * (calendar_reader.MOST_LETTERS + 1) + b"\nEND:VEVENT"
    periods, problems = read_closures_ics(long, first=FIRST)
    assert (periods, [problem.text for problem in problems]) == ((), ["This event is too long."])
    unended = b"BEGIN:VEVENT\n" * (closures_import.MOST_PROBLEMS + 10)
    periods, problems = read_closures_ics(b"BEGIN:VCALENDAR\n" + unended, first=FIRST)
    assert (periods, len(problems)) == ((), closures_import.MOST_PROBLEMS)
