"""The help numbers, from one file that a leader can replace: at the foot of papers, in texts, on the safety page."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from rop_facilitator import paths
from rop_facilitator.clean_text import clean_text
from rop_facilitator.curriculum.file_reader import read_text, read_yaml, shown
from rop_facilitator.documents.page.blocks import HelpContact, Packet
from rop_facilitator.documents.page.page_variables import USES, HelpNumbers
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import LANGUAGES, _, day_and_month, language, speaking

FILE = "contacts.yaml"
# They stand side by side at the foot of a page.
MOST = 6
MOST_IN_ALL = 30
OWN = "group_leaders"
ALARM = ("emergency", "police", "doctor")
PRINTS = ("participant", "safety", "both")
_FIELDS = {"number", "name", "when", "local", "use", "prints", "checked"}
_SPACE = "\u00a0"  # a number never breaks over two lines


@dataclass(frozen=True)
class Contact:
    """One help number, with its name and times in each language; `local` is the service's own, empty until filled in.

    `use` is one of USES, where running text may mention the number. `prints` tells on which papers it stands by itself,
    `checked` is the day on which a leader rang it or looked it up.
    """

    number: str
    name: dict[str, str]
    when: dict[str, str]
    local: bool = False
    use: str = ""
    prints: str = "both"
    checked: date | None = None

    @property
    def for_participants(self) -> bool:
        """Whether it stands at the foot of papers for participants."""
        return self.prints != "safety"

    @property
    def for_safety(self) -> bool:
        """Whether it stands on the page for a safe group."""
        return self.prints != "participant"


def contacts_path() -> Path:
    """The leader's own file, or the shipped one where there is none."""
    own = paths.data_folder() / FILE
    return own if own.is_file() else shipped_path()


def shipped_path() -> Path:
    """The file that travels with the program."""
    return paths.shipped("resources") / FILE


def load_contacts(path: Path) -> tuple[tuple[Contact, ...], list[Problem]]:
    """The help numbers of a file in print order; a number with a fault is left out and told."""
    text, problems = read_text(path)
    if text is None:
        return (), problems
    contacts, faults = _contacts_in(text, path, language())
    return contacts, [*problems, *faults]


# *Today* asks at each opening whether a number is missing: the text is read, and taken apart once.
@lru_cache(maxsize=4)
def _contacts_in(text: str, path: Path, _speech: str) -> tuple[tuple[Contact, ...], tuple[Problem, ...]]:
    data, lines, problems = read_yaml(text, shown(path))
    root = data if isinstance(data, dict) else {}

    def fault(line: int, what: str, advice: str) -> None:
        problems.append(Problem("fault", shown(path), line, what, advice))

    # A file from before each number had its own day has one for all of them.
    checked = _day(root.get("checked"), lambda: lines.get(("checked",), 0), fault)
    rows = root.get("contacts")
    contacts: list[Contact] = []
    for i, row in enumerate(rows if isinstance(rows, list) else []):
        contact = _contact(row)
        if contact is None:
            advice = _("Write number, name and when, the last two with nb and en.")
            fault(lines.get(("contacts", i), 0), _("The help number cannot be read."), advice)
            continue
        if "checked" in row:
            day = _day(row["checked"], lambda at=i: lines.get(("contacts", at, "checked"), 0), fault)  # type: ignore[misc]
        else:
            day = checked
        contacts.append(replace(contact, checked=day))
    if not contacts:
        fault(0, _("There are no help numbers."), _("Put contacts.yaml back as it was shipped."))
    return _at_most(contacts, fault), tuple(problems)


def _day(written: object, line: Callable[[], int], fault: Callable[[int, str, str], None]) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(str(written))
    except ValueError:
        fault(line(), _("The date cannot be read."), _("Write it as 2026-11-24, or null."))
        return None


def _at_most(contacts: Sequence[Contact], fault: Callable[[int, str, str], None]) -> tuple[Contact, ...]:
    """As many as there is room for; what is too much at the foot of papers stays on the safety page."""
    at_foot = [contact for contact in contacts if contact.for_participants]
    if len(contacts) > MOST_IN_ALL:
        fault(0, _("There are too many help numbers."), _("Keep at most {n}.").format(n=MOST_IN_ALL))
    if len(at_foot) > MOST:
        advice = _("Keep at most {n}, and write prints: safety for the others.").format(n=MOST)
        fault(0, _("There are too many help numbers at the foot of papers for participants."), advice)
    too_many = at_foot[MOST:]
    return tuple(replace(contact, prints="safety") if contact in too_many else contact for contact in contacts)[
        :MOST_IN_ALL
    ]


