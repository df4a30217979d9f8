"""Random figures over time and of samples, runs, choices within groups with ties and lots, rules of a group."""

from collections.abc import Mapping
from typing import Any

from hypothesis import strategies as st

from tests.naive.draws import COLUMNS, FILES, WORKERS, Book, conditions, figures, maybe, without_none, yaml_of

CHOICE_FILES: Mapping[str, str] = {
    **FILES,
    "forms/draw.yaml": """\
form: draw
fields: {period: {type: period, required: true}, seed: {type: text}, start: {type: integer}}
""",
}
MARK = COLUMNS["mark"]
EVERY = st.sampled_from(["month", "quarter", "quarter"])


# ---- figures ---------------------------------------------------------------------------------------------------------
@st.composite
def changes(draw: st.DrawFn, name: str) -> list[dict[str, Any]]:
    """Draw a figure that is held against the window before."""
    of = without_none({"form": "mark", "where": draw(maybe(conditions(MARK, 0)))})
    word = draw(st.sampled_from([None, None, "sum", "average", "max"]))
    if word:
        of[word] = "points"
    change = without_none(
        {
            "as": draw(st.sampled_from([None, "relative", "absolute"])),
            "better": draw(st.sampled_from([None, "lower"])),
        }
    )
    return [
        without_none(
            {
                "indicator": name,
                "per": "role leader",
                "every": draw(EVERY),
                "measure": "change",
                "of": of,
                "change": change,
                "undecided": None
                if word
                else draw(st.sampled_from(["leave_out", "leave_out", "count_in", None])),
                "target": draw(maybe(figures("0", "1/2").map(lambda value: {"at_least": value}))),
            }
        )
    ]


@st.composite
def streaks(draw: st.DrawFn, name: str) -> list[dict[str, Any]]:
    """Draw a figure that is the run with which a window ends."""
    return [
        {
            "indicator": name,
            "per": "role leader",
            "every": draw(EVERY),
            "measure": "streak",
            "of": "mark",
            "part": draw(conditions(MARK, 0)),
        }
    ]


@st.composite
def samples(draw: st.DrawFn, name: str) -> list[dict[str, Any]]:
    """Draw a figure of a sample."""
    size = draw(
        st.one_of(
            st.builds(
                lambda share, how, least: {"share": share, "round": how, "at_least": least},
                figures("20%", "50%"), st.sampled_from([None, "down"]), st.sampled_from([None, "1", "2"]),
            ),
            figures("1", "2", "5").map(lambda number: {"number": number}),
            figures("1", "2", "3").map(lambda number: {"from": "draw.start", "next": number}),
            figures("1", "2", "3").map(lambda number: {"from": "draw.start", "next": number}),
        )
    )  # fmt: skip
    within = {} if "next" in size else draw(st.sampled_from([{}, {}, {"within": ["kind"]}]))
    kind = draw(st.sampled_from([None, None, {"kind": "good"}, {"points": {"at_least": "2"}}]))
    sample = without_none({**size, **within})
    of = without_none({"form": "mark", "where": kind, "sample": sample})
    measure = draw(st.sampled_from(["share", "count", "sum"]))
    return [
        without_none(
            {
                "indicator": name,
                "per": "role leader",
                "every": draw(EVERY),
                "measure": measure,
                "of": of,
                "column": "points" if measure == "sum" else None,
                "part": {"kind": "good"} if measure == "share" else None,
                "empty": draw(st.sampled_from(["not_applicable", "zero"])) if measure != "count" else None,
            }
        )
    ]


def counted(name: str, every: str) -> dict[str, Any]:
    """Return a figure that is the sum of points."""
    return {
        "indicator": name,
        "per": "role leader",
        "every": every,
        "measure": "sum",
        "of": {"form": "mark", "where": {"points": {"known": "true"}}},
        "column": "points",
        "empty": "zero",
    }


# ---- rules -----------------------------------------------------------------------------------------------------------
FACTS = {
    "bad": {"count": {"form": "mark", "where": {"kind": "bad"}}},
    "most": {"max": {"form": "mark"}, "column": "points"},
}


@st.composite
def selections(draw: st.DrawFn, name: str) -> list[dict[str, Any]]:
    """Draw a choice of the best of each group."""
    figure = counted(f"{name}_of", draw(st.sampled_from(["quarter", "year"])))
    ties = draw(
        st.sampled_from(
            ["lot", "lot", "lot", "all", "none", {"by": ["bad"]}, {"by": {"bad": "lowest"}}, {"by": ["most"]}]
        )
    )
    select = without_none(
        {
            draw(st.sampled_from(["top", "top", "bottom"])): draw(figures("1", "2", "40%")),
            "by": "value",
            "round": draw(st.sampled_from([None, "up"])),
            "at_least": draw(maybe(st.just("1"))),
            "where": draw(maybe(st.just({"value": {"at_least": "0"}}))),
            "within": draw(st.sampled_from([None, None, ["bad"]])),
            "ties": ties,
        }
    )
    rule = {
        "rule": name,
        "for_each": figure["indicator"],
        "facts": FACTS,
        "select": select,
        "then": {"finding": name},
    }
    return [figure, rule]


