"""The pages Daftar (lists that were sent) and Pekerja (people, and the lists they stand on)."""
