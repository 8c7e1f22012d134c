"""The library: what can be taught, where it comes from, and how its papers print."""

from rop_facilitator.gui.pages.library_page.page import LibraryPage as LibraryPage
