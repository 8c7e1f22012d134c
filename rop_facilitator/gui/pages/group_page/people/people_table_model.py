"""The people of a group as a table: name, alias and contact can be written over in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from rop_facilitator.gui.style import theme
from rop_facilitator.i18n import _, day_and_month
from rop_facilitator.records.group.groups import in_order, shown_name
from rop_facilitator.records.marks import Mark, share, total_words
from rop_facilitator.records.meeting.meetings import GOING, counted_rows
from rop_facilitator.records.models import (
    FollowUp,
    Group,
    MembershipStatus,
    NamesShown,
)

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
NAME, ALIAS, CONTACT, JOINED, LEFT, ATTENDANCE, PERCENT = range(7)
WRITTEN = (NAME, ALIAS, CONTACT)
_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable


@dataclass(frozen=True)
class PersonRow:
    """One line: who, how to reach them, since when, and how often here; `followed_up` has the newest first.

    `marks` is how many marks would go with the person.
    """

    membership_id: int
    participant_id: int
    name: str
    alias: str
    contact: str
    joined: date
    left: date | None
    completed: bool
    count: str
    percent: str
    marks: int
    followed_up: tuple[str, ...] = ()


def people_of(group: Group, *, hidden: bool) -> list[PersonRow]:
    """Everybody who is or was in the group, by the alphabet; numbers only while names are hidden."""
    marked: dict[int, list[Mark | None]] = {}
    for meeting in group.meetings:
        for row in counted_rows(group, meeting) if meeting.state in GOING else ():
            marked.setdefault(row.membership_id, []).append(row.mark)
    people = []
    names = NamesShown.NUMBER if hidden else NamesShown.DISPLAY
    for member in in_order(group.memberships, names):
        marks = marked.get(member.id, [])
        count, percent = total_words(share(marks))
        name = shown_name(member, names)
        people.append(
            PersonRow(
                membership_id=member.id,
                participant_id=member.participant_id,
                name=name,
                alias="" if hidden else member.participant.alias,
                contact="" if hidden else member.contact,
                joined=member.joined,
                left=member.left,
                completed=member.status is MembershipStatus.COMPLETED,
                count=count,
                percent=percent,
                marks=sum(mark is not None for mark in marks),
                followed_up=tuple(_follow_up_words(call, hidden=hidden) for call in reversed(member.follow_ups)),
            )
        )
    return people


def _follow_up_words(follow_up: FollowUp, *, hidden: bool) -> str:
    """When a person was followed up, by whom, and what was agreed: that not while names are hidden."""
    words = _("Followed up {day}").format(day=day_and_month(follow_up.on))
    if follow_up.leader:
        words = _("{what}, noted by {leader}").format(what=words, leader=follow_up.leader)
    if follow_up.agreed and not hidden:
        words = _("{title}: {words}").format(title=words, words=follow_up.agreed)
    return words


def day_words(day: date) -> str:
    """A day as it stands in the table."""
    return f"{day_and_month(day)} {day.year}"


class PeopleTableModel(QAbstractTableModel):
    """Seven columns; what somebody writes is sent by a signal, and shown once it is saved."""

    written = Signal(int, str, str)  # membership id, name, alias
    contact_written = Signal(int, str)  # membership id, how the person wants to be reached

    def __init__(self) -> None:
        super().__init__()
        self.people: tuple[PersonRow, ...] = ()
        self.can_write = True

    def show_people(self, people: Sequence[PersonRow], *, can_write: bool) -> None:
        """Show others, or the same with other words; then the place in the table stays."""
        self.can_write = can_write
        same = [person.membership_id for person in people] == [person.membership_id for person in self.people]
        if not same:
            self.beginResetModel()
        self.people = tuple(people)
        if not same:
            self.endResetModel()
        elif people:
            self.dataChanged.emit(self.index(0, 0), self.index(len(people) - 1, PERCENT))

    def rowCount(self, parent: Index = _ROOT) -> int:
        """A row for each person; a table has nothing below a cell."""
        return 0 if parent.isValid() else len(self.people)

    def columnCount(self, parent: Index = _ROOT) -> int:
        """Name, alias, contact, joined, left, count, share."""
        return 0 if parent.isValid() else PERCENT + 1

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Heads of the columns; the share stands under the head of the count."""
        if role == Qt.ItemDataRole.TextAlignmentRole and section == ATTENDANCE:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        if orientation == Qt.Orientation.Vertical or role != Qt.ItemDataRole.DisplayRole:
            return None
        heads = (_("Name"), _("Alias"), _("Agreed contact"), _("Joined"), _("Last day"), _("Attendance"), "")
        return heads[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Name, alias and contact can be written."""
        writable = self.can_write and index.column() in WRITTEN
        return _FLAGS | Qt.ItemFlag.ItemIsEditable if writable else _FLAGS

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Words, their alignment and their ink: who has left is muted."""
        person = self.people[index.row()]
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            left = day_words(person.left) if person.left else ""
            left = _("{day}, completed").format(day=left) if person.completed else left
            words = (person.name, person.alias, person.contact, day_words(person.joined), left)
            return (*words, person.count, person.percent)[index.column()]
        if role == Qt.ItemDataRole.ForegroundRole:
            quiet = person.left is not None or index.column() in (JOINED, LEFT, PERCENT)
            return theme.colour("muted" if quiet else "text")
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() in (ATTENDANCE, PERCENT):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Send what was written; the table shows it once it is saved."""
        person = self.people[index.row()]
        text = str(value).strip()
        if role != Qt.ItemDataRole.EditRole or text == (person.name, person.alias, person.contact)[index.column()]:
            return False
        if index.column() == NAME:
            self.written.emit(person.membership_id, text, person.alias)
        elif index.column() == CONTACT:
            self.contact_written.emit(person.membership_id, text)
        else:
            self.written.emit(person.membership_id, person.name, text)
        return True
