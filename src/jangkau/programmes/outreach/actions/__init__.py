"""The only place that writes events, what comes of them, and who came."""
