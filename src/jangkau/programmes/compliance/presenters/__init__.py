"""How employers, findings and results are shown."""
