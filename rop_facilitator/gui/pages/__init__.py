"""The pages: each answers one question, and none knows another."""
