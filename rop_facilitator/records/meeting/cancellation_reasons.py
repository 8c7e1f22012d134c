"""Why a meeting was called off: free words stay in the records, a few fixed ones may be told outside."""

from __future__ import annotations

from rop_facilitator.clean_text import clean_text
from rop_facilitator.i18n import _

LONGEST_REASON = 200
_ENGLISH = {"ferie": "holiday", "sykdom hos leder": "leader ill", "stengt": "closed"}


def fixed_reasons() -> tuple[str, ...]:
    """The reasons that say nothing about anybody, in the language in use: others may read them."""
    return _("holiday"), _("leader ill"), _("closed")


def public_reason(reason: str) -> str:
    """A fixed reason as it is told outside the records; "" for everything else."""
    written = " ".join(reason.split()).casefold()
    keys = {norwegian: number for number, norwegian in enumerate(_ENGLISH)}
    keys |= {english: number for number, english in enumerate(_ENGLISH.values())}
    number = keys.get(written)
    return "" if number is None else fixed_reasons()[number]


def written_reason(text: str) -> str:
    """A reason as it is stored: a fixed one as the window writes it, whatever its case or language; others as typed."""
    reason = clean_text(text)[:LONGEST_REASON]
    return public_reason(reason) or reason


def reason_words(reason: str) -> str:
    """Where a reason can be read, in a sentence."""
    if public_reason(reason):
        return _("Reason: {reason}. It may stand in calendars too.").format(reason=reason)
    return _("Reason: {reason}. It stays in the records, and never goes into a calendar.").format(reason=reason)
