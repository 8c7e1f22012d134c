"""The fixtures of the window and of the records, for whole journeys."""

from tests.gui.conftest import empty_once, library, now, qtbot, sample_once, seconds, window_on
from tests.records.conftest import code, database, leader_id, made_once, path

__all__ = [
    "code",
    "database",
    "empty_once",
    "leader_id",
    "library",
    "made_once",
    "now",
    "path",
    "qtbot",
    "sample_once",
    "seconds",
    "window_on",
]
