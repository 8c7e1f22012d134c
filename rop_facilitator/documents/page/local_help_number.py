"""The help numbers as the window changes them: kept in the leader's own file, which the papers read."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

import yaml

from rop_facilitator import paths
from rop_facilitator.clean_text import clean_text
from rop_facilitator.documents.output.write_file import make_folder, write_document
from rop_facilitator.documents.page.help_numbers import FILE, OWN, Contact, known_contacts
from rop_facilitator.i18n import LANGUAGES


def local_contact(contacts: Iterable[Contact], use: str = OWN) -> Contact | None:
    """The service's own number of that use, if there is a place for it."""
    return next((contact for contact in contacts if contact.local and contact.use == use), None)


def has_local_number() -> bool:
    """Whether sheets can name somebody at the service itself."""
    local = local_contact(known_contacts()[0])
    return local is not None and bool(local.number.strip())


def with_local(
    contacts: tuple[Contact, ...], use: str = OWN, *, number: str, name: str, when: str, language: str
) -> tuple[Contact, ...]:
    """With another local number of that use; name and times change in one language.

    Another number has not been checked.
    """
    empty = Contact("", dict.fromkeys(LANGUAGES, ""), dict.fromkeys(LANGUAGES, ""), local=True, use=use)
    old = local_contact(contacts, use) or empty
    new = replace(
        old,
        number=clean_text(number),
        name={**old.name, language: clean_text(name)},
        when={**old.when, language: clean_text(when)},
        checked=old.checked if clean_text(number) == old.number else None,
    )
    # Last on the paper: whom to call in an emergency comes first.
    if old is empty:
        return (*contacts, new)
    return tuple(new if contact is old else contact for contact in contacts)


def checked_on(contacts: Iterable[Contact], day: date, *places: int) -> tuple[Contact, ...]:
    """With the day on which a leader rang or looked up the numbers in these places."""
    return tuple(replace(contact, checked=day) if at in places else contact for at, contact in enumerate(contacts))


def save_contacts(contacts: Iterable[Contact]) -> None:
    """Write the leader's own file. Raises UserError where the disk takes nothing."""
    rows = [
        {
            **({"use": contact.use} if contact.use else {}),
            "number": contact.number,
            **({"local": True} if contact.local else {}),
            "prints": contact.prints,
            "checked": contact.checked.isoformat() if contact.checked else None,
            "name": contact.name,
            "when": contact.when,
        }
        for contact in contacts
    ]
    # In the order of the shipped file and with æ, ø and å as they are: a leader may open it in an editor.
    text = yaml.safe_dump({"contacts": rows}, allow_unicode=True, sort_keys=False)
    make_folder(paths.data_folder())
    write_document(paths.data_folder() / FILE, text.encode())
