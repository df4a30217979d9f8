"""Random duties that rows start: limits that stand still and are moved, series, which of several rows start one."""

from typing import Any

from hypothesis import strategies as st

from tests.naive.draws import COLUMNS, FILES, conditions, figures, maybe, without_none, yaml_of

LIMITS = figures(
    "2 days", "5 working_days", "36 hours", "90 minutes", "5 working_hours", "1 weeks", "1 months"
)
CAPS = figures("1 days", "3 working_days", "20 hours", "2 working_hours", "1 weeks")


def _steps(sort: str) -> st.SearchStrategy[Any]:
    plain: dict[str, Any] = {"form": "step", "where": {"sort": sort}}
    sure: dict[str, Any] = {"form": "step", "where": {"sort": sort, "done": "true"}}
    return st.sampled_from([plain, plain, sure])


def _leave() -> st.SearchStrategy[Any]:
    return st.sampled_from(["leave", {"form": "leave", "where": {"approved": "true"}}])


@st.composite
def _pauses(draw: st.DrawFn) -> dict[str, Any]:
    found = {}
    for at in range(draw(st.integers(1, 2))):
        parts = (
            {"during": draw(_leave())}
            if draw(st.integers(0, 3)) == 0
            else {"from": draw(_steps("asked")), "until": draw(_steps("received"))}
        )
        found[f"p{at}"] = without_none(
            {**parts, "at_most": draw(maybe(CAPS)), "in_all": draw(st.one_of(st.none(), st.none(), CAPS))}
        )
    return found


@st.composite
def _extension(draw: st.DrawFn) -> dict[str, Any]:
    source = draw(_steps("longer"))
    how = (
        {"column": "days"}
        if draw(st.booleans())
        else {"by": draw(figures("1 days", "6 hours", "2 working_days"))}
    )
    return without_none(
        {
            **source,
            **how,
            "at_most": draw(maybe(CAPS)),
            "in_all": draw(st.one_of(st.none(), st.none(), CAPS)),
            "total": draw(st.one_of(st.none(), st.none(), figures("15 days", "40 hours"))),
        }
    )


def _series() -> st.SearchStrategy[Any]:
    give = maybe(st.sampled_from(["1 days", "3 days", {"before": "2 days"}, {"after": "7 days"}]))
    offsets = st.sampled_from(
        [
            {"days": ["1", "3", "7"]},
            {"days": ["0", "2", "40"]},
            {"working_days": ["0", "1", "5"]},
            {"weeks": ["1", "2"]},
            {"months": ["1", "3"]},
        ]
    )
    return st.builds(lambda given, some: without_none({**given, "give": some}), offsets, give)


@st.composite
def deadlines(draw: st.DrawFn, name: str) -> dict[str, Any]:
    """Draw a duty that requests start."""
    served = draw(st.booleans())
    starts = draw(st.sampled_from(["each", "each", "first", "last"]))
    where = conditions(COLUMNS["request"], 0)
    duty: dict[str, Any] = {
        "duty": name,
        "for_each": draw(
            st.one_of(st.just("request"), where.map(lambda one: {"form": "request", "where": one}))
        ),
        "owed_by": "by",
        "starts": None if starts == "each" else starts,
        "met_by": draw(_steps("done")) if served else "visit",
        "times": draw(st.sampled_from([None, None, "2"])),
        "late_until": draw(maybe(figures("3 days", "1 working_days", "10 hours"))),
        "waived_by": draw(
            st.one_of(
                st.none(),
                st.none(),
                st.builds(
                    lambda leave, covers: [
                        {**({"form": "leave"} if isinstance(leave, str) else leave), "covers": covers}
                    ],
                    _leave(),
                    st.sampled_from(["half", "all", "any"]),
                ),
            )
        ),
    }
    if draw(st.integers(0, 3)) == 0:
        return without_none({**duty, "series": draw(_series())})
    return without_none(
        {
            **duty,
            "within": draw(LIMITS),
            "pauses": draw(st.one_of(_pauses(), _pauses(), st.none())),
            "extended_by": draw(maybe(_extension())),
        }
    )


@st.composite
def clock_regulations(draw: st.DrawFn) -> dict[str, str]:
    """Draw the files of a regulation of deadlines."""
    files = dict(FILES)
    for at in range(draw(st.integers(1, 2))):
        files[f"rules/duty{at}.yaml"] = yaml_of(draw(deadlines(f"duty{at}")))
    return files
