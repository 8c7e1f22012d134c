"""How everything looks and is read aloud: colours, sizes, fonts."""