@st.composite
def runs(draw: st.DrawFn, name: str) -> list[dict[str, Any]]:
    """Draw a rule that counts up to each row, of windows or of entries, sometimes in two versions."""
    figure = counted(f"{name}_of", "month")
    moments = draw(st.booleans())
    how = draw(st.sampled_from(["streak", "consecutive", "ordinal"]))
    every = draw(st.sampled_from(["year", "quarter"])) if how == "ordinal" or draw(st.booleans()) else None
    by = "subject" if moments else "about"

    def version() -> dict[str, Any]:
        columns = MARK if moments else {"value": "number"}
        many = draw(st.sampled_from([{"at_least": "2"}, {"at_least": "3"}, "2", {"over": "1"}]))
        fact = without_none({how: draw(conditions(columns, 0)), "by": by, "every": every})
        return {
            "for_each": "mark" if moments else figure["indicator"],
            "facts": {"run": fact},
            "when": {"run": many},
            "then": {"finding": name},
        }

    first = {"rule": name, **version()}
    if draw(st.booleans()):
        on = draw(st.sampled_from(["2025-02-01", "2025-03-10", "2025-04-01"]))
        goes_on = draw(st.sampled_from([None, "true", "true"]))
        later = without_none({"in_force": {"from": on}, "goes_on": goes_on, **version()})
        first |= {"in_force": {"until": on}, "versions": {"later": later}}
    return [first] if moments else [figure, first]


@st.composite
def groups(draw: st.DrawFn, name: str) -> list[dict[str, Any]]:
    """Draw rules of which only the first, or the strictest, of those that apply counts."""
    figure = counted(f"{name}_of", draw(EVERY))
    hit = draw(st.sampled_from(["first", "strictest", "all"]))
    order = draw(st.permutations([1, 2, 3]))
    found: list[dict[str, Any]] = [figure]
    for at, place in enumerate(order):
        condition = draw(
            st.sampled_from([{"value": {"over": "0"}}, {"value": {"over": "3"}}, {"value": {"under": "3"}}])
        )
        found.append(
            {
                "rule": f"{name}_{at}",
                "group": f"{name}_group",
                "hit": hit,
                "order": place,
                "for_each": figure["indicator"],
                "when": condition,
                "then": {"finding": f"{name}_{at}", "level": place},
            }
        )
    return found


DRAWN = (samples, selections)
SORTS = (changes, streaks, samples, samples, selections, selections, runs, runs, groups)


# ---- everything ------------------------------------------------------------------------------------------------------
@st.composite
def choices(draw: st.DrawFn) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Draw the files of a regulation of such figures and rules, with a ledger of marks and draws."""
    files = dict(CHOICE_FILES)
    sorts = sorted(draw(st.lists(st.sampled_from(SORTS), min_size=1, max_size=2)), key=DRAWN.__contains__)[
        ::-1
    ]
    for at, sort in enumerate(sorts):
        for one in draw(sort(f"d{at}")):
            files[f"rules/{next(iter(one.values()))}.yaml"] = yaml_of(one)
    book = Book(draw)
    for at, who in enumerate(("w1", "w2", "w3")):
        post = {"worker": who, "role": "leader"}
        if draw(st.integers(0, 3)) == 0:
            post["left_on"] = "2025-03-20"
        book.put("appointment", book.instant(0, 20 if draw(st.booleans()) else 110), "w9", f"p{at}", post)
    stretch = draw(st.sampled_from([(50, 130), (61, 240)]))
    for _ in range(draw(st.integers(8, 24))):
        points = draw(st.sampled_from(["1", "1", "3", "3", "-1", None]))
        kind = draw(st.sampled_from(["good", "bad"]))
        book.put("mark", book.instant(*stretch), "w9", draw(WORKERS), {"points": points, "kind": kind})
    for period in ("2025-Q1", "2025-Q2", "2025", "2025-01", "2025-02"):
        seed = draw(st.sampled_from(["a", "b", "c", "d", None, ""]))
        if sorts[0] in DRAWN and seed != "":
            answers: dict[str, Any] = {
                "period": period,
                "seed": seed,
                "start": draw(st.sampled_from([1, 2, 3, None])),
            }
            book.put("draw", book.instant(30, 60), "w9", None, answers)
    return files, book.entries
