"""The packet of a meeting: seen as it prints, then to the printer or to files."""

from rop_facilitator.gui.pages.print_page.page import PrintPage as PrintPage
