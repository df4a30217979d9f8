"""Printing: the jobs that print, and the files that they made."""
