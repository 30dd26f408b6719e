"""How long each step takes and how much memory it needs, against a floor measured in the same process."""
