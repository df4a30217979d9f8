"""When an activity may happen: between two days, or so long before the day on which the demo is made.

What stands relative to that day is there for whoever looks at a demo now: a term that runs, something that is due. All
else is told by its date, so that a later demo only adds to an earlier one.
"""

from datetime import date, timedelta

from app.services.scenario.reading import Node

DAY = timedelta(days=1)


def span_of(node: Node | None, first: date, today: date) -> tuple[date, date]:
    """Return the days [start, end) of `during` within [first, today), all of them without it. Raises ScenarioError.

    A bound is a day or `{before_today: days}`. With `after` nothing happens unless the span starts on that day or
    later: what goes on from something else waits for it.
    """
    if node is None:
        return first, today
    start, end = (_bound(node[name], today) for name in ("from", "until"))
    if "after" in node and start < node["after"].day():
        return first, first
    return max(first, start), min(today, end)


def _bound(node: Node, today: date) -> date:
    if not isinstance(node.data, dict):
        return node.day()
    return today - DAY * node["before_today"].whole()
