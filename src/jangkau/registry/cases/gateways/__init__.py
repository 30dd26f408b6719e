"""Where the papers of cases lie."""
