"""The command line: a few lines a command over the same functions as the screens."""

from rop_facilitator.cli.commands import main, report_missing_file

__all__ = ["main", "report_missing_file"]
