"""A group's plan: read from its rows, changed, and told in words."""
