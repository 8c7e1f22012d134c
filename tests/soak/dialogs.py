"""What would stop a walk: the system's own dialogs, menus that wait, other programs. Each is answered by chance."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QFileDialog, QWidget

_MILLISECONDS = 60
_PATIENCE = 4  # looks at the same thing: a walk that is not held up answers it itself


def answer_dialogs(random: Random, home: Path) -> None:
    """From now on a question for a file or a folder is answered at once, now and then with nothing."""

    def some_file(*_arguments: Any, **_options: Any) -> tuple[str, str]:
        files = sorted(path for path in home.rglob("*") if path.is_file() and path.suffix not in (".lock", ".open"))
        return (str(random.choice(files)) if files and random.random() < 0.8 else ""), ""

    def new_file(_parent: Any = None, _title: str = "", proposed: str = "", *_rest: Any, **_options: Any) -> Any:
        name = Path(proposed).name or "file"
        return (str(home / "out" / name) if random.random() < 0.8 else ""), ""

    def some_folder(*_arguments: Any, **_options: Any) -> str:
        return random.choice((str(home / "out"), str(home / "missing"), str(home), ""))

    QFileDialog.getOpenFileName = staticmethod(some_file)  # type: ignore[method-assign,assignment]
    QFileDialog.getSaveFileName = staticmethod(new_file)  # type: ignore[method-assign,assignment]
    QFileDialog.getExistingDirectory = staticmethod(some_folder)  # type: ignore[method-assign,assignment]
    QDesktopServices.openUrl = staticmethod(lambda *_a: True)  # type: ignore[method-assign,assignment]


class Waiter(QObject):
    """Answers what waits in a loop of its own, a dialog or a menu: `exec` would come back only when somebody does."""

    def __init__(self, random: Random) -> None:
        super().__init__()
        self._random = random
        self._asked: QWidget | None = None
        self._times = 0
        self._timer = QTimer(self, interval=_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        self._timer.start()

    def _look(self) -> None:
        asked = QApplication.activePopupWidget() or QApplication.activeModalWidget()
        self._times = self._times + 1 if asked is not None and asked is self._asked else 0
        self._asked = asked
        if asked is None or self._times < _PATIENCE:
            return
        if self._times > 3 * _PATIENCE:
            asked.reject() if isinstance(asked, QDialog) else asked.close()
        else:
            code = self._random.choice((Qt.Key.Key_Escape, Qt.Key.Key_Tab, Qt.Key.Key_Down, Qt.Key.Key_Return))
            QTest.keyClick(asked, code)
