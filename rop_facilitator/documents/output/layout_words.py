"""The words that the layout of a paper adds by itself, in the language of the paper."""

from __future__ import annotations

from rop_facilitator.i18n import _, pgettext, speaking


def labels(language: str) -> dict[str, str]:
    """Every word that Typst and Word put in, by the name that `packet.typ` uses."""
    # The paper's language, which may be another than the window's.
    with speaking(language):
        return {
            "page": pgettext("paper", "Page"),
            "of": pgettext("page 1 of 2", "of"),
            "tip": _("Tip"),
            "important": _("Important"),
            "remember": _("Remember"),
            "ask": pgettext("paper", "Ask"),
            "say": pgettext("paper", "Say"),
            "watch": pgettext("paper", "Watch out"),
            "practice": _("Home practice"),
            "key": _("What matters most today"),
            "help": _("Do you need help, or somebody to talk to?"),
            "nr": _("No."),
            "name": _("Name"),
            "present": pgettext("register", "Present"),
            "percent": pgettext("register", "Share"),
            "write": _("Room to write"),
            "agenda": _("The steps of the meeting"),
            "question": pgettext("run sheet", "The question"),
            "sentence": pgettext("run sheet", "The sentence"),
            "exercise": pgettext("run sheet", "The exercise"),
            "alternative": pgettext("run sheet", "Without showing anything"),
            "clock": pgettext("run sheet", "Time"),
            "minutes": pgettext("run sheet", "Min"),
            "step": pgettext("run sheet", "Step"),
            "co_leader": pgettext("run sheet", "Co-leader"),
            "fold": _("Fold back here before the meeting"),
            "more": pgettext("the rest of a step", "continued"),
            "alarm": _("What may happen, and what to do now"),
            "slips": _("A slip for each person, to cut out"),
            "register": _("Attendance, a row for each person"),
        }
