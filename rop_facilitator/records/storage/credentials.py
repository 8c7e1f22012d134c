"""What a leader brings to open records."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Secret:
    """A passphrase, or the recovery code."""

    passphrase: str = ""
    code: str = ""
