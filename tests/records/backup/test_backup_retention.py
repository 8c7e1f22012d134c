"""Which backups stay: a year of use, holidays, clocks that are wrong, and others' files in the same folder."""

from datetime import date, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rop_facilitator.records.backup.backup_list import backups_in, read_backup
from rop_facilitator.records.backup.backup_retention import DAYS, MONTHS, WEEKS, to_keep
from rop_facilitator.records.backup.create_backup import LIFETIME, SUFFIX, automatic_backup, backup
from rop_facilitator.records.erasure.erase import erase_participant
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.opening import create_database
from tests.records.conftest import CHEAP, NOW, PASSPHRASE, clock
from tests.records.factories import make_group

DAY = timedelta(days=1)
moments = st.lists(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 12, 31)).map(lambda moment: moment.replace(microsecond=0)),
    max_size=60,
    unique=True,
)
wrong_by = st.integers(-4000, 4000).map(timedelta)


@given(moments, wrong_by)
def test_in_any_order_and_by_any_clock_enough_stays(taken: list[datetime], wrong: timedelta) -> None:
    """The order is that of taking, which no clock can turn about."""
    at = (taken[-1] if taken else NOW) + wrong
    kept = to_keep(taken, at=at)
    assert kept <= set(taken)
    assert not taken or taken[-1] in kept
    assert len(kept) <= DAYS + WEEKS + MONTHS
    if kept != set(taken):  # what goes has a newer one of its day, lies behind fourteen newer days, or is old for sure
        days = list(dict.fromkeys(moment.date() for moment in reversed(taken)))
        for moment in set(taken) - kept:
            newer = taken[taken.index(moment) + 1 :]
            same_day = any(other.date() == moment.date() for other in newer)
            far_back = days.index(moment.date()) >= DAYS
            assert same_day or far_back or at - moment >= LIFETIME


@given(st.integers(1, DAYS - 1), st.integers(36, 4000), st.booleans(), st.integers(1, 4))
def test_a_clock_that_leaps_deletes_nothing(before: int, leap: int, ahead: bool, after: int) -> None:
    """Thirteen days of backups, and then the clock is a year ahead or behind, for as many as four days."""
    taken = [NOW - n * DAY for n in reversed(range(before))]
    start = NOW + timedelta(days=leap if ahead else -leap)
    for n in range(after):
        taken.append(start + n * DAY)
        kept = to_keep(taken, at=taken[-1])
        assert set(taken[-DAYS:]) <= kept


@given(st.integers(36, 4000), st.booleans())
def test_when_the_clock_is_right_again_nothing_was_lost(leap: int, ahead: bool) -> None:
    taken = [NOW - n * DAY for n in reversed(range(10))]
    taken.append(NOW + timedelta(days=leap if ahead else -leap))
    taken += [NOW + DAY, NOW + 2 * DAY]
    assert to_keep(taken, at=taken[-1]) == set(taken)


def test_a_year_of_daily_use_keeps_few_and_never_loses_touch() -> None:
    there: list[datetime] = []
    for day in range(365):
        at = datetime(2026, 1, 1, 16) + timedelta(days=day)
        kept = to_keep([*there, at], at=at)
        there = [moment for moment in [*there, at] if moment in kept]
        ages = sorted((at - moment).days for moment in there)
        assert ages[: min(day + 1, DAYS)] == list(range(min(day + 1, DAYS)))
        assert all(later - earlier <= 31 for earlier, later in pairwise(ages))
        assert ages[-1] < LIFETIME.days
    assert 20 <= len(there) <= 28


def test_after_a_long_holiday_the_old_ones_go_when_the_new_days_are_enough() -> None:
    spring = [date(2026, 6, day) for day in (1, 8, 15)]
    there = [datetime(on.year, on.month, on.day, 16) for on in spring]
    for week in range(6):
        at = datetime(2026, 9, 21, 16) + timedelta(weeks=week)
        kept = to_keep([*there, at], at=at)
        there = [moment for moment in [*there, at] if moment in kept]
        assert (there[0].month == 6) == (week < 4)


@pytest.mark.parametrize("wrong", [timedelta(days=365), timedelta(days=-365), timedelta(days=80)])
def test_automatic_backups_outlive_a_wrong_clock(database: Database, tmp_path: Path, wrong: timedelta) -> None:
    folder = tmp_path / "backups"
    for day in range(13):
        automatic_backup(database, folder, at=NOW + day * DAY)
    automatic_backup(database, folder, at=NOW + 13 * DAY + wrong)
    assert len(list(folder.iterdir())) == 14
    automatic_backup(database, folder, at=NOW + 13 * DAY)
    left = {info.at for _file, info in backups_in(folder, database.key_mark)}
    assert left == {*(NOW + day * DAY for day in range(1, 14)), NOW + 13 * DAY + wrong}  # the fifteenth day goes


def test_automatic_backups_thin_their_own_only(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    for day in range(0, 120, 10):
        automatic_backup(database, folder, at=NOW - timedelta(days=130 - day))
    stranger, _code = create_database(tmp_path / "annet.rop", "Jonas", PASSPHRASE, clock=clock, cost=CHEAP)
    old = automatic_backup(stranger, folder, at=NOW - timedelta(days=500))
    stranger.close()
    (folder / "broken.rop-backup").write_bytes(b"x")
    backup(database, by_hand := folder / "copy.ropbackup", at=NOW - timedelta(days=400))
    newest = automatic_backup(database, folder)
    assert newest.name == "gruppe-20261124-083500.rop-backup"
    assert by_hand.exists()  # not made by the clock
    assert by_hand in {file for file, _info in backups_in(folder, database.key_mark)}
    left = {file.name for file in folder.iterdir()}
    assert {old.name, "broken.rop-backup", newest.name} <= left
    mine = [read_backup(folder / name) for name in left if name.startswith("gruppe")]
    taken = [info.at for info in sorted(mine, key=lambda info: info.number)]
    assert taken == sorted(taken)
    assert taken[0] > NOW - LIFETIME


def test_another_databases_backup_of_the_same_second_stays(database: Database, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    (tmp_path / "other").mkdir()
    stranger, _code = create_database(tmp_path / "other" / "gruppe.rop", "Jonas", PASSPHRASE, clock=clock, cost=CHEAP)
    theirs = automatic_backup(stranger, folder)
    ours = automatic_backup(database, folder)
    stranger.close()
    assert (theirs.name, ours.name) == (f"gruppe-20261124-083500{SUFFIX}", f"gruppe-20261124-083500-2{SUFFIX}")
    assert automatic_backup(database, folder) == ours
    assert len(list(folder.iterdir())) == 2


def test_an_erased_person_is_gone_from_backups_on_the_promised_day(
    database: Database, leader_id: int, tmp_path: Path
) -> None:
    folder = tmp_path / "backups"
    with database.write(Action.GROUP_CREATED, by=leader_id) as db:
        make_group(db, people=3)
    automatic_backup(database, folder)
    until = erase_participant(database, 1, by=leader_id)
    last = datetime.combine(until, NOW.time())
    for week in range(1, 13):
        automatic_backup(database, folder, at=NOW + timedelta(weeks=week))
    assert 3 in {read_backup(file).rows["participant"] for file in folder.iterdir()}
    automatic_backup(database, folder, at=last)
    assert {read_backup(file).rows["participant"] for file in folder.iterdir()} == {2}
