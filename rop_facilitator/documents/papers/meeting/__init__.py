"""The papers of one meeting: agenda, sign-in, each person's set, and what a stand-in needs."""
