"""Boxes, text, and things side by side."""
