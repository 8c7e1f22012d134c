"""The program's languages. English stands in the code; bokmål comes from the gettext catalogue."""

from __future__ import annotations

import gettext as _gettext
import locale
import os

from rop_facilitator.paths import shipped

LANGUAGES = {"nb": "Bokmål", "en": "English"}
_translations: _gettext.NullTranslations = _gettext.NullTranslations()
_language = "en"


def set_language(language: str) -> None:
    """Make `nb` or `en` the language of everything said from now on; an unknown one falls back to bokmål."""
    global _translations, _language
    _language = language if language in LANGUAGES else "nb"
    _translations = (
        _gettext.NullTranslations()
        if _language == "en"
        else _gettext.translation("messages", shipped("resources") / "locale", [_language])
    )


def language() -> str:
    """The language in use, `nb` or `en`."""
    return _language


def system_language() -> str:
    """Bokmål wherever the system speaks any Norwegian, or says nothing; else English."""
    code = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    code = code or locale.getlocale()[0] or ""
    spoken = code[:2].lower()
    return "nb" if spoken in ("nb", "nn", "no", "c", "po", "") or code.upper().startswith(("C", "POSIX")) else "en"


def _(text: str) -> str:
    """The text in the language in use."""
    return _translations.gettext(text)


def ngettext(one: str, many: str, count: int) -> str:
    """The singular or plural for `count`, in the language in use."""
    return _translations.ngettext(one, many, count)


def pgettext(context: str, text: str) -> str:
    """The text as it reads in a named context: for a word that has two translations."""
    return _translations.pgettext(context, text)
