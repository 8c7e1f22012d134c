"""Encrypted copies: made, kept, found and put back."""
