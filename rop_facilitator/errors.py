"""What can go wrong and be put into words: a request that cannot be met, and a fault in a file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Level = Literal["fault", "advice"]


class UserError(Exception):
    """A request that cannot be met. The message is for the leader: what is wrong, and what to do."""


class RefusedError(UserError):
    """Not done because of what it would cost; nothing was changed. The command line ends with 2."""


@dataclass(frozen=True)
class Problem:
    """A fault in a file that a leader wrote, or advice; `line` is 1 at the top, 0 when it is about the whole file."""

    level: Level
    file: str
    line: int
    text: str
    advice: str = ""

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place}: {self.text} {self.advice}".rstrip()
