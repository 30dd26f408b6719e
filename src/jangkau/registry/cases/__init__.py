"""Work with an owner and a deadline: cases, what was agreed in meetings, letters."""
