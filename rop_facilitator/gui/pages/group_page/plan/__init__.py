"""Group, plan: where it stands, whether the rest fits, and the weeks."""
