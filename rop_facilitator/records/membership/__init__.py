"""People in groups: names, periods, and one person's figures."""
