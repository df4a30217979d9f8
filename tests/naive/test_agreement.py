"""The pipeline and the naive evaluator say the same of random regulations and ledgers, row by row."""

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, seed, settings
from hypothesis import strategies as st

from app.domain.core.values import NotApplicable, Unknown
from app.domain.entry import entry_from_json
from app.domain.outcome import Outcome
from app.domain.period import parse_period
from app.engine import DurableDecider
from app.services.evaluate import evaluate as pipeline
from app.services.ports import Decider
from tests.declarations.community import official
from tests.fakes.counting import uncounted
from tests.fakes.deciders import PlainDecider
from tests.fakes.loading import load
from tests.naive.draws import FILES, INSTANTS, PERIODS, PLACE, ledgers, regulations
from tests.naive.draws_choices import choices
from tests.naive.draws_clocks import clock_regulations
from tests.naive.draws_matters import matters
from tests.naive.draws_money import WORK, money_regulations, wallet_regulations
from tests.naive.draws_versions import versions
from tests.naive.draws_windows import windows
from tests.naive.evaluator import evaluate
from tests.naive.hits import SEEN
from tests.naive.marks import NA, UNKNOWN

HERE = Path(__file__).parent


def _many(usual: int) -> int:
    """Return how many examples: as usual a few, since each is a whole regulation; in a long run many more."""
    return usual if settings.get_current_profile_name() == "default" else usual * 50


COMPARED = {
    "duty": (
        *("subject", "window", "tier", "owner", "place", "start", "due", "needed", "counted", "possible"),
        *("short", "met_at", "state", "entries"),
    ),
    "indicator": ("about", "period", "value", "part", "whole", "target", "met"),
    "rule": ("rule", "about", "at"),
    "sheet": ("about", "period", "points", "max", "bonus", "total", "state"),
    "items": ("about", "period", "item", "points", "max", "state"),
    "lines": ("about", "period", "item", "line", "points", "row"),
    "wallet": ("about", "period", "balance", "earned", "spent", "expired", "earned_so_far", "level"),
    "moves": ("about", "at", "event", "points", "moved", "refused", "balance", "earned_so_far"),
    "appraisal": ("about", "period", "score", "grade", "state", "rank", "ranked", "bonus", "passed"),
    "procedure": ("matter", "nth", "state", "step", "entry", "by", "handler", "at", "start", "end"),
    "out_of_order": ("entry", "matter", "rule", "about", "at", "state"),
    "spaced": ("id", "subject", "nth", "fresh", "since_last"),
    "daily": ("worker", "day", "n", "last_at", "longest"),
    "monthly": ("subject", "window", "n", "minutes", "last_by", "busy", "at"),
}
"""By kind of table, or by how its name ends, the columns that both give."""

WITHOUT_APP = [path for path in sorted(HERE.glob("*.py")) if not path.name.startswith("test_")]


@pytest.mark.parametrize("path", WITHOUT_APP, ids=lambda path: path.name)
def test_the_naive_evaluator_imports_nothing_of_the_application(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in names} <= {
        *(
            "ast",
            "collections",
            "dataclasses",
            "datetime",
            "fractions",
            "functools",
            "hashlib",
            "itertools",
            "math",
            "re",
            "typing",
        ),
        *("zoneinfo", "hypothesis", "yaml", "tests"),
    }
    assert all(name.split(".")[1] == "naive" for name in names if name.startswith("tests"))


def plain(value: Any) -> Any:
    """Return a value of either side in one form."""
    if value is UNKNOWN or isinstance(value, Unknown):
        return "?unknown"
    if value is NA or isinstance(value, NotApplicable):
        return "?n/a"
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | Fraction):
        return str(Fraction(value))
    if isinstance(value, datetime):
        return "?far" if value.year > 2090 else value.timestamp()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        parts = tuple(plain(part) for part in value)
        return parts[0] if len(parts) == 1 else parts  # a key of one column stands for itself
    return value


def compared_rows(kind: str, name: str, rows: list[Any]) -> list[dict[str, Any]]:
    ending = name.partition(".")[2] or name.rpartition("_")[2]
    columns = COMPARED[ending if ending in COMPARED else kind]
    found = [{column: plain(row[column]) for column in columns} for row in rows]
    for row in found:
        if row.get("entries"):  # where several sources count, a key says of which it is
            keys = row["entries"] if isinstance(row["entries"][0], tuple) else (row["entries"],)
            row["entries"] = sorted(str([part for part in key if "#" not in part]) for key in keys)
    return sorted(found, key=str)


