"""A new group: what it is called, when it meets, who comes, and the plan while it is typed."""

from rop_facilitator.gui.pages.new_group_page.page import NewGroupPage as NewGroupPage
