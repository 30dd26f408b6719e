"""The faces of events: parse, permit, call, present."""
