"""The world outside the database: paper (PDF) and pictures of it."""
