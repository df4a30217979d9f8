"""The table of entries, each entry with its versions, and what to look at."""
