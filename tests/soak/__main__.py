"""`make soak SEEDS=1-20 STEPS=400`: walks by chance through the whole window, each in a process of its own.

A walk is clean when its process does not die, nothing hangs, no error is left to the crash catcher, and Qt warns of
nothing. Of one that is not, the last 20 actions are shown; the same seed walks the same way again. No word of any
group or person is printed. Ends with 0 when all were clean, else with 1.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from tests.soak.scene import furnish, make_records
from tests.soak.walk import LOG, STACKS

_LAST = 20
_ROOT = Path(__file__).parents[2]


@dataclass
class Outcome:
    """How one walk went."""

    seed: int
    seconds: float = 0.0
    steps: int = 0
    clean: bool = False
    why: str = ""
    last: list[str] = field(default_factory=list)
    pages: Counter[str] = field(default_factory=Counter)

    def text(self) -> str:
        """One line, or for a walk that is not clean what happened and what led to it."""
        if self.clean:
            return f"seed {self.seed}: clean, {self.steps} steps, {self.seconds:.0f} s"
        actions = "\n".join(f"    {action}" for action in self.last)
        return f"seed {self.seed}: NOT CLEAN at step {self.steps}\n{self.why}\n  the last actions:\n{actions}"


def seeds_of(text: str) -> list[int]:
    """Seeds as typed: "7", "1-20", "1-3,8"."""
    seeds: list[int] = []
    for part in text.split(","):
        first, _dash, last = part.partition("-")
        seeds += range(int(first), int(last or first) + 1)
    return seeds


def run(seed: int, steps: int, template: Path, folder: Path) -> Outcome:
    """One walk in a child process, and how it went."""
    home = folder / f"seed-{seed}"
    furnish(home, template, language=("nb", "en")[seed % 2], first_run=seed % 10 == 5)
    own = {"HOME": home, "ROP_FACILITATOR_HOME": home, "TMPDIR": home, "XDG_DOCUMENTS_DIR": home}
    environment = {"QT_QPA_PLATFORM": "offscreen", **os.environ, **{name: str(path) for name, path in own.items()}}
    began = time.monotonic()
    command = [sys.executable, "-m", "tests.soak.walk", str(seed), str(steps), str(home)]
    with (home / "err.txt").open("wb") as errors:
        code = subprocess.run(command, cwd=_ROOT, env=environment, stdout=errors, stderr=errors).returncode
    return _read(Outcome(seed, time.monotonic() - began), home, code)


def _read(outcome: Outcome, home: Path, code: int) -> Outcome:
    log = home / LOG
    lines = [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.exists() else []
    actions: list[str] = []
    for line in lines:
        if "step" in line:
            outcome.steps = line["step"]
            actions.append(f"{line['step']}: (it did not come back)")
        if "did" in line:
            actions[-1] = f"{outcome.steps}: {line['did']}"
        outcome.pages.update(line.get("pages", {}))
    faults = [line["fault"] for line in lines if "fault" in line]
    outcome.last = actions[-_LAST:]
    outcome.clean = code == 0 and not faults and any(line.get("clean") for line in lines)
    if not outcome.clean:
        stacks = (home / STACKS).read_text("utf-8", "replace") if (home / STACKS).exists() else ""
        errors = (home / "err.txt").read_text("utf-8", "replace") if not lines else ""
        outcome.why = "\n".join([*faults, *_how_it_ended(code), stacks[:4000], errors[-4000:]]).strip()
    return outcome


def _how_it_ended(code: int) -> list[str]:
    if code < 0:
        return [f"the process died of signal {-code}"]
    return [] if code == 1 else [f"the process ended with {code}"]


def main() -> int:
    """Walk all seeds, and say how many were clean."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=seeds_of, default=seeds_of("1-20"), help="such as 7, 1-20 or 1-3,8")
    parser.add_argument("--steps", type=int, default=400)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    options = parser.parse_args()
    outcomes: list[Outcome] = []
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, ThreadPoolExecutor(options.jobs) as pool:
        template = make_records(Path(folder))
        walks = [pool.submit(run, seed, options.steps, template, Path(folder)) for seed in options.seeds]
        for walk in walks:
            outcomes.append(walk.result())
            _say(outcomes[-1].text())
    clean = sum(outcome.clean for outcome in outcomes)
    pages = sum((outcome.pages for outcome in outcomes), Counter[str]())
    _say("steps by page: " + ", ".join(f"{page} {count}" for page, count in pages.most_common()))
    _say(f"{clean} of {len(outcomes)} seeds clean, {sum(outcome.steps for outcome in outcomes)} steps")
    return 0 if clean == len(outcomes) else 1


def _say(text: str) -> None:
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main())
