"""The world outside the database: the list store on disk."""
