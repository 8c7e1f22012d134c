"""Whether a key belongs to a damaged file: SQLCipher seals each page, and one true seal is enough to tell.

The driver only says that something is wrong. To a leader it makes a difference whether the file is damaged or the key
file beside it belongs to other records. The seal is SQLCipher 4's: HMAC-SHA-512 over a page's cipher text and its
number, under a key that is derived from the data key and the file's salt.
"""

from __future__ import annotations

import hashlib
import hmac
from contextlib import suppress
from pathlib import Path

_PAGE, _SALT, _SEAL, _VECTOR = 4096, 16, 64, 16
_MASK, _ROUNDS, _KEY = 0x3A, 2, 32
_MOST_PAGES = 5000


def key_fits(path: Path, key: bytes) -> bool:
    """Whether any page of the file carries a true seal of this key."""
    with suppress(OSError), path.open("rb") as file:
        # SQLCipher keeps the salt where a plain file has its magic words; the seal of page 1 is over what follows it.
        salt = file.read(_SALT)
        seal_key = hashlib.pbkdf2_hmac("sha512", key, bytes(byte ^ _MASK for byte in salt), _ROUNDS, _KEY)
        file.seek(0)
        # 20 MB: a key that fits shows on the first whole page, and the wait for a foreign one stays short.
        for number in range(1, _MOST_PAGES):
            page = file.read(_PAGE)
            if len(page) < _PAGE:
                break
            sealed = page[_SALT if number == 1 else 0 : _PAGE - _SEAL - _VECTOR + _VECTOR]
            seal = hmac.digest(seal_key, sealed + number.to_bytes(4, "little"), "sha512")
            if hmac.compare_digest(seal, page[_PAGE - _SEAL :]):
                return True
    return False
