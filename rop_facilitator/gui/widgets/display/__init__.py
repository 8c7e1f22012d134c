"""What is only looked at: badges, bars, notices, comparisons."""
