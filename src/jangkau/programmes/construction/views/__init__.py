"""The pages of works: the list and one work; sums by region, the village budget."""
