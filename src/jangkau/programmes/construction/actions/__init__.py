"""The only place that writes works and their rosters."""
