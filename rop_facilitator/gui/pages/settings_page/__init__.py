"""Settings: a file a part; `PARTS` in `page` lists them."""

from rop_facilitator.gui.pages.settings_page.page import SettingsPage as SettingsPage
