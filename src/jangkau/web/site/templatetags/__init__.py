"""Filters and tags that templates of every room load."""
