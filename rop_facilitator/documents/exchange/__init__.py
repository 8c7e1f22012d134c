"""What other programs read and write: spreadsheets and calendar files."""
