"""Times and lengths as people type them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rop_facilitator import i18n
from rop_facilitator.errors import UserError
from rop_facilitator.planning.time_words import parse_minutes, parse_time

NO_TIME = "Dette er ikke et klokkeslett. Skriv 9, 13.00 eller 1330."


@pytest.fixture(autouse=True)
def bokmal() -> Iterator[None]:
    before = i18n.language()
    i18n.set_language("nb")
    yield
    i18n.set_language(before)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        *((text, time(17, 30)) for text in ("1730", "17:30", "17.30", "17,30", "17 30", "kl 1730", "kl. 17.30")),
        *((text, time(17, 30)) for text in ("17h30", "5.30 pm", "5:30pm", "klokka 17.30")),
        *((text, time(9)) for text in ("9", "09", "900", "0900", "9.00", "9:00", "kl 9", "kl.9", "9 am", " 9\u200b ")),
        *((text, time(8, 30)) for text in ("halv ni", "830", "08.30")),
        ("0", time(0)),
        ("2359", time(23, 59)),
        ("12 pm", time(12)),
        ("12 am", time(0)),
    ],
)  # fmt: skip
def test_a_time(text: str, at: time) -> None:
    assert parse_time(text).at == at


@pytest.mark.parametrize(
    ("text", "words"),
    [
        *((text, NO_TIME) for text in ("", "ni", "17.3", "17:300", "13 pm", "1" * 400)),
        *((text, "Skriv en time fra 0 til 23.") for text in ("24", "2400", "99", "30.00")),
        *((text, "Skriv minutter fra 0 til 59.") for text in ("1760", "17.75", "9:99")),
    ],
)  # fmt: skip
def test_what_is_no_time(text: str, words: str) -> None:
    with pytest.raises(UserError) as fault:
        parse_time(text)
    assert str(fault.value) == words


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        *((text, 90) for text in ("90", "90 min", "90 minutter", "1 t 30", "1t30", "1 t 30 min")),
        *((text, 90) for text in ("1 t og 30", "1,5 t", "1.5 h", "1,5", "1½ time", "1:30", "1.30", "halvannen time")),
        *((text, 120) for text in ("2 t", "2 timer", "to timer", "120", "2:00", "2 hours")),
        *((text, 45) for text in ("45", "0,75 t", "0:45", "45m")),
        ("1,25 t", 75),
        ("1.75 h", 105),
        ("en time", 60),
    ],
)  # fmt: skip
def test_a_length(text: str, minutes: int) -> None:
    assert parse_minutes(text).minutes == minutes


@pytest.mark.parametrize("text", ["", "lenge", "1.30 t", "1 t 90", "1,51 t", "9" * 300, "1:75"])
def test_what_is_no_length(text: str) -> None:
    with pytest.raises(UserError, match="Dette er ingen lengde"):
        parse_minutes(text)


@pytest.mark.parametrize("text", ["14", "601", "0", "11 t"])
def test_a_length_that_no_meeting_has(text: str) -> None:
    with pytest.raises(UserError, match="Skriv en lengde fra 15 til 600 minutter"):
        parse_minutes(text)


def test_the_words_to_show() -> None:
    assert parse_time("1730").words == "kl. 17.30"
    assert parse_minutes("90").words == "1 time 30 minutter"
    assert parse_minutes("1 t").words == "1 time"
    assert parse_minutes("45").words == "45 minutter"


@given(st.text(max_size=20) | st.text("0123456789.,: tminhkl", max_size=12))
def test_any_text_is_read_or_a_fault_in_words(text: str) -> None:
    for parse in (parse_time, parse_minutes):
        with suppress(UserError):  # any other error fails
            assert parse(text).words


@given(st.times())
def test_a_time_as_the_program_writes_it_is_read_back(at: time) -> None:
    for language in i18n.LANGUAGES:
        i18n.set_language(language)
        assert parse_time(i18n.clock(at)).at == at.replace(second=0, microsecond=0)


@given(st.integers(15, 600))
def test_a_length_is_read_back(minutes: int) -> None:
    assert parse_minutes(str(minutes)).minutes == minutes
    assert parse_minutes(f"{minutes // 60} t {minutes % 60}").minutes == minutes
