"""Contributions that government or a donor pays: whom the budget protects, until when, and what it costs."""
