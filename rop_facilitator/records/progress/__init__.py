"""What each person has received, what is to be made up, and whom to call."""
