"""The data key: slots, passphrases and the recovery code."""

import json
import secrets
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rop_facilitator.errors import UserError
from rop_facilitator.json_text import DEEPEST
from rop_facilitator.private_files import write_file
from rop_facilitator.records.storage.database import Database
from rop_facilitator.records.storage.engine import DamagedError
from rop_facilitator.records.storage.opening import unlock_database, unlock_with_code
from rop_facilitator.records.storage.vault import (
    DEFAULT,
    KeysLostError,
    WrongPassphraseError,
    check_passphrase,
    keys_path,
    new_key,
    new_vault,
    parse_recovery_code,
    recovery_code,
    vault_from,
)
from tests.records.conftest import CHEAP, LEADER, PASSPHRASE, clock

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
keys = st.binary(min_size=32, max_size=32)


def test_the_shipped_cost_is_what_was_decided() -> None:
    assert (DEFAULT.memory_kib, DEFAULT.passes, DEFAULT.lanes) == (65_536, 3, 4)


def test_the_shipped_cost_opens() -> None:
    key = new_key()
    vault = new_vault(key).with_slot("Marit", PASSPHRASE, key)
    assert vault.open("Marit", PASSPHRASE) == ("Marit", key)
    assert f'"memory_kib": {DEFAULT.memory_kib}' in vault.to_bytes().decode()


@given(keys)
@settings(max_examples=1000, deadline=None)
def test_a_code_gives_its_key_back(key: bytes) -> None:
    code = recovery_code(key)
    groups = code.split("-")
    assert [len(group) for group in groups] == [4] * 14
    assert set(code) <= set(ALPHABET + "-")
    assert parse_recovery_code(code) == key


@given(keys, st.sampled_from([str.lower, str.upper, str.swapcase]), st.sampled_from(["", " ", "\n", " - ", "–"]))
@settings(deadline=None)
def test_a_code_is_read_as_people_write_it(key: bytes, case: Callable[[str], str], gap: str) -> None:
    written = case(gap.join(recovery_code(key).split("-"))).replace("0", "O").replace("1", "l")
    assert parse_recovery_code(f"  {written}\n") == key


@pytest.mark.parametrize("place", range(56))
def test_every_wrong_character_is_caught(place: int) -> None:
    code = recovery_code(bytes(range(32))).replace("-", "")
    for letter in set(ALPHABET) - {code[place]}:
        with pytest.raises(UserError, match="wrong"):
            parse_recovery_code(code[:place] + letter + code[place + 1 :])


def test_swapped_neighbours_are_caught() -> None:
    code = recovery_code(secrets.token_bytes(32)).replace("-", "")
    for i in range(55):
        swapped = code[:i] + code[i + 1] + code[i] + code[i + 2 :]
        if swapped != code:
            with pytest.raises(UserError, match="wrong"):
                parse_recovery_code(swapped)


@pytest.mark.parametrize(
    ("text", "said"), [("", "here are 0"), ("ABCD-1234", "here are 8"), ("ÆØÅ€U" * 12, "never has"), ("\0" * 56, "0")]
)
def test_what_is_no_code_is_told(text: str, said: str) -> None:
    with pytest.raises(UserError, match=said):
        parse_recovery_code(text)


@pytest.mark.parametrize("passphrase", ["", "elleve tegn", " " * 40, "æøå" * 3])
def test_a_short_passphrase_is_refused(passphrase: str) -> None:
    with pytest.raises(UserError, match="12 characters"):
        check_passphrase(passphrase)


@pytest.mark.parametrize(
    "passphrase", ["tolv tegn er", "blåbærsyltetøy på brød", "correct horse ✓ 👩‍👩‍👧", "x" * 10_000, "a\0b" * 6]
)
def test_any_twelve_characters_will_do(passphrase: str) -> None:
    key = new_key()
    vault = new_vault(key).with_slot("Marit", passphrase, key, cost=CHEAP)
    for form in ("NFC", "NFD"):
        assert vault.open(None, unicodedata.normalize(form, passphrase))[1] == key  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        PASSPHRASE[:-1],
        PASSPHRASE + " ",
        PASSPHRASE.upper(),
        "x" * 10_000,
        "\0",
        "\ud800 half a letter",
        "👩‍👩‍👧" * 5,
    ]
    + [f"guess number {n}" for n in range(90)],
)
def test_a_wrong_passphrase_is_called_wrong_and_changes_nothing(path: Path, wrong: str) -> None:
    before = path.read_bytes(), keys_path(path).read_bytes()
    with pytest.raises(WrongPassphraseError, match="Wrong passphrase"):
        unlock_database(path, LEADER, wrong, clock=clock)
    with pytest.raises(WrongPassphraseError):
        unlock_database(path, None, wrong, clock=clock)
    assert (path.read_bytes(), keys_path(path).read_bytes()) == before


