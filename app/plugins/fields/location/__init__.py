"""Where something is."""
