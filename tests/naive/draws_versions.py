"""Random regulations of which every definition may have a second version from some day on."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from tests.naive.draws import (
    COLUMNS,
    DUTY,
    FILES,
    appraisals,
    conditions,
    figures,
    household_duties,
    indicators,
    ledgers,
    maybe,
    role_duties,
    rules,
    sheets,
    yaml_of,
)

DAYS = st.sampled_from(["2025-02-01", "2025-04-01", "2025-04-10", "2025-07-01"])
USUAL = ("visit", "visit", "report", "report", "mark", "leave")


def followed(first: Mapping[str, Any], second: Mapping[str, Any], day: str) -> dict[str, Any]:
    """Return a definition with another version from a day on."""
    kind = next(iter(first))
    later = {"in_force": {"from": day}, **{key: value for key, value in second.items() if key != kind}}
    return {**first, "in_force": {"until": day}, "versions": {"later": later}}


@st.composite
def versions(draw: st.DrawFn) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Draw the files of a regulation with versions, and a usual ledger."""
    files = dict(FILES)

    def put(first: Mapping[str, Any], second: Mapping[str, Any]) -> None:
        whole = followed(first, second, draw(DAYS)) if draw(st.integers(0, 3)) else first
        files[f"rules/{next(iter(first.values()))}.yaml"] = yaml_of(whole)

    classed = [
        {
            "class": "kind",
            "of": "household",
            "first_of": {"first": draw(conditions(COLUMNS["household"])), "second": {}},
        }
        for _ in range(2)
    ]
    put(*classed)
    called = [draw(household_duties("duty0", classed=True)) for _ in range(2)]
    put(*called)
    tables: dict[str, Mapping[str, str]] = {name: COLUMNS[name] for name in ("report", "mark")}
    if draw(st.booleans()):
        reported = [draw(role_duties("duty1")) | {"for_each": "role leader"} for _ in range(2)]
        put(*reported)
        tables["duty1"] = DUTY
    if all("owed_by" in one for one in called):
        tables["duty0"] = DUTY
    figure = draw(indicators("figure0", tables))
    target = {"target": draw(figures("1", "50%").map(lambda value: {"at_least": value}))}
    where = draw(maybe(conditions(tables[figure["of"]], 0)))
    put(figure, {**figure, **target, **({"where": where} if where else {}), "empty": "unknown"})
    rule = draw(rules("rule0", tables, []).filter(lambda one: "run" not in one.get("facts", {})))
    columns = {"many": "number"} if "facts" in rule else tables[rule["for_each"]]
    put(rule, {**rule, "when": draw(conditions(columns))})
    points = [draw(sheets("sheet0", tables, ["figure0"])) for _ in range(2)]
    put(points[0], {**points[1], "every": points[0]["every"]})
    final = draw(appraisals({"sheet0": points[0]["every"]}, {"figure0": figure["every"]}))
    grades = {"best": {"at_least": "50"}, "fine": {"at_least": "20"}, "poor": {}}
    put(final, {**final, "grades": grades, "missing_part": "zero"})
    return files, draw(ledgers(USUAL, 6, 24))
