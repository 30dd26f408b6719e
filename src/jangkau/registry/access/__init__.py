"""Users, the areas a request may see, and the record of who did what."""
