"""One of several."""
