"""Putting another value at a path of declared data, without touching what was read: copies share the rest."""

from app.declarations.located import LocatedMap
from app.domain.problem import Where


def trail_of(data: LocatedMap, path: list[str]) -> list[LocatedMap] | None:
    """Return the mappings along the path, or None where it leads nowhere."""
    if not path:
        return None
    trail = [data]
    for part in path[:-1]:
        inner = trail[-1].get(part)
        if not isinstance(inner, LocatedMap):
            return None
        trail.append(inner)
    return trail if path[-1] in trail[-1] else None


def replaced(trail: list[LocatedMap], path: list[str], value: object, where: Where) -> LocatedMap:
    """Return a copy of the data with another value, standing at `where`, at the path."""
    for holder, key in zip(reversed(trail), reversed(path), strict=True):
        copy = LocatedMap(holder.where)
        for name, member in holder.items():
            if name == key:
                copy.put(name, value, holder.key_places[name], where)
            else:
                copy.put(name, member, holder.key_places[name], holder.value_places[name])
        value, where = copy, holder.where
    if not isinstance(value, LocatedMap):
        raise TypeError
    return value
