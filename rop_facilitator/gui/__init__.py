"""What is on screen: the only place that knows Qt."""
