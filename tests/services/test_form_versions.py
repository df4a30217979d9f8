"""Versions of forms and classes: each entry is read by the form of its day, and what was answered goes on."""

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.values import NotApplicable, Unknown
from app.domain.entry import Entry
from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import as_asked, present
from app.domain.source_answers import UnreadableError
from app.domain.source_rows import EntryReader
from app.services.canonical import outcome_text
from tests.declarations.community import loaded
from tests.declarations.community import told as faults
from tests.fakes.examples import examples
from tests.services.declared import Told, files_of, regulation_of, told

INSPECTION = """
form: inspection
about: household
in_force: {until: 2025-07-01}
fields:
  floor: {type: integer, required: true}
  result: {type: choice, from: [good, bad, unclear], required: true}
  weather: {type: text}
checks: {high: {require: floor < 40}}
versions:
  mid_year:
    in_force: {from: 2025-07-01}
    fields:
      result: {type: choices, from: [good, bad, grave], required: true}
      level: {type: number, was: floor, required: true}
      minutes: {type: integer, required: true}
    checks: {high: {require: level < 20}}
---
indicator: inspected
per: household
every: year
measure: count
of: inspection
empty: zero
---
indicator: lasting
per: household
every: half_year
measure: sum
of: inspection
column: minutes
empty: zero
undecided: leave_out
"""
GIVEN = """
- {form: household, at: 2025-01-01, subject: h1, grid: c1/g1}
- {form: inspection, id: e1, at: 2025-03-01, subject: h1, by: w1, floor: 3, result: unclear, weather: wet}
- {form: inspection, id: e2, at: "2025-06-30T23:59", subject: h1, by: w1, floor: 4, result: bad}
- {form: inspection, id: e3, at: "2025-07-01T00:00", subject: h1, by: w1, level: 4.5, result: [bad, grave], minutes: 20}
"""


def shown(made: Told, table: str) -> dict[str, dict[str, Any]]:
    """Return the rows of a source table by id and column."""
    evaluation = made.evaluation()
    names = [column.name for column in evaluation.schema(table).columns]
    rows = [dict(zip(names, row, strict=True)) for row in evaluation.rows(table).values()]
    return {row["id"]: row for row in rows}


def form_of(text: str, name: str = "inspection") -> Form:
    return regulation_of(files_of(text)).forms[name]


# ---- reading -------------------------------------------------------------------------------------------------------
def test_each_entry_is_read_by_the_form_of_its_day_and_all_count() -> None:
    """A renamed question carries its answers on, a retyped one holds them, and a new one excludes nobody."""
    made = told(INSPECTION, GIVEN)
    rows = shown(made, "inspection")
    assert [(key, row["level"], row["result"]) for key, row in sorted(rows.items())] == [
        ("e1", 3, ("unclear",)),
        ("e2", 4, ("bad",)),
        ("e3", Fraction(9, 2), ("bad", "grave")),
    ]
    assert rows["e1"]["weather"] == "wet"
    assert rows["e1"]["minutes"] == Unknown("minutes")
    assert rows["e3"]["weather"] == Unknown("weather")
    assert made.column("inspected", "value") == [3]
    assert made.column("lasting", "value") == [0, 20]
    assert made.evaluation().excluded() == ()


def test_an_entry_that_its_own_version_requires_more_of_is_still_refused() -> None:
    given = GIVEN.replace(", minutes: 20", "")
    assert told(INSPECTION, given).evaluation().excluded() == (("e3", "answer_missing"),)


def test_the_checks_of_an_imported_entry_are_those_of_its_day() -> None:
    made = told(INSPECTION)
    evaluation = made.evaluation()
    at = {"e1": "2025-03-01T10:00+08:00", "e2": "2025-08-01T10:00+08:00"}
    answers: dict[str, dict[str, Any]] = {
        "e1": {"floor": 30, "result": "good"},
        "e2": {"level": 30, "result": ["good"], "minutes": 5},
    }
    for one, when in at.items():
        moment = datetime.fromisoformat(when)
        entry = Entry(one, "c1", "inspection", moment, "w1", moment, answers[one], "h1", source="import")
        evaluation.apply([entry], None)
    assert evaluation.excluded() == (("e2", "check"),)


