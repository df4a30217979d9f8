"""Random regulations, as the text of their files, and random ledgers, as plain entries."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

PLACE = "c1"
ZONE = ZoneInfo("Asia/Shanghai")
FILES: Mapping[str, str] = {
    "config/places/c1/place.yaml": """\
place: c1
level: community
title: {zh: 湖畔社区}
calendar: cn
places: {g1: {level: grid, title: {zh: 第一网格}}, g2: {level: grid, title: {zh: 第二网格}}}
""",
    "config/calendars/cn.yaml": """\
calendar: cn
zone: Asia/Shanghai
holidays: [2025-01-01, 2025-05-01, 2025-05-02]
workdays: [2025-04-27]
hours: [["08:30", "12:00"], ["13:30", "17:30"]]
""",
    "config/roles/leader.yaml": "role: leader\nlevel: grid\nmay: [record]\n",
    "config/roles/director.yaml": "role: director\nlevel: community\nmay: [record]\n",
    "forms/household.yaml": """\
form: household
describes: household
fields:
  grid: {type: ref, to: grid, required: true}
  special: {type: boolean}
  members: {type: integer}
  tags: {type: choices, from: [ill, old, poor]}
  left_on: {type: date}
ends: left_on
""",
    "forms/appointment.yaml": """\
form: appointment
describes: holder
fields:
  worker: {type: ref, to: worker, required: true}
  role: {type: ref, to: role, required: true}
  left_on: {type: date}
ends: left_on
""",
    "forms/visit.yaml": """\
form: visit
about: household
fields:
  channel: {type: choice, from: [home, phone], required: true}
  met: {type: boolean}
  length: {type: integer}
""",
    "forms/report.yaml": """\
form: report
fields:
  pages: {type: integer}
  good: {type: boolean}
  parts:
    type: repeat
    fields: {size: {type: integer}, fine: {type: boolean}}
    totals: {n_parts: {count: true}}
""",
    "forms/leave.yaml": """\
form: leave
about: worker
fields:
  start: {type: date, required: true}
  end: {type: date, required: true}
  approved: {type: boolean}
span: [start, end]
""",
    "forms/mark.yaml": """\
form: mark
about: worker
fields: {points: {type: number}, kind: {type: choice, from: [good, bad], required: true}, why: {type: text}}
""",
    "forms/spend.yaml": """\
form: spend
fields: {cost: {type: number}, pieces: {type: integer}, kind: {type: choice, from: [soap, rice], required: true}}
""",
    "forms/request.yaml": """\
form: request
about: household
fields: {urgent: {type: boolean}}
""",
    "forms/step.yaml": """\
form: step
fields:
  request: {type: ref, to: request, required: true}
  sort: {type: choice, from: [asked, received, done, longer], required: true}
  done: {type: boolean}
  days: {type: integer}