def test_an_unknown_leader_is_told_the_same(path: Path) -> None:
    with pytest.raises(WrongPassphraseError, match="Wrong passphrase"):
        unlock_database(path, "Nobody", PASSPHRASE, clock=clock)


def test_damage_in_the_key_file_is_not_called_a_wrong_passphrase(path: Path, code: str) -> None:
    whole = keys_path(path).read_bytes()
    for place in range(0, len(whole), 7):
        keys_path(path).write_bytes(whole[:place] + bytes([whole[place] ^ 0x11]) + whole[place + 1 :])
        with pytest.raises(KeysLostError, match="recovery code"):
            unlock_database(path, LEADER, PASSPHRASE, clock=clock)
    unlock_with_code(path, code, clock=clock).close()


@pytest.mark.parametrize(
    "data", [b"", b"{}", b"[]", b"null", b"\xff\xfe", b"[" * (DEEPEST + 1), b'{"checksum": 1}', b"x" * 2_000_000]
)
def test_no_key_file_can_crash_us(path: Path, data: bytes) -> None:
    keys_path(path).write_bytes(data)
    with pytest.raises(KeysLostError, match="damaged"):
        Database.leaders_of(path)


def test_a_hostile_cost_is_not_paid() -> None:
    import hashlib

    key = new_key()
    body = json.loads(new_vault(key).with_slot("Marit", PASSPHRASE, key, cost=CHEAP).to_bytes())
    body.pop("checksum")
    body["slots"][0]["memory_kib"] = 1 << 30
    body["checksum"] = hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]
    with pytest.raises(KeysLostError):
        vault_from(json.dumps(body).encode(), name="x")


def test_the_lost_key_file_is_replaced_by_code_and_passphrase(path: Path, code: str) -> None:
    keys_path(path).unlink()
    with pytest.raises(KeysLostError, match="recovery code"):
        unlock_database(path, LEADER, PASSPHRASE, clock=clock)
    opened = unlock_with_code(path, code, clock=clock, cost=CHEAP)
    assert opened.leader_id is None
    opened.set_passphrase(LEADER, "en helt ny setning")
    assert opened.leader_name == LEADER
    opened.close()
    unlock_database(path, LEADER, "en helt ny setning", clock=clock).close()


def test_a_code_of_other_records_is_told(path: Path) -> None:
    with pytest.raises(UserError, match="other records"):
        unlock_with_code(path, recovery_code(new_key()), clock=clock)
    keys_path(path).unlink()
    with pytest.raises(UserError, match="other records, or all of") as error:  # nothing tells the two apart now
        unlock_with_code(path, recovery_code(new_key()), clock=clock)
    assert not isinstance(error.value, DamagedError)


def test_a_new_passphrase_ends_the_old_one_and_leaves_the_file_alone(database: Database) -> None:
    path, key = database.path, database.key
    database.set_passphrase(LEADER, "en helt ny setning")
    database.close()
    with pytest.raises(WrongPassphraseError):
        unlock_database(path, LEADER, PASSPHRASE, clock=clock)
    opened = unlock_database(path, LEADER, "en helt ny setning", clock=clock)
    assert opened.key == key
    opened.close()


def test_each_leader_has_a_way_in_until_it_is_taken(database: Database) -> None:
    path = database.path
    added = database.add_leader("Jonas", "jonas sin setning")
    assert Database.leaders_of(path) == [LEADER, "Jonas"]
    with pytest.raises(UserError, match="name of their own"):
        database.add_leader("jonas", "enda en setning her")
    database.close()
    as_jonas = unlock_database(path, None, "jonas sin setning", clock=clock, cost=CHEAP)
    assert (as_jonas.leader_id, as_jonas.leader_name) == (added, "Jonas")
    as_jonas.remove_leader(LEADER)
    with pytest.raises(UserError, match="only leader"):
        as_jonas.remove_leader("Jonas")
    assert [leader.name for leader in as_jonas.leaders()] == ["Jonas", LEADER]
    as_jonas.close()
    with pytest.raises(WrongPassphraseError):
        unlock_database(path, LEADER, PASSPHRASE, clock=clock)


def test_a_small_file_is_old_or_new(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "x.keys"
    write_file(target, b"old")

    def broken(_handle: int) -> None:
        raise OSError(28, "No space left")

    monkeypatch.setattr("rop_facilitator.private_files.os.fsync", broken)
    with pytest.raises(OSError, match="No space"):
        write_file(target, b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["x.keys"]
    assert target.read_bytes() == b"old"
