"""Bantuan iuran: schemes, nominees, decrees, batches, who leaves and whose funding ends."""
