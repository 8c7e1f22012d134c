"""Cards for whoever opens records: passphrases and codes."""
