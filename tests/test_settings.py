"""Settings survive a damaged file, wrong kinds and values out of bounds."""

from pathlib import Path

import pytest

from rop_facilitator.settings import Settings, load_settings, save_settings, settings_file


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROP_FACILITATOR_HOME", str(tmp_path))


def test_round_trip() -> None:
    wanted = Settings(language="nb", text_percent=150, closures=("2026-W40",), backup_folder="/minnepinne/Åsen")
    save_settings(wanted)
    assert load_settings() == wanted


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '{"text_percent": "150"}',
        '{"text_percent": 9000, "theme": "pink"}',
        '{"closures": [1]}',
        "[" * 21,
    ],
)
def test_a_damaged_file_gives_the_defaults(text: str) -> None:
    settings_file().write_text(text, encoding="utf-8")
    assert load_settings() == Settings()


def test_no_file_at_all() -> None:
    assert load_settings() == Settings()
