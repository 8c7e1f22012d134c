"""Group, participants: the people as a list with the page of one, or all of them as a table."""

from __future__ import annotations

from datetime import date
from functools import cached_property

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from rop_facilitator.errors import UserError
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.group_page.group_tab import GroupTab
from rop_facilitator.gui.pages.group_page.people.people_choice import PeopleChoice
from rop_facilitator.gui.pages.group_page.people.people_list import ListedPerson, PeopleList
from rop_facilitator.gui.pages.group_page.people.people_table import PeopleTablePanel
from rop_facilitator.gui.pages.group_page.person.new_person_form import NewPersonForm
from rop_facilitator.gui.pages.group_page.person.person_view import PersonView, membership_words
from rop_facilitator.gui.style import theme
from rop_facilitator.gui.widgets.inputs.buttons import Button
from rop_facilitator.gui.widgets.layout.boxes import column, panel, row
from rop_facilitator.i18n import _, ngettext
from rop_facilitator.records.group.groups import add_participant, clean_name, in_order, load_group, shown_name
from rop_facilitator.records.log.action_names import Action
from rop_facilitator.records.marks import Share, total_words
from rop_facilitator.records.membership.membership_changes import shares_of
from rop_facilitator.records.membership.membership_periods import MembershipPlace, place_on
from rop_facilitator.records.membership.unique_names import check_free_in
from rop_facilitator.records.models import Group, Membership, NamesShown

_GONE = (MembershipPlace.LEFT, MembershipPlace.COMPLETED)
_LIST = 208
_SIDE_BY_SIDE = 640


