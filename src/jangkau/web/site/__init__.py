"""Settings, wiring, layout, the command line."""
