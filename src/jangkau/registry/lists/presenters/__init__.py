"""Facts of lists and people turned into words, colours and links."""
