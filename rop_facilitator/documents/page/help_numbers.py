"""The help numbers that close every paper for participants, from one file that a leader can replace."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from rop_facilitator import paths
from rop_facilitator.clean_text import clean_text
from rop_facilitator.curriculum.file_reader import read_text, read_yaml, shown
from rop_facilitator.documents.page.blocks import HelpContact, Packet
from rop_facilitator.errors import Problem
from rop_facilitator.i18n import LANGUAGES, _, day_and_month, speaking

FILE = "contacts.yaml"
# They stand side by side at the foot of a page.
MOST = 6
USES = ("emergency", "doctor", "helpline")
_SPACE = "\u00a0"  # a number never breaks over two lines


@dataclass(frozen=True)
class Contact:
    """One help number, with its name and times in each language; `local` is the group's own, empty until filled in.

    `use` is one of USES, where running text may mention the number.
    """

    number: str
    name: dict[str, str]
    when: dict[str, str]
    local: bool = False
    use: str = ""


@dataclass(frozen=True)
class Contacts:
    """The numbers in print order, and the day on which a leader last checked them."""

    contacts: tuple[Contact, ...]
    checked: date | None


def contacts_path() -> Path:
    """The leader's own file, or the shipped one where there is none."""
    own = paths.data_folder() / FILE
    return own if own.is_file() else paths.shipped("resources") / FILE


def load_contacts(path: Path) -> tuple[Contacts, list[Problem]]:
    """The help numbers of a file; a number with a fault is left out and told."""
    text, problems = read_text(path)
    if text is None:
        return Contacts((), None), problems
    data, lines, faults = read_yaml(text, shown(path))
    problems = [*problems, *faults]
    root = data if isinstance(data, dict) else {}

    def fault(line: int, what: str, advice: str) -> None:
        problems.append(Problem("fault", shown(path), line, what, advice))

    checked = None
    if (day := root.get("checked")) is not None:
        try:
            checked = date.fromisoformat(str(day))
        except ValueError:
            fault(lines.get(("checked",), 0), _("The date cannot be read."), _("Write it as 2026-11-24, or null."))
    rows = root.get("contacts")
    contacts: list[Contact] = []
    for i, row in enumerate(rows if isinstance(rows, list) else []):
        contact = _contact(row)
        if contact is None:
            advice = _("Write number, name and when, the last two with nb and en.")
            fault(lines.get(("contacts", i), 0), _("The help number cannot be read."), advice)
        else:
            contacts.append(contact)
    if not contacts:
        fault(0, _("There are no help numbers."), _("Put contacts.yaml back as it was shipped."))
    if len(contacts) > MOST:
        fault(0, _("There are too many help numbers."), _("Keep at most {n}.").format(n=MOST))
    return Contacts(tuple(contacts[:MOST]), checked), problems


def _contact(row: object) -> Contact | None:
    # A word that is misspelt is a fault: left out in silence, the number would lack its name or its use.
    if not isinstance(row, dict) or not set(row) <= {"number", "name", "when", "local", "use"}:
        return None
    name, when = row.get("name"), row.get("when")
    if not isinstance(name, dict) or not isinstance(when, dict):
        return None
    names = {language: clean_text(str(name.get(language) or "")) for language in LANGUAGES}
    times = {language: clean_text(str(when.get(language) or "")) for language in LANGUAGES}
    number, use = row.get("number"), row.get("use", "")
    # Running text asks for a number by its use, so one that nothing asks for is a slip of the pen.
    if use not in ("", *USES):
        return None
    return Contact(clean_text(str(number)) if number is not None else "", names, times, row.get("local") is True, use)


def numbers_in_text() -> dict[str, str]:
    """The number for each of USES, as printed: the leader's own, or the shipped one where that file has none."""
    # The leader's own file comes last, so its numbers are the ones that stay.
    files = (paths.shipped("resources") / FILE, contacts_path())
    known = [contact for file in files for contact in load_contacts(file)[0].contacts]
    return {
        contact.use: contact.number.replace(" ", _SPACE) for contact in known if contact.use and contact.number.strip()
    }


def with_help(packet: Packet) -> Packet:
    """The packet with the help numbers of its language, for those of its papers that have room for them."""
    contacts, checked = contacts_for(packet.language)
    return replace(packet, help=contacts, help_checked=checked)


def contacts_for(language: str) -> tuple[tuple[HelpContact, ...], str]:
    """What a paper of that language prints, and the sentence that says when it was checked (empty until it was)."""
    loaded, problems = load_contacts(contacts_path())
    # A paper without any number helps nobody: a file that cannot be read is as good as none.
    if not loaded.contacts and problems:
        loaded, _same = load_contacts(paths.shipped("resources") / FILE)
    printed = tuple(
        HelpContact(c.number.replace(" ", _SPACE), c.name[language], c.when[language])
        for c in loaded.contacts
        if c.number.strip()
    )
    if loaded.checked is None:
        return printed, ""
    with speaking(language):
        day = f"{day_and_month(loaded.checked)} {loaded.checked.year}"
        return printed, _("Last checked {day}").format(day=day)
