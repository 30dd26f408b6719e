"""What programs meet: the API, its keys and its errors."""
