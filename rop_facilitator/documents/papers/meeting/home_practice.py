"""Several themes in a meeting, or a part of one: where each begins, and the home practice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rop_facilitator.curriculum.agenda import Theme
from rop_facilitator.curriculum.model import SessionPlan
from rop_facilitator.documents.page.blocks import Block, Heading, Paragraph, Practice, words
from rop_facilitator.documents.page.markdown import blocks_of, filled_words
from rop_facilitator.i18n import _, capital


def themes_with_practice(themes: Sequence[Theme]) -> list[Theme]:
    """The themes whose home practice is given: those that end. That of a rest was given last time."""
    # Where a rest is all that the meeting has, its home practice is given again: else there would be none.
    return [
        theme for theme in themes if theme.ends and theme.session.home_practice and (not theme.rest or len(themes) == 1)
    ]


def practice_blocks(themes: Sequence[Theme]) -> list[Block]:
    """What the leader agrees with each person; of several, each person chooses one."""
    given = themes_with_practice(themes)
    blocks: list[Block] = []
    if len(given) > 1:
        blocks.append(Heading(words(_("Home practice: each person chooses one"))))
    for theme in given:
        session = theme.session
        # What is wrong in these notes is told by `check`, and not once more with each packet.
        notes, _problems = blocks_of(session.home_practice_notes, file=str(session.file), speech=session.language)
        title = words(capital(theme.title)) if len(given) > 1 else ()
        blocks.append(Practice((Paragraph(words(home_practice_words(session))), *notes), title=title))
    for theme in themes:
        if not theme.ends and theme.session.home_practice:
            text = _(
                "The home practice of “{title}” comes with its last part. Until then, choose one small thing each."
            )
            blocks.append(Paragraph(words(text.format(title=theme.session.title))))
    return blocks


def aims_of(session: SessionPlan) -> tuple[str, ...]:
    """The aims as they are read, on paper and on screen."""
    return tuple(filled_words(aim, speech=session.language, leader=False) for aim in session.aims)


def home_practice_words(session: SessionPlan) -> str:
    """The home practice as the participant reads it."""
    return filled_words(session.home_practice, speech=session.language, leader=False)


def follow_up_of(session: SessionPlan) -> str:
    """What the leader asks next time about the home practice, as it is spoken; empty where nothing is written."""
    asked = filled_words(session.follow_up, speech=session.language).strip()
    if not asked or any(sign in asked for sign in "«»“”"):
        return asked
    return f"“{asked}”" if session.language == "en" else f"«{asked}»"


def practice_choice(practices: Iterable[str]) -> str:
    """Home practices in one line, where a person chooses one of them."""
    return f" {_('Or:')} ".join(filter(None, practices))


def home_practice_of(themes: Sequence[Theme]) -> str:
    """The home practice that a meeting of these themes gives, in one line."""
    return practice_choice(home_practice_words(theme.session) for theme in themes_with_practice(themes))


def theme_line(theme: Theme, themes: Sequence[Theme]) -> Paragraph:
    """What the leader reads where one of several themes begins."""
    number = next(n for n, other in enumerate(themes, 1) if other is theme)
    text = _("Theme {n} of {all}: {title}").format(n=number, all=len(themes), title=theme.title)
    return Paragraph(words(text, bold=True))
