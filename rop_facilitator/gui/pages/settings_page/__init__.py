"""Settings."""

from rop_facilitator.gui.pages.settings_page.page import SettingsPage as SettingsPage
