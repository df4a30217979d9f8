"""How many examples a property is tried with whose inputs are costly to make."""

from hypothesis import settings

_LONG = 20
"""In a long run so many times as usual."""


def examples(usual: int) -> settings:
    """Return settings with `usual` examples, and many more in a long run."""
    usually = settings.get_current_profile_name() == "default"
    return settings(max_examples=usual if usually else usual * _LONG, deadline=None)
