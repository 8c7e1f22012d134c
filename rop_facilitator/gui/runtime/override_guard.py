"""An error in one of our Qt overrides goes to the crash catcher, and never to C++, which dies of it on Python 3.11.

PySide on Python 3.11 cannot carry every error out of an override that C++ called: the program dies, past the crash
catcher. To raise the error again inside the override was tried and is not enough: it waits for the next return to
Python, and what is freed on the way there has taken the program down too. So the error is handed over where it happens,
and Qt gets its own answer instead of ours. On Python 3.12 these are ordinary tracebacks: when
3.11 goes, this module and its line in `gui/__init__.py` go as well.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable
from types import FunctionType
from typing import Any

from PySide6.QtCore import QModelIndex, QSize
from shiboken6 import Shiboken

MARK = "hands_over_errors"
_PURE = {"rowCount": 0, "columnCount": 0, "count": 0, "index": QModelIndex(), "parent": QModelIndex()}


def overrides(kind: type) -> dict[str, FunctionType]:
    """The methods of a class of ours that stand in the place of one of Qt's, also those that a mixin gives it."""
    qt = [base for base in kind.__mro__ if base.__module__.startswith("PySide6.")]
    ours = [base for base in kind.__mro__ if base not in qt and base not in (Shiboken.Object, object)]
    names = {name for base in qt for name in vars(base) if not name.startswith("__")}
    methods: dict[str, FunctionType] = {}
    for base in reversed(ours):
        methods |= {
            name: value for name, value in vars(base).items() if name in names and isinstance(value, FunctionType)
        }
    return methods


def install() -> None:
    """From now on, every class that is made from one of Qt's has its overrides guarded."""
    setattr(Shiboken.Object, "__init_subclass__", classmethod(_guard_class))  # noqa: B010


def _guard_class(kind: type[Any], /, **options: Any) -> None:
    super(Shiboken.Object, kind).__init_subclass__(**options)
    for name, method in overrides(kind).items():
        if not hasattr(method, MARK):
            setattr(kind, name, _guarded(kind, name, method))


def _guarded(kind: type[Any], name: str, method: FunctionType) -> Callable[..., Any]:
    @functools.wraps(method)
    def guarded(self: Any, *arguments: Any) -> Any:
        try:
            return method(self, *arguments)
        except Exception as error:
            sys.excepthook(type(error), error, error.__traceback__)
        return _answer_of_qt(kind, name, self, arguments)

    setattr(guarded, MARK, True)
    return guarded


def _answer_of_qt(kind: type[Any], name: str, self: Any, arguments: tuple[Any, ...]) -> Any:
    """What Qt would say: nothing of an event, which may be half dealt with; an empty answer where Qt has none."""
    if name.endswith("Event") and name != "viewportEvent":
        return None
    qt = next(base for base in kind.__mro__ if base.__module__.startswith("PySide6.") and hasattr(base, name))
    try:
        return getattr(qt, name)(self, *arguments)
    except Exception:  # pure virtual, or Qt's object is gone
        return QSize() if name in ("sizeHint", "minimumSize") else _PURE.get(name)
