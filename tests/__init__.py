"""Tests, a folder for each layer of the app."""
