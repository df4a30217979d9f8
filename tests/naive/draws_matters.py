"""Random procedures and declared tables, and records that are one."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from tests.naive.draws import (
    COLUMNS,
    FILES,
    FLAGS,
    GRIDS,
    HOUSES,
    WORKERS,
    Book,
    conditions,
    maybe,
    without_none,
    yaml_of,
)

MATTER_FILES: Mapping[str, str] = {
    **FILES,
    "forms/matter.yaml": """\
form: matter
about: household
fields: {class: {type: choice, from: [simple, complex], required: true}}
""",
    "forms/move.yaml": """\
form: move
fields:
  matter: {type: ref, to: matter, required: true}
  sort: {type: choice, from: [asked, received, done], required: true}
  sure: {type: boolean}
""",
}
VISIT = COLUMNS["visit"]


@st.composite
def procedures(draw: st.DrawFn, name: str) -> list[dict[str, Any]]:
    """Draw the course of a matter through three states."""

    def step(sources: Any, to: str, sort: str) -> dict[str, Any]:
        return without_none(
            {
                "from": sources,
                "to": to,
                "form": "move",
                "where": {"sort": sort},
                "needs": draw(st.sampled_from([None, None, {"sure": "true"}, {"sure": {"known": "true"}}])),
                "by": draw(st.sampled_from([None, ["leader"], ["director"]])),
            }
        )

    steps = {
        "ask": step(draw(st.sampled_from(["opened", ["opened", "waiting"]])), "waiting", "asked"),
        "receive": step("waiting", "opened", draw(st.sampled_from(["received", "asked"]))),
        "finish": step(["opened", "waiting"], "closed", "done"),
    }
    route = {"of": "class", "to": {"complex": "director", "simple": "leader"}}
    stand_in = {"during": "leave", "role": "director"}
    found = {
        "procedure": name,
        "matter": "matter",
        "states": ["opened", "waiting", "closed"],
        "steps": steps,
        "route": draw(st.sampled_from([None, route, {"of": "class", "to": {"complex": "director"}}])),
        "stand_in": draw(maybe(st.just(stand_in))),
    }
    return [without_none(found)]


@st.composite
def tables(draw: st.DrawFn, name: str) -> list[dict[str, Any]]:
    """Draw a table, and a figure or a duty over it."""
    where = draw(maybe(conditions(VISIT, 0)))
    source = "visit" if where is None else {"form": "visit", "where": where}
    further = {
        "where": draw(conditions(VISIT, 0)),
        "undecided": draw(st.sampled_from(["leave_out", "count_in"])),
    }
    days = draw(st.sampled_from(["7 days", "1 days", "30 days"]))
    match draw(st.sampled_from(["spaced", "daily", "monthly"])):
        case "spaced":
            order = {
                "within": "subject",
                "order": "at",
                "set": {"nth": "ordinal", "fresh": f"spaced({days})", "since_last": "gap"},
            }
            table: dict[str, Any] = {
                "table": f"{name}_spaced",
                "from": source,
                "steps": [
                    *draw(st.sampled_from([[], [further]])),
                    {"sequence": order},
                    *draw(st.sampled_from([[], [{"where": {"fresh": "true"}}]])),
                ],
            }
            duty = {
                "duty": name,
                "for_each": "household",
                "owed_by": "leader",
                "every": draw(st.sampled_from(["month", "quarter"])),
                "met_by": table["table"],
            }
            return [table, duty]
        case "daily":
            per = {
                "per": {"worker": "by", "day": "date"},
                "set": {"n": "count", "last_at": "last(at)", "longest": "max(length)"},
            }
            return [
                {
                    "table": f"{name}_daily",
                    "from": source,
                    "steps": [*draw(st.sampled_from([[], [further]])), per],
                }
            ]
        case _:
            tally = without_none(
                {
                    "of": source,
                    "on": "subject",
                    "time": "in",
                    "undecided": None
                    if where is None
                    else draw(st.sampled_from(["leave_out", "count_in", None])),
                    "set": {"n": "count", "minutes": "sum(length)", "last_by": "last(by)"},
                }
            )
            steps = [
                {"expand": {"every": draw(st.sampled_from(["month", "quarter"]))}},
                {"tally": tally},
                {"set": {"busy": "n > 1"}},
            ]
            return [{"table": f"{name}_monthly", "from": {"each": "household"}, "steps": steps}]


@st.composite
def matters(draw: st.DrawFn) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Draw the files of a regulation of a procedure and a table, and a ledger with merged records."""
    files = dict(MATTER_FILES)
    for at, sort in enumerate(draw(st.lists(st.sampled_from([procedures, tables]), min_size=1, max_size=2))):
        for one in draw(sort(f"d{at}")):
            files[f"rules/{next(iter(one.values()))}.yaml"] = yaml_of(one)
    book = Book(draw)
    book.people(2)
    for _ in range(draw(st.integers(1, 3))):
        book.put(
            "matter",
            book.instant(60, 90),
            draw(WORKERS),
            draw(HOUSES),
            {"class": draw(st.sampled_from(["simple", "complex"]))},
            draw(GRIDS),
        )
        matter = book.entries[-1]
        since = book.instant(60, 90)
        for _ in range(draw(st.integers(1, 6))):
            since += timedelta(hours=draw(st.sampled_from([0, 1, 24, 240])))
            said = {
                "matter": matter["id"],
                "sort": draw(st.sampled_from(["asked", "asked", "received", "done"])),
                "sure": draw(FLAGS),
            }
            book.put("move", since, draw(WORKERS), None, said, draw(GRIDS))
    for _ in range(draw(st.integers(2, 14))):
        if draw(st.integers(0, 4)):
            answers = {
                "channel": draw(st.sampled_from(["home", "phone"])),
                "met": draw(FLAGS),
                "length": draw(maybe(st.integers(0, 90))),
            }
            book.put(
                "visit",
                book.instant(*draw(st.sampled_from([(61, 75), (61, 200)]))),
                draw(WORKERS),
                draw(HOUSES),
                answers,
            )
        else:
            begins = book.instant(60, 100)
            until = (begins + timedelta(days=draw(st.integers(0, 40)))).date().isoformat()
            book.put("leave", begins, "w9", draw(WORKERS), {"start": begins.date().isoformat(), "end": until})
    for _ in range(draw(st.sampled_from([0, 1, 1, 2, 3]))):
        kept, absorbed = draw(st.permutations(["h1", "h2", "h3"]))[:2]
        said = {"of": "household", "kept": kept, "absorbed": absorbed}
        book.put("subjects_merged", book.instant(100, 200), "w9", kept, said)
        book.entries[-1]["supersedes"] = None
    return files, book.entries
