"""Two that start together: exactly one writes, the other is told who."""

import time
from contextlib import ExitStack
from pathlib import Path

from tests.faults import children


def test_exactly_one_writer(path: Path, tmp_path: Path) -> None:
    for n in range(8):
        verdicts = [tmp_path / f"{n}-{who}" for who in range(2)]
        with ExitStack() as stack:
            start = time.time() + 0.15
            for verdict in verdicts:
                stack.enter_context(children.running(children.race, path, start, verdict))
            limit = time.monotonic() + 10
            while not all(v.exists() and v.read_text() for v in verdicts):
                assert time.monotonic() < limit
                time.sleep(0.005)
        won, lost = sorted((v.read_text() for v in verdicts), key=lambda said: said != "writer")
        assert won == "writer"
        assert "read only" in lost
