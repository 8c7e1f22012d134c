"""Every kind of override of Qt's that the program has, each with an error of C code in it; run in a process of its own.

python -m tests.gui.runtime.overrides_child       prints `<kind> caught` for each, and `alive` at the end
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QCoreApplication,
    QEvent,
    QItemSelectionModel,
    QObject,
    QPoint,
    QPointF,
    QRect,
    QSize,
    Qt,
    QTimer,
    QTranslator,
)
from PySide6.QtGui import (
    QCloseEvent,
    QEnterEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QHeaderView,
    QLayout,
    QListView,
    QPushButton,
    QStyledItemDelegate,
    QTableView,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
    QWidgetItem,
)

from rop_facilitator.gui.runtime.crash_report import CrashCatcher

NO_KEYS = Qt.KeyboardModifier.NoModifier
LEFT = Qt.MouseButton.LeftButton
# Named like a method of Qt's, but C++ never calls them: they are called by Python only.
NOT_VIRTUAL = frozenset({"setText", "text"})


def _fail(*_arguments: object) -> Any:
    """An error that C code raises."""
    return int("no number")


def _with(base: type, name: str, **others: object) -> Any:
    """A class of ours with one override that fails."""
    return type(f"Failing{base.__name__}", (base,), {name: _fail, **others})


def _sent(event: Callable[[], QEvent], base: type = QWidget) -> Callable[[str], object]:
    def run(name: str) -> object:
        widget = _with(base, name)()
        widget.show()
        QCoreApplication.sendEvent(widget, event())
        return widget

    return run


def _mouse(kind: QEvent.Type) -> QMouseEvent:
    return QMouseEvent(kind, QPointF(2, 2), QPointF(2, 2), LEFT, LEFT, NO_KEYS)


def _key(kind: QEvent.Type) -> QKeyEvent:
    return QKeyEvent(kind, Qt.Key.Key_A, NO_KEYS, "a")


def _wheel() -> QWheelEvent:
    return QWheelEvent(
        QPointF(2, 2), QPointF(2, 2), QPoint(0, 9), QPoint(0, 9), LEFT, NO_KEYS, Qt.ScrollPhase.NoScrollPhase, False
    )


def _filtered(name: str) -> object:
    """Only the last event of the window meets a filter that fails: it would meet hundreds at the end."""
    widget, watcher = QWidget(), _with(QObject, name)()
    widget.installEventFilter(watcher)
    QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.User))
    widget.removeEventFilter(watcher)
    return widget


def _hint(name: str) -> object:
    outer, inner = QWidget(), _with(QWidget, name)()
    QVBoxLayout(outer).addWidget(inner)
    outer.show()
    return outer


def _height(name: str) -> object:
    others: dict[str, object] = {"hasHeightForWidth": lambda _self: True} if name == "heightForWidth" else {}
    outer, inner = QWidget(), _with(QWidget, name, **others)()
    QVBoxLayout(outer).addWidget(inner)
    outer.resize(200, 200)
    outer.show()
    return outer


def _hit(name: str) -> object:
    box = _with(QCheckBox, name)()
    box.show()
    QCoreApplication.sendEvent(box, _mouse(QEvent.Type.MouseButtonPress))
    return box


def _pressed(name: str) -> object:
    box = _with(QCheckBox, name)()
    box.show()
    box.click()
    return box


def _next(name: str) -> object:
    outer = _with(QWidget, name)()
    inner = QPushButton(outer)
    outer.show()
    QCoreApplication.sendEvent(inner, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Tab, NO_KEYS))
    return outer


def _row_count(_self: object, _parent: object = None) -> int:
    return 1


def _column_count(_self: object, _parent: object = None) -> int:
    return 2


def _model(name: str) -> object:
    counts = {"rowCount": _row_count, "columnCount": _column_count, "data": lambda *_a: None}
    from PySide6.QtCore import QAbstractTableModel

    model, view = _with(QAbstractTableModel, name, **{k: v for k, v in counts.items() if k != name})(), QTableView()
    view.setModel(model)
    view.show()
    view.grab()
    if name == "setData":
        plain = QStyledItemDelegate()
        from PySide6.QtWidgets import QLineEdit

        plain.setModelData(QLineEdit(), model, model.index(0, 0))
        return view, model, plain
    return view, model


class _Rows(QAbstractListModel):
    def rowCount(self, parent: object = None) -> int:
        return 3

    def data(self, index: object, role: int = 0) -> object:
        return "x" if role == Qt.ItemDataRole.DisplayRole else None


def _delegate(name: str) -> object:
    view, rows, delegate = QListView(), _Rows(), _with(QStyledItemDelegate, name)()
    view.setItemDelegate(delegate)
    view.setModel(rows)
    view.show()
    view.grab()
    return view, rows, delegate


def _view(name: str) -> object:
    view, rows = _with(QListView, name)(), _Rows()
    view.setModel(rows)
    view.setCurrentIndex(rows.index(0))
    view.show()
    QCoreApplication.sendEvent(view, _key(QEvent.Type.KeyPress))
    QCoreApplication.sendEvent(view, QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Down, NO_KEYS))
    return view, rows


def _tree(name: str) -> object:
    tree = _with(QTreeWidget, name)()
    tree.addTopLevelItem(QTreeWidgetItem(["x"]))
    tree.show()
    tree.grab()
    return tree


def _head(name: str) -> object:
    view, rows = QTableView(), _Rows()
    view.setHorizontalHeader(_with(QHeaderView, name)(Qt.Orientation.Horizontal))
    view.setModel(rows)
    view.show()
    view.grab()
    return view, rows


class _Line(QLayout):
    """The least that a layout must have; what fails is put over it."""

    def __init__(self) -> None:
        super().__init__()
        self.items: list[Any] = []

    def addItem(self, item: object) -> None:
        self.items.append(item)

    def count(self) -> int:
        return len(self.items)

    def itemAt(self, at: int) -> Any:
        return self.items[at] if 0 <= at < len(self.items) else None

    def takeAt(self, at: int) -> Any:
        return self.items.pop(at) if 0 <= at < len(self.items) else None

    def sizeHint(self) -> QSize:
        return QSize(20, 20)

    def minimumSize(self) -> QSize:
        return QSize(10, 10)


def _layout(name: str) -> object:
    """Laid out in a box, as the program does it: there C++ asks all of it.

    The items that `count` promises must be there, whatever happens: no answer of Qt's could stand in for them.
    """
    others: dict[str, object] = {"hasHeightForWidth": lambda _self: True} if name == "heightForWidth" else {}
    if name in ("itemAt", "takeAt"):
        others["count"] = lambda _self: 0
    if name == "takeAt":
        others["itemAt"] = lambda line, _at: line.items.pop() if line.parent().isVisible() and line.items else None
    outer, inner, part = QWidget(), _with(_Line, name, **others)(), QWidget()
    inner.items.append(QWidgetItem(part))
    part.setParent(outer)
    box = QVBoxLayout(outer)
    box.addLayout(inner)
    outer.resize(100, 100)
    outer.show()
    box.setGeometry(QRect(0, 0, 90, 90))
    if name == "addItem":
        inner.addWidget(QWidget(outer))
    if name == "takeAt":
        inner.removeWidget(part)
    return outer, part


def _translator(name: str) -> object:
    others: dict[str, object] = {"isEmpty": lambda _self: False} if name != "isEmpty" else {}
    translator = _with(QTranslator, name, **others)()
    QCoreApplication.installTranslator(translator)
    QCoreApplication.translate("QDialogButtonBox", "Cancel")
    QCoreApplication.removeTranslator(translator)
    return translator


def _selection(name: str) -> object:
    rows = _Rows()
    model = _with(QItemSelectionModel, name)(rows)
    view = QListView()
    view.setModel(rows)
    view.setSelectionModel(model)
    view.setCurrentIndex(rows.index(1))
    return view, rows, model


def _changed(name: str) -> object:
    view, rows = _with(QListView, name)(), _Rows()
    view.setModel(rows)
    rows.dataChanged.emit(rows.index(0), rows.index(0))
    return view, rows


KINDS: dict[str, list[Callable[[str], object]]] = {
    "paintEvent": [_sent(lambda: QPaintEvent(QRect(0, 0, 5, 5)))],
    "resizeEvent": [_sent(lambda: QResizeEvent(QSize(9, 9), QSize(8, 8)))],
    "showEvent": [_sent(QShowEvent)],
    "hideEvent": [_sent(lambda: QEvent(QEvent.Type.Hide))],
    "closeEvent": [_sent(QCloseEvent)],
    "changeEvent": [_sent(lambda: QEvent(QEvent.Type.FontChange))],
    "enterEvent": [_sent(lambda: QEnterEvent(QPointF(), QPointF(), QPointF()))],
    "leaveEvent": [_sent(lambda: QEvent(QEvent.Type.Leave))],
    "focusInEvent": [_sent(lambda: QFocusEvent(QEvent.Type.FocusIn))],
    "focusOutEvent": [_sent(lambda: QFocusEvent(QEvent.Type.FocusOut))],
    "keyPressEvent": [_sent(lambda: _key(QEvent.Type.KeyPress))],
    "keyReleaseEvent": [_sent(lambda: _key(QEvent.Type.KeyRelease))],
    "mousePressEvent": [_sent(lambda: _mouse(QEvent.Type.MouseButtonPress))],
    "mouseReleaseEvent": [_sent(lambda: _mouse(QEvent.Type.MouseButtonRelease))],
    "mouseDoubleClickEvent": [_sent(lambda: _mouse(QEvent.Type.MouseButtonDblClick))],
    "mouseMoveEvent": [_sent(lambda: _mouse(QEvent.Type.MouseMove))],
    "wheelEvent": [_sent(_wheel)],
    "event": [_sent(lambda: QEvent(QEvent.Type.User))],
    "eventFilter": [_filtered],
    "sizeHint": [_hint, _layout, _delegate],
    "minimumSizeHint": [_hint],
    "hasHeightForWidth": [_height, _layout],
    "heightForWidth": [_height, _layout],
    "hitButton": [_hit],
    "nextCheckState": [_pressed],
    "focusNextPrevChild": [_next],
    **{name: [_model] for name in ("rowCount", "columnCount", "data", "headerData", "flags", "setData")},
    "paint": [_delegate],
    "keyboardSearch": [_view],
    "moveCursor": [_view],
    "viewportEvent": [_view],
    "drawRow": [_tree],
    "paintSection": [_head],
    **{
        name: [_layout]
        for name in ("addItem", "count", "itemAt", "takeAt", "expandingDirections", "minimumSize", "invalidate")
    },
    "setGeometry": [_layout],
    "translate": [_translator],
    "isEmpty": [_translator],
    "setCurrentIndex": [_selection],
    "dataChanged": [_changed],
}


def _until_caught(catcher_seen: list[BaseException], run: Callable[[], object]) -> bool:
    """Let the event loop run it, as a slot, and deal with what it began."""
    catcher_seen.clear()
    kept: list[object] = []
    QTimer.singleShot(0, lambda: kept.append(run()))
    for _turn in range(20):
        QCoreApplication.processEvents()
        if catcher_seen:
            break
    for thing in kept:
        for part in thing if isinstance(thing, tuple) else (thing,):
            if isinstance(part, QWidget):
                part.hide()
    return bool(catcher_seen)


def main() -> int:
    """Try each kind."""
    app = QApplication([])
    assert app is not None
    caught: list[BaseException] = []
    catcher = CrashCatcher(lambda: datetime(2026, 11, 24, 8, 35))
    catcher.install()
    whole = sys.excepthook

    def hook(kind: type[BaseException], error: BaseException, trace: Any) -> None:
        caught.append(error)
        whole(kind, error, trace)

    sys.excepthook = hook
    for name, runs in KINDS.items():
        for run in runs:
            _say(f"{name} {run.__name__.strip('_')} ")
            _say("caught\n" if _until_caught(caught, partial(run, name)) else "lost\n")
    _say("alive\n")
    os._exit(0)  # what fails need not be taken down part by part


def _say(text: str) -> None:
    sys.stdout.write(text)
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