def test_answers_under_an_earlier_name_are_read_without_any_version_too() -> None:
    form = "form: inspection\nabout: household\nfields: {level: {type: number, was: [floor, storey], required: true}}"
    reader = EntryReader(form_of(form), "Asia/Shanghai")
    at = datetime.fromisoformat("2025-03-01T10:00+08:00")

    def read(**answers: Any) -> object:
        return reader.answers(Entry("e", "c1", "inspection", at, "w1", at, answers, "h1"))[0]

    assert [read(floor=3), read(storey="2.5"), read(level=4, floor=3)] == [3, Fraction(5, 2), 4]
    with pytest.raises(UnreadableError, match="answer_missing"):
        read()


def test_what_doesnt_go_on_at_once_stays_where_it_was_answered() -> None:
    asked = form_of(INSPECTION)
    early, late = asked.on(date(2025, 6, 30)), asked.on(date(2025, 7, 1))
    assert [item.id for item in early.fields] == ["floor", "result", "weather"]
    assert [item.id for item in late.fields] == ["result", "level", "minutes"]
    was = {"floor": 3, "result": "bad", "weather": "wet", "_reason": "x"}
    assert present(asked, was) == {"level": 3, "result": ["bad"], "weather": "wet", "_reason": "x"}
    assert as_asked(asked, late, was) == present(asked, was)
    assert as_asked(asked, early, {"level": 3, "result": ["bad"], "minutes": 4}) == {
        "floor": 3,
        "result": "bad",
        "minutes": 4,
    }
    assert as_asked(asked, early, {"level": 3, "floor": 2}) == {"floor": 2}
    assert as_asked(asked, early, {"result": ["bad", "good"]}) == {"result": ["bad", "good"]}


# ---- questions and choices with a time of their own ------------------------------------------------------------------
DATED = """
form: inspection
about: household
fields:
  channel:
    type: choice
    required: true
    from:
      home: {}
      letter: {title: Letter, in_force: {until: 2025-07-01}}
      video: {title: Video, in_force: {from: 2025-07-01}}
  floor: {type: integer, required: true, in_force: {from: 2025-07-01}}
  weather: {type: text, in_force: {until: 2025-07-01}}
---
indicator: low
per: household
every: half_year
measure: count
of: {form: inspection, where: {floor: {at_most: 3}}}
empty: zero
undecided: leave_out
---
indicator: by_letter
per: household
every: year
measure: count
of: {form: inspection, where: {channel: letter}}
empty: zero
"""
DATED_GIVEN = """
- {form: household, at: 2025-01-01, subject: h1, grid: c1/g1}
- {form: inspection, id: e1, at: 2025-03-01, subject: h1, by: w1, channel: letter}
- {form: inspection, id: e2, at: 2025-08-01, subject: h1, by: w1, channel: home, floor: 2}
"""


def test_a_question_is_asked_and_a_choice_offered_on_the_days_that_they_have() -> None:
    form = form_of(DATED)

    def asked(day: date) -> tuple[list[str], list[str]]:
        then = form.on(day)
        return [item.id for item in then.fields], [
            one.id for one in then.fields[0].choices if not one.retired
        ]

    assert asked(date(2025, 6, 30)) == (["channel", "weather"], ["home", "letter"])
    assert asked(date(2025, 7, 1)) == (["channel", "floor"], ["home", "video"])
    assert form.fields[1].type.may_be_unknown


def test_a_retired_choice_and_what_wasnt_asked_yet_exclude_nothing() -> None:
    made = told(DATED, DATED_GIVEN)
    assert made.evaluation().excluded() == ()
    assert made.column("low", "value") == [0, 1]
    assert made.column("by_letter", "value") == [1]


OVERLAY = """\
overlay: c1
changes:
  - {path: inspection/fields/lift, add: {type: boolean, required: true}, why: residents asked}
"""


def test_a_required_question_of_an_overlay_excludes_no_earlier_entry() -> None:
    made = told(INSPECTION, GIVEN, files={"config/places/c1/overlay.yaml": OVERLAY})
    assert made.evaluation().excluded() == ()
    assert made.column("inspected", "value") == [3]
    form = made.regulation.forms["inspection"]
    days = (date(2025, 6, 30), date(2025, 7, 1))
    assert [[item.required for item in form.on(day).fields if item.id == "lift"] for day in days] == [
        [True]
    ] * 2