class PeopleTab(GroupTab):
    """A list at the left and one person at the right; *As a table* shows all of them side by side."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.list, self.view = PeopleList(), PersonView(context)
        self.list.person_chosen.connect(self._chosen)
        self.list.entered.connect(self._go_in)
        self.view.print_wanted.connect(self.print_wanted)
        self.view.place_wanted.connect(self.place_wanted)
        self.view.erased.connect(self._erased)
        self.as_table = Button(_("As a table"), "plain", "table", clicked=self._swap)
        self.add = Button(_("New participant"), "quiet", "plus", small=True, clicked=self._ask_to_add)
        self.gone = Button(_("Those who have left"), "quiet", small=True, clicked=self._show_gone)
        self._with_gone = False
        side = panel(column(self.list, row(self.add, "stretch"), row(self.gone, "stretch"), "stretch", gap=theme.S))
        side.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._side = side
        self._lines: list[ListedPerson] = []
        self._both = row(gap=theme.L)
        self._both.addWidget(side)
        self._both.addWidget(self.view, 1)
        self._people_part = panel(self._both)  # one widget: a layout of hidden ones would keep its half of the height
        whole = column(gap=0)
        whole.addWidget(self._people_part, 1)
        self._whole = whole
        self._in_table = False
        self.setLayout(whole)

    @cached_property
    def narrow(self) -> PeopleChoice:
        """What stands in place of the list where room is short."""
        narrow = PeopleChoice()
        narrow.picked.connect(self._picked)
        narrow.add_wanted.connect(self._ask_to_add)
        narrow.show_people(self._lines, self.list.currentRow())
        self._both.insertWidget(1, narrow)
        return narrow

    @cached_property
    def sheet(self) -> PeopleTablePanel:
        """The table, made when somebody looks at it: most never do."""
        sheet = PeopleTablePanel(self.context)
        sheet.print_wanted.connect(self.print_wanted)
        sheet.erase_wanted.connect(self._ask_to_erase)
        self._whole.addWidget(sheet, 1)
        if self.group is not None:
            sheet.group = self.group
        return sheet

    @cached_property
    def form(self) -> NewPersonForm:
        """The place to write one more person, made when it is asked for first."""
        form = NewPersonForm(self.context.today())
        self.view.show_above(form)
        form.wanted.connect(self._add)
        form.closed.connect(self._form_closed)
        return form

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short the list is one field above the page."""
        super().resizeEvent(event)
        narrow = self._is_narrow()
        way = QBoxLayout.Direction
        self._both.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._show_parts()

    def _show_parts(self) -> None:
        """The table; or the list, or the field where room is short, with the person beside it."""
        people, narrow = not self._in_table, self._is_narrow()
        # What is in __dict__ has been made; to ask the property would make it.
        if self._in_table or "sheet" in self.__dict__:
            self.sheet.setVisible(self._in_table)
        if narrow or "narrow" in self.__dict__:
            self.narrow.setVisible(people and narrow)
            self.narrow.add.setVisible(not self.read_only)
        self._people_part.setVisible(people)
        self._side.setVisible(people and not narrow)
        self.view.setVisible(people and bool(self._lines))

    def _is_narrow(self) -> bool:
        return self.width() < theme.px(_SIDE_BY_SIDE)

    def head_buttons(self) -> list[QWidget]:
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
        return self.narrow.choice if self._is_narrow() else self.list

    @property
    def is_table(self) -> bool:
        """Whether all are shown as a table."""
        return self._in_table

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
        self.add.setVisible(not self.read_only)
        chosen = self.list.chosen()
        today, hidden = self.context.today(), self.context.names_hidden
        names = NamesShown.NUMBER if hidden else NamesShown.DISPLAY
        people = in_order(group.memberships, names)
        gone = [person for person in people if place_on(person, today) in _GONE]
        here = [person for person in people if person not in gone]
        with_gone = self._with_gone or not here or chosen in [person.id for person in gone]
        shown = [*here, *(gone if with_gone else ())]
        shares = shares_of(group)
        lines = [self._line(person, shares[person.id], names) for person in shown]
        self.list.show_people(lines, chosen)
        self._lines = lines
        self._show_narrow()
        words = ngettext("{n} has left", "{n} have left", len(gone)).format(n=len(gone))
        if words != self.gone.text():
            self.gone.setText(words)
        self.gone.setVisible(bool(gone) and bool(here))
        self._show_parts()
        if (now := self.list.chosen()) is not None:
            self.view.show_member(group, now)

    def _line(self, member: Membership, share: Share, names: NamesShown) -> ListedPerson:
        count = total_words(share)[0]
        name, today = shown_name(member, names), self.context.today()
        words = membership_words(member, today)[0]
        place = place_on(member, today)
        right = {MembershipPlace.PAUSED: _("has a pause")}.get(place, count)
        attended = _("attended {count}").format(count=count) if count else _("no attendance yet")
        return ListedPerson(
            member.id, name, right, f"{name}, {attended}, {words}", quiet=place is not MembershipPlace.MEMBER
        )

    def show_table(self, on: bool) -> None:
        """All as a table, or the list with the page of one."""
        self._in_table = on
        self._show_parts()
        self.as_table.setText(_("As a list") if on else _("As a table"))
        if self.group is not None:
            self.show_group(self.group)

    def choose(self, membership_id: int) -> None:
        """Show a person on a page of their own, also one who has left and is not listed now."""
        if self.is_table:
            self.show_table(False)
        if not self.list.choose(membership_id):
            self._show_gone()
            self.list.choose(membership_id)

    def state(self) -> object:
        """Who is chosen, by id, which part of the person is shown, and whether all stand as a table."""
        person = self.sheet.chosen() if self.is_table else self.list.chosen()
        return (person, self.view.segments.current(), self.is_table)

    def restore(self, state: object) -> None:
        """Go back to the person and the part; to the first person where that one is gone."""
        if not isinstance(state, tuple) or self.group is None:
            return
        person, part, in_table = state
        if person in {membership.id for membership in self.group.memberships}:
            self.choose(person)
            self.view.segments.choose(part)
        if in_table:
            self.show_table(True)
            self.sheet.choose(person)

    def _swap(self) -> None:
        self.show_table(not self.is_table)
        if (focus := self.first_focus()) is not None:
            focus.setFocus()

    def _picked(self, at: int) -> None:
        self.list.setCurrentRow(at)

    def _chosen(self, membership_id: int) -> None:
        if "form" in self.__dict__:
            self.form.hide()
        self._show_narrow()
        if self.group is not None:
            self.view.show_member(self.group, membership_id)

    def _show_narrow(self) -> None:
        if "narrow" in self.__dict__:
            self.narrow.show_people(self._lines, self.list.currentRow())

    def _go_in(self) -> None:
        self.view.first_focus().setFocus(Qt.FocusReason.TabFocusReason)

    def _ask_to_add(self) -> None:
        if self.group is not None and not self.read_only:
            self.form.ask(self.group, today=self.context.today())
            self.view.scroll_up()

    def _add(self, name: str, alias: str, first_day: date) -> None:
        """Add a person, and choose them in the list."""
        if self.group is None:
            return
        try:
            with self.context.write(Action.PERSON_ADDED) as db:
                group = load_group(db, self.group.id)
                member = add_participant(db, group, name, joined=first_day, alias=alias)
                db.flush()
                membership_id = member.id
        except UserError as error:
            self.form.show_fault(str(error), of_alias=bool(alias) and _is_free(self.group, name))
            return
        self.form.hide()
        self.choose(membership_id)
        self._focus_list()
        self.context.notify(ngettext("Added {n} person.", "Added {n} people.", 1).format(n=1), undoable=True)

    def _form_closed(self) -> None:
        (self.narrow.add if self._is_narrow() else self.add).setFocus(Qt.FocusReason.TabFocusReason)

    def _erased(self) -> None:
        self._focus_list()

    def _focus_list(self) -> None:
        if (focus := self.first_focus()) is not None:
            focus.setFocus(Qt.FocusReason.TabFocusReason)

    def _show_gone(self) -> None:
        self._with_gone = not self._with_gone
        if self.group is not None:
            self.show_group(self.group)

    def _ask_to_erase(self, membership_id: int) -> None:
        """The question stands on the page of the person, with all that goes."""
        self.choose(membership_id)
        self.view.ask_to_erase()


def _is_free(group: Group, name: str) -> bool:
    """Whether a name could be given in the group: then it is the alias that could not."""
    try:
        check_free_in(group, clean_name(name, what=_("The name")))
    except UserError:
        return False
    return True
