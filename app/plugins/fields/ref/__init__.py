"""One subject, person, place or entry."""