""",
}
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "household": {"special": "boolean", "members": "number", "tags": "tags"},
    "visit": {"channel": "home phone", "met": "boolean", "length": "number"},
    "report": {"pages": "number", "good": "boolean"},
    "report.parts": {"size": "number", "fine": "boolean", "nth": "number"},
    "leave": {"approved": "boolean"},
    "mark": {"points": "number", "kind": "good bad"},
    "spend": {"cost": "number", "pieces": "number", "kind": "soap rice"},
    "request": {"urgent": "boolean"},
    "step": {"done": "boolean", "sort": "asked received done longer", "days": "number"},
}
STATES = "met late missed waived due upcoming overdue"


# ---- YAML ----------------------------------------------------------------------------------------------------------
def yaml_of(data: Mapping[str, Any], depth: int = 0) -> str:
    """Return a mapping as YAML: a line a key, inner mappings indented, lists in brackets."""
    lines = []
    for key, value in data.items():
        if isinstance(value, Mapping) and value:
            lines.append(f"{'  ' * depth}{key}:\n{yaml_of(value, depth + 1)}")
        else:
            lines.append(f"{'  ' * depth}{key}: {flow(value)}\n")
    return "".join(lines)


def flow(value: Any) -> str:
    """Return a value on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {flow(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(inner) for inner in value) + "]"
    text = str(value)
    return f'"{text}"' if any(letter in text for letter in "(){}[],!<>=&|'") else text


# ---- conditions ----------------------------------------------------------------------------------------------------
def conditions(columns: Mapping[str, str], depth: int = 1) -> st.SearchStrategy[Any]:
    """Return conditions over columns: of each the kind is `boolean`, `number`, `tags`, or the texts it can be."""
    atoms = st.sampled_from(sorted(columns)).flatmap(lambda name: _atom(name, columns[name]))
    if depth == 0:
        return atoms
    inner = conditions(columns, depth - 1)
    groups = st.builds(
        lambda word, parts: {word: parts},
        st.sampled_from(["any", "all", "none"]),
        st.lists(inner, min_size=1, max_size=2),
    )
    both = st.builds(lambda one, other: {**one, **other}, atoms, atoms)
    return st.one_of(atoms, atoms, both, groups)


def _atom(name: str, kind: str) -> st.SearchStrategy[Any]:
    if kind == "boolean":
        return st.sampled_from([{name: "true"}, {name: "false"}, {name: {"known": "true"}}])
    if kind == "number":
        return st.builds(
            lambda word, value: {name: {word: value}},
            st.sampled_from(["at_least", "at_most", "over", "under", "is", "not"]),
            st.sampled_from(["0", "1", "3/2", "2", "5", "60"]),
        )
    if kind == "tags":
        return st.sampled_from(
            [
                {name: {"filled": "true"}},
                {name: {"has": "old"}},
                {name: {"has_any": ["ill", "poor"]}},
                {name: {"filled": "false"}},
            ]
        )
    texts = kind.split()
    one = st.sampled_from(texts)
    several = st.lists(one, min_size=1, max_size=3, unique=True)
    return st.one_of(
        one.map(lambda text: {name: text}),
        several.map(lambda found: {name: {"one_of": found}}),
        several.map(lambda found: {name: {"none_of": found}}),
        one.map(lambda text: {name: {"not": text}}),
    )


def maybe(strategy: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    """Return None as often as a value."""
    return st.one_of(st.none(), strategy)


def without_none(data: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out what wasn't drawn."""
    return {key: value for key, value in data.items() if value is not None}


def figures(*values: str) -> st.SearchStrategy[Any]:
    """Return a figure, sometimes one that changes by date."""
    one = st.sampled_from(values)
    dated = st.builds(lambda first, later: {"2012-01-01": first, "2025-05-01": later}, one, one)
    return st.one_of(one, one, dated)


def sources(form: str) -> st.SearchStrategy[Any]:
    """Return a form as a source of rows, sometimes with a condition."""
    return st.one_of(
        st.just(form), conditions(COLUMNS[form]).map(lambda where: {"form": form, "where": where})
    )


# ---- definitions ---------------------------------------------------------------------------------------------------
UNITS = ("month", "quarter", "half_year", "week")


@st.composite
def household_duties(draw: st.DrawFn, name: str, classed: bool) -> dict[str, Any]:
    """Draw a duty towards households: tiers, sub-quotas, waivers, grace."""
    of = {**COLUMNS["household"], **({"kind": "first second"} if classed else {})}
    tiers = {}
    if draw(st.booleans()):
        for at in range(draw(st.integers(1, 3))):
            tiers[f"t{at}"] = without_none(
                {
                    "where": draw(maybe(conditions(of))),
                    "every": draw(st.sampled_from(UNITS)),
                    "times": draw(maybe(figures("1", "2"))),
                }
            )
    return without_none(
        {
            "duty": name,
            "for_each": "household",
            "where": draw(maybe(conditions(of))),
            "owed_by": draw(st.sampled_from(["leader", "leader", "director", None])),
            "every": None if tiers else draw(st.sampled_from(UNITS)),
            "times": draw(maybe(figures("1", "2", "3"))),
            "met_by": draw(st.one_of(sources("visit"), st.lists(_weighed("visit"), min_size=1, max_size=2))),
            "of_which": draw(
                maybe(conditions(COLUMNS["visit"], 0).map(lambda c: {"part": {"where": c, "at_least": "1"}}))
            ),
            "tiers": tiers or None,
            "due_if": draw(
                maybe(
                    st.sampled_from(["half", "any", "all", "at_start", "at_end", "10 days"]).map(
                        lambda rule: {"member": rule}
                    )
                )
            ),
            "late_until": draw(maybe(figures("2 days", "3 working_days", "10 days"))),
            "waived_by": draw(maybe(_waivers())),
        }
    )


def _weighed(form: str) -> st.SearchStrategy[Any]:
    return st.builds(
        lambda where, counts: without_none({"form": form, "where": where, "counts": counts}),
        maybe(conditions(COLUMNS[form], 0)),
        maybe(st.sampled_from(["1/2", "2"])),
    )


def _waivers() -> st.SearchStrategy[Any]:
    leave = st.builds(
        lambda where, covers: without_none({"form": "leave", "where": where, "covers": covers}),
        maybe(conditions(COLUMNS["leave"], 0)),
        st.sampled_from(["half", "all", "any"]),
    )
    visits = st.builds(
        lambda where, times: {"form": "visit", "where": where, "times": times},
        conditions(COLUMNS["visit"], 0),
        figures("1", "2"),
    )
    return st.lists(st.one_of(leave, visits), min_size=1, max_size=2)


@st.composite
def role_duties(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """Draw a duty of each holder of a post, or of each grid."""
    return without_none(
        {
            "duty": name,
            "for_each": draw(st.sampled_from(["role leader", "role leader", "grid"])),
            "every": draw(st.sampled_from([*UNITS, "working_day"])),
            "times": draw(maybe(figures("1", "2"))),
            "met_by": draw(sources("report")),
            "late_until": draw(maybe(figures("1 days", "3 working_days"))),
        }
    )


@st.composite
def triggered_duties(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """Draw a limit that a request starts."""
    return without_none(
        {
            "duty": name,
            "for_each": draw(sources("request")),
            "owed_by": "by",
            "within": draw(figures("2 days", "5 working_days", "36 hours", "90 minutes", "5 working_hours")),
            "met_by": draw(sources("step")),
            "late_until": draw(maybe(figures("3 days", "1 working_days"))),
        }
    )


DUTY = {"state": STATES, "short": "number", "needed": "number"}


COUNTING = frozenset({"count", "share", "rate"})
"""Measures that count rows and take no column."""


@st.composite
def indicators(draw: st.DrawFn, name: str, tables: Mapping[str, Mapping[str, str]]) -> dict[str, Any]:
    """Draw a figure of each leader, over a duty or a form."""
    table = draw(st.sampled_from(sorted(tables)))
    columns = tables[table]
    numbers = [column for column, kind in columns.items() if kind == "number"]
    measures = ["count", "share", "rate"] + (
        ["sum", "average", "min", "max", "middle", "distinct", "first", "last"] if numbers else []
    )
    measure = draw(st.sampled_from(measures))
    return without_none(
        {
            "indicator": name,
            "per": "role leader",
            "every": draw(st.sampled_from(["quarter", "year", "half_year"])),
            "measure": measure,
            "of": table,
            "where": draw(maybe(conditions(columns, 0))),
            "column": draw(st.sampled_from(numbers)) if measure not in COUNTING else None,
            "against": draw(st.sampled_from(sorted(tables))) if measure == "rate" else None,
            "per_each": draw(maybe(figures("1", "1000"))) if measure == "rate" else None,
            "part": draw(conditions(columns)) if measure == "share" else None,
            "empty": draw(st.sampled_from(["not_applicable", "unknown", "zero"])),
            "undecided": draw(maybe(st.sampled_from(["leave_out", "count_in"])))
            if measure in COUNTING
            else None,
            "small": draw(maybe(st.sampled_from([{"under": "2", "gives": "unknown"}, {"under": "2"}])))
            if measure == "share"
            else None,
            "target": draw(maybe(figures("1/2", "90%", "3").map(lambda value: {"at_least": value}))),
        }
    )


@st.composite
def rules(
    draw: st.DrawFn, name: str, tables: Mapping[str, Mapping[str, str]], figures_: list[str]
) -> dict[str, Any]:
    """Draw a rule over the rows of a duty, over leaders with facts, or over an indicator's best."""
    then = {"finding": name}
    shape = draw(st.sampled_from(["rows", "leaders", *(["select"] if figures_ else [])]))
    if shape == "select":
        return {
            "rule": name,
            "for_each": draw(st.sampled_from(figures_)),
            "select": without_none(
                {
                    draw(st.sampled_from(["top", "bottom"])): draw(st.sampled_from(["1", "2", "40%"])),
                    "by": "value",
                    "round": draw(st.sampled_from(["up", "down"])),
                    "at_least": draw(maybe(st.just("1"))),
                    "ties": draw(st.sampled_from(["all", "none"])),
                }
            ),
            "when": {"value": {"at_least": "0"}},
            "then": then,
        }
    table = draw(st.sampled_from(sorted(tables)))
    if shape == "rows":
        columns = dict(tables[table])
        facts = {}
        if draw(st.booleans()):
            by = "owner" if "state" in columns else "by" if table.startswith("report") else "subject"
            facts["run"] = {"streak": draw(conditions(columns, 0)), "by": [by]}
            if "state" in columns:
                facts["run"]["back"] = "0"  # windows before the period aren't looked at
            columns["run"] = "number"
    else:
        columns = {"many": "number"}
        facts = {"many": {"count": draw(_fact_source(table, tables[table]))}}
        if "state" not in tables[table]:  # windows before the period aren't looked at
            facts["many"] |= without_none({"within": draw(maybe(figures("40 days", "30 hours")))})
    return without_none(
        {
            "rule": name,
            "for_each": table if shape == "rows" else "role leader",
            "every": draw(st.sampled_from(["quarter", "year"])) if shape == "leaders" else None,
            "facts": facts or None,
            "when": draw(conditions(columns)),
            "unless": draw(maybe(conditions(columns, 0))),
            "then": then,
        }
    )


def _fact_source(table: str, columns: Mapping[str, str]) -> st.SearchStrategy[Any]:
    return st.one_of(
        st.just(table), conditions(columns, 0).map(lambda where: {"table": table, "where": where})
    )


@st.composite
def lines(draw: st.DrawFn, tables: Mapping[str, Mapping[str, str]], shares: list[str]) -> dict[str, Any]:
    """Draw a line of an item."""
    shape = draw(st.sampled_from(["rows", "rows", "mark", *(["share"] if shares else [])]))
    if shape == "share":
        return {"share_of": draw(st.sampled_from(shares))}
    if shape == "mark":
        return {"mark": "mark", "between": [0, 5]}
    table = draw(st.sampled_from(sorted(tables)))
    columns = tables[table]
    numbers = [column for column, kind in columns.items() if kind == "number"]
    worths = [figures("1", "1/2", "3")]
    if numbers:
        column = draw(st.sampled_from(numbers))
        worths += [
            st.just(f"2 * {column}"),
            st.just(
                {
                    "of": column,
                    "bands": [{"to": "0", "gives": "0"}, {"under": "3", "gives": "1"}, {"gives": "4"}],
                }
            ),
            st.sampled_from(["whole", "started", "exact"]).map(
                lambda count: {"of": column, "above": "1/2", "each": "1", "count": count, "gives": "2"}
            ),
        ]
    return without_none(
        {
            draw(st.sampled_from(["add", "deduct"])): draw(st.one_of(*worths)),
            "for_each": table,
            "where": draw(maybe(conditions(columns))),
            "at_most": draw(maybe(figures("2", "5"))),
            **draw(st.sampled_from([{}, {}, {"beyond": "1"}, {"take": "highest"}])),
            "undecided": draw(maybe(st.sampled_from(["leave_out", "count_in"]))),
        }
    )


@st.composite
def sheets(
    draw: st.DrawFn, name: str, tables: Mapping[str, Mapping[str, str]], figures_: list[str]
) -> dict[str, Any]:
    """Draw a sheet of each leader: items and sections, policies, rounding."""

    def item(most: int) -> dict[str, Any]:
        found = {f"l{at}": draw(lines(tables, figures_)) for at in range(draw(st.integers(0, 2)))}
        return without_none(
            {
                "max": most,
                "start": draw(st.sampled_from([None, "max"])),
                "floor": draw(st.sampled_from([None, None, "none"])),
                "not_applicable": draw(st.sampled_from([None, "full", "zero", "omit", "rescale"])),
                "round": draw(
                    st.sampled_from([None, {"to": "1", "half": "up"}, {"to": "1/2", "half": "even"}])
                ),
                "requires": draw(maybe(sources("report"))) if draw(st.booleans()) else None,
                "lines": found,
            }
        )

    items: dict[str, Any] = {"a": item(20), "b": item(30)}
    section = {"max": 50, "items": {"c": item(10), "d": item(40)}}
    policy = draw(st.sampled_from([None, "full", "zero", "rescale"]))
    if policy:
        section["not_applicable"] = policy
    items["e"] = section if draw(st.booleans()) else item(50)
    bonus = (
        {"extra": {"at_most": "6", "lines": {"l": draw(lines(tables, []))}}} if draw(st.booleans()) else None
    )
    return without_none(
        {
            "sheet": name,
            "for_each": "role leader",
            "every": draw(st.sampled_from(["year", "year", "quarter"])),
            "max": 100,
            "items": items,
            "bonus": bonus,
            "round": draw(st.sampled_from([None, {"to": "0.1", "half": "up"}, {"to": "1", "half": "down"}])),
        }
    )


@st.composite
def appraisals(draw: st.DrawFn, sheets_: Mapping[str, str], figures_: Mapping[str, str]) -> dict[str, Any]:
    """Draw a yearly appraisal of leaders from sheets and figures."""
    every = {**sheets_, **figures_}
    names = draw(st.lists(st.sampled_from(sorted(every)), min_size=1, max_size=2, unique=True))
    weights = ["100%"] if len(names) == 1 else ["30%", "70%"]
    parts = {}
    for at, (name, weight) in enumerate(zip(names, weights, strict=True)):
        rolls = [
            "average",
            "sum",
            "best",
            "worst",
            "last",
            *(["pool"] if name in figures_ and figures_[name] == "share" else []),
        ]
        parts[f"p{at}"] = without_none(
            {
                "weight": weight,
                "from": name,
                "roll_up": None if every[name] in {"year", "share year"} else draw(st.sampled_from(rolls)),
            }
        )
    quota = maybe(
        st.builds(
            lambda top, ties, over: {"top": top, "at_least": 1, "ties": ties, "over": over},
            st.sampled_from(["20%", "50%"]),
            st.sampled_from(["all", "none"]),
            st.sampled_from(["next_grade", "refuse"]),
        )
    )
    policies = st.sampled_from(["not_computable", "zero", "renormalise"])
    return without_none(
        {
            "appraisal": "yearly",
            "for_each": "role leader",
            "every": "year",
            "parts": parts,
            "missing_part": draw(policies),
            "not_applicable": draw(maybe(policies)),
            "round": draw(st.sampled_from([None, {"to": "0.1", "half": "up"}])),
            "grades": {
                "best": without_none({"at_least": draw(figures("60", "80")), "quota": draw(quota)}),
                "fine": {"at_least": "40"},
                "poor": {},
            },
        }
    )


@st.composite
def regulations(draw: st.DrawFn) -> dict[str, str]:
    """Draw the files of a regulation."""
    files = dict(FILES)

    def put(data: Mapping[str, Any]) -> None:
        files[f"rules/{next(iter(data.values()))}.yaml"] = yaml_of(data)

    classed = draw(st.booleans())
    if classed:
        cases = {"first": draw(conditions(COLUMNS["household"])), "second": {}}
        put({"class": "kind", "of": "household", "first_of": cases})
    if draw(st.booleans()):
        files["forms/report.yaml"] += "once_per: [by, week]\n"
    tables: dict[str, Mapping[str, str]] = {
        name: COLUMNS[name] for name in ("report", "report.parts", "mark")
    }
    for at in range(draw(st.integers(1, 3))):
        name = f"duty{at}"
        duty = draw(st.one_of(household_duties(name, classed), role_duties(name), triggered_duties(name)))
        put(duty)
        if (
            duty["for_each"] != "grid"
            and duty.get("owed_by", "x")
            and ("owed_by" in duty or duty["for_each"] != "household")
        ):
            tables[name] = DUTY
    made: dict[str, str] = {}
    for at in range(draw(st.integers(0, 2))):
        indicator = draw(indicators(f"figure{at}", tables))
        put(indicator)
        made[f"figure{at}"] = indicator["every"]
    for at in range(draw(st.integers(0, 2))):
        put(draw(rules(f"rule{at}", tables, list(made))))
    sheets_: dict[str, str] = {}
    for at in range(draw(st.integers(0, 2))):
        sheet = draw(sheets(f"sheet{at}", tables, list(made)))
        put(sheet)
        sheets_[f"sheet{at}"] = sheet["every"]
    if sheets_ or made:
        put(draw(appraisals(sheets_, made)))
    return files


# ---- ledgers -------------------------------------------------------------------------------------------------------
FIRST = date(2024, 11, 1)


WORKERS = st.sampled_from(["w1", "w2", "w3"])
HOUSES = st.sampled_from(["h1", "h2", "h3"])
GRIDS = st.sampled_from(["c1/g1", "c1/g2"])
FLAGS = st.sampled_from([True, True, False, None])
ENDS = st.one_of(
    st.none(), st.none(), st.integers(30, 420).map(lambda days: (FIRST + timedelta(days=days)).isoformat())
)
HOURS = st.sampled_from([time(0), time(9, 30), time(12), time(23, 59)])
STRETCHES = st.sampled_from([(0, 420), (61, 240), (150, 180), (180, 195)])
"""Of days since FIRST: long ones, and short ones so that entries meet."""

PARTS = st.fixed_dictionaries({}, optional={"size": st.integers(0, 3), "fine": st.booleans()})
"""Rows of a report; one without answers is none."""


class Book:
    """A ledger in the making."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.entries: list[dict[str, Any]] = []

    def instant(self, first: int, last: int) -> datetime:
        """Draw an instant of the days `first` to `last`."""
        day = FIRST + timedelta(days=self.draw(st.integers(first, last)))
        return datetime.combine(day, self.draw(HOURS), ZONE)

    def put(
        self,
        form: str,
        at: datetime,
        by: str,
        subject: str | None,
        answers: dict[str, Any],
        place: str = "c1/g1",
    ) -> None:
        """Add an entry, now and then recorded late, now and then in place of an earlier one."""
        late = self.draw(st.sampled_from([0, 0, 0, 1, 40]))
        same = [entry["id"] for entry in self.entries if entry["form"] == form]
        corrects = bool(same) and self.draw(st.integers(0, 9)) == 0
        self.entries.append(
            {
                "id": f"e{len(self.entries):03}",
                "place": place,
                "form": form,
                "at": at.isoformat(),
                "recorded_at": (at + timedelta(days=late)).isoformat(),
                "by": by,
                "subject": subject,
                "answers": without_none(answers),
                "supersedes": self.draw(st.sampled_from(same)) if corrects else None,
            }
        )

    def people(self, fewest: int) -> None:
        """Draw appointments and households that come, move and go."""
        draw = self.draw
        for at in range(draw(st.integers(fewest, fewest + 3))):
            role = draw(st.sampled_from(["leader", "leader", "leader", "director"]))
            answers: dict[str, Any] = {"worker": draw(WORKERS), "role": role, "left_on": draw(ENDS)}
            post = draw(st.sampled_from([f"p{at}", "p0"]))
            place = "c1" if role == "director" else draw(GRIDS)
            self.put("appointment", self.instant(0, 200 if at else 30), "w9", post, answers, place)
        for at in range(draw(st.integers(1, 5))):
            answers = {
                "grid": draw(GRIDS),
                "special": draw(FLAGS),
                "members": draw(st.sampled_from([1, 2, 5, None])),
                "tags": draw(st.sampled_from([[], ["old"], ["ill", "poor"], None])),
                "left_on": draw(ENDS),
            }
            self.put("household", self.instant(0, 300 if at else 20), "w1", draw(HOUSES), answers)

    def work(self, sorts: Sequence[str]) -> None:
        """Draw an entry of somebody's work."""
        draw = self.draw
        at = self.instant(*draw(STRETCHES))
        by = draw(WORKERS)
        match draw(st.sampled_from(sorts)):
            case "visit":
                channel = draw(st.sampled_from(["home", "phone"]))
                answers = {"channel": channel, "met": draw(FLAGS), "length": draw(maybe(st.integers(0, 100)))}
                self.put("visit", at, by, draw(HOUSES), answers)
            case "report":
                parts = draw(st.lists(PARTS, max_size=3))
                answers = {"pages": draw(maybe(st.integers(0, 3))), "good": draw(FLAGS), "parts": parts}
                self.put("report", at, by, None, answers, draw(GRIDS))
            case "mark":
                points = draw(st.sampled_from(["1", "2.5", "3", "7", "-1", None]))
                answers = {"points": points, "kind": draw(st.sampled_from(["good", "bad"]))}
                answers["why"] = draw(st.sampled_from(["seen", None, "yearly/marks", "yearly/other"]))
                self.put("mark", at, draw(st.sampled_from(["w9", "w9", "w3"])), draw(WORKERS), answers)
            case "spend":
                cost = draw(st.sampled_from(["0.5", "0.5", "1", "5", None]))
                answers = {"cost": cost, "pieces": draw(st.sampled_from([1, 1, 2, None]))}
                answers["kind"] = draw(st.sampled_from(["soap", "rice"]))
                self.put("spend", at, by, None, answers)
            case "leave":
                until = at.date() + timedelta(days=draw(st.integers(0, 70)))
                answers = {
                    "start": at.date().isoformat(),
                    "end": until.isoformat(),
                    "approved": draw(FLAGS),
                }
                self.put("leave", at, by, draw(WORKERS), answers)
            case "request":
                self.put("request", at, by, draw(HOUSES), {"urgent": draw(FLAGS)})
            case _:
                self.step(by)

    def step(self, by: str) -> None:
        """Draw a step of an earlier request, if there is one."""
        asked = [entry for entry in self.entries if entry["form"] == "request"]
        if asked:
            request = self.draw(st.sampled_from(asked))
            since = datetime.fromisoformat(request["at"])
            at = since + timedelta(hours=self.draw(st.one_of(st.integers(0, 30), st.integers(0, 300))))
            answers = {"request": request["id"], "done": self.draw(FLAGS)}
            answers["sort"] = self.draw(st.sampled_from(["asked", "received", "done", "longer"]))
            answers["days"] = self.draw(st.sampled_from([None, 0, 1, 3, 9]))
            self.put("step", at, by, None, answers)


USUAL = ("visit", "visit", "report", "report", "mark", "leave", "request", "step")


@st.composite
def ledgers(
    draw: st.DrawFn, sorts: Sequence[str] = USUAL, least: int = 0, most: int = 24, posts: int = 1
) -> list[dict[str, Any]]:
    """Draw entries: people and households, work done, corrections, withdrawals, late records."""
    book = Book(draw)
    book.people(posts)
    for _ in range(draw(st.integers(least, most))):
        book.work(sorts)
    if draw(st.integers(0, 3)) == 0:
        gone = draw(st.sampled_from(book.entries))
        book.put("retraction", book.instant(200, 420), "w9", None, {})
        book.entries[-1]["supersedes"] = gone["id"]
    return book.entries


PERIODS = st.sampled_from(["2025", "2025", "2025-H1", "2025-Q2"])
INSTANTS = st.sampled_from(
    ["2026-01-05T00:00:00+08:00", "2025-06-30T12:00:00+08:00", "2025-04-01T00:00:00+08:00"]
)
