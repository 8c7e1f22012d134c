"""Rows about people: whom to call and why, and what is to be made up before the next meeting."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal

from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.inputs.text_fields import TextField
from rop_facilitator.gui.widgets.layout.boxes import Area, column, image, label, row
from rop_facilitator.i18n import _, day_and_month, long_date, ngettext
from rop_facilitator.records.group.groups import load_group, member_of, shown_name
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Group, GroupSession, NamesShown
from rop_facilitator.records.progress.call_list import ToCall, follow_up
from rop_facilitator.records.progress.today_list import MakeUps

_MOST_DAYS = 4
_MOST_PEOPLE = 4
_MOST_TITLES = 2


class CallRow(Area):
    """One person to call: why, how, and room for what was agreed."""

    followed_up = Signal()

    def __init__(self, context: AppContext, call: ToCall, *, drafts: dict[int, str]) -> None:
        """`drafts` keeps what is being written, by membership, when the page is built anew."""
        self.context, self._person, self._drafts = context, call.membership, drafts
        self._name = name = shown_name(call.membership, names_of(call.membership.group, context))
        self.agreed = TextField(drafts.get(call.membership.id, ""), _("What was agreed?"))
        self.agreed.setMaxLength(500)
        self.agreed.setAccessibleName(_("What was agreed with {name}").format(name=name))
        self.agreed.returnPressed.connect(self._done)
        self.agreed.textEdited.connect(self._wrote)
        done = _("{name} is followed up").format(name=name)
        self.done = Button(_("Followed up"), "plain", "check", small=True, name=done, clicked=self._done)
        entry = row(gap=theme.S)
        entry.addWidget(self.agreed, 1)
        entry.addWidget(self.done)
        words = column(label(_("Call {name}").format(name=name), "strong"), gap=2)
        for text in _reasons(call, hidden=context.names_hidden):
            words.addWidget(label(text, "small", "muted"))
        words.addSpacing(theme.XS)
        words.addLayout(entry)
        inner = row(gap=theme.M, edge=(0, theme.M, 0, theme.M))
        icon = column(image("phone", "accent", 20), "stretch", gap=0)
        inner.addLayout(icon)
        inner.addLayout(words, 1)
        super().__init__(inner)

    def _done(self) -> None:
        """Somebody has called, or tried: the person leaves the list until a new absence."""
        agreed, today = self.agreed.text(), self.context.today()
        self._drafts.pop(self._person.id, None)
        try:
            with self.context.write(Action.FOLLOWED_UP) as db:
                group = load_group(db, self._person.group_id)
                person = member_of(group, self._person.id)
                follow_up(db, person, on=today, agreed=agreed, leader=self.context.leader_name)
        except UserError as error:
            self.context.notify(str(error))
            return
        self.context.notify(_("Noted: {name} is followed up.").format(name=self._name), undoable=True)
        self.followed_up.emit()

    def _wrote(self, text: str) -> None:
        self._drafts[self._person.id] = text


def names_of(group: Group, context: AppContext) -> NamesShown:
    """How the people of a group are named now: numbers only while names are hidden."""
    return NamesShown.NUMBER if context.names_hidden else group.names_shown


def _reasons(call: ToCall, *, hidden: bool) -> list[str]:
    """Why, where, how the person wants to be reached, and what was agreed the last time."""
    person = call.membership
    reasons = [f"{_times(len(call.days))}: {_days(call.days)}"]
    reasons.append(
        _("{group} · agreed: {contact}").format(group=person.group.name, contact=person.contact)
        if person.contact and not hidden
        else person.group.name
    )
    if call.last is not None:
        last_contact = _("Followed up {day}").format(day=day_and_month(call.last.on))
        reasons.append(f"{last_contact}: {call.last.agreed}" if call.last.agreed and not hidden else last_contact)
    return reasons


def _times(count: int) -> str:
    words = {
        1: _("Away without a message"),
        2: _("Away twice in a row without a message"),
        3: _("Away three times in a row without a message"),
        4: _("Away four times in a row without a message"),
    }
    return words.get(count) or _("Away {n} times in a row without a message").format(n=count)


def _days(days: Sequence[date]) -> str:
    if len(days) > _MOST_DAYS:
        return _("from {first} to {last}").format(first=day_and_month(days[0]), last=day_and_month(days[-1]))
    return ", ".join(map(day_and_month, days))


def make_up_words(make_ups: MakeUps, context: AppContext) -> tuple[str, str]:
    """What is to be made up before which meeting, and by whom: a line a person, as many as are read at a glance."""
    on, group = make_ups.meeting.on, make_ups.meeting.group
    when = _("today") if on == context.today() else long_date(on, year=False)
    names = names_of(group, context)
    title = _("To make up before the meeting {day}").format(day=when)
    lines = [group.name]
    for person, sessions in make_ups.people[:_MOST_PEOPLE]:
        lines.append(f"{shown_name(person, names)}: {_titles(sessions)}")
    if (more := len(make_ups.people) - _MOST_PEOPLE) > 0:
        lines.append(ngettext("and {n} more person", "and {n} more people", more).format(n=more))
    return title, "\n".join(lines)


def _titles(sessions: Sequence[GroupSession]) -> str:
    titles = ", ".join(_("“{title}”").format(title=session.title) for session in sessions[:_MOST_TITLES])
    more = len(sessions) - _MOST_TITLES
    return _("{names} and {n} more").format(names=titles, n=more) if more > 0 else titles
