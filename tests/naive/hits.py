"""What the random examples have really hit: each place where a feature decides something counts itself."""

from collections import Counter

SEEN: Counter[str] = Counter()


def hit(feature: str, when: object = True) -> None:
    """Count that a feature took effect."""
    if when is True:
        SEEN[feature] += 1
