"""How much of a property an ordinary run tries whose inputs are costly to make; a long run tries all of it."""

from hypothesis import settings

_LONG = 20
"""In a long run so many times as usual."""


def is_long() -> bool:
    """Whether this is a long run (`./gridbook test --long`)."""
    return settings.get_current_profile_name() != "default"


def examples(usual: int) -> settings:
    """Return settings with `usual` examples, and many more in a long run."""
    return settings(max_examples=usual * _LONG if is_long() else usual, deadline=None)
