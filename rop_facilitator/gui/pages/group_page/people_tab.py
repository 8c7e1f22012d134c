"""Group, participants: the people as a list with the page of one, or all of them as a table."""

from __future__ import annotations

from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QStackedWidget, QWidget

from rop_facilitator.gui import theme
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.group_page.people_sheet import PeopleSheet
from rop_facilitator.gui.pages.group_page.person.people_list import ListedPerson, PeopleList
from rop_facilitator.gui.pages.group_page.person.person_view import PersonView, place_words
from rop_facilitator.gui.pages.group_page.register_table import total_words
from rop_facilitator.gui.pages.group_page.tab import Tab, member_of
from rop_facilitator.gui.widgets.buttons import Button
from rop_facilitator.gui.widgets.fields import Choice
from rop_facilitator.gui.widgets.layout import column, panel, row
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.records.groups import in_order, shown_name
from rop_facilitator.records.marks import Share
from rop_facilitator.records.models import Group, Membership, NamesShown
from rop_facilitator.records.people import shares_of
from rop_facilitator.records.periods import Place, place_on

_GONE = (Place.LEFT, Place.COMPLETED)
_LIST = 208
_SIDE_BY_SIDE = 640


class PeopleTab(Tab):
    """A list at the left and one person at the right; *As a table* shows all of them side by side."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.list, self.view = PeopleList(), PersonView(context)
        self.list.person_chosen.connect(self._chosen)
        self.list.entered.connect(self._go_in)
        self.view.erase_wanted.connect(self._ask_to_erase)
        self.as_table = Button(_("As a table"), "plain", "table", small=True, clicked=self._swap)
        self.add = Button(_("New participant"), "quiet", "plus", small=True, clicked=self._add)
        self.gone = Button(_("Those who have left"), "quiet", small=True, clicked=self._show_gone)
        self._with_gone = False
        side = panel(column(self.list, row(self.add, "stretch"), row(self.gone, "stretch"), "stretch", gap=theme.S))
        side.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._side = side
        self.choice = Choice()  # in place of the list where room is short
        self.choice.setAccessibleName(_("Participants"))
        self.choice.activated.connect(self._picked)
        self._top = panel(row(self.choice, gap=theme.M))
        self._top.hide()
        both = row(gap=theme.L)
        both.addWidget(side)
        both.addWidget(self._top)
        both.addWidget(self.view, 1)
        self._both = both
        self.stack = QStackedWidget()
        self._people = QWidget()
        self._people.setLayout(both)
        self.stack.addWidget(self._people)
        whole = column(gap=0)
        whole.addWidget(self.stack)
        self.setLayout(whole)

    @cached_property
    def sheet(self) -> PeopleSheet:
        """The table, made when somebody looks at it: most never do."""
        sheet = PeopleSheet(self.context)
        sheet.print_wanted.connect(self.print_wanted)
        self.stack.addWidget(sheet)
        if self.group is not None:
            sheet.group = self.group
        return sheet

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short the list is one field above the page."""
        super().resizeEvent(event)
        narrow = self.width() < theme.px(_SIDE_BY_SIDE)
        way = QBoxLayout.Direction
        self._both.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._side.setVisible(not narrow)
        self._top.setVisible(narrow)

    def acts(self) -> list[QWidget]:
        """The other way to look at them."""
        return [self.as_table]

    def keys(self) -> list[tuple[str, str]]:
        """Those of what is shown."""
        if self.is_table:
            return self.sheet.keys()
        return [
            ("↑ ↓", _("another person")),
            ("Enter", _("into the page of the person")),
            ("Ctrl+Tab", _("time and attendance, or who changed what")),
        ]

    def first_focus(self) -> QWidget | None:
        """The list, or what the table wants."""
        if self.is_table:
            return self.sheet.first_focus()
        return self.choice if self._side.isHidden() else self.list

    @property
    def is_table(self) -> bool:
        """Whether all are shown as a table."""
        return self.stack.currentWidget() is not self._people

    def show_group(self, group: Group) -> None:
        """Show the group as it is now."""
        super().show_group(group)
        if "sheet" in self.__dict__:
            self.sheet.group = group
        if not group.memberships and not self.is_table:
            self.show_table(True)  # there a first one is added
        if self.is_table:
            self.sheet.show_group(group)
            return
        self._side.setFixedWidth(theme.px(_LIST))
        chosen = self.list.chosen()
        today, hidden = self.context.today(), self.context.names_hidden
        names = NamesShown.NUMBER if hidden else NamesShown.DISPLAY
        people = in_order(group.memberships, names)
        gone = [one for one in people if place_on(one, today) in _GONE]
        here = [one for one in people if one not in gone]
        with_gone = self._with_gone or not here or chosen in [one.id for one in gone]
        shown = [*here, *(gone if with_gone else ())]
        shares = shares_of(group)
        lines = [self._line(one, shares[one.id], names) for one in shown]
        self.list.show_people(lines, chosen)
        words = [f"{line.name} · {line.right}" if line.right else line.name for line in lines]
        if words != [self.choice.itemText(at) for at in range(self.choice.count())]:
            self.choice.clear()
            self.choice.addItems(words)
        self.choice.setCurrentIndex(self.list.currentRow())
        told = ngettext("{n} has left", "{n} have left", len(gone)).format(n=len(gone))
        if told != self.gone.text():
            self.gone.setText(told)
        self.gone.setVisible(bool(gone) and bool(here))
        self.view.setVisible(bool(shown))
        if (now := self.list.chosen()) is not None:
            self.view.show_member(group, now)

    def _line(self, member: Membership, share: Share, names: NamesShown) -> ListedPerson:
        count = total_words(share)[0]
        name, today = shown_name(member, names), self.context.today()
        words = place_words(member, today)[0]
        place = place_on(member, today)
        right = {Place.PAUSED: _("has a pause")}.get(place, count)
        told = _("attended {count}").format(count=count) if count else _("no attendance yet")
        return ListedPerson(member.id, name, right, f"{name}, {told}, {words}", quiet=place is not Place.MEMBER)

    def show_table(self, on: bool) -> None:
        """All as a table, or the list with the page of one."""
        self.stack.setCurrentWidget(self.sheet if on else self._people)
        self.as_table.setText(_("As a list") if on else _("As a table"))
        if self.group is not None:
            self.show_group(self.group)

    def choose(self, membership_id: int) -> None:
        """Show this person."""
        self.show_table(False)
        if not self.list.choose(membership_id):
            self._show_gone()
            self.list.choose(membership_id)

    def _swap(self) -> None:
        self.show_table(not self.is_table)
        if (focus := self.first_focus()) is not None:
            focus.setFocus()

    def _picked(self, at: int) -> None:
        self.list.setCurrentRow(at)

    def _chosen(self, membership_id: int) -> None:
        self.choice.setCurrentIndex(self.list.currentRow())
        if self.group is not None:
            self.view.show_member(self.group, membership_id)

    def _go_in(self) -> None:
        self.view.first_focus().setFocus(Qt.FocusReason.TabFocusReason)

    def _add(self) -> None:
        self.show_table(True)
        self.sheet.new_names.setFocus()

    def _show_gone(self) -> None:
        self._with_gone = not self._with_gone
        if self.group is not None:
            self.show_group(self.group)

    def _ask_to_erase(self, membership_id: int) -> None:
        """The question stands below the table, with all that goes."""
        if self.group is not None:
            participant = member_of(self.group, membership_id).participant_id
            self.show_table(True)
            self.sheet.ask_to_erase(participant)
