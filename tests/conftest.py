"""What every test may use: a day, a language, a home of its own."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import settings

from rop_facilitator import i18n

TODAY = date(2026, 11, 24)

# How long an example takes depends on who else is at work on the machine.
settings.register_profile("rop", deadline=None)
settings.load_profile("rop")


@pytest.fixture(autouse=True)
def _own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees or touches the data of whoever runs it."""
    monkeypatch.setenv("ROP_FACILITATOR_HOME", str(tmp_path_factory.mktemp("home")))


@pytest.fixture(autouse=True)
def _english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROP_LANGUAGE", "en")
    i18n.set_language("en")


@pytest.fixture
def today() -> date:
    """A Tuesday in week 48."""
    return TODAY


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder that is not the program's."""
    return tmp_path
