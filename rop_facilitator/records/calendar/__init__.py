"""The days of a group and of the service: patterns, closed days, and what calendars were told."""
