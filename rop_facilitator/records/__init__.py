"""Who came, and what each person received: the encrypted database."""
