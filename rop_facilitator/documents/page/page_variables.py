"""The values whose fields a page may use under the name `packet`."""

from __future__ import annotations

from dataclasses import dataclass, fields


@dataclass(frozen=True)
class HelpNumbers:
    """The help numbers that running text may mention, by their use; all that text for the leader may use.

    A local one is empty until the service has filled it in.
    """

    emergency: str = ""
    police: str = ""
    doctor: str = ""
    helpline: str = ""
    poison: str = ""
    drugs: str = ""
    sos: str = ""
    violence: str = ""
    children: str = ""
    group_leaders: str = ""
    acute_team: str = ""
    shelter: str = ""
    child_protection: str = ""
    ombud: str = ""
    naloxone: str = ""


USES = tuple(field.name for field in fields(HelpNumbers))


@dataclass(frozen=True)
class PacketFacts(HelpNumbers):
    """What a sheet may use, in words. What is not known is empty, from the library all but the help numbers is.

    Of a meeting, or of the usual one: `date`, `time`, `place`, `session` (its titles in one line), `sessions`. Of the
    group: its name, `curriculum`, `weekdays`, `period`, the day of the `next` meeting and how many `meetings` from then
    on, `leaders`. Of a person, on a paper for that person: `name`, what to `practice`, an own `step`, titles `missed`,
    `present` at so many of `held` meetings, both in words as `attended`.
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
    step: str = ""
    missed: tuple[str, ...] = ()
    present: str = ""
    held: str = ""
    attended: str = ""
