"""The data key: a copy wrapped for each leader's passphrase, and the recovery code, which is the key itself."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import secrets
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import Path
from types import MappingProxyType

from argon2.low_level import Type, hash_secret_raw
from cryptography.hazmat.primitives.keywrap import InvalidUnwrap, aes_key_unwrap, aes_key_wrap

from rop_facilitator.errors import UserError
from rop_facilitator.i18n import _
from rop_facilitator.json_text import parse_json
from rop_facilitator.records.erasure.deletion_list import Deletions, from_json, longest

PASSPHRASE_LENGTH = 12
_KEY_BYTES = 32
_CHECK_BYTES = 3
_GROUP, _SIGN_BITS = 4, 5
_FORMAT = 1
_MAX_FILE = 1_000_000
# Crockford's letters: no I, L, O or U, so what is written by hand can be read back.
_LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RFC_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567"
_TO_OURS = str.maketrans(_RFC_LETTERS, _LETTERS)
_FROM_OURS = str.maketrans(_LETTERS, _RFC_LETTERS)
_MISREAD = str.maketrans("OIL", "011")


class KeysFault(Enum):
    """What is wrong with the key file beside records."""

    MISSING = auto()
    DAMAGED = auto()
    FOREIGN = auto()


class WrongPassphraseError(UserError):
    """No slot opens with this passphrase; the message says which keys to try."""


class KeysLostError(UserError):
    """The key file is gone or damaged; the recovery code still opens the database."""


class WrongCodeError(UserError):
    """A recovery code with a slip in it; `groups` are those that are wrong, counted from 1, where that is known."""

    def __init__(self, words: str, groups: tuple[int, ...] = ()) -> None:
        super().__init__(words)
        self.groups = groups


@dataclass(frozen=True)
class KeyCost:
    """What one guess at a passphrase costs (Argon2id, RFC 9106): memory in KiB, passes over it, lanes."""

    memory_kib: int = 65_536
    passes: int = 3
    lanes: int = 4


DEFAULT = KeyCost()


@dataclass(frozen=True)
class Slot:
    """One leader's wrapped copy of the data key."""

    cost: KeyCost
    salt: bytes
    wrapped: bytes


@dataclass(frozen=True)
class Vault:
    """The slots by leader, in the order they were added; `mark` tells one database's key from another's.

    `deletions` are the lists of who was deleted for good: one, and others where backups brought theirs along.
    """

    slots: Mapping[str, Slot]
    mark: str
    deletions: tuple[Deletions, ...] = ()

    def open(self, leader: str | None, passphrase: str) -> tuple[str, bytes]:
        """The leader whose slot this passphrase opens, and the data key; None tries every leader.

        Raises WrongPassphraseError.
        """
        # Without a name every slot is tried: whose passphrase it is shows only by what opens.
        for name in self.slots if leader is None else [n for n in self.slots if n == leader]:
            slot = self.slots[name]
            try:
                return name, aes_key_unwrap(_stretch(passphrase, slot.salt, slot.cost), slot.wrapped)
            except InvalidUnwrap:
                continue
        raise WrongPassphraseError(
            _("Wrong passphrase. Try again; capital letters and spaces count. The recovery code opens it too.")
        )

    def with_slot(self, leader: str, passphrase: str, key: bytes, *, cost: KeyCost = DEFAULT) -> Vault:
        """The vault with a new or renewed slot. Raises UserError when the passphrase is too short."""
        salt = secrets.token_bytes(16)
        # Key wrapping (RFC 3394) finds a wrong key by itself, so nothing beside it need say whether one fits.
        wrapped = aes_key_wrap(_stretch(check_passphrase(passphrase), salt, cost), key)
        return replace(self, slots=MappingProxyType({**self.slots, leader: Slot(cost, salt, wrapped)}))

    def without_slot(self, leader: str) -> Vault:
        """The vault that this leader's passphrase no longer opens. Raises UserError for the last leader."""
        rest = {name: slot for name, slot in self.slots.items() if name != leader}
        if not rest:
            raise UserError(_("This is the only leader who can open the records. Add another leader first."))
        return replace(self, slots=MappingProxyType(rest))

    def with_deletions(self, lists: Iterable[Deletions]) -> Vault:
        """The vault with these lists of deletions as well."""
        return replace(self, deletions=longest((*self.deletions, *lists)))

    def fits(self, key: bytes) -> bool:
        """Whether this is the data key that the slots hold."""
        return hmac.compare_digest(self.mark, mark_of(key))

    def to_bytes(self) -> bytes:
        """The key file as UTF-8 JSON, with a checksum so that damage is not taken for a wrong passphrase."""
        slots = [
            {
                "leader": name,
                "kdf": "argon2id",
                "memory_kib": slot.cost.memory_kib,
                "passes": slot.cost.passes,
                "lanes": slot.cost.lanes,
                "salt": slot.salt.hex(),
                "wrapped": slot.wrapped.hex(),
            }
            for name, slot in self.slots.items()
        ]
        deletions = [deletion.to_json() for deletion in self.deletions]
        body = {"format": _FORMAT, "mark": self.mark, "slots": slots, "deletions": deletions}
        return json.dumps({**body, "checksum": _checksum(body)}, ensure_ascii=False, indent=1).encode()


