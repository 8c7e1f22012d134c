"""Deleting for good, and the list that no backup brings anybody back."""
