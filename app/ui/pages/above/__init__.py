"""Pages for people of a place above communities."""