def new_key() -> bytes:
    """A fresh 256-bit data key."""
    return secrets.token_bytes(_KEY_BYTES)


def new_vault(key: bytes) -> Vault:
    """A vault without slots for this key."""
    return Vault(MappingProxyType({}), mark_of(key))


def mark_of(key: bytes) -> str:
    """A mark that tells keys apart and says nothing about them."""
    # A part of it tells keys apart well enough; it stands in the open, in key files and backups.
    return hmac.new(key, b"rop-facilitator key mark", hashlib.sha256).hexdigest()[:16]


def keys_path(path: Path) -> Path:
    """Where the keys of a database lie: `NAME.rop.keys` beside `NAME.rop`."""
    return path.with_name(path.name + ".keys")


def read_vault(path: Path) -> Vault:
    """The vault beside the database `path`. Raises KeysLostError when it is gone or damaged."""
    keys = keys_path(path)
    try:
        # A key file is a few hundred bytes; whatever lies there by this name is not read into memory whole.
        data = keys.read_bytes() if keys.stat().st_size <= _MAX_FILE else b""
    except FileNotFoundError:
        raise KeysLostError(
            _("The key file {name} is missing. Open with the recovery code, then set your passphrase again.").format(
                name=keys.name
            )
        ) from None
    return vault_from(data, name=keys.name)


def vaults_beside(path: Path) -> Iterator[Vault | None]:
    """The vaults of the other databases in the folder of `path`; None for one that cannot be read."""
    for keys in sorted(path.parent.glob("*.keys")):
        other = keys.with_suffix("")
        if keys == keys_path(path) or not other.exists():
            continue
        try:
            yield read_vault(other)
        except (KeysLostError, OSError):
            yield None


def vault_from(data: bytes, *, name: str) -> Vault:
    """A vault from the bytes of a key file called `name`. Raises KeysLostError when they are damaged."""
    try:
        body = parse_json(data)
        if body.pop("checksum") != _checksum(body) or body["format"] != _FORMAT:
            # Told apart from a wrong passphrase: who is told that types on, and who has lost the file needs the code.
            raise ValueError("checksum")
        slots = {str(entry["leader"]): _slot(entry) for entry in body["slots"]}
        # Key files from before deletions were listed have none.
        deletions = tuple(from_json(entry) for entry in body.get("deletions", []))
        return Vault(MappingProxyType(slots), str(body["mark"]), deletions)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise KeysLostError(
            _("The key file {name} is damaged. Open with the recovery code, then set your passphrase again.").format(
                name=name
            )
        ) from None


def _slot(entry: Mapping[str, str | int]) -> Slot:
    cost = KeyCost(int(entry["memory_kib"]), int(entry["passes"]), int(entry["lanes"]))
    # A hostile file must not make us reserve all memory: nothing we ever write comes near these.
    if not (8 <= cost.memory_kib <= 1_048_576 and 1 <= cost.passes <= 20 and 1 <= cost.lanes <= 16):
        raise ValueError("cost")
    return Slot(cost, bytes.fromhex(str(entry["salt"])), bytes.fromhex(str(entry["wrapped"])))


def _checksum(body: Mapping[str, object]) -> str:
    return hashlib.sha256(json.dumps(body, ensure_ascii=False, sort_keys=True).encode()).hexdigest()[:16]


def check_passphrase(passphrase: str) -> str:
    """The passphrase as it is used (Unicode NFC). Raises UserError when it has fewer than 12 characters."""
    # A Mac may send å as two signs where Windows sends one: in NFC both are the same passphrase.
    kept = unicodedata.normalize("NFC", passphrase)
    if len(kept.strip()) < PASSPHRASE_LENGTH:
        raise UserError(
            _("The passphrase needs at least {n} characters. Four words in a row are easy to remember.").format(
                n=PASSPHRASE_LENGTH
            )
        )
    return kept


