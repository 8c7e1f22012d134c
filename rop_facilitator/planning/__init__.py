"""When: pure calendar arithmetic, without a clock and without files."""
