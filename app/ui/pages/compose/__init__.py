"""The editor of a draft in three views."""
