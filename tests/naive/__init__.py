"""A second implementation of the regulation language, written to be obvious and nothing else.

It reads the declarations as plain data and the entries as plain mappings, goes through days and rows in loops, keeps
nothing and shares nothing: neither with itself nor with the application, of which it imports nothing (a test sees to
that). Where it and the application disagree, the language's description says which of the two is wrong.
"""
