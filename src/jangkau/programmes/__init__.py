"""The ways to close the gap, each a Django app of its own. Rooms on this floor never import each other."""
