"""Groups: made, listed, changed from a day on, put away."""
