"""The window around every page."""
