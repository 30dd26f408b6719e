"""What people and machines meet."""
