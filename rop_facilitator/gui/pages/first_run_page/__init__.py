"""The first start: nothing yet, records that exist, or a backup."""

from rop_facilitator.gui.pages.first_run_page.page import FirstRunPage as FirstRunPage