def _stretch(passphrase: str, salt: bytes, cost: KeyCost) -> bytes:
    """The wrapping key: 32 bytes by Argon2id from the passphrase in NFC."""
    # A lone surrogate from a broken paste has no UTF-8; it is a wrong passphrase, not a crash.
    secret = unicodedata.normalize("NFC", passphrase).encode("utf-8", "replace")
    return hash_secret_raw(secret, salt, cost.passes, cost.memory_kib, cost.lanes, _KEY_BYTES, Type.ID)


def recovery_code(key: bytes) -> str:
    """The data key for paper: 14 groups of 4 letters and digits, the last 24 bits a checksum."""
    letters = base64.b32encode(key + _code_check(key)).decode().translate(_TO_OURS)
    return "-".join(letters[i : i + 4] for i in range(0, len(letters), 4))


def parse_recovery_code(text: str) -> bytes:
    """The data key from a recovery code in any case, with any spaces or hyphens; O is 0, I and L are 1.

    Raises WrongCodeError that says what is wrong: a foreign character, the length, or a slip that the checksum caught.
    """
    signs = "".join(c for c in text.upper() if c.isalnum()).translate(_MISREAD)
    if foreign := sorted(set(signs) - set(_LETTERS)):
        places = {n // _GROUP + 1 for n, sign in enumerate(signs) if sign in foreign}
        raise WrongCodeError(
            _("The recovery code never has {letters}. Read that place again.").format(letters=", ".join(foreign[:5])),
            tuple(sorted(places)),
        )
    length = -(-(_KEY_BYTES + _CHECK_BYTES) * 8 // 5)
    if len(signs) != length:
        raise WrongCodeError(
            _("The recovery code has {n} letters and digits in groups of 4; here are {found}.").format(
                n=length, found=len(signs)
            )
        )
    data = base64.b32decode(signs.translate(_FROM_OURS))
    key, check = data[:_KEY_BYTES], data[_KEY_BYTES:]
    if check != _code_check(key):
        groups = _wrong_group(data)
        if groups:
            raise WrongCodeError(_("Group {n} is wrong. Compare it with the paper.").format(n=groups[0]), groups)
        raise WrongCodeError(_("A character in the recovery code is wrong. Compare it with the paper, group by group."))
    return key


def _wrong_group(data: bytes) -> tuple[int, ...]:
    """The only group in which one or two wrong signs explain what the checksum found; empty where several could.

    The checksum is linear: what a slip does to it depends on the place and the kind of the slip only.
    """
    # The check of a key of zeros is not zero; taken away, what is left of the checksum is linear.
    nothing = int.from_bytes(_code_check(bytes(_KEY_BYTES)), "big")

    def seen(bits: int) -> int:
        """What the checksum makes of these wrong bits of the 280."""
        wrong = bits.to_bytes(_KEY_BYTES + _CHECK_BYTES, "big")
        own = int.from_bytes(_code_check(wrong[:_KEY_BYTES]), "big") ^ nothing
        return own ^ int.from_bytes(wrong[_KEY_BYTES:], "big")

    total = 8 * (_KEY_BYTES + _CHECK_BYTES)
    effects = [seen(1 << (total - 1 - bit)) for bit in range(total)]
    difference = seen(int.from_bytes(data, "big")) ^ nothing
    signs = [_combinations(effects[first : first + _SIGN_BITS]) for first in range(0, total, _SIGN_BITS)]
    hits = []
    for start in range(0, len(signs), _GROUP):
        group = signs[start : start + _GROUP]
        if any(
            difference ^ pattern in other
            for at, first in enumerate(group)
            for other in group[at + 1 :]
            for pattern in first
        ):
            hits.append(start // _GROUP + 1)
    # Two groups that would explain it are no help: the leader would correct what was right.
    return tuple(hits) if len(hits) == 1 else ()


def _combinations(effects: Sequence[int]) -> frozenset[int]:
    """What the checksum makes of each of the 32 ways in which one sign can be wrong, none among them."""
    sums = {0}
    for effect in effects:
        sums |= {each ^ effect for each in sums}
    return frozenset(sums)


def _code_check(key: bytes) -> bytes:
    """24 bits of CRC (the generator of RFC 4880): any one wrong character is caught for certain, not by luck."""
    crc = 0xB704CE
    for byte in key:
        crc ^= byte << 16
        for _bit in range(8):
            crc = (crc << 1) ^ 0x1864CFB if crc & 0x800000 else crc << 1
    return crc.to_bytes(_CHECK_BYTES, "big")