def test_an_overlay_adds_to_every_version_or_to_one() -> None:
    one = OVERLAY.replace("inspection/fields", "inspection/versions/mid_year/fields")
    choice = (
        "overlay: c1\nchanges:\n"
        "  - {path: inspection/fields/result/from/fair, add: {en: Fair}, why: residents asked}\n"
    )
    for text, wanted in ((OVERLAY, [True, True]), (one, [False, True])):
        form = regulation_of({**files_of(INSPECTION), "config/places/c1/overlay.yaml": text}).forms[
            "inspection"
        ]
        assert [version.field("lift") is not None for version in form.versions] == wanted
    form = regulation_of({**files_of(INSPECTION), "config/places/c1/overlay.yaml": choice}).forms[
        "inspection"
    ]
    assert [
        "fair" in version.fields[at].type.choices for version, at in zip(form.versions, (1, 0), strict=True)
    ] == [
        True,
        True,
    ]


@pytest.mark.parametrize("path", ["inspection/versions/none/fields/lift", "inspection/versions"])
def test_an_overlay_that_names_no_version_is_told(path: str) -> None:
    text = OVERLAY.replace("inspection/fields/lift", path)
    files = {**files_of(INSPECTION), "config/places/lakeside/overlay.yaml": text.replace("c1", "lakeside")}
    assert any(
        one.endswith("E131") for one in faults(loaded({k: v for k, v in files.items() if "c1/" not in k}))
    )


# ---- classes -------------------------------------------------------------------------------------------------------
RISK = """
form: person
describes: person
fields:
  grid: {type: ref, to: grid, required: true}
  born: {type: date, required: true}
  alone: {type: boolean, required: true}
---
class: risk
of: person
in_force: {until: 2025-07-01}
first_of:
  high: {age: {at_least: 80}}
  low: {}
versions:
  wider:
    in_force: {from: 2025-07-01}
    first_of:
      high: {age: {at_least: 70}, alone: true}
      middle: {age: {at_least: 70}}
      low: {}
---
form: talk
about: person
fields: {}
---
duty: talks
for_each: person
where: {risk: high}
owed_by: leader
every: quarter
met_by: talk
due_if: {member: all}
---
duty: talk_at_once
for_each: {form: talk, where: {subject.risk: middle}}
owed_by: by
within: 3 days
met_by: talk
"""
PEOPLE = """
- {form: person, at: 2025-01-01, subject: p1, grid: c1/g1, born: 1950-03-01, alone: true}
- {form: person, at: 2025-01-01, subject: p2, grid: c1/g1, born: 1940-03-01, alone: false}
- {form: talk, id: t1, at: 2025-06-01, subject: p2, by: w1}
- {form: talk, id: t2, at: 2025-08-01, subject: p2, by: w1}
"""


def test_a_class_decides_by_the_version_of_the_day_and_spans_are_cut_there() -> None:
    """Rows are held to those that come entry by entry, in any order, while time goes by (`Told.rows`)."""
    made = told(RISK, PEOPLE, as_of="2026-01-05")
    owed = sorted((row["subject"], row["window"]) for row in made.rows("talks"))
    assert owed == [("p1", "2025-Q3"), ("p1", "2025-Q4"), ("p2", "2025-Q1"), ("p2", "2025-Q2")]
    assert made.column("talk_at_once", "subject") == ["t2"]
    assert made.regulation.classes["risk"].parts[1].heading.id == "risk~wider"


def test_a_class_out_of_force_says_nothing() -> None:
    text = RISK.replace("in_force: {until: 2025-07-01}", "in_force: {from: 2025-04-01, until: 2025-07-01}")
    rows = sorted((row["subject"], row["window"]) for row in told(text, PEOPLE).rows("talks"))
    assert rows == [("p1", "2025-Q3"), ("p1", "2025-Q4"), ("p2", "2025-Q2")]
    ended = RISK.replace("in_force: {from: 2025-07-01}", "in_force: {from: 2025-07-01, until: 2025-10-01}")
    rows = sorted((row["subject"], row["window"]) for row in told(ended, PEOPLE).rows("talks"))
    assert rows == [("p1", "2025-Q3"), ("p2", "2025-Q1"), ("p2", "2025-Q2")]


