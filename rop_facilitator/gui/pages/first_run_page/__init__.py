"""The first start."""

from rop_facilitator.gui.pages.first_run_page.page import FirstRunPage as FirstRunPage
