"""Bokmål is complete, placeholders agree, and dates read as Norwegians write them."""

import ast
import gettext
import re
import subprocess
import sys
from datetime import date, time
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from rop_facilitator import i18n
from rop_facilitator.paths import shipped

PACKAGE = Path(__file__).parent.parent / "rop_facilitator"


def texts_of(source: str) -> set[tuple[str | None, str]]:
    """Every (context, text) that the code asks a translation for."""
    texts: set[tuple[str | None, str]] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            words = [a.value for a in node.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
            if node.func.id in ("_", "ngettext") and words:
                texts.add((None, words[0]))
            elif node.func.id == "pgettext" and len(words) == 2:
                texts.add((words[0], words[1]))
    return texts


def all_texts() -> set[tuple[str | None, str]]:
    return set().union(*(texts_of(path.read_text(encoding="utf-8")) for path in PACKAGE.rglob("*.py")))


def catalogue() -> gettext.GNUTranslations:
    translations = gettext.translation("messages", shipped("resources") / "locale", ["nb"])
    assert isinstance(translations, gettext.GNUTranslations)
    return translations


def known(nb: gettext.GNUTranslations, context: str | None, text: str) -> bool:
    key = f"{context}\x04{text}" if context else text
    messages = nb._catalog  # type: ignore[attr-defined]
    return key in messages or (key, 0) in messages


def test_every_text_has_bokmaal() -> None:
    nb = catalogue()
    assert sorted(str(pair) for pair in all_texts() if not known(nb, *pair)) == []


def test_a_text_without_bokmaal_would_be_found() -> None:
    assert texts_of('_("One " "two")\npgettext("here", "There")') == {(None, "One two"), ("here", "There")}
    assert not known(catalogue(), None, "a sentence that nobody has translated")


def fields(text: str) -> set[str]:
    return set(re.findall(r"\{(\w+)\}", text))


def test_bokmaal_uses_no_other_placeholders() -> None:
    with (shipped("resources") / "locale/nb/LC_MESSAGES/messages.po").open("rb") as po:
        messages = list(read_po(po, locale="nb"))
    strange = []
    for message in messages:
        english = message.id if isinstance(message.id, tuple) else (message.id,)
        bokmaal = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.id and not set().union(*map(fields, bokmaal)) <= set().union(*map(fields, english)):
            strange.append(message.id)
    assert len(messages) > 500
    assert strange == []


@pytest.mark.parametrize(
    ("language", "expected"),
    [("nb", "tirsdag 24. november 2026 13.05"), ("en", "Tuesday 24 November 2026 13:05")],
)
def test_dates_and_times(language: str, expected: str) -> None:
    with i18n.speaking(language):
        assert f"{i18n.long_date(date(2026, 11, 24))} {i18n.clock(time(13, 5))}" == expected


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LANG": "nb_NO.UTF-8"}, "nb"),
        ({"LANG": "nn_NO"}, "nb"),
        ({"LANG": "no_NO.ISO-8859-1"}, "nb"),
        ({"LANG": "da_DK.UTF-8"}, "nb"),
        ({"LANG": "sv_SE.UTF-8"}, "nb"),
        ({"LANG": "se_NO"}, "nb"),
        ({"LANG": "cs_CZ"}, "en"),
        ({"LANG": "cs_CZ.UTF-8"}, "en"),
        ({"LANG": "ca_ES.UTF-8@valencia"}, "en"),
        ({"LANG": "co_FR"}, "en"),
        ({"LANG": "pl_PL.UTF-8"}, "en"),
        ({"LANG": "pobol"}, "en"),
        ({"LANG": "en_GB.UTF-8"}, "en"),
        ({"LANG": "C"}, "nb"),
        ({"LANG": "C.UTF-8"}, "nb"),
        ({"LANG": "POSIX"}, "nb"),
        ({"LC_ALL": "cs_CZ", "LANG": "nb_NO"}, "en"),
        ({"LC_ALL": "", "LC_MESSAGES": "nb_NO", "LANG": "cs_CZ"}, "nb"),
        ({"LANGUAGE": "cs:nb:en", "LANG": "cs_CZ"}, "nb"),
        ({"LANGUAGE": "en:nb", "LANG": "nb_NO"}, "en"),
        ({"LANGUAGE": "cs", "LANG": "nb_NO"}, "nb"),
        ({"LANGUAGE": "en", "LANG": "C"}, "nb"),
    ],
)
def test_the_language_of_the_system(
    environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert i18n.system_language() == expected


@pytest.mark.parametrize(
    ("reported", "expected"),
    [
        (None, "nb"),
        ("Norwegian Bokmål_Norway", "nb"),
        ("Danish_Denmark", "nb"),
        ("Czech_Czechia", "en"),
        ("nb_NO", "nb"),
    ],
)
def test_the_language_of_a_system_without_such_words(
    reported: str | None, expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("locale.getlocale", lambda: (reported, None))
    assert i18n.system_language() == expected


def test_speaking_is_over_afterwards() -> None:
    before = i18n.language()
    with i18n.speaking("nb"), i18n.speaking("en"):
        assert i18n.language() == "en"
    assert i18n.language() == before


def test_the_core_speaks_without_qt() -> None:
    code = "import sys; import rop_facilitator.i18n; sys.exit('PySide6' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
