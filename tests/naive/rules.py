"""Rules: rows with their facts, of which the best are taken and a condition is asked."""

from datetime import datetime, timedelta
from math import ceil, floor
from typing import Any

from tests.naive.choosing import selected
from tests.naive.conditions import figure, holds, number
from tests.naive.figures import measured, windows_of
from tests.naive.hits import hit
from tests.naive.marks import UNKNOWN, all_of, opposite
from tests.naive.runs import RUNS, add_run
from tests.naive.spines import link_of, source_rows, spine_of
from tests.naive.world import Row, World, holds_on

Tables = dict[str, list[Row]]


def rule_rows(world: World, rule: Row, tables: Tables) -> list[Row]:
    """Return a rule's findings: the rows for which its condition surely holds and its exception surely doesn't.

    Of a group only those to which no rule applies that goes before.
    """
    found = _hits(world, rule, tables)
    group = [
        one
        for one in world.declared["rule"].values()
        if "group" in rule and one.get("group") == rule["group"]
    ]
    if rule.get("hit", "all") in {"all", "one"}:
        return found

    def goes(one: Row) -> Any:
        return -number(one["order"]) if rule["hit"] == "first" else number(one["then"]["level"])

    earlier = [one for one in group if goes(one) > goes(rule)]
    taken = {str(row["key"]) for one in earlier for row in _hits(world, one, tables)}
    hit(f"{rule['hit']} of a group", any(str(row["key"]) in taken for row in found))
    return [row for row in found if str(row["key"]) not in taken]


def _hits(world: World, rule: Row, tables: Tables) -> list[Row]:
    each = rule["for_each"]
    if isinstance(each, str) and (
        each.startswith("role ") or each in world.levels.values() or _is_subject(world, each)
    ):
        rows = windows_of(world, {**rule, "in_force": None}, each)
        for row in rows:
            row["key"] = (row["about"], row["period"])
        kind, begins = each, "start"
    else:
        rows = [row for row in source_rows(world, each, tables) if row["counts"] is True]
        kind, begins = "role ?", "at"  # whoever owes the row
        for row in rows:
            row["about"] = row.get("owner", row.get("about", row["subject"]))
    chain = _versions_before(rule)
    rows = [row for row in rows if any(holds_on(one, world.day(row[begins])) for one in chain)]
    for name, fact in (rule.get("facts") or {}).items():
        if RUNS & fact.keys():
            add_run(world, chain, name, rows, begins)
            _make_decided(name, [rule.get("when"), rule.get("unless")], rows)
        else:
            _add_fact(world, name, fact, rows, kind, tables)
    # Rows of the versions before have been counted by now, and are theirs to judge.
    rows = [row for row in rows if holds_on(rule, world.day(row[begins]))]
    if "select" in rule:
        rows = selected(world, rule["select"], rows, tables)
    found = []
    for row in rows:
        unless = opposite(holds(rule["unless"], row)) if "unless" in rule else True
        if all_of([holds(rule.get("when"), row), unless]) is True:
            found.append({**row, "rule": rule.get("version", rule["rule"])})
    return found


def _versions_before(rule: Row) -> list[Row]:
    """Return the rule with the versions that it goes on from, itself the last."""
    chain = [rule]
    for one in reversed(rule.get("versions before", [])):
        if chain[0].get("goes_on") != "true":
            break
        chain.insert(0, one)
    return chain


def _is_subject(world: World, each: str) -> bool:
    return any(form.get("describes") == each for form in world.forms.values())


def _add_fact(world: World, name: str, fact: Row, rows: list[Row], each: str, tables: Tables) -> None:
    (function,) = (key for key in fact if key not in {"column", "by", "within"})
    for row in rows:
        source = fact[function]
        since = None
        if "within" in fact:
            length = figure(fact["within"], world.day(row["start"] if "start" in row else row["at"]))
            since = _so_far_back(world, row["at"], length)
        mine = [
            other
            for other in source_rows(world, source, tables)
            if row["about"] in link_of(world, source, other, spine_of(world, each))
            and (
                (row["start"] <= other["at"] < row["end"])
                if since is None
                else since <= other["at"] <= row["at"]
            )
        ]
        row[name] = measured(function, mine, fact.get("column"))


def _so_far_back(world: World, at: datetime, length: str) -> datetime:
    """Return since when an entry is still so near: exact in hours, else whole days with that of `at` as the last."""
    many, unit = length.split(" ")
    if unit == "hours":
        return at - timedelta(hours=int(many))
    return world.midnight(world.day(at) - timedelta(days=int(many) - 1))


def _make_decided(name: str, conditions: list[Any], rows: list[Row]) -> None:
    """Take so many sure rows for the count where no comparison with it could come out otherwise by more of them."""
    decides = [number_ for condition in conditions for number_ in _deciding(name, condition)]
    for row in rows:
        if decides and row[name] is UNKNOWN and row[f"least {name}"] >= max(decides):
            row[name] = row[f"least {name}"]


def _deciding(name: str, condition: Any) -> list[int]:
    found = []
    for key, wanted in (condition or {}).items():
        if key in {"any", "all", "none"}:
            found += [number_ for part in wanted for number_ in _deciding(name, part)]
        elif key == name:
            words = {"is": wanted} if isinstance(wanted, str) else wanted
            for word, text in words.items():
                if word in {"at_least", "under"}:
                    found.append(ceil(number(text)))
                elif word in {"over", "at_most", "is", "not"}:
                    found.append(floor(number(text)) + 1)
    return found
