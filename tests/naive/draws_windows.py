"""Random duties with windows of all sorts, and with all that decides what counts in one."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from hypothesis import strategies as st

from tests.naive.draws import (
    COLUMNS,
    FILES,
    GRIDS,
    HOUSES,
    WORKERS,
    Book,
    conditions,
    figures,
    maybe,
    without_none,
    yaml_of,
)

WINDOW_FILES: Mapping[str, str] = {
    **FILES,
    "forms/shift.yaml": """\
form: shift
about: worker
fields:
  start: {type: datetime, required: true}
  end: {type: datetime, required: true}
  sure: {type: boolean}
span: [start, end]
""",
    "forms/watch.yaml": """\
form: watch
fields: {start: {type: datetime, required: true}, end: {type: datetime, required: true}, good: {type: boolean}}
span: [start, end]
""",
    "forms/talk.yaml": "form: talk\nfields: {minutes: {type: integer}, good: {type: boolean}}\n",
    "forms/meeting.yaml": """\
form: meeting
about: community
fields: {present: {type: refs, to: worker}, excused: {type: refs, to: worker}, good: {type: boolean}}
""",
}
GOOD = {"good": "boolean"}
LIMITS = st.sampled_from(["10 days", "30 days", "90 days", "15 working_days", "2 months", "36 hours"])


def _of(form: str, columns: Mapping[str, str]) -> st.SearchStrategy[dict[str, Any]]:
    return maybe(conditions(columns, 0)).map(lambda where: without_none({"form": form, "where": where}))


def _grace() -> st.SearchStrategy[Any]:
    return maybe(figures("2 days", "3 working_days", "10 days"))


def _member() -> st.SearchStrategy[Any]:
    plain = st.sampled_from(["any", "half", "all", "at_start", "at_end"]).map(lambda rule: {"member": rule})
    return maybe(plain)


def _prorated() -> st.SearchStrategy[Any]:
    return st.builds(
        lambda rule, how: without_none({"member": rule, "prorate": "true", "round": how}),
        st.sampled_from(["any", "any", "half"]),
        st.sampled_from([None, "up", "down", "half_up"]),
    )


@st.composite
def rolling(draw: st.DrawFn, name: str) -> list[dict[str, Any]]:
    """Draw a duty whose windows run from entry to entry, sometimes in two versions."""
    each = draw(st.sampled_from(["household", "household", "role leader", "grid"]))
    form = "visit" if each == "household" else "report"
    met = draw(_of(form, COLUMNS[form]))
    if each == "grid":
        met["link"] = "place"
    common = without_none(
        {
            "for_each": each,
            "where": draw(maybe(conditions(COLUMNS["household"], 0))) if each == "household" else None,
            "owed_by": "leader" if each == "household" else None,
            "every": {"rolling": draw(LIMITS)},
            "met_by": met,
            "due_if": draw(_member()),
            "late_until": draw(_grace()),
        }
    )
    since = draw(st.sampled_from([None, "2025-01-01", "2025-02-10"]))
    if draw(st.booleans()):
        return [without_none({"duty": name, **common, "in_force": since and {"from": since}})]
    later = {**common, "every": {"rolling": draw(LIMITS)}}
    on = draw(st.sampled_from(["2025-03-15", "2025-04-20", "2025-05-01"]))
    first = without_none({"from": since, "until": on})
    goes_on = draw(st.sampled_from([None, "true", "true"]))
    second = without_none({"in_force": {"from": on}, "goes_on": goes_on, **later})
    return [{"duty": name, **common, "in_force": first, "versions": {"later": second}}]


@st.composite
def rostered(draw: st.DrawFn, name: str) -> list[dict[str, Any]]:
    """Draw a duty whose windows stand in a roster: shifts, days with shifts, or meetings."""
    shape = draw(st.sampled_from(["shifts", "shifts", "days", "meetings"]))
    if shape == "meetings":
        meeting = draw(_of("meeting", GOOD))
        met = draw(st.sampled_from([{"form": "meeting", "link": "present"}, {"form": "report"}]))
        return [
            {
                "duty": name,
                "for_each": "role leader",
                "every": {"roster": meeting},
                "met_by": met,
                "waived_by": [{"form": "meeting", "link": "excused"}],
            }
        ]
    shift = draw(_of("shift", {"sure": "boolean"}))
    each = "day" if shape == "days" else None
    return [
        without_none(
            {
                "duty": name,
                "for_each": "role leader",
                "every": without_none({"roster": shift, "each": each}),
                "met_by": draw(st.one_of(_of("watch", GOOD), _of("report", COLUMNS["report"]))),
                "due_if": draw(_member()),
                "late_until": draw(_grace()),
            }
        )
    ]


@st.composite
def sessions(draw: st.DrawFn, name: str) -> list[dict[str, Any]]:
    """Draw a duty that is met by sessions: long ones, those that add up, or as many as there are."""
    form = draw(st.sampled_from(["watch", "talk"]))
    met = draw(_of(form, GOOD))
    shape = draw(st.sampled_from(["one", "one", "together", "together", "plain"]))
    if shape != "plain":
        met["minutes"] = {"at_least": draw(figures("60", "90", "240"))}
    if shape == "together":
        met["together"] = "true"
    share = st.builds(
        lambda where, part: {"part": {"where": where, "share": part}},
        conditions(GOOD, 0),
        figures("1/2", "1/3"),
    )
    return [
        without_none(
            {
                "duty": name,
                "for_each": "role leader",
                "every": draw(st.sampled_from(["day", "week", "week", "month"])),
                "times": None if shape == "together" else draw(maybe(figures("1", "2", "3"))),
                "met_by": met,
                "of_which": None if shape == "together" else draw(maybe(share)),
                "due_if": draw(_member()) if shape == "together" else draw(st.one_of(_prorated(), _member())),
                "late_until": draw(_grace()),
            }
        )
    ]


@st.composite
def councils(draw: st.DrawFn, name: str) -> list[dict[str, Any]]:
    """Draw a duty of meetings that need a quorum."""
    role = draw(st.sampled_from(["leader", "leader", None]))
    share = draw(maybe(figures("2/3", "1/2", "1"))) if role else None
    quorum = without_none(
        {
            "role": role,
            "share": share,
            "excused": draw(maybe(st.just("excused"))) if share else None,
            "at_least": None if share else draw(figures("1", "2", "3")),
            "roles": draw(st.sampled_from([None, None, ["director"]])),
        }
    )
    met = {**draw(_of("meeting", GOOD)), "quorum": quorum}
    every = draw(st.sampled_from(["month", "quarter"]))
    grace = draw(_grace())
    return [
        without_none(
            {"duty": name, "for_each": "community", "every": every, "met_by": met, "late_until": grace}
        )
    ]


@st.composite
def exclusive(draw: st.DrawFn, name: str) -> list[dict[str, Any]]:
    """Draw duties of which an entry meets one alone."""
    names = [f"{name}_{at}" for at in range(draw(st.integers(2, 3)))]
    every = draw(st.sampled_from(["month", "quarter", "week"]))
    grace = draw(_grace())
    among = {"uses": "once", "among": names}
    return [
        without_none(
            {
                "duty": one,
                "for_each": "household",
                "owed_by": "leader",
                "every": every,
                "times": draw(maybe(figures("1", "2"))),
                "met_by": draw(_of("visit", COLUMNS["visit"])),
                "late_until": grace,
                **among,
            }
        )
        for one in names
    ]


# ---- ledgers ---------------------------------------------------------------------------------------------------------
SOME = st.lists(WORKERS, min_size=1, max_size=3, unique=True)
FLAGS = st.sampled_from([True, True, True, False, None])
ENTRIES: Mapping[Callable[..., Any], tuple[str, ...]] = {
    rolling: ("visit", "visit", "report"),
    rostered: ("shift", "shift", "meeting", "watch", "report"),
    sessions: ("watch", "talk"),
    councils: ("meeting",),
    exclusive: ("visit",),
}
"""By the sort of duty, what is entered."""


class Sessions(Book):
    """A ledger with shifts, sessions and meetings."""

    def session(self, form: str) -> None:
        """Draw an entry that lasts, a meeting, a visit or a report."""
        draw = self.draw
        at = self.instant(*draw(st.sampled_from([(62, 75), (62, 110), (40, 240), (100, 200)])))
        by = draw(WORKERS)
        length = timedelta(minutes=draw(st.sampled_from([30, 60, 90, 480, 720, 1440, 2160, 4320])))
        span = {"start": at.isoformat(), "end": (at + length).isoformat()}
        match form:
            case "shift":
                self.put("shift", at, "w9", draw(WORKERS), {**span, "sure": draw(FLAGS)})
            case "watch":
                self.put("watch", at, by, None, {**span, "good": draw(FLAGS)}, draw(GRIDS))
            case "talk":
                minutes = draw(st.sampled_from([15, 30, 30, 60, 120, None]))
                self.put("talk", at, by, None, {"minutes": minutes, "good": draw(FLAGS)})
            case "meeting":
                people = {"present": draw(SOME), "excused": draw(maybe(SOME))}
                if draw(st.integers(0, 7)) == 0:
                    people["present"] = None
                self.put("meeting", at, "w9", "c1", {**people, "good": draw(FLAGS)}, "c1")
            case "report":
                self.put("report", at, by, None, {"pages": 1, "good": draw(FLAGS)}, draw(GRIDS))
            case _:
                answers = {"channel": draw(st.sampled_from(["home", "phone"])), "met": draw(FLAGS)}
                self.put("visit", at, by, draw(HOUSES), answers)


@st.composite
def windows(draw: st.DrawFn) -> tuple[dict[str, str], list[dict[str, Any]]]:
    """Draw the files of a regulation of duties with windows of one or two sorts, and a ledger of what they look at."""
    files = dict(WINDOW_FILES)
    sorts = draw(st.lists(st.sampled_from(list(ENTRIES)), min_size=1, max_size=2))
    for at, sort in enumerate(sorts):
        for duty in draw(sort(f"duty{at}")):
            files[f"rules/{duty['duty']}.yaml"] = yaml_of(duty)
    book = Sessions(draw)
    book.people(2)
    forms = [form for sort in sorts for form in ENTRIES[sort]]
    for _ in range(draw(st.integers(10, 26))):
        book.session(draw(st.sampled_from(forms)))
    return files, book.entries