def _contact(row: object) -> Contact | None:
    # A word that is misspelt is a fault: left out in silence, the number would lack its name or its use.
    if not isinstance(row, dict) or not set(row) <= _FIELDS:
        return None
    name, when = row.get("name"), row.get("when")
    if not isinstance(name, dict) or not isinstance(when, dict):
        return None
    names = {language: clean_text(str(name.get(language) or "")) for language in LANGUAGES}
    times = {language: clean_text(str(when.get(language) or "")) for language in LANGUAGES}
    number, local, prints = row.get("number"), row.get("local") is True, row.get("prints", "both")
    # In a file from before there were several local numbers the one without a use is the group leaders'.
    use = row.get("use") or (OWN if local else "")
    # Running text asks for a number by its use, so one that nothing asks for is a slip of the pen.
    if use not in ("", *USES) or prints not in PRINTS:
        return None
    return Contact(clean_text(str(number)) if number is not None else "", names, times, local, use, prints)


def known_contacts() -> tuple[tuple[Contact, ...], list[Problem]]:
    """The numbers in use: those of the leader's own file, and on the safety page what that one lacks of the shipped."""
    own, problems = load_contacts(contacts_path())
    shipped, _same = load_contacts(shipped_path())
    # A paper without any number helps nobody: a file that cannot be read is as good as none.
    if not own and problems:
        return shipped, problems
    there = {contact.use for contact in own}
    lacking = (contact for contact in shipped if contact.prints == "safety" and contact.use not in there)
    return (*own, *lacking), problems


def numbers_in_text() -> HelpNumbers:
    """The number for each use, as printed: the leader's own, or the shipped one where that file has none."""
    path = contacts_path()
    return _numbers(path, path.stat().st_mtime_ns if path.exists() else 0)


@lru_cache(maxsize=4)
def _numbers(path: Path, _changed: int) -> HelpNumbers:
    """Read once for all the pages of a packet, and again when the file has changed."""
    return HelpNumbers(**{use: printed_number(contact) for use, contact in _by_use(path).items()})


def _by_use(path: Path) -> dict[str, Contact]:
    # The leader's own file comes last, so its numbers are the ones that stay.
    known = [contact for file in (shipped_path(), path) for contact in load_contacts(file)[0]]
    return {contact.use: contact for contact in known if contact.use and contact.number.strip()}


def alarm_numbers(language: str) -> tuple[tuple[str, str], ...]:
    """The numbers for an emergency in a meeting, each with whose it is."""
    known = _by_use(contacts_path())
    return tuple((printed_number(known[use]), known[use].name[language]) for use in ALARM if use in known)


def printed_number(contact: Contact) -> str:
    """A number that never breaks over two lines."""
    return contact.number.replace(" ", _SPACE)


def with_help(packet: Packet) -> Packet:
    """The packet with the help numbers of its language, for those of its papers that have room for them."""
    contacts, checked = contacts_for(packet.language)
    return replace(packet, help=contacts, help_checked=checked)


def contacts_for(language: str) -> tuple[tuple[HelpContact, ...], str]:
    """What papers for participants print in that language, and the sentence that says when it was checked.

    The sentence is empty until every one of them was, and has the day that is longest ago.
    """
    own = [contact for contact in known_contacts()[0] if contact.for_participants and contact.number.strip()]
    printed = tuple(_printed(contact, language) for contact in own)
    days = [contact.checked for contact in own if contact.checked is not None]
    if not own or len(days) < len(own):
        return printed, ""
    with speaking(language):
        day = f"{day_and_month(min(days))} {min(days).year}"
        return printed, _("Last checked {day}").format(day=day)


def safety_contacts(language: str) -> tuple[tuple[HelpContact, date | None], ...]:
    """What the page for a safe group prints in that language, and the day on which each number was checked."""
    return tuple(
        (_printed(contact, language), contact.checked)
        for contact in known_contacts()[0]
        if contact.for_safety and contact.number.strip()
    )


def _printed(contact: Contact, language: str) -> HelpContact:
    return HelpContact(printed_number(contact), contact.name[language], contact.when[language])