def differences(outcome: Outcome, naive: Mapping[str, list[Any]]) -> list[str]:
    """Return what the two say differently: rows of the pipeline with `+`, of the naive evaluator with `-`."""
    # A sheet without any line has no table of lines.
    assert set(outcome.tables) == {name for name in naive if naive[name] or not name.endswith(".lines")} | {
        name for name in outcome.tables if name.endswith(".lines")
    }
    found = []
    for name, table in outcome.tables.items():
        told = compared_rows(table.kind, name, _of_somebody(outcome, name, table.records()))
        expected = compared_rows(table.kind, name, naive[name])
        found += [f"{name} + {row}" for row in told if row not in expected]
        found += [f"{name} - {row}" for row in expected if row not in told]
        if len(told) != len(expected) and not found:
            found.append(f"{name}: {len(told)} rows, {len(expected)} expected")
    return found


def _of_somebody(outcome: Outcome, name: str, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Leave out lines about somebody without a sheet: reasons for points that nobody gets."""
    if not name.endswith(".lines"):
        return rows
    have = {(row["about"], row["period"]) for row in outcome.tables[name.partition(".")[0]].records()}
    return [row for row in rows if (row["about"], row["period"]) in have]


def check(
    files: dict[str, str], entries: list[dict[str, Any]], period: str, as_of: str, decider: Decider
) -> None:
    loaded = load(PLACE, files, official)
    errors = [
        f"{problem.where} {problem.code} {problem.values}" for problem in loaded.problems if problem.is_error
    ]
    assert loaded.regulation is not None, errors
    instant = datetime.fromisoformat(as_of)
    told = pipeline(
        [entry_from_json(entry) for entry in entries],
        loaded.regulation,
        parse_period(period),
        instant,
        decider,
    )
    assert differences(told, evaluate(files, entries, period, instant)) == []


@settings(max_examples=_many(16))
@given(regulations(), ledgers(), PERIODS, INSTANTS)
def test_the_pipeline_and_the_naive_evaluator_agree(
    files: dict[str, str], entries: list[dict[str, Any]], period: str, as_of: str
) -> None:
    check(files, entries, period, as_of, PlainDecider())


@settings(max_examples=_many(5))
@given(regulations(), ledgers(), PERIODS, INSTANTS)
def test_they_agree_with_the_rules_engine_deciding(
    files: dict[str, str], entries: list[dict[str, Any]], period: str, as_of: str
) -> None:
    decider = DurableDecider()
    try:
        check(files, entries, period, as_of, decider)
    finally:
        decider.close()


TWICE = """\
duty: called_on
for_each: household
every: month
times: 2
met_by: [{form: visit, where: {channel: home}, counts: 1/2}, {form: visit, where: {met: true}}]
late_until: 3 days
"""


@pytest.mark.parametrize("period", ["2025-01", "2025-02", "2025"])
def test_they_agree_where_an_entry_fits_two_sources_and_may_mend_the_window_before(period: str) -> None:
    home = {
        "form": "household",
        "at": "2024-01-01T08:00:00+08:00",
        "subject": "h1",
        "by": "w1",
        "place": "c1/g1",
    }
    entries = [
        {
            **home,
            "id": "e0",
            "recorded_at": home["at"],
            "answers": {"grid": "c1/g1"},
            "place": "c1/g1",
            "supersedes": None,
        }
    ]
    days = ("2024-12-20", "2025-01-02", "2025-01-20", "2025-02-02", "2025-02-03", "2025-02-20")
    for at, day in enumerate(days, 1):
        data: dict[str, Any] = {"channel": "home", **({} if at % 3 == 0 else {"met": at % 2 == 0})}
        instant = f"{day}T09:00:00+08:00"
        entries.append(
            {**home, "id": f"e{at}", "form": "visit", "at": instant, "recorded_at": instant, "answers": data}
        )
    files = {**FILES, "rules/called_on.yaml": TWICE}
    check(files, entries, period, "2025-03-31T08:00:00+08:00", PlainDecider())


# ---- by area, and hit often enough -----------------------------------------------------------------------------------
YEARS = st.sampled_from(["2025", "2025", "2025", "2025-H1"])


@dataclass(frozen=True)
class Area:
    """What is drawn, how often, and what must have decided something: `common` in each run, `rare` in a long one."""

    drawn: st.SearchStrategy[tuple[dict[str, str], list[dict[str, Any]]]]
    periods: st.SearchStrategy[str]
    examples: int
    common: tuple[str, ...]
    rare: tuple[str, ...] = ()
    first: tuple[int, ...] = ()
    """Seeds of draws that hit all that is common, when this was written: they come first, which halves the draws."""


_DRAWS = 12
"""How often is drawn at most until each feature was hit."""

ASKED = ("request", "request", "step", "step", "step", "step", "visit", "leave")

AREAS = {
    "clocks": Area(
        st.tuples(clock_regulations(), ledgers(ASKED, 8, 30)),
        PERIODS,
        16,
        (
            *("a pause", "a pause that ends by itself", "pauses that overlap"),
            *("pauses that are cut together", "an extension", "an extension that comes too late"),
            "a window of a series that begins with its event",
        ),
        (
            *("a pause that is still open", "an event that starts nothing: first"),
            *("an event that starts nothing: last", "an extension that is cut"),
            *(
                "entries that fill two windows of a series",
                "an event that may start the clock of others",
                "done between a limit and what may move it",
            ),
            "between a limit and what may move it",
        ),
        first=(2,),
    ),
    "windows": Area(
        windows(),
        PERIODS,
        8,
        (
            *(
                "a rolling window that is met",
                "a rolling window from an entry",
                "a rolling window that is missed",
            ),
            *("a window by a roster", "a second window of a day", "a quorum", "no quorum"),
            *("too short a session", "a sub-quota that is a share", "an entry that another duty took"),
        ),
        (
            *("a rolling window that is met late", "a day on a roster", "a waiver by who is named"),
            *("a session over several windows", "minutes that add up", "times in proportion"),
            *("an entry that another duty may take", "somebody excused from a meeting"),
            "a meeting of which nobody wrote who came",
        ),
        first=(3,),
    ),
    "choices": Area(
        choices(),
        PERIODS,
        16,
        (
            *("a count: streak", "adjoining windows", "a row that is counted by the version of its time"),
            *("a group within which is chosen", "tied across a bound: all", "tied across a bound: by"),
            *("a sample that waits", "a row in a sample", "first of a group"),
            *("a change without a window before", "a change for the better", "a change relative to nothing"),
        ),
        (
            *(
                "a count: ordinal",
                "windows that don't adjoin",
                "a run at a window's end",
                "a relative change",
            ),
            *("strictest of a group", "tied across a bound: none", "a tie that nobody can break"),
            *("a lot that waits", "a lot that is drawn", "a row that isn't in the sample"),
            "a row in a run from a start",
        ),
        first=(0, 10),
    ),
    "versions": Area(
        versions(),
        PERIODS,
        3,
        ("a class of a later version", "a later version of one: duty", "a later version of one: indicator"),
        (
            "a later version of one: rule",
            "a later version of one: sheet",
            "a later version of one: appraisal",
        ),
        first=(13,),
    ),
    "matters and tables": Area(
        matters(),
        PERIODS,
        8,
        (
            *("a step", "an entry out of order", "a matter that is routed", "rows of windows"),
            *("an entry about a record that is another one", "a history of two records"),
            "a row that comes too soon",
        ),
        (
            *("a stand-in", "an entry that may be a step", "a merge of three", "a merge of what is one"),
            *("rows that are grouped", "a row of a table that may stay"),
            "a record told of once it was merged",
        ),
        first=(9,),
    ),
    "points and grades": Area(
        st.tuples(money_regulations(), ledgers(WORK, 12, 40, 3)),
        YEARS,
        8,
        (
            *("slabs", "bands", "steps counted exact", "checklist", "requires", "a veto", "a case's cap"),
            *("a line's cap", "undecided left out", "a mark by somebody who mayn't", "a mark on oneself"),
            *("a mark without its reason", "a minimum that isn't reached", "a part of a form's entries"),
            *("a part of the points for a part of the time", "a sheet of somebody who isn't eligible"),
            *("fewer windows than wanted", "a part that is corrected afterwards"),
        ),
        (
            *("steps counted whole", "steps counted started", "take last", "take average", "take highest"),
            *("beyond the first", "points for the holders of a post", "a part that is carried over"),
            *("windows weighed by shares", "beyond a quota", "pooled sheets", "a quota of those of a grade"),
            *(
                "a place that somebody may take whose grade isn't known",
                "a quota that is a number",
                "tied across a quota's bound",
                "a year of somebody who isn't eligible",
            ),
            *("a grade that is kept from whoever failed a part", "a tie that a further column breaks"),
            "a part of the points for a part of the work",
        ),
        first=(1,),
    ),
    "wallets": Area(
        st.tuples(wallet_regulations(), ledgers(("mark", "report", "spend"), 10, 30)),
        PERIODS,
        6,
        ("points that run out", "points that are spent", "a level", "refused for the balance"),
        (
            *("a wallet's cap", "points of which some were spent run out", "refused for the stock"),
            "refused for what one may have",
        ),
        first=(1,),
    ),
}


@pytest.mark.parametrize("name", AREAS)
def test_they_agree_by_area_and_the_examples_really_hit_it(name: str) -> None:
    area = AREAS[name]
    SEEN.clear()
    wanted = (*area.common, *(() if _many(1) == 1 else area.rare))
    for draw in (*area.first, *range(_DRAWS)):

        @seed(draw)
        @settings(max_examples=_many(area.examples))
        @given(area.drawn, area.periods, INSTANTS)
        def agree(drawn: tuple[dict[str, str], list[dict[str, Any]]], period: str, as_of: str) -> None:
            check(*drawn, period, as_of, PlainDecider())

        with uncounted():
            agree()
        if all(SEEN[feature] for feature in wanted):
            break
    assert [feature for feature in wanted if not SEEN[feature]] == [], dict(SEEN)
