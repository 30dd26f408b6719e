"""What members and employers owe, by segment and payer."""
