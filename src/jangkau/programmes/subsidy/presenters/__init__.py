"""Schemes, nominees, decrees and batches as pages, workbooks and papers show them."""
