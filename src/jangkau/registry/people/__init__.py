"""Regions, people, employers, memberships, projects."""
