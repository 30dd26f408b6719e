"""The faces of cases and follow-ups."""
