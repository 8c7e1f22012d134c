"""The help numbers as the window changes them: kept in the leader's own file, which the papers read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import yaml

from rop_facilitator import paths
from rop_facilitator.clean_text import clean_text
from rop_facilitator.documents.output.write_file import make_folder, write_document
from rop_facilitator.documents.page.help_numbers import FILE, Contact, Contacts, contacts_path, load_contacts
from rop_facilitator.i18n import LANGUAGES


def local_contact(contacts: Contacts) -> Contact | None:
    """The service's own number, if there is a place for it."""
    return next((contact for contact in contacts.contacts if contact.local), None)


def has_local_number() -> bool:
    """Whether sheets can name somebody at the service itself."""
    contacts, _problems = load_contacts(contacts_path())
    local = local_contact(contacts)
    return local is not None and bool(local.number.strip())


def with_local(contacts: Contacts, *, number: str, name: str, when: str, language: str) -> Contacts:
    """With another local number; name and times change in one language."""
    empty = Contact("", dict.fromkeys(LANGUAGES, ""), dict.fromkeys(LANGUAGES, ""), local=True)
    old = local_contact(contacts) or empty
    new = replace(
        old,
        number=clean_text(number),
        name={**old.name, language: clean_text(name)},
        when={**old.when, language: clean_text(when)},
    )
    # Last on the paper: whom to call in an emergency comes first.
    return replace(contacts, contacts=(*(contact for contact in contacts.contacts if not contact.local), new))


def checked_on(contacts: Contacts, day: date) -> Contacts:
    """With the day on which a leader rang or looked up every number."""
    return replace(contacts, checked=day)


def save_contacts(contacts: Contacts) -> None:
    """Write the leader's own file. Raises UserError where the disk takes nothing."""
    rows = [
        {
            "number": contact.number,
            **({"use": contact.use} if contact.use else {}),
            "name": contact.name,
            "when": contact.when,
            **({"local": True} if contact.local else {}),
        }
        for contact in contacts.contacts
    ]
    checked = contacts.checked.isoformat() if contacts.checked else None
    # In the order of the shipped file and with æ, ø and å as they are: a leader may open it in an editor.
    text = yaml.safe_dump({"checked": checked, "contacts": rows}, allow_unicode=True, sort_keys=False)
    make_folder(paths.data_folder())
    write_document(paths.data_folder() / FILE, text.encode())
