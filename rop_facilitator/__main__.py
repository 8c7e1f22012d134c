"""`rop-facilitator` and `python -m rop_facilitator`: with a command the command line, else the window."""

import gc
import sys
from pathlib import Path

from rop_facilitator.paths import BACKUP_ENDINGS, RECORDS_ENDING


def main() -> int:
    """Open the window, on a file if one was given, or run the command that was given."""
    if len(sys.argv) == 2 and sys.argv[1].lower().endswith((RECORDS_ENDING, *BACKUP_ENDINGS)):
        file = Path(sys.argv[1])
        if not file.exists():
            from rop_facilitator.cli import report_missing_file

            return report_missing_file(file)
        return _open_window(file)
    if sys.argv[1:]:
        from rop_facilitator.cli import main as run_command

        return run_command()
    return _open_window(None)


def window() -> int:
    """Open the window, on a file if one was given, as a double click does. What is wrong is said in the window."""
    files = [Path(given) for given in sys.argv[1:] if not given.startswith("-")]
    return _open_window(files[0] if files else None)


def _open_window(file: Path | None) -> int:
    # The imports leave nothing to collect, and searching costs; from then on `gui.runtime.gc_timer` does it.
    gc.disable()
    from rop_facilitator.gui.app import main as open_window

    return open_window(file)


if __name__ == "__main__":
    sys.exit(main())