# ---- faults --------------------------------------------------------------------------------------------------------
FORM = """\
form: inspection
about: household
in_force: {until: 2025-07-01}
fields:
  floor: {type: integer, required: true}
  result: {type: choice, ordered: true, from: [good, fair, bad], required: true}
  seen: {type: date}
versions:
  later:
    in_force: {from: 2025-07-01}
    fields:
      level: {type: integer, was: floor, required: true}
      result: {type: choice, ordered: true, from: [good, bad], required: true}
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", []),
        ("level: {type: integer", "level: {type: text", []),
        ("level: {type: integer", "level: {type: boolean", ["forms/inspection.yaml:12:21 E134"]),
        ("level: {type: integer", "level: {type: date", ["forms/inspection.yaml:12:21 E134"]),
        ("from: [good, bad]", "from: [bad, good]", ["forms/inspection.yaml:13:51 E134"]),
        ("was: floor,", "was: [floor, level],", ["forms/inspection.yaml:12:43 E134"]),
        (", from: [good, bad]", ", from: [good, bad]}\n      floor: {type: date", ["forms/inspection.yaml:12:35 E134"]),
        ("  later:\n", "  later:\n    about: community\n", ["forms/inspection.yaml:10:5 E132"]),
        ("  later:\n", "  later:\n    once_per: [subject, month]\n", ["forms/inspection.yaml:10:15 E134"]),
        ("from: 2025-07-01}\n    fields", "from: 2025-06-01}\n    fields", ["forms/inspection.yaml:10:15 E132"]),
        ("floor, required", "floor, in_force: {since: 2025-01-01}, required", ["forms/inspection.yaml:12:53 E102"]),
    ],
)  # fmt: skip
def test_what_doesnt_go_on_from_one_version_to_the_next_is_told(
    old: str, new: str, expected: list[str]
) -> None:
    assert old in FORM
    told_here = faults(loaded({"forms/inspection.yaml": FORM.replace(old, new, 1) if old else FORM}))
    assert len(told_here) == len(expected), told_here
    for wanted in expected:
        assert any(one.endswith(wanted) for one in told_here), told_here


def test_a_name_isnt_given_to_another_question_and_one_goes_on_in_one_only() -> None:
    later = (
        "  latest:\n    in_force: {from: 2025-10-01}\n    fields:\n"
        "      level: {type: integer}\n      floor: {type: integer}\n"
        "      result: {type: choice, ordered: true, from: [good, bad], was: level}\n"
    )
    text = FORM.replace("from: 2025-07-01}", "from: 2025-07-01, until: 2025-10-01}") + later
    told_here = faults(loaded({"forms/inspection.yaml": text}))
    assert told_here == ["forms/inspection.yaml:18:7 E134", "forms/inspection.yaml:19:69 E134"]
    twice = "form: inspection\nfields:\n  a: {type: text, was: c}\n  b: {type: text, was: c}\n"
    assert faults(loaded({"forms/inspection.yaml": twice})) == ["forms/inspection.yaml:4:24 E134"]


def test_classes_follow_one_another_about_the_same_and_in_one_order() -> None:
    text = (
        "class: kind\nof: household\nin_force: {until: 2025-07-01}\nfirst_of: {a: {special: {has: disabled}}, b: {}}\n"
        "versions:\n  two: {in_force: {from: 2025-07-01}, first_of: {b: {special: {has: disabled}}, a: {}}}\n"
    )
    assert faults(loaded({"rules/kind.yaml": text})) == ["rules/kind.yaml:6:8 E132"]
    other = text.replace("first_of: {b:", "of: holder, first_of: {b:").replace("special: {has: disabled}", "")
    assert any(one.endswith("E132") for one in faults(loaded({"rules/kind.yaml": other})))


READER = """\
duty: low
for_each: household
every: quarter
met_by: {form: visit, where: {minutes: {at_most: 3}}}
"""
VISIT = """\
form: visit
about: household
in_force: {until: 2025-07-01}
fields: {channel: {type: choice, from: [home, phone], required: true}}
versions:
  timed:
    in_force: {from: 2025-07-01}
    fields:
      channel: {type: choice, from: [home, phone], required: true}
      minutes: {type: integer, required: true}
