"""`make bench`: our work against a floor of the same run. Ratios count; milliseconds are the machine's mood."""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable

from benchmarks import large, library, mark, mark_key, packet, planning, register, start, word


def measure(ours: Callable[[], object], bare: Callable[[], object], *, rounds: int) -> tuple[float, float]:
    """Medians of both, taken in turn so that a noisy moment hits both; one unmeasured round first."""
    times: tuple[list[float], list[float]] = ([], [])
    for round_ in range(rounds + 1):
        for of_work, work in zip(times, (ours, bare), strict=True):
            begin = time.perf_counter()
            work()
            if round_:
                of_work.append(time.perf_counter() - begin)
    return statistics.median(times[0]), statistics.median(times[1])


def main() -> None:
    """Measure what is named on the command line, or all, and print the table."""
    wanted = sys.argv[1:]
    print("| work | floor | ours ms | floor ms | ratio | aim |")
    print("|---|---|---|---|---|---|")
    for module in (start, packet, mark, mark_key, planning, register, word, library, large):
        if wanted and module.__name__.rpartition(".")[2] not in wanted:
            continue
        for work, floor, prepare, rounds, aim in module.BENCHMARKS:
            with prepare() as (ours, bare):
                taken, least = measure(ours, bare, rounds=rounds)
            verdict = f"{taken / least:.2f}" + ("" if taken <= aim * least else " (over)")
            print(f"| {work} | {floor} | {1000 * taken:.1f} | {1000 * least:.1f} | {verdict} | ≤ {aim} |", flush=True)


if __name__ == "__main__":
    main()
