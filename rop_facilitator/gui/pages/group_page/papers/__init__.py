"""Group, papers: for a meeting, and for the whole course."""
