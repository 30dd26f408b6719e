"""Papers of decrees in the data folder."""
