"""Change a group: the facts on the left, on the right what that does to the plan, and the two ways to end it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import ClassVar

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext, Page
from rop_facilitator.gui.pages.group_settings_page.effect_card import EffectCard
from rop_facilitator.gui.pages.group_settings_page.end_card import EndCard
from rop_facilitator.gui.pages.group_settings_page.group_facts_form import GroupFactsForm
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.display.notices import Strip
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import card, column, label, page_edge, panel, row, scroll
from rop_facilitator.i18n import _, day_and_month, long_date, ngettext, on_weekdays
from rop_facilitator.records.backup.backup_retention import LIFETIME
from rop_facilitator.records.calendar.group_calendar import pattern_of
from rop_facilitator.records.erasure.erase import erase_group
from rop_facilitator.records.erasure.erase_group import what_goes
from rop_facilitator.records.group.archived_groups import archive_group, unarchive_group
from rop_facilitator.records.group.group_changes import GroupChange, action_of, change_group, differences
from rop_facilitator.records.group.group_effect import group_effect
from rop_facilitator.records.group.groups import clean_name_on_paper, count_members, free_name, load_group
from rop_facilitator.records.group.name_on_paper import doubt_about_name, usual_name_on_paper
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.models import Group
from rop_facilitator.records.storage.database import Session

_TWO_COLUMNS = 900  # at 100 %: narrower, and the right column goes below
_WAIT_MILLISECONDS = 250  # after the last key: a plan is laid anew for each look


def _append(side: QVBoxLayout, part: QWidget) -> None:
    """Below the others, above the stretch."""
    side.insertWidget(side.count() - 1, part)


class GroupSettingsPage(Page):
    """Small things are saved at once; what moves meetings is shown first and done by the button that names it."""

    shows: ClassVar[frozenset[str]] = frozenset({"Group", "Meeting", "Membership"})

    def __init__(self, context: AppContext, group_id: int, fact: str = "") -> None:
        """`fact` is the one that is to be changed, as "until"; else it begins with the name."""
        super().__init__(context)
        self.group_id, self._fact = group_id, fact
        with context.read() as db:
            group = load_group(db, group_id)
        self.form = GroupFactsForm(group, today=context.today())
        self.effect, self.end = EffectCard(), EndCard()
        self._facts = label("", "body", "muted")
        self.archived = Strip(_("The group is archived, and can only be read."), "accent")
        self._soon = QTimer(self, singleShot=True, interval=_WAIT_MILLISECONDS)
        self._soon.timeout.connect(self.look)
        self._wide: bool | None = None
        self._build()
        self._connect()
        self.reload()

    def _build(self) -> None:
        self.back = Button("", "plain", "chevron-left", "Esc", name=_("Back"), clicked=self._leave_page)
        head = row(self.back, gap=theme.M, edge=(36, theme.XL, 36, theme.M))
        head.addLayout(column(label(_("Edit group"), "title"), self._facts, gap=2), 1)
        self._left = QVBoxLayout()
        self._right = QVBoxLayout()
        for side in (self._left, self._right):
            side.setContentsMargins(0, 0, 0, 0)
            side.setSpacing(theme.L)
            side.addStretch(1)  # an alignment to the top would squeeze what wraps: it knows one height only
        _append(self._left, self.archived)
        _append(self._left, card(self.form))
        self._columns = row(gap=theme.XL, edge=(36, 0, 36, theme.XL))
        for side, stretch in ((self._left, 11), (self._right, 9)):
            self._columns.addLayout(side, stretch)
        page_edge(head)
        body = panel(self._columns, "scrolled")
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(head)
        whole.addWidget(scroll(body), 1)
        self._place_cards()

    def _connect(self) -> None:
        self.form.at_once.connect(self._change_at_once)
        self.form.plan_touched.connect(self._soon.start)
        self.effect.wanted.connect(self._make_change)
        self.effect.left.connect(self._drop_change)
        self.end.archived.connect(self._archive)
        self.end.brought_back.connect(self._bring_back)
        self.end.asked.connect(self._ask_delete)
        self.end.deleted.connect(self._delete)
        # Two keys to Qt: the second is that of the number block.
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self, self._make_change)

    def _place_cards(self) -> None:
        """Beside the form where there is room, else below it."""
        wide = self.width() >= theme.px(_TWO_COLUMNS)
        if wide == self._wide:
            return
        self._wide = wide
        for part in (self.effect, self.end):
            _append(self._right if wide else self._left, part)
        self._columns.setStretch(1, 9 if wide else 0)
        self._columns.setSpacing(theme.XL if wide else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Large text in a small window: one column."""
        super().resizeEvent(event)
        self._place_cards()

    # -- the page

    def reload(self) -> None:
        """Read the group anew. Raises UserError when it is gone."""
        with self.context.read() as db:
            group = self._group = load_group(db, self.group_id)
        self.form.show_group(group, [leader.name for leader in self.context.database.leaders()])
        usual = usual_name_on_paper(pattern_of(group, self.context.today()).weekdays)
        self.form.on_paper.show_usual(usual, doubt_about_name(group.name_on_paper, self.context.library))
        people = count_members(group, self.context.today())
        self._facts.setText(
            f"{group.name} · " + ngettext("{n} participant", "{n} participants", people).format(n=people)
        )
        self.end.show_group(group)
        self.form.setEnabled(group.archived is None)
        self.archived.setVisible(group.archived is not None)
        self.effect.setVisible(group.archived is None)
        if group.archived is not None:
            self.form.drop()  # it shows the group as it is: nothing can be done with what waits
        self.look()

    def first_focus(self) -> QWidget:
        """The fact that was asked for, or the name; of an archived group the way back."""
        if not self.form.isEnabled():
            return self.end.back
        return self.form.until if self._fact == "until" else self.form.name

    def panes(self) -> list[QWidget]:
        """The form, the effect, the end."""
        return [self.form, self.effect, self.end]

    def keys(self) -> list[tuple[str, str]]:
        """The keys of this page, beside those of the window."""
        return [("Ctrl+Enter", _("make the change that is shown")), ("Esc", _("back"))]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back where the arrow goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self._leave_page()
        else:
            super().keyPressEvent(event)

    def state(self) -> object:
        """The change of the plan that waits; nothing once it is given up, or the group deleted."""
        return self.form.change() if self._live else None

    def restore(self, state: object) -> None:
        """Fill the change in, and show what it does to the plan as it is now."""
        assert isinstance(state, GroupChange)
        if self._group.archived is None:
            self.form.fill(state)
            self.look()

    def _leave_page(self) -> None:
        if self.form.change() is not None:
            self.context.notify(_("The change of the plan was not made."))
            self.form.drop()
        self.leave.emit()

    # -- the plan

    def look(self) -> None:
        """Show what the form would do to the plan; nothing is stored."""
        self._soon.stop()
        change = self.form.change()
        if fault := self.form.fault():
            self.effect.show_fault(fault)
            return
        if change is None:
            self.effect.show_nothing()
            return
        with self.context.read() as db:
            group = load_group(db, self.group_id)
        if not differences(group, change):
            self.effect.show_nothing()
            return
        try:
            effect = group_effect(group, change, today=self.context.today(), library=self.context.library)
        except UserError as error:
            self.effect.show_fault(str(error))
            return
        self.effect.show_effect(effect, group, act_words(change))

    def _make_change(self) -> None:
        self.look()  # what was typed a moment ago counts too
        change = self.form.change()
        if change is None or not self.effect.do.isEnabled() or not self.effect.do.isVisible():
            return
        self._save(change, done_words(change))

    def _drop_change(self) -> None:
        self.form.drop()
        self.look()
        self.form.days.setFocus(Qt.FocusReason.TabFocusReason)

    def _save(self, change: GroupChange, message: str) -> None:
        today = self.context.today()

        def apply(db: Session) -> bool:
            change_group(load_group(db, self.group_id), change, today=today)
            return True

        if self.context.save(action_of(self._group, change), apply):
            self.context.notify(message, undoable=True)

    # -- at once

    def _change_at_once(self, change: GroupChange) -> None:
        for named in (self.form.fields["name"], self.form.on_paper.field):
            named.show_fault("")
        try:
            if change.name is not None:
                with self.context.read() as db:
                    name = free_name(db, change.name, group_id=self.group_id)
                change = GroupChange(change.first, name=name)
            if change.name_on_paper is not None:
                change = GroupChange(change.first, name_on_paper=clean_name_on_paper(change.name_on_paper))
        except UserError as error:
            wrong = self.form.fields["name"] if change.name is not None else self.form.on_paper.field
            wrong.show_fault(str(error))
            return
        if not differences(self._group, change):
            return
        self._save(change, saved_words(change))

    # -- the end

    def _archive(self) -> None:
        self._change_archive(Action.GROUP_ARCHIVED, lambda group: archive_group(group, today=self.context.today()))
        self.end.back.setFocus(Qt.FocusReason.TabFocusReason)

    def _bring_back(self) -> None:
        self._change_archive(Action.GROUP_BROUGHT_BACK, unarchive_group)
        self.form.name.setFocus(Qt.FocusReason.TabFocusReason)

    def _change_archive(self, action: Action, change: Callable[[Group], None]) -> None:
        def apply(db: Session) -> bool:
            change(load_group(db, self.group_id))
            return True

        if self.context.save(action, apply):
            words = _("Archived the group.") if action == Action.GROUP_ARCHIVED else _("Brought the group back.")
            self.context.notify(words, undoable=True)

    def _ask_delete(self) -> None:
        with self.context.read() as db:
            erasure = what_goes(db, self.group_id)
        until = long_date((self.context.now() + LIFETIME).date())
        self.end.ask(erasure, backups_until=until, names_hidden=self.context.names_hidden)

    def _delete(self) -> None:
        leader = self.context.leader_id
        if leader is None:
            return
        self.retire()  # the write tells of itself: this page must not look for its own group
        try:
            erase_group(self.context.database, self.group_id, by=leader)
        except UserError as error:
            self.context.notify(str(error))
        else:
            self.context.notify(_("Deleted the group for good."))
        self.open_route.emit("today")


