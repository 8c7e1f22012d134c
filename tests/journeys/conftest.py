"""The fixtures of the window, for journeys through it."""

from tests.gui.conftest import empty_once, library, now, qtbot, sample_once, seconds, window_on

__all__ = ["empty_once", "library", "now", "qtbot", "sample_once", "seconds", "window_on"]
