"""What `bench` measures; apart, since whoever only asks for names shall not import what is measured."""

MEASUREMENTS = "abdefghijpr"
"""The letters of the measurements, in their order."""
