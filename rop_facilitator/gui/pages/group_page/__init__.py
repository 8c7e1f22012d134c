"""A group: its plan, attendance, people and papers."""

from rop_facilitator.gui.pages.group_page.page import GroupPage as GroupPage
