"""Procedures: the states that a matter was in, who handled it, and what came out of order."""

from datetime import datetime
from typing import Any

from tests.naive.conditions import holds
from tests.naive.duties import longest
from tests.naive.hits import hit
from tests.naive.marks import NA, UNKNOWN, all_of
from tests.naive.world import Row, World

FAR = datetime.fromisoformat("2090-01-01T00:00:00+08:00")
NOT_BEGUN = NA


def procedure_rows(world: World, procedure: Row) -> tuple[list[Row], list[Row]]:
    """Return a row for each state of each matter, and one for each entry that no step allowed."""
    entries: dict[str, list[Row]] = {}
    matters = {row["id"]: row for row in world.moments(procedure["matter"])}
    for row in matters.values():
        entries.setdefault(row["id"], []).append({**row, "order": 0})
    for form in dict.fromkeys(step["form"] for step in procedure["steps"].values()):
        (link,) = (
            name
            for name, field in world.forms[form]["fields"].items()
            if field.get("to") == procedure["matter"]
        )
        for row in world.moments(form):
            entries.setdefault(row[link], []).append({**row, "order": 1, "form": form})
    states: list[Row] = []
    stray: list[Row] = []
    for matter, rows in entries.items():
        rows.sort(key=lambda row: (row["at"], row["order"], row["id"]))
        found, lost = _walked(procedure, matter, rows)
        states += [_handled(world, procedure, state, matters) for state in found]
        stray += lost
    return states, stray


def _walked(procedure: Row, matter: str, rows: list[Row]) -> tuple[list[Row], list[Row]]:
    found: list[Row] = []
    lost: list[Row] = []
    for row in rows:
        state = found[-1]["state"] if found else NOT_BEGUN
        own = {"matter": matter, "entry": row["id"], "by": row["by"], "at": row["at"], "place": row["place"]}
        step, after = ("begun", procedure["states"][0]) if row["order"] == 0 else _step(procedure, row, state)
        if step is UNKNOWN:
            hit("an entry that may be a step")
        elif step is NA:
            hit("an entry out of order")
            lost.append({**own, "rule": "out_of_order", "about": row["by"], "state": state})
        else:
            hit("a step", row["order"] == 1)
            if found:
                found[-1]["end"] = row["at"]
            found.append(
                {**own, "nth": len(found) + 1, "state": after, "step": step, "start": row["at"], "end": None}
            )
    return found, lost


def _step(procedure: Row, row: Row, state: Any) -> tuple[Any, Any]:
    """Return which step an entry is in a state, and where it leads: the first that it is, or may be."""
    for name, step in procedure["steps"].items():
        sources = step["from"] if isinstance(step["from"], list) else [step["from"]]
        if step["form"] != row["form"] or state not in sources:
            continue
        truth = all_of([holds(step.get("where"), row), holds(step.get("needs"), row)])
        if truth is True:
            return name, step["to"]
        if truth is UNKNOWN:
            return UNKNOWN, state
    return NA, state


def _handled(world: World, procedure: Row, state: Row, matters: dict[str, Row]) -> Row:
    """Add who handles a matter in a state: whoever holds the post, or, while away, who stands in."""
    leading = [
        step
        for step in procedure["steps"].values()
        if state["state"] in (step["from"] if isinstance(step["from"], list) else [step["from"]])
    ]
    role = next((step["by"][0] for step in leading if "by" in step), None)
    if leading and "route" in procedure:
        said = matters[state["matter"]][procedure["route"]["of"]]
        hit("a matter that is routed", said in procedure["route"]["to"])
        role = procedure["route"]["to"].get(said, role)
    handler = _holder(world, role, state) if leading and role else NA
    if "stand_in" in procedure and handler is not NA:
        away = [row for row in world.moments(procedure["stand_in"]["during"]) if row["subject"] == handler]
        if any(row["start"] <= state["start"] < row["end"] for row in away):
            hit("a stand-in")
            handler = _holder(world, procedure["stand_in"]["role"], state)
    return {**state, "handler": handler}


def _holder(world: World, role: str, state: Row) -> Any:
    """Return who holds the post for the longest part of the state; nobody of one that has no time."""
    if state["end"] == state["start"]:
        return NA
    place = world.place_at(state["place"], world.declared["role"][role]["level"])
    posts = [row for row in world.holders() if row["role"] == role and row["place"] == place]
    return longest(posts, "worker", state["start"], FAR if state["end"] is None else state["end"])
