"""Random sheets, wallets and appraisals with everything that decides points, money and grades in them."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from tests.naive.draws import (
    COLUMNS,
    FILES,
    conditions,
    figures,
    indicators,
    maybe,
    role_duties,
    without_none,
    yaml_of,
)

WORK = ("report", "report", "report", "mark", "mark", "mark", "spend")
DUTY = {"state": "met late missed due", "short": "number"}
Columns = Mapping[str, Mapping[str, str]]


# ---- lines -----------------------------------------------------------------------------------------------------------
def slabs() -> st.SearchStrategy[Any]:
    """Return marginal rates."""
    rates = st.sampled_from(["0", "1/2", "1", "2"])
    return st.builds(
        lambda first, second, third, word: [
            {word: "1", "gives": first}, {word: "5/2", "gives": second}, {"gives": third},
        ],
        rates, rates, rates, st.sampled_from(["to", "under"]),
    )  # fmt: skip


def worths(numbers: list[str]) -> st.SearchStrategy[Any]:
    """Return what a row is worth: figures, or by one of its numbers."""
    plain = figures("1", "1/2", "3")
    if not numbers:
        return plain
    of = st.sampled_from(numbers)
    stepped = st.builds(
        lambda column, word, count: {"of": column, word: "3/2", "each": "2/3", "count": count, "gives": "2"},
        of, st.sampled_from(["above", "below"]), st.sampled_from(["whole", "started", "exact"]),
    )  # fmt: skip
    bands = [{"to": "0", "gives": "0"}, {"under": "3", "gives": "1"}, {"gives": "4"}]
    return st.one_of(
        plain,
        of.map(lambda column: f"2 * {column}"),
        st.builds(lambda column, rates: {"of": column, "slabs": rates}, of, slabs()),
        stepped,
        of.map(lambda column: {"of": column, "bands": bands}),
    )


CHECKS = (
    {"good": "2", "pages": "1/2"},
    {"good": "3"},
)


@st.composite
def rich_lines(
    draw: st.DrawFn, tables: Columns, shares: list[str], *, wallet: bool = False
) -> dict[str, Any]:
    """Draw a line with what a line can say; of a wallet only such as are over forms."""
    undecided = draw(st.sampled_from(["leave_out", "leave_out", "count_in", None]))
    shape = draw(st.sampled_from(["rows"] * 4 + ["mark", "checklist", *(["share"] if shares else [])]))
    if shape == "share":
        return {"share_of": draw(st.sampled_from(shares))}
    if shape == "mark":
        by = draw(maybe(st.just(["director", "leader"])))
        reason = draw(maybe(st.just("required")))
        own = draw(st.sampled_from([None, None, "too", "only"]))
        return without_none({"mark": "mark", "between": [0, 5], "by": by, "reason": reason, "own": own})
    if shape == "checklist":
        each = draw(st.sampled_from(CHECKS))
        where = {"good": {"known": "true"}, "pages": {"known": "true"}}
        return {"checklist": {"form": "report", "each": each}, "where": where}
    table = draw(st.sampled_from(sorted(tables)))
    columns = tables[table]
    numbers = [column for column, kind in columns.items() if kind == "number"]
    known = {draw(st.sampled_from(numbers)): {"known": "true"}} if numbers else {}
    where = draw(maybe(conditions(columns, 0))) or known
    cases = [column for column, kind in columns.items() if kind not in {"number", "tags"}]
    more: list[dict[str, Any]] = [{}, {}, {"beyond": "1"}, {"take": "highest"}, {"take": "last"}]
    if not wallet:
        more.append({"take": "average"})
    if cases:
        case = {"each_case": {"of": draw(st.sampled_from(cases)), "at_most": draw(figures("1", "1/2"))}}
        more += [case, case, case]
    whose: list[dict[str, Any]] = [{}, {}]
    if not wallet and table == "report":
        whose += [
            {"shared": "leader"},
            {"credit": ["by", {"role": "leader", "amount": draw(figures("1", "2"))}]},
        ]
    return without_none(
        {
            draw(st.sampled_from(["add", "add", "deduct"])): draw(worths(numbers)),
            "for_each": table,
            "where": where or None,
            "at_most": draw(maybe(figures("2", "5"))),
            **draw(st.sampled_from(more)),
            **draw(st.sampled_from(whose)),
            "undecided": undecided,
        }
    )


# ---- sheets ----------------------------------------------------------------------------------------------------------
@st.composite
def rich_sheets(draw: st.DrawFn, name: str, tables: Columns, shares: list[str]) -> dict[str, Any]:
    """Draw a sheet of each leader with vetoes, parts of the time and conditions on who is assessed."""

    def item(most: int) -> dict[str, Any]:
        lines = {f"l{at}": draw(rich_lines(tables, shares)) for at in range(draw(st.integers(1, 2)))}
        veto = draw(st.sampled_from([None, None, None, {"points": {"under": "1"}}]))
        evidence = {"form": "report", "where": {"good": "false"}, "times": draw(figures("1", "2"))}
        return without_none(
            {
                "max": most,
                "start": draw(st.sampled_from([None, "max"])),
                "floor": draw(st.sampled_from([None, None, "none"])),
                "not_applicable": draw(st.sampled_from([None, "full", "zero", "omit", "rescale"])),
                "round": draw(st.sampled_from([None, {"to": "1/2", "half": "even"}])),
                "requires": draw(st.sampled_from([None, None, "report"])),
                "veto": veto,
                "vetoed_by": draw(st.sampled_from([None, None, None, evidence])),
                "lines": lines,
            }
        )

    section = {"max": 50, "items": {"c": item(10), "d": item(40)}}
    eligible = st.sampled_from(
        [
            {"in_post": {"at_least": "30 days", "at": "window_start"}},
            {"in_post": {"at_least": "2 months", "at": "window_end"}},
            {"present_at": "window_end"},
            {"present_at": "window_start"},
        ]
    )
    full = {"form": "report", "column": "pages", "full": draw(figures("3", "5"))}
    return without_none(
        {
            "sheet": name,
            "for_each": "role leader",
            "every": draw(st.sampled_from(["year", "half_year", "half_year", "quarter"])),
            "max": 100,
            "items": {"a": item(20), "b": item(30), "e": section if draw(st.booleans()) else item(50)},
            "bonus": {"extra": {"at_most": "6", "lines": {"l": draw(rich_lines(tables, []))}}},
            "eligible": draw(maybe(eligible)),
            "prorate": draw(st.sampled_from([None, None, "in_post", full, full])),
            "round": draw(st.sampled_from([None, {"to": "0.1", "half": "up"}])),
        }
    )


# ---- appraisals ------------------------------------------------------------------------------------------------------
CORRECTED = {"form": "mark", "where": {"kind": "bad"}, "item": "why", "add": "or_else(points, 1)"}
POLICIES = st.sampled_from(["not_computable", "zero", "renormalise", "renormalise", "carry", "carry"])


@st.composite
def rich_appraisals(draw: st.DrawFn, sheet: Mapping[str, Any], figures_: Mapping[str, Any]) -> dict[str, Any]:
    """Draw an appraisal of leaders with windows rolled up, parts carried over, minima, quotas and ties."""
    every = draw(st.sampled_from(["year", "half_year"]))
    shorter = {"quarter": 0, "half_year": 1, "year": 2}

    def rolled(of: str, pools: bool) -> dict[str, Any]:
        if of == every or shorter[of] > shorter[every]:
            return {}
        ways: list[Any] = ["average", "sum", "best", "worst", "last", *(["pool"] if pools else [])]
        if (of, every) == ("half_year", "year"):
            ways += [{"H1": "40%", "H2": "60%"}] * 5
        how = draw(st.sampled_from(ways))
        least = draw(maybe(figures("2", "3"))) if isinstance(how, str) else None
        return without_none({"roll_up": how, "least": least})

    def part(weight: str, source: Any, more: Mapping[str, Any]) -> dict[str, Any]:
        return without_none(
            {
                "weight": weight,
                "from": source,
                **more,
                "minimum": draw(maybe(figures("10", "50"))),
                "missing_part": draw(maybe(POLICIES)),
            }
        )

    marked: dict[str, Any] = {
        "form": "mark",
        "column": "points",
        "measure": draw(st.sampled_from(["average", "max", "last"])),
    }
    marked["where"] = {"points": {"known": "true"}}
    figure = draw(st.sampled_from(sorted(figures_)))
    share = figures_[figure]
    own = part("50%", sheet["sheet"], rolled(sheet["every"], pools=True))
    if shorter[sheet["every"]] > shorter[every]:
        own = part("50%", marked, {})
    other = part("30%", figure, rolled(share["every"], pools=share["measure"] == "share"))
    if shorter[share["every"]] > shorter[every]:
        other = part("30%", marked, {})
    ties = draw(st.sampled_from(["all", "none", {"by": ["part_marks"]}, {"by": {"part_marks": "lowest"}}]))
    bonus = sheet["sheet"] if sheet["every"] == every else None
    quota = st.builds(
        lambda top, of, over, within: without_none(
            {"top": top, "of": of, "ties": ties, "over": over, "within": within}
        ),
        figures("34%", "50%", "1", "2"),
        st.sampled_from([None, "fine", "fine"]),
        st.sampled_from(["next_grade", "next_grade", "refuse"]),
        st.sampled_from([None, None, ["place"]]),
    )
    eligible = st.sampled_from([{"present_at": "window_end"}, {"in_post": {"at_least": "30 days"}}])
    return without_none(
        {
            "appraisal": "yearly",
            "for_each": "role leader",
            "every": every,
            "parts": {"own": own, "other": other, "marks": part("20%", marked, {})},
            "missing_part": draw(POLICIES),
            "not_applicable": draw(maybe(POLICIES)),
            "bonus": bonus,
            "corrected_by": draw(maybe(st.just(CORRECTED))),
            "eligible": draw(maybe(eligible)),
            "round": {"to": draw(st.sampled_from(["10", "50", "0.1"])), "half": "up"},
            "grades": {
                "best": without_none(
                    {
                        "at_least": draw(figures("40", "5")),
                        "passed": draw(maybe(st.just("true"))),
                        "quota": draw(st.one_of(quota, quota, quota, st.none())),
                    }
                ),
                "fine": {"at_least": "1"},
                "poor": {},
            },
        }
    )


@st.composite
def ranked_appraisals(draw: st.DrawFn) -> dict[str, Any]:
    """Draw an appraisal in which nearly everybody has a score, many have the same, and places are few."""

    def marked(kind: str) -> dict[str, Any]:
        where = {"points": {"known": "true"}, "kind": kind}
        return {"form": "mark", "column": "points", "measure": "max", "where": where}

    own = {"weight": "50%", "from": marked("good"), "minimum": draw(figures("2", "3"))}
    by = [{"by": ["part_other"]}, {"by": {"part_other": "lowest"}}]
    ties = draw(st.sampled_from(["none", "all", *by, *by]))
    quota = {
        "top": draw(figures("34%", "50%", "67%", "1")),
        "of": draw(st.sampled_from([None, "fine", "fine"])),
        "round": draw(st.sampled_from([None, "up"])),
        "at_least": draw(st.sampled_from([None, "1"])),
        "ties": ties,
        "over": draw(st.sampled_from(["next_grade", "refuse"])),
        "within": draw(st.sampled_from([None, None, None, ["place"]])),
    }
    passed = draw(st.sampled_from([None, "true", "true"]))
    return without_none(
        {
            "appraisal": "ranked",
            "for_each": "role leader",
            "every": draw(st.sampled_from(["year", "half_year"])),
            "parts": {"own": own, "other": {"weight": "50%", "from": marked("bad")}},
            "missing_part": draw(st.sampled_from(["zero", "zero", "renormalise"])),
            "eligible": draw(st.sampled_from([None, None, {"present_at": "window_end"}])),
            "round": {"to": draw(st.sampled_from(["1", "2"])), "half": "up"},
            "grades": {
                "best": without_none({"at_least": "1", "passed": passed, "quota": without_none(quota)}),
                "fine": {"at_least": "0"},
                "poor": {},
            },
        }
    )


@st.composite
def money_regulations(draw: st.DrawFn) -> dict[str, str]:
    """Draw the files of a regulation of points and grades."""
    files = dict(FILES)

    def put(data: Mapping[str, Any]) -> None:
        files[f"rules/{next(iter(data.values()))}.yaml"] = yaml_of(data)

    tables: dict[str, Mapping[str, str]] = {
        name: COLUMNS[name] for name in ("report", "report.parts", "mark", "spend")
    }
    duty = draw(role_duties("duty0").filter(lambda one: one["for_each"] != "grid"))
    put(duty)
    tables["duty0"] = DUTY
    made = {}
    for at in range(2):
        figure = draw(indicators(f"figure{at}", tables))
        put(figure)
        made[f"figure{at}"] = figure
    sheet = draw(rich_sheets("sheet0", tables, list(made)))
    put(sheet)
    put(draw(rich_appraisals(sheet, made)))
    put(draw(ranked_appraisals()))
    return files


# ---- wallets ---------------------------------------------------------------------------------------------------------
@st.composite
def wallet_regulations(draw: st.DrawFn) -> dict[str, str]:
    """Draw the files of a sheet with a balance."""
    tables = {name: COLUMNS[name] for name in ("report", "mark")}
    limited = {"of": "kind", "quantity": "pieces"}
    limits = draw(
        st.sampled_from(
            [
                {},
                {},
                {**limited, "stock": "3"},
                {**limited, "each": "2"},
                {**limited, "quantity": "or_else(pieces, 1)", "each": "1"},
                {**limited, "quantity": "or_else(pieces, 1)", "each": "1"},
                {**limited, "quantity": "or_else(pieces, 1)", "stock": "6", "each": "3"},
            ]
        )
    )
    spent = {"form": "spend", "column": "or_else(cost, 0)", **limits}

    top = draw(st.sampled_from([None, "6", "4"]))

    def item() -> dict[str, Any]:
        lines = {f"l{at}": draw(rich_lines(tables, [], wallet=True)) for at in range(draw(st.integers(1, 2)))}
        return without_none({"max": top, "lines": lines})

    sheet = without_none(
        {
            "sheet": "shop",
            "for_each": "role leader",
            "every": draw(st.sampled_from(["month", "month", "quarter", "week"])),
            "max": None if top is None else draw(maybe(st.just(str(2 * int(top))))),
            "items": {"a": item(), "b": item()},
            "wallet": without_none(
                {
                    "spent_by": spent,
                    "expires": draw(maybe(figures("20 days", "60 days", "5 days"))),
                    "floor": draw(st.sampled_from([None, None, "-2"])),
                    "levels": {"low": {"at_least": "2"}, "high": {"at_least": draw(figures("5", "8"))}},
                    "levels_by": draw(st.sampled_from([None, "balance", "earned"])),
                }
            ),
        }
    )
    return {**FILES, "rules/shop.yaml": yaml_of(sheet)}
