"""Writes of the API: who is told of events, and answers kept for a repeated request."""
