"""Where the group stands: where in the course it is, meetings held and left, and the last one expected."""

from __future__ import annotations

from datetime import date

from rop_facilitator.curriculum.model import Library
from rop_facilitator.gui import theme
from rop_facilitator.gui.course_place import place_in_module
from rop_facilitator.gui.widgets.layout import Area, clear, column, flow, label, panel
from rop_facilitator.i18n import _, capital, day_and_month
from rop_facilitator.records.models import Group
from rop_facilitator.records.plan import GOING
from rop_facilitator.records.progress import standing_of


def standing_facts(group: Group, library: Library, *, today: date) -> list[tuple[str, str]]:
    """What is told in the head of the plan, each with its caption."""
    found = standing_of(group, today=today)
    going = sum(one.state in GOING for one in group.meetings)
    facts = []
    if found.next is not None and found.next.sessions:
        session = found.next.sessions[0]
        place = place_in_module(library, session.group_session.session_id)
        facts.append((_("Now") if found.next.on == today else _("Next"), capital(place) or session.title))
    facts.append((_("Meetings held"), _("{n} of {all}").format(n=found.held, all=going)))
    facts.append((_("Meetings left"), str(found.ahead)))
    if found.last is not None:
        facts.append((_("Last meeting expected"), f"{day_and_month(found.last)} {found.last.year}"))
    if found.unfinished:
        facts.append((_("Not finished last time"), ", ".join(found.unfinished)))
    return facts


class StandingRow(Area):
    """Captions with their answers, side by side, going on to the next line where room is short."""

    def __init__(self) -> None:
        self._facts = flow(gap=theme.XXL)
        super().__init__(self._facts)

    def show_facts(self, facts: list[tuple[str, str]]) -> None:
        """Show these and no others."""
        clear(self._facts)
        for caption, answer in facts:
            self._facts.add(panel(column(label(caption, "small", "muted"), label(answer, "strong"), gap=2)))
        self.setAccessibleName(". ".join(f"{caption}: {answer}" for caption, answer in facts))
