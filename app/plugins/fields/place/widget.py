"""How it is asked for: level by level, each list with what lies in the place chosen above it."""

from json import dumps

from nicegui import ui

from app.ui.controls import Asked
from app.ui.told import selection, told


def control(asked: Asked) -> ui.element:
    """Build a native list for each level; the browser fills the next one as a place is chosen."""
    ways = [tuple(asked.way(place)) for place in asked.options]
    value = asked.value if asked.value in asked.options else ""
    chosen = next((way for way in ways if way and way[-1][0] == value), ())
    nodes = {
        one: [way[at - 1][0] if at else "", title] for way in ways for at, (one, title) in enumerate(way)
    }
    deepest = max(map(len, ways), default=1)
    with told(asked, "place", "gb-pair") as made:
        made.props["data-nodes"] = dumps(nodes, ensure_ascii=True)
        made.props["data-ends"] = dumps(list(asked.options), ensure_ascii=True)
        for level in range(deepest):
            around = "" if not level else chosen[level - 1][0] if len(chosen) >= level else None
            here = [(one, title) for one, (parent, title) in nodes.items() if parent == around]
            picked = chosen[level][0] if len(chosen) > level else ""
            label = asked.label if deepest == 1 else asked.t("place-level", n=level + 1, label=asked.label)
            offers = [("", asked.t("place-none")), *here]
            selection(f"level{level}", label, offers, picked, hidden_label=deepest == 1)
    return made
