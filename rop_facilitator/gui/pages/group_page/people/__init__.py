"""Group, participants: as a list and as a table."""
