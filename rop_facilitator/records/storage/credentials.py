"""What a leader brings to open records, in the window, on the command line or for a backup."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Secret:
    """A passphrase, or the recovery code."""

    passphrase: str = ""
    code: str = ""
