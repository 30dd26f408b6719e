"""What people type into the calculators."""
