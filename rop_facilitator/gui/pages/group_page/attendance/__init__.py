"""Group, attendance: people × meetings, and the register as a file."""
