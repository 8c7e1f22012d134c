"""Names and aliases of people: each tells one person of a group from all the others."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from rop_facilitator.errors import RefusedError
from rop_facilitator.i18n import _
from rop_facilitator.records.models import Group, Membership, Participant


def check_free_in(group: Group, name: str, alias: str = "") -> None:
    """Refuse a name or an alias that somebody in a loaded group has, whatever the capitals. Raises RefusedError."""
    _check(
        [(membership.participant.name, membership.participant.alias) for membership in group.memberships], name, alias
    )


def check_free_for(db: Session, person: Participant, name: str, alias: str) -> None:
    """Refuse what another person has in any group in which this one is or was. Raises RefusedError."""
    groups = select(Membership.group_id).where(Membership.participant_id == person.id)
    query = (
        select(Participant.name, Participant.alias)
        .join(Participant.memberships)
        .where(Membership.group_id.in_(groups), Participant.id != person.id)
    )
    _check([(other, word) for other, word in db.execute(query)], name, alias)


def _check(others: Iterable[tuple[str, str]], name: str, alias: str) -> None:
    # Names and aliases together: a person is found by either.
    taken = {word.casefold() for pair in others for word in pair if word}
    if name and name.casefold() in taken:
        raise RefusedError(
            _(
                "Somebody in the group is called {name} already, by name or by alias. "
                "Add a letter to tell the two apart, for example “{name} B.”."
            ).format(name=name)
        )
    if alias and alias.casefold() in taken:
        raise RefusedError(
            _("Somebody in the group is called {name} already, by name or by alias. Choose another alias.").format(
                name=alias
            )
        )
