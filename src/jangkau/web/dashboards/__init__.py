"""Home, regions, the map and the trend."""
