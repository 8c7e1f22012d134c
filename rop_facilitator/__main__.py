"""`rop-facilitator` and `python -m rop_facilitator`: with a command the command line, else the window."""

import gc
import sys


def main() -> int:
    """Open the window, or run the command that was given."""
    if sys.argv[1:]:
        from rop_facilitator.cli import main as run_command

        return run_command()
    gc.disable()  # the imports leave nothing to collect, and searching costs; from then on `gui.garbage` does it
    from rop_facilitator.gui.app import main as open_window

    return open_window()


if __name__ == "__main__":
    sys.exit(main())
