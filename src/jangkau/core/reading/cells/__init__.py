"""What one cell means: identity numbers, dates, names, places, money, sexes. No module here knows about tables."""
