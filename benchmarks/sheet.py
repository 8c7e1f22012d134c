"""`python -m benchmarks.sheet`: the spreadsheet of 600,000 marks, in time and memory. Four minutes, so not part of all.

No command exports several groups at once: this is the register of one group with so many people and meetings, made up
as values. Each side has a process of its own, and only the writing is timed: in seconds of the processor, because two
such runs cannot be taken in turn.
"""

from __future__ import annotations

import gc
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.register import made_up, plain_writer
from rop_facilitator.documents.exchange.write_register import write_register

PEOPLE, MEETINGS = 1500, 400


def write(side: str) -> None:
    """Write it, and print processor seconds and the most memory in MB that the process ever had."""
    register = made_up(PEOPLE, MEETINGS)
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "register.xlsx"
        plain = plain_writer(register) if side == "bare" else None
        gc.freeze()  # the cells that wait are no work for the collector
        begin = time.process_time()
        if plain is None:
            write_register(register, file)
        else:
            file.write_bytes(plain())
        taken = time.process_time() - begin
    print(taken, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)


def main() -> None:
    """Both sides, one after the other, as a row of the table."""
    figures = {}
    for side in ("ours", "bare"):
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.sheet", side], check=True, capture_output=True, text=True
        )
        figures[side] = [float(figure) for figure in done.stdout.split()]
    (ours, peak), (bare, _) = figures["ours"], figures["bare"]
    print(
        f"| register {PEOPLE:,} × {MEETINGS} to XLSX ({PEOPLE * MEETINGS:,} rows) | bare openpyxl, same cells |"
        f" {1000 * ours:.0f} | {1000 * bare:.0f} | {ours / bare:.2f} | ≤ 1.2 |\npeak of our process: {peak:.0f} MB"
    )


if __name__ == "__main__":
    write(sys.argv[1]) if sys.argv[1:] else main()
