"""Blocks as files: PDF, Word."""
