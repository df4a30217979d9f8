"""Excel and csv: reading, mapping, checking and writing rows."""
