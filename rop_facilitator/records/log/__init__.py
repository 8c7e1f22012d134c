"""What was done, by whom: stored with the act, listed, and taken back."""
