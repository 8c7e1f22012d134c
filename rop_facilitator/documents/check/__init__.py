"""What is checked by laying it out."""
