"""The page of one person inside a group: the list at the left, time and attendance, and who changed what."""
