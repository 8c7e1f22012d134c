"""The one value whose fields a handout or a standing paper may use."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class PacketFacts:
    """What a page may use under the name `packet`, in words. What is not known is empty, from the library all is.

    Of a meeting, or of the usual one: `date`, `time`, `place`, `session` (its titles in one line), `sessions`. Of the
    group: its name, `curriculum`, `weekdays`, `period`, the day of the `next` meeting and how many `meetings` from then
    on, `leaders`. Of a person, on a paper for that person: `name`, what to `practice`, titles `missed`, `present` at so
    many of `held` meetings, both in words as `attended`. Of everybody: the help numbers `emergency`, `doctor` (out of
    hours) and `helpline`.
    """

    date: str = ""
    time: str = ""
    place: str = ""
    group: str = ""
    session: str = ""
    sessions: tuple[str, ...] = ()
    curriculum: str = ""
    weekdays: str = ""
    period: str = ""
    next: str = ""
    meetings: str = ""
    leaders: tuple[str, ...] = ()
    name: str = ""
    practice: str = ""
    missed: tuple[str, ...] = ()
    present: str = ""
    held: str = ""
    attended: str = ""
    emergency: str = ""
    doctor: str = ""
    helpline: str = ""
