"""The wheel carries the data, and its command line runs where Qt is not installed."""

import os
import subprocess
import sys
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(target)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return next(target.glob("*.whl"))


def test_the_data_is_in_the_wheel(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for name in (
        "curricula/kat-rop/curriculum.yaml",
        "curricula/e-imr/curriculum.yaml",
        "resources/locale/nb/LC_MESSAGES/messages.mo",
        "resources/typst/packet.typ",
        "resources/sample/groups.yaml",
        "resources/icons/home.svg",
        "resources/contacts.yaml",
        "resources/safety.yaml",
    ):
        assert f"rop_facilitator/_data/{name}" in names


def test_it_lists_its_curricula_from_an_environment_of_its_own(wheel: Path, tmp_path: Path) -> None:
    """A fresh environment with the wheel; of the other libraries it sees those of this one, but no Qt."""
    venv.create(tmp_path / "env", with_pip=False)
    site = next((tmp_path / "env").rglob("site-packages"))
    zipfile.ZipFile(wheel).extractall(site)
    others = next(path for path in sys.path if path.endswith("site-packages"))
    # Python reads such a file in the system's own encoding, so a path with æ, ø or å is written in ASCII.
    line = f"import sys; sys.modules['PySide6'] = None; sys.path.append({others!a})\n"
    (site / "others.pth").write_text(line, encoding="ascii")
    python = tmp_path / "env" / ("Scripts" if os.name == "nt" else "bin") / "python"
    code = "import sys, rop_facilitator; from rop_facilitator import cli; print(cli.__file__); cli.main(['curricula'])"
    done = subprocess.run(
        [python, "-c", code], cwd=tmp_path, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert str(site) in done.stdout
    assert "kat-rop" in done.stdout
    assert "e-imr" in done.stdout
