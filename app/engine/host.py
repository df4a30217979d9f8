"""The strict adapter, run in the worker: the one module that imports durable-rules.

It runs one pass of rulesets over facts and tells what was found. The private names that it needs are pinned
by tests/engine/test_durable_contract.py: `Host._run`, `Host._ruleset_directory`, `Host._ruleset_list`,
`Ruleset._handle`, `Content._d` and `durable_rules_engine.delete_ruleset`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import durable_rules_engine
from durable.engine import Host

SINK: Final = "sink"
LAST: Final = 1_000
_RULESET: Final = "question"
_FOUND: Final = "s"

Action = Callable[[Any], None]
Fields = Sequence[tuple[str, str, int, int]]


class QuietHost(Host):  # type: ignore[misc]  # ships no types
    """A host without the stock one's two chains of timers, which dispatch unasked and eat a core."""

    def _run(self) -> None:
        """Start nothing."""


class LostFactError(Exception):
    """A fact didn't reach the sink exactly once, or a rule told it twice."""


class ActionError(Exception):
    """An action raised; the engine only noted it in the state."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of a question: for each scale a code a fact, and how many rows each fact stands for."""

    codes: Sequence[Sequence[int]]
    shared: Sequence[int]


Found = dict[int, set[int]]
"""The facts found, by output."""


def run_pass(rulesets: Sequence[Mapping[str, Any]], facts: Facts, earlier: Found) -> tuple[Found, list[int]]:
    """Run the rulesets of one pass over all facts, which also tell what `earlier` passes have found.

    Returns what this pass finds, and for each ruleset how many rows reached its sink. Raises LostFactError,
    ActionError, and whatever durable-rules raises.
    """
    shared = facts.shared
    found: Found = {}
    sunk: list[int] = []
    for ruleset in rulesets:
        outputs = {name: tuple(numbers) for name, numbers in ruleset["outputs"].items()}
        for numbers in outputs.values():
            for number in numbers:
                found.setdefault(number, set())
        reached = 0
        at_once = ruleset["facts_a_sid"] * ruleset["sids_a_round"]
        for start in range(0, len(shared), at_once):
            part = range(start, min(start + at_once, len(shared)))
            seen = _run_round(ruleset, list(_facts(ruleset, facts, earlier, part)))
            reached += sum(shared[start + ordinal] for ordinal in seen.pop(SINK))
            for name, ordinals in seen.items():
                for number in outputs[name]:
                    found[number].update(start + ordinal for ordinal in ordinals)
        sunk.append(reached)
    return found, sunk


def _facts(ruleset: Mapping[str, Any], facts: Facts, earlier: Found, part: range) -> Iterator[dict[str, Any]]:
    fields: Fields = ruleset["fields"]
    kind = ruleset["kind"]
    for ordinal, at in enumerate(part):
        fact: dict[str, Any] = {"id": str(ordinal), "kind": kind}
        for name, letter, scale, top in fields:
            found = letter == _FOUND
            value = int(at in earlier[scale]) if found else field_value(letter, facts.codes[scale][at], top)
            if value is not None:
                fact[name] = value
        yield fact


def field_value(letter: str, code: int, top: int) -> int | None:
    """Return what a field tells of a code: -1 is unknown, -2 n/a. None leaves the field out."""
    known = code >= 0
    match letter:
        case "h":
            return code if known else top
        case "l":
            return code if known else -1
        case "u":
            return int(code == -1)
        case "a":
            return int(code != -2)  # noqa: PLR2004 - see above
        case _:
            return code if known else None


def _run_round(ruleset: Mapping[str, Any], facts: Sequence[dict[str, Any]]) -> dict[str, set[int]]:
    """Run one ruleset over facts in a host of its own, and leave nothing behind."""
    seen: dict[str, list[int]] = {name: [] for name in (*ruleset["rules"], SINK)}
    host = QuietHost()
    sids: list[str] = []
    try:
        host.set_rulesets({_RULESET: _definition(ruleset, seen)})
        for start in range(0, len(facts), ruleset["facts_a_sid"]):
            sid = str(len(sids))
            sids.append(sid)
            host.assert_facts(
                _RULESET, [{**fact, "sid": sid} for fact in facts[start : start + ruleset["facts_a_sid"]]]
            )
            if "exception" in host.get_state(_RULESET, sid):
                raise ActionError(sid)
    finally:
        _clear(host, sids)
    for name, ordinals in seen.items():
        if len(set(ordinals)) != len(ordinals):
            raise LostFactError(name)
    if set(seen[SINK]) != set(range(len(facts))):
        raise LostFactError(SINK)
    return {name: set(ordinals) for name, ordinals in seen.items()}


def _definition(ruleset: Mapping[str, Any], seen: Mapping[str, list[int]]) -> dict[str, Any]:
    cap = ruleset["cap"]
    rules: dict[str, Any] = {
        name: {"all": [{"m": expression}], "cap": cap, "run": _collect(seen[name])}
        for name, expression in ruleset["rules"].items()
    }
    # On `kind`, never on `id`, which the engine's own state fact has too.
    sink = {"$gte": {"kind": ruleset["kind"]}}
    rules[SINK] = {"all": [{"m": sink}], "pri": LAST, "cap": cap, "run": _collect(seen[SINK])}
    return rules


def _collect(into: list[int]) -> Action:
    def run(matched: Any) -> None:  # noqa: ANN401 - durable's closure
        into.extend(int(one._d["id"]) for one in matched.m)  # noqa: SLF001 - pinned by the contract test

    return run


def _clear(host: Any, sids: Sequence[str]) -> None:  # noqa: ANN401 - durable's host
    """Delete every state, then the ruleset: in another order memory grows, or the process crashes."""
    ruleset = host._ruleset_directory.pop(_RULESET, None)  # noqa: SLF001
    host._ruleset_list.clear()  # noqa: SLF001
    if ruleset is None:
        return
    for sid in sids:
        ruleset.delete_state(sid)
    durable_rules_engine.delete_ruleset(ruleset._handle)  # noqa: SLF001
