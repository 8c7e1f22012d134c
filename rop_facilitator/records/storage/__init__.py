"""The encrypted file: where it lies, who may open it, one writer at a time."""
