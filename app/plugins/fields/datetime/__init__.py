"""A day and a time, in the zone of the place."""
