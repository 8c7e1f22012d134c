"""Meetings: opened, held, called off, and the marks of who came."""
