"""Language, colours, text size, font."""

from __future__ import annotations

from rop_facilitator import i18n
from rop_facilitator.gui.context import AppContext
from rop_facilitator.gui.pages.settings_page.part_base import Part, choice, choices
from rop_facilitator.gui.widgets.inputs.choices import Segments, Switch
from rop_facilitator.gui.widgets.inputs.number_field import Number
from rop_facilitator.gui.widgets.layout.boxes import label
from rop_facilitator.i18n import _
from rop_facilitator.settings import READING_SIZES, TEXT_SIZES, THEMES


class LooksPart(Part):
    """Every choice takes effect at once."""

    def __init__(self, context: AppContext) -> None:
        super().__init__(context, _("Look and language"))
        chosen = context.settings
        self.languages = Segments(
            list(i18n.LANGUAGES.values()), list(i18n.LANGUAGES).index(i18n.language()), name=_("Language")
        )
        names = [_("As the system"), _("Light"), _("Dark")]
        self.colours = Segments(names, THEMES.index(chosen.theme), name=_("Colours"))
        sizes = [_("{n} %").format(n=size) for size in TEXT_SIZES]
        self.text_size = Segments(sizes, TEXT_SIZES.index(chosen.text_percent), name=_("Text size"))
        self.reading = Number(chosen.reading_px, *READING_SIZES)
        self.system_font = Switch(on=chosen.system_font, name=_("The system's own font"))
        self.languages.chosen.connect(self._language_chosen)
        self.colours.chosen.connect(self._theme_chosen)
        self.text_size.chosen.connect(self._size_chosen)
        self.reading.setAccessibleName(_("Size of the leader notes"))
        self.reading.valueChanged.connect(self._reading_chosen)
        self.system_font.toggled.connect(self._font_chosen)
        papers = _("Screens and messages. Papers follow the language of the curriculum.")
        self.duplex = Switch(on=chosen.duplex, name=_("Both sides of the paper"))
        self.large = Switch(on=chosen.large_print, name=_("Large print"))
        self.duplex.toggled.connect(self._duplex_chosen)
        self.large.toggled.connect(self._large_chosen)
        own_font = _("Otherwise Atkinson Hyperlegible, made for being easy to read.")
        self.items.addWidget(
            choices(
                choice(_("Language"), papers, self.languages),
                choice(_("Colours"), _("A system in high contrast is always followed."), self.colours),
                choice(_("Text size"), _("Everything grows with it."), self.text_size),
                choice(
                    _("Size of the leader notes"), _("From 15 to 24, for reading aloud from the screen."), self.reading
                ),
                choice(_("The system's own font"), own_font, self.system_font),
            )
        )

        self.items.addWidget(label(_("Papers"), "heading"))
        self.items.addWidget(
            choices(
                choice(_("Both sides of the paper"), _("Each person begins on a sheet of their own."), self.duplex),
                choice(_("Large print"), _("For those who see little. It takes more sheets."), self.large),
            )
        )

    def _duplex_chosen(self, on: bool) -> None:
        self.context.change_settings(duplex=on)

    def _large_chosen(self, on: bool) -> None:
        self.context.change_settings(large_print=on)

    def _language_chosen(self, index: int) -> None:
        self.context.change_settings(language=list(i18n.LANGUAGES)[index])

    def _theme_chosen(self, index: int) -> None:
        self.context.change_settings(theme=THEMES[index])

    def _size_chosen(self, index: int) -> None:
        self.context.change_settings(text_percent=TEXT_SIZES[index])

    def _reading_chosen(self, value: int) -> None:
        self.context.change_settings(reading_px=value)

    def _font_chosen(self, on: bool) -> None:
        self.context.change_settings(system_font=on)
