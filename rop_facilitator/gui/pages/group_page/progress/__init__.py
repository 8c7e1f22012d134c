"""Group, progress: people × sessions, and what can be made up."""