def act_words(change: GroupChange) -> str:
    """The verb on the button: it names what is done."""
    if change.weekdays is not None and change.weekdays:
        return _("Move to {days}").format(days=on_weekdays(change.weekdays))
    if not change.pattern_fields:
        until = change.until
        return _("Take the end date away") if until is None else _("Change the end date")
    return _("Change from {day}").format(day=day_and_month(change.first))


def done_words(change: GroupChange) -> str:
    """What was changed in the plan, in words: each fact that is another one, and from when; the end by itself."""
    sentences = []
    if change.pattern_fields:
        facts = {"weekdays": _("the day"), "start": _("the time"), "minutes": _("the length"), "place": _("the place")}
        *before, last = [words for name, words in facts.items() if name in change.pattern_fields]
        what = _("{names} and {last}").format(names=", ".join(before), last=last) if before else last
        sentences.append(_("Changed {what} from {day}.").format(what=what, day=day_and_month(change.first)))
    if isinstance(change.until, date):
        sentences.append(_("The group ends by {day} now.").format(day=long_date(change.until)))
    elif change.until is None:
        sentences.append(_("The group has no end date any more."))
    return " ".join(sentences)


def saved_words(change: GroupChange) -> str:
    """What was saved at once, in words."""
    if change.name is not None:
        return _("The group is called {name}.").format(name=change.name)
    if change.name_on_paper is not None:
        return _("Changed the name on paper.")
    return _("Changed the leaders.") if change.leaders is not None else _("Changed how names are shown.")
