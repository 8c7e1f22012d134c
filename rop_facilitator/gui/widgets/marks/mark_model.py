"""What a table of marks shows: people down, meetings or sessions across. Frozen values in, nothing decided."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from rop_facilitator.gui.widgets.marks import mark_styles
from rop_facilitator.gui.widgets.marks.mark_speech import cell_sentence
from rop_facilitator.i18n import _

Kind = Literal["", "today", "closed", "ahead"]
Index = QModelIndex | QPersistentModelIndex


@dataclass(frozen=True)
class Column:
    """One meeting or session. `sub` is the second line of its head, `group` the module above its first session."""

    head: str
    sub: str = ""
    kind: Kind = ""
    width: int = 56  # pixels at 100 %, at least
    group: str = ""
    spoken: str = ""  # for a screen reader: "6 October"

    @property
    def title(self) -> str:
        """The column as it is read aloud."""
        return self.spoken or f"{self.head} {self.sub}".strip()


@dataclass(frozen=True)
class Cell:
    """One mark; `note` is told in the tool tip and to a screen reader."""

    style: mark_styles.Style
    made_up: bool = False
    note: str = ""


@dataclass(frozen=True)
class Row:
    """One person; `total` is the count and then the share, smaller: ("11 of 12", "92 %").

    `note` is told with the name, in the tool tip and to a screen reader; `refused` is why the last key did nothing, and
    stands under the name.
    """

    name: str
    cells: tuple[Cell | None, ...]
    total: tuple[str, str] = ("", "")
    note: str = ""
    refused: str = ""


@dataclass(frozen=True)
class Content:
    """All that the table shows. `foot` has one text a column; `foot_told` is the same in more words, for the ear.

    `total_head` stands over the counts at the right, `share_head` over the shares beside them.
    """

    columns: tuple[Column, ...] = ()
    rows: tuple[Row, ...] = ()
    foot: tuple[str, ...] = ()
    name_head: str = ""
    total_head: str = ""
    foot_head: str = ""
    foot_told: tuple[str, ...] = ()
    share_head: str = ""

    def foot_of(self, column: int) -> str:
        """The text at the foot of a column."""
        return self.foot[column] if column < len(self.foot) else ""

    def told_of(self, column: int) -> str:
        """The foot of a column as it is read aloud."""
        return self.foot_told[column] if column < len(self.foot_told) else self.foot_of(column)


class MarkTableModel(QAbstractTableModel):
    """Column 0 is the name, then one for each of the content's columns, and the last is the total."""

    def __init__(self) -> None:
        super().__init__()
        self.content = Content()

    def set_content(self, content: Content) -> bool:
        """Show other content; True when rows or columns are others than before, and not only the marks."""
        old, same = self.content, False
        same = [row.name for row in old.rows] == [row.name for row in content.rows] and old.columns == content.columns
        if same:
            self.content = content
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))
            return False
        self.beginResetModel()
        self.content = content
        self.endResetModel()
        return True

    def refuse(self, row: int, why: str) -> None:
        """The last key did nothing: this row says why, until its people are shown anew or another one does."""
        rows = [replace(mark_row, refused=why if at == row else "") for at, mark_row in enumerate(self.content.rows)]
        self.content = replace(self.content, rows=tuple(rows))
        self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """One a person."""
        return 0 if parent.isValid() else len(self.content.rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Name, marks, total."""
        return 0 if parent.isValid() else len(self.content.columns) + 2

    def total_column(self) -> int:
        """The place of the total."""
        return len(self.content.columns) + 1

    def cell(self, index: Index) -> Cell | None:
        """The mark at a place, if there is one."""
        if not 0 < index.column() < self.total_column():
            return None
        cells = self.content.rows[index.row()].cells
        return cells[index.column() - 1] if index.column() - 1 < len(cells) else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Letters to show, and whole sentences for tool tip and screen reader."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._shown(index)
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return self.spoken(index)
        return None

    def _shown(self, index: Index) -> str:
        row = self.content.rows[index.row()]
        if index.column() == 0:
            return row.name
        if index.column() == self.total_column():
            return " ".join(part for part in row.total if part)
        cell = self.cell(index)
        return cell.style.letter if cell else ""

    def spoken(self, index: Index) -> str:
        """A place as a sentence: "Kari, 6 October: gave notice, made up"."""
        row = self.content.rows[index.row()]
        if index.column() == 0:
            return ", ".join(filter(None, (row.name, row.note, row.refused)))
        if index.column() == self.total_column():
            return _("{name}, {column}: {text}").format(
                name=row.name, column=self.content.total_head, text=self._shown(index)
            )
        column, cell = self.content.columns[index.column() - 1], self.cell(index)
        if cell is None:
            return cell_sentence(row.name, column.title, None, refused=row.refused)
        return cell_sentence(
            row.name, column.title, cell.style, made_up=cell.made_up, note=cell.note, refused=row.refused
        )

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Heads of columns; rows are headed by their names."""
        if orientation == Qt.Orientation.Vertical:
            wanted = role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
            return self.content.rows[section].name if wanted and section < len(self.content.rows) else None
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return None
        if section == 0:
            return self.content.name_head
        if section == self.total_column():
            return " · ".join(filter(None, (self.content.total_head, self.content.share_head)))
        column = self.content.columns[section - 1]
        if role == Qt.ItemDataRole.DisplayRole:
            return column.head
        foot = self.content.told_of(section - 1)
        return f"{column.title}. {self.content.foot_head}: {foot}" if foot else column.title
