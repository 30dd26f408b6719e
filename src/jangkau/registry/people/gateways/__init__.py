"""The world outside the database: bulk writing."""
