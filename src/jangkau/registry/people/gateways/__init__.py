"""The world outside the database: bulk writing, paper, workbooks that come back."""
