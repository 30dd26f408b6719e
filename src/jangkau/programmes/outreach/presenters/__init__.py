"""Words, maps and workbooks of events."""
