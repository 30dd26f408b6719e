"""Knowledge: answers that depend on their arguments alone. No Django, no clock, no network, no disk."""
