"""Pages on the screen."""
