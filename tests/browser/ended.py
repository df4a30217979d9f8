"""What the nursery and those who ask it for servers agree on: the latter import nothing of the app."""

ENDED = "nursery: ended"
"""What a server's log says last, however it ended."""
