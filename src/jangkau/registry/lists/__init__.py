"""What arrives: stored, read, linked, published, refused, taken back."""
