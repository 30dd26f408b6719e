"""The faces of Perisai: pages to look at, pages to enter."""