"""


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("", "", ["rules/low.yaml:4:30 W221"]),
        ("every: quarter\n", "every: quarter\nin_force: {from: 2025-07-01}\n", []),
        ("every: quarter\n", "every: quarter\nin_force: {until: 2026-01-01}\n", ["rules/low.yaml:5:30 W221"]),
        ("{minutes: {at_most: 3}}", '"or_else(minutes, 0) <= 3"', []),
        ("every: quarter\n", "every: quarter\nacknowledged: {W221: nobody minds}\n", []),
    ],
)
def test_reading_what_a_version_lacks_is_told_unless_the_reader_lives_no_longer(
    old: str, new: str, expected: list[str]
) -> None:
    told_here = faults(loaded({"forms/visit.yaml": VISIT, "rules/low.yaml": READER.replace(old, new, 1)}))
    assert told_here == expected


# ---- a naive second reading ------------------------------------------------------------------------------------------
START = date(2025, 1, 1)
TYPES = ("integer", "number", "text")


@st.composite
def histories(draw: st.DrawFn) -> tuple[str, list[tuple[date, dict[str, tuple[str, str, bool]]]]]:
    """Return a form's text, and by version its first day and, by name, (the last name, the type, required)."""
    names = iter(f"q{number}" for number in range(99))
    now: dict[str, tuple[str, bool]] = {next(names): ("integer", True)}
    versions: list[tuple[date, dict[str, tuple[str, bool]], dict[str, str]]] = [(START, dict(now), {})]
    for day in sorted(draw(st.sets(st.integers(1, 300), min_size=1, max_size=3))):
        then: dict[str, tuple[str, bool]] = {}
        was: dict[str, str] = {}
        for name, (kind, required) in now.items():
            fate = draw(st.sampled_from(["keep", "rename", "retype", "drop"]))
            if fate == "drop" and len(now) > 1:
                continue
            new = next(names) if fate == "rename" else name
            if new != name:
                was[new] = name
            wider = TYPES[min(TYPES.index(kind) + 1, 2)] if fate == "retype" else kind
            then[new] = (wider, required)
        then[next(names)] = (draw(st.sampled_from(TYPES)), draw(st.booleans()))
        now = then
        versions.append((START + timedelta(days=day), dict(now), was))
    return _text(versions), _naive(versions)


def _text(versions: list[tuple[date, dict[str, tuple[str, bool]], dict[str, str]]]) -> str:
    parts = ["form: asked\nabout: household"]
    for number, (since, fields, was) in enumerate(versions):
        until = f", until: {versions[number + 1][0]}" if number + 1 < len(versions) else ""
        pad = "    " if number else ""
        if number == 1:
            parts.append("versions:")
        if number:
            parts.append(f"  v{number}:")
        parts.append(f"{pad}in_force: {{from: {since}{until}}}\n{pad}fields:")
        for name, (kind, required) in fields.items():
            renamed = f", was: {was[name]}" if name in was else ""
            parts.append(f"{pad}  {name}: {{type: {kind}, required: {str(required).lower()}{renamed}}}")
    return "\n".join(parts) + "\n"


def _naive(
    versions: list[tuple[date, dict[str, tuple[str, bool]], dict[str, str]]],
) -> list[tuple[date, dict[str, tuple[str, str, bool]]]]:
    found = []
    for number, (since, fields, _) in enumerate(versions):
        last = {}
        for name, (_, required) in fields.items():
            final, kind = name, fields[name][0]
            for _, later, was in versions[number + 1 :]:
                final = next((new for new, old in was.items() if old == final), final)
                if final not in later:
                    break
                kind = later[final][0]
            last[name] = (final, kind, required)
        found.append((since, last))
    return found


