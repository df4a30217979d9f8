"""Acts by who did them."""

from collections.abc import Iterator, Sequence

from app.domain.plausibility import Act


def by_person(acts: Sequence[Act]) -> Iterator[list[Act]]:
    """Yield each person's acts in the order of (at, id), people in the order of their ids."""
    found: dict[str, list[Act]] = {}
    for act in sorted(acts, key=lambda one: (one.at, one.id)):
        found.setdefault(act.by, []).append(act)
    for _, own in sorted(found.items()):
        yield own
