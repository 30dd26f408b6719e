"""The only place that writes schemes, nominees, decrees, batches and what the branch answered."""
