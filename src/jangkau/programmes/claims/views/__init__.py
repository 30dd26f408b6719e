"""The help desk: rights nobody has claimed, one person and what happened, claims, reports of villages, scholarships."""
