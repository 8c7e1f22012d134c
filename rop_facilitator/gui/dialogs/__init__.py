"""What lies over a page for a moment: search and the overview of keys."""
