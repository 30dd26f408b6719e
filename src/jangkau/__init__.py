"""Jangkau: every worker under employment social security, by name and by address."""
