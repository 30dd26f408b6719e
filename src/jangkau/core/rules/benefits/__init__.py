"""What members and their families get, by programme."""
