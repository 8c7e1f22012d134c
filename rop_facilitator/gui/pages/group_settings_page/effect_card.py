"""What happens to the plan: before and after beside each other, what does not fit, what stays, and the button."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout

from rop_facilitator.gui.style import theme
from rop_facilitator.gui.style.screen_reader import announce
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import Area, clear, column, flow, image, label, panel, row
from rop_facilitator.i18n import _, capital, short_date
from rop_facilitator.planning.comparison import Move
from rop_facilitator.records.group.group_effect import GroupEffect
from rop_facilitator.records.models import Group
from rop_facilitator.records.plan.group_plan import item_title, key_of

_LONG = 26  # letters on one line of the table
_LARGE = 140  # per cent: from this size of text on every column of the table wraps
_SPOKEN_AFTER = 500  # milliseconds after the last key


class EffectCard(Area):
    """Nothing moves before its primary button is pressed."""

    wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        inner = column(gap=theme.S, edge=(theme.XL, theme.L, theme.XL, theme.L))
        super().__init__(inner, "card")
        title = _("What happens to the plan")
        self.setAccessibleName(title)
        self.nothing = label(_("Change day, time or length, and it shows here."), "body", "muted")
        self._table = QGridLayout()
        self._table.setContentsMargins(0, 0, 0, 0)
        self._table.setHorizontalSpacing(theme.M)
        self._table.setVerticalSpacing(theme.XS)
        self._table.setColumnStretch(3, 1)
        self.misfit = Strip("", "warn")
        self.fault = Strip("", "danger")
        self.stays = label("", "small", "muted")
        self.do = Button(_("Change the group"), "primary", "check", "Ctrl+Enter", clicked=self.wanted.emit)
        self.leave = Button(_("Leave it"), "plain", clicked=self.left.emit)
        self.all = Button(_("Show all"), "quiet", clicked=self._show_moves)
        self._buttons = panel(flow(self.do, self.leave, self.all, gap=theme.S))
        self._moves_table = QGridLayout()
        self._moves_table.setContentsMargins(0, 0, 0, 0)
        self._moves_table.setHorizontalSpacing(theme.L)
        self._moves_table.setColumnStretch(2, 1)
        inner.addLayout(row(image("calendar", "accent", 20), label(title, "heading"), "stretch", gap=theme.S))
        for part in (self.nothing, panel(self._table), self.misfit, self.fault, self.stays, self._buttons):
            inner.addWidget(part)
        inner.addWidget(panel(self._moves_table))
        self._moves: tuple[Move, ...] = ()
        self._titles: dict[str, str] = {}
        self._spoken = ""
        self._speak = QTimer(self, singleShot=True, interval=_SPOKEN_AFTER)
        self._speak.timeout.connect(self._say)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Say what the card is for while nothing in the form is changed."""
        self._show((), "", "", "")
        self.nothing.show()
        self._buttons.hide()
        self._spoken = ""

    def show_fault(self, why: str) -> None:
        """It cannot be so, and why."""
        self._show((), "", capital(why), "")
        self.do.setEnabled(False)
        self.all.hide()

    def show_effect(self, effect: GroupEffect, group: Group, act: str) -> None:
        """What a change would do; `act` is the verb on the button."""
        self.do.setText(act)
        rows = tuple((row.caption, row.before, row.after) for row in effect.rows)
        self._titles = {key_of(session): session.title for session in group.sessions}
        moves = effect.comparison.moves
        self._show(rows, effect.misfit, "", " ".join(effect.stays))
        self._moves = tuple(sorted(moves, key=lambda move: (move.after or date.max, move.before or date.max)))
        self.all.setVisible(bool(self._moves))
        self.do.setEnabled(True)

    def _show(self, rows: tuple[tuple[str, str, str], ...], misfit: str, fault: str, stays: str) -> None:
        self.nothing.hide()
        self._buttons.show()
        clear(self._table)
        clear(self._moves_table)
        self._moves = ()
        for at, (caption, before, after) in enumerate(rows):
            same = before == after
            words = ((caption, "body", "muted"), (before, "body", "muted"), (after, "body" if same else "strong", ""))
            for place, (text, role, tone) in zip((0, 1, 3), words, strict=True):
                wrap = len(text) > _LONG or theme.px(100) > _LARGE
                self._table.addWidget(label(text, role, tone, wrap=wrap), at, place)
            self._table.addWidget(image("chevron-right", "muted", 16), at, 2)
        for strip, text in ((self.misfit, misfit), (self.fault, fault)):
            strip.show_message(text)
            strip.setVisible(bool(text))
        self.stays.setText(stays)
        self.stays.setVisible(bool(stays))
        changes = [f"{caption}: {before} → {after}" for caption, before, after in rows]
        self._spoken = ". ".join(filter(None, [*changes, misfit, fault, stays]))
        self.setAccessibleDescription(self._spoken)
        self._speak.start()
        QTimer.singleShot(0, self, self._settle)

    def _settle(self) -> None:
        """Text that wraps has its height in the second round."""
        if (inner := self.layout()) is not None:
            inner.invalidate()
            inner.activate()

    def _say(self) -> None:
        if self._spoken and self.isVisible():
            announce(self, self._spoken)

    def _show_moves(self) -> None:
        """Each session that moves, from its day to its day."""
        for at, move in enumerate(self._moves):
            before, after = (short_date(day) if day else _("no date") for day in (move.before, move.after))
            self._moves_table.addWidget(label(before, "body", "muted", wrap=False), at, 0)
            self._moves_table.addWidget(label(after, "strong", wrap=False), at, 1)
            title = item_title(self._titles.get(move.item.key, move.item.key), move.item)
            self._moves_table.addWidget(label(title, "body"), at, 2)
        self.all.hide()
        self.do.setFocus()
