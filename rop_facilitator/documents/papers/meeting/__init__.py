"""The papers of one meeting: run sheet and notes, sign-in, each person's set, and what a stand-in needs."""
