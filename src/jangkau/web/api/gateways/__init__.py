"""The world outside the database: receivers of webhooks, and how often a key has asked."""