@examples(13)
@given(history=histories(), chance=st.randoms(use_true_random=False))
def test_a_naive_reading_of_any_history_of_a_form_gives_the_same(history: Any, chance: Any) -> None:
    text, versions = history
    form = regulation_of({**files_of("form: nothing\nfields: {}"), "forms/asked.yaml": text}).forms["asked"]
    reader = EntryReader(form, "Asia/Shanghai")
    for _ in range(12):
        day = START + timedelta(days=chance.randrange(330))
        since, fields = [one for one in versions if one[0] <= day][-1]
        answers: dict[str, Any] = {}
        wanted: dict[str, Any] = {item.id: Unknown(item.id) for item in form.fields}
        missing = False
        for name, (final, kind, required) in fields.items():
            if chance.random() < 0.15:
                missing = missing or required
                continue
            number = chance.randrange(100)
            own = next(item for item in form.on(day).fields if item.id == name)
            answers[name] = str(number) if own.type.kind.value == "text" else number
            wanted[final] = str(number) if kind == "text" else number
        at = datetime(
            day.year, day.month, day.day, 4, tzinfo=datetime.fromisoformat("2025-01-01T00:00+08:00").tzinfo
        )
        entry = Entry("e", "c1", "asked", at, "w1", at, answers, "h1")
        if missing:
            with pytest.raises(UnreadableError, match="answer_missing"):
                reader.answers(entry)
        else:
            read = dict(zip((item.id for item in form.fields), reader.answers(entry), strict=True))
            assert read == wanted, (since, text)


@examples(3)
@given(days=st.lists(st.integers(0, 364), min_size=1, max_size=6), seed=st.integers(0, 9))
def test_entries_that_come_one_by_one_across_a_boundary_give_what_all_at_once_give(
    days: list[int], seed: int
) -> None:
    lines = ["- {form: household, at: 2025-01-01, subject: h1, grid: c1/g1}"]
    for number, offset in enumerate(days):
        day = START + timedelta(days=offset)
        said = (
            "floor: 3, result: bad" if day < date(2025, 7, 1) else "level: 2.5, result: [grave], minutes: 7"
        )
        lines.append(f"- {{form: inspection, id: e{number}, at: {day}, subject: h1, by: w1, {said}}}")
    made = told(INSPECTION, "\n".join(lines))
    assert made.bit_by_bit(seed) == outcome_text(made.outcome())
    assert made.column("inspected", "value") == [len(days)]


def test_a_question_that_wasnt_asked_for_a_reason_of_its_own_does_not_apply() -> None:
    text = """
    form: inspection
    about: household
    in_force: {until: 2025-07-01}
    fields:
      kind: {type: choice, from: [a, b], required: true}
      why: {type: text, required: true, relevant: {kind: b}}
    versions:
      later:
        in_force: {from: 2025-07-01}
        fields: {kind: {type: choice, from: [a, b], required: true}}
    ---
    table: every
    from: inspection
    """
    given = """
    - {form: inspection, id: e1, at: 2025-03-01, subject: h1, by: w1, kind: a}
    - {form: inspection, id: e2, at: 2025-08-01, subject: h1, by: w1, kind: a}
    """
    rows = shown(told(text, given), "inspection")
    assert isinstance(rows["e1"]["why"], NotApplicable)
    assert rows["e2"]["why"] == Unknown("why")


ROWS = """
form: inspection
about: household
in_force: {until: 2025-07-01}
fields:
  seen:
    type: repeat
    fields: {name: {type: text, required: true}}
versions:
  later:
    in_force: {from: 2025-07-01}
    fields:
      seen:
        type: repeat
        fields: {name: {type: text, required: true}, age: {type: integer, required: true}}
"""


def test_rows_that_are_asked_more_later_keep_the_earlier_ones() -> None:
    form = form_of(ROWS)
    (seen,) = form.fields
    assert [(item.id, item.required, item.type.may_be_unknown) for item in seen.columns] == [
        ("name", True, False),
        ("age", False, True),
    ]
    assert [len(form.on(day).fields[0].columns) for day in (date(2025, 6, 30), date(2025, 7, 1))] == [1, 2]


def test_a_later_version_is_about_several_too() -> None:
    form = form_of(ROWS.replace("about: household\n", "about: household\nseveral: true\n"))
    assert [form.on(day).several for day in (date(2025, 6, 30), date(2025, 7, 1))] == [True, True]
    assert form.several


def test_what_is_in_rows_or_is_a_section_has_no_time_of_its_own() -> None:
    text = (
        "form: inspection\nfields:\n  seen:\n    type: repeat\n    fields: {name: {type: text, was: who}}\n"
        "  more:\n    type: group\n    in_force: {from: 2025-01-01}\n    fields: {a: {type: text}}\n"
    )
    assert faults(loaded({"forms/inspection.yaml": text})) == [
        "forms/inspection.yaml:5:33 E103",
        "forms/inspection.yaml:8:5 E103",
    ]
