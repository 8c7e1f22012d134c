"""What stands beside the weeks: the order of the modules, and the sessions that are left out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import Area, clear, column, flow, label, line, panel, row
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.records.models import Group, GroupSession
from rop_facilitator.records.plan.group_plan import key_of


class LeftOutSessions(Area):
    """The sessions that are not taught, each with its reason and a way back; hidden while there is none."""

    taken_in = Signal(str)  # the key of a session

    def __init__(self) -> None:
        self._rows = column(gap=0)
        self.buttons: list[Button] = []
        edge = (theme.XL, theme.L, theme.XL, theme.L)
        super().__init__(column(label(_("Left out"), "heading"), self._rows, gap=theme.S, edge=edge), "card")
        self.hide()

    def show_group(self, group: Group) -> None:
        """Show what is left out now."""
        clear(self._rows)
        in_order = sorted(group.sessions, key=lambda session: session.position)
        left_out = [session for session in in_order if session.skipped]
        self.buttons = []
        for at, session in enumerate(left_out):
            if at:
                self._rows.addWidget(line())
            self._rows.addWidget(self._row(session, archived=group.archived is not None))
        self.setVisible(bool(left_out))

    def _row(self, session: GroupSession, *, archived: bool) -> QWidget:
        reason = [label(session.reason, "small", "muted")] if session.reason else []
        whole = row(gap=theme.M, edge=(0, theme.S, 0, theme.S))
        whole.addLayout(column(label(session.title, "body"), *reason, gap=2), 1)
        if not archived:
            clicked = partial(self.taken_in.emit, key_of(session))
            name = _("Take in again: {title}").format(title=session.title)
            self.buttons.append(Button(_("Take in again"), "plain", "plus", small=True, name=name, clicked=clicked))
            whole.addWidget(self.buttons[-1])
        return panel(whole)


class ModuleOrder(Area):
    """The modules that are left, in the group's own order; hidden until it is asked for."""

    shifted = Signal(str, int)  # module; -1 earlier, 1 later

    def __init__(self) -> None:
        self._rows = column(gap=0)
        self.buttons: dict[tuple[str, int], Button] = {}
        why = _("What has been taught stays. The sessions of a module keep together.")
        head = column(label(_("Order of the modules"), "heading"), label(why, "body", "muted"), gap=2)
        super().__init__(column(head, self._rows, gap=theme.S, edge=(theme.XL, theme.L, theme.XL, theme.L)), "card")
        self.hide()

    def show_modules(self, modules: Sequence[tuple[str, int]], titles: Mapping[str, str]) -> None:
        """Show the modules, each with the number of its sessions; the button that was pressed keeps the keyboard."""
        focus = next((key for key, button in self.buttons.items() if button.hasFocus()), None)
        clear(self._rows)
        self.buttons = {}
        for at, (module, count) in enumerate(modules):
            if at:
                self._rows.addWidget(line())
            self._rows.addWidget(self._row(module, titles.get(module, module), count, at, len(modules)))
        if focus is not None:
            # At the end of the list the way on is gone: then the way back has the keyboard.
            target = self.buttons.get(focus) or self.buttons.get((focus[0], -focus[1]))
            if target is not None:
                target.setFocus()

    def _row(self, module: str, title: str, count: int, at: int, of: int) -> QWidget:
        whole = row(gap=theme.M, edge=(0, theme.S, 0, theme.S))
        sessions = ngettext("{n} session", "{n} sessions", count).format(n=count)
        whole.addLayout(column(label(title, "body"), label(sessions, "small", "muted"), gap=2), 1)
        buttons = flow(gap=theme.S, right=True)
        for words, step, possible in ((_("Earlier"), -1, at > 0), (_("Later"), 1, at < of - 1)):
            if not possible:
                continue
            clicked = partial(self.shifted.emit, module, step)
            button = Button(words, "plain", small=True, name=f"{words}: {title}", clicked=clicked)
            self.buttons[(module, step)] = button
            buttons.add(button)
        whole.addLayout(buttons)
        return panel(whole)
