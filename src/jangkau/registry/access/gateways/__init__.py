"""The world outside the database: files that are kept encrypted."""
