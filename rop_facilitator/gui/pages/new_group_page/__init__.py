"""A new group."""

from rop_facilitator.gui.pages.new_group_page.page import NewGroupPage as NewGroupPage
