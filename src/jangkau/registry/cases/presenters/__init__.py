"""How cases and follow-ups are shown."""
