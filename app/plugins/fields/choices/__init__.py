"""Some of several."""
