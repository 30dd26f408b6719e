"""Works as words, figures, a map and workbooks."""
