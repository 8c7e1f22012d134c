"""Change a group: its facts from a day on, what that does to the plan, and the two ways to end it."""

from rop_facilitator.gui.pages.group_settings_page.page import GroupSettingsPage as GroupSettingsPage
