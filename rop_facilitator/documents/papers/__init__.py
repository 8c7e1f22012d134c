"""One file a paper: what it says, from the records."""
