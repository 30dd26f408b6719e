"""How what is known of people and places is written for people."""
