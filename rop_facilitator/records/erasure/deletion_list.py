"""Who was deleted for good, without saying who: a list beside the records, so that no backup brings a person back.

A mark stands for one person, or one group. It is made from the data key, the id and the moment when the person or the
group was added: without the key it says nothing and cannot be forged, and an id that a restored copy gives to somebody
else has another mark.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

_MARK_BYTES = 12


@dataclass(frozen=True)
class Deletions:
    """One list: a mark for each deleted person, and the seal over them all, which only the data key can make."""

    marks: frozenset[bytes]
    seal: bytes

    def is_whole(self, key: bytes) -> bool:
        """Whether nothing was taken off the list since it was written."""
        return hmac.compare_digest(self.seal, sealed(key, self.marks).seal)

    def to_json(self) -> dict[str, str]:
        """The list as it stands in a key file."""
        # Sorted, so that the order tells nothing about who was deleted when.
        return {"marks": base64.b64encode(b"".join(sorted(self.marks))).decode(), "seal": self.seal.hex()}


# Stands where a list should have been and could not be read; no key finds it whole.
UNREADABLE = Deletions(frozenset(), b"")


def from_json(body: Mapping[str, str]) -> Deletions:
    """A list from a key file. Raises ValueError or KeyError when it is none."""
    data = base64.b64decode(body["marks"], validate=True)
    marks = (data[start : start + _MARK_BYTES] for start in range(0, len(data), _MARK_BYTES))
    return Deletions(frozenset(marks), bytes.fromhex(body["seal"]))


def person_mark(key: bytes, participant_id: int, added: datetime) -> bytes:
    """The mark of the person who got this id at this moment."""
    return _hash(key, b"person", f"{participant_id} {added.isoformat()}".encode())[:_MARK_BYTES]


def group_mark(key: bytes, group_id: int, added: datetime) -> bytes:
    """The mark of the group that got this id at this moment."""
    return _hash(key, b"group", f"{group_id} {added.isoformat()}".encode())[:_MARK_BYTES]


def sealed(key: bytes, marks: Iterable[bytes]) -> Deletions:
    """A list of these marks under its seal."""
    kept = frozenset(marks)
    return Deletions(kept, _hash(key, b"list", b"".join(sorted(kept))))


def longest(lists: Iterable[Deletions]) -> tuple[Deletions, ...]:
    """The lists without those that another one holds already: a list only grows. What is unreadable stays."""
    distinct = tuple(dict.fromkeys(lists))
    return tuple(
        deletions
        for deletions in distinct
        if not deletions.seal or not any(deletions.marks < other.marks for other in distinct)
    )


def _hash(key: bytes, what: bytes, message: bytes) -> bytes:
    # A key of its own for each use: what seals a list can be no mark of a person.
    own = hmac.digest(key, b"rop-facilitator deletions: " + what, hashlib.sha256)
    return hmac.digest(own, message, hashlib.sha256)
