"""Workbooks in and lists out."""
