"""Straight to the printer."""
