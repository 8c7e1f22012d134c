"""Status marks: how they look, and the table of them."""
