"""Source tables follow from the set of entries and the instant alone, whether loaded at once or kept up."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.core.expressions import Binary, Literal, Name, Operator
from app.domain.core.plan import Shape
from app.domain.core.values import Kind, NotApplicable, Schema, Type, Unknown
from app.domain.entry import RETRACTION, Entry, standing
from app.domain.identity import MERGED, SPLIT
from app.domain.kinds.common import Heading
from app.domain.kinds.form import Constraint, Field, Form
from app.domain.membership import Joined
from app.domain.place import Place, PlaceTree
from app.domain.regulation import Regulation
from app.domain.source_forms import IMPORTED, Exclusion
from app.domain.source_histories import history_table, subjects_table
from app.domain.source_plan import source_plan
from app.domain.source_table import Change, Table
from app.domain.sources import SourceTables
from app.domain.workdays import Calendar

ZERO = datetime(2025, 1, 1, tzinfo=UTC)
LATE = datetime(2030, 1, 1, tzinfo=UTC)
NUMBER = Type(Kind.INTEGER)


def field(name: str, kind: Kind, *, required: bool = False, **more: Any) -> Field:
    return Field(name, kind.value, Type(kind, **more), {}, required=required)


def check(name: str, column: Name, least: int) -> Constraint:
    return Constraint(Binary(Operator.AT_LEAST, column, Literal(least, NUMBER)), {}, name)


HOUSEHOLD = Form(
    Heading("household"),
    (field("grid", Kind.REF, required=True, to="grid"), field("left_on", Kind.DATE)),
    describes="household",
    ends="left_on",
)
VISIT = Form(
    Heading("visit"),
    (field("channel", Kind.CHOICE, required=True, choices=("home", "phone")), field("minutes", Kind.INTEGER)),
    about="household",
    checks=(
        check("long_enough", Name(("minutes",), NUMBER), 5),
        check("", Name(("minutes",), NUMBER), 1),
        check("looks_further", Name(("subject", "floor"), NUMBER), 1),
    ),
)
SURVEY = Form(
    Heading("survey"),
    (field("respondent", Kind.REF, to="person"),),
    about="worker",
    once_per=("subject", "respondent", "year"),
)
LEAVE = Form(
    Heading("leave"),
    (field("start", Kind.DATE, required=True), field("until", Kind.DATE)),
    span=("start", "until"),
)
PATROL = Form(
    Heading("patrol"), (field("start", Kind.INSTANT), field("end", Kind.INSTANT)), span=("start", "end")
)
APPOINTMENT = Form(
    Heading("appointment"),
    (
        field("worker", Kind.REF, required=True, to="worker"),
        field("role", Kind.REF, required=True, to="role"),
        field("note", Kind.TEXT),
        field("left_on", Kind.DATE),
    ),
    describes="holder",
    ends="left_on",
)
STEP = Form(Heading("step"), (field("of", Kind.REF, to="visit"), field("with", Kind.REFS, to="visit")))
OUTING = Form(
    Heading("outing"),
    (
        Field(
            "parts",
            "repeat",
            Type(Kind.DATA),
            {},
            columns=(field("n", Kind.INTEGER, required=True), field("of", Kind.REF, to="visit")),
        ),
    ),
    about="household",
    once_per=("subject", "year"),
)
FORMS = (HOUSEHOLD, VISIT, SURVEY, LEAVE, PATROL, APPOINTMENT, STEP, OUTING)


def regulation(*forms: Form) -> Regulation:
    place = Place("c", "community", {})
    calendar = Calendar(id="cn", zone="Asia/Shanghai")
    return Regulation(place, PlaceTree.of([place]), calendar, "r", {form.id: form for form in forms})


def entry(  # entries of tests say what matters and nothing else
    name: str,
    form: str,
    at: datetime = ZERO,
    *,
    recorded: datetime | None = None,
    answers: Mapping[str, Any] | None = None,
    **more: Any,
) -> Entry:
    return Entry(name, "c/g1", form, at, "w1", recorded or at, answers or {}, **more)


def tables(*entries: Entry, as_of: datetime = LATE, forms: tuple[Form, ...] = FORMS) -> SourceTables:
    found = SourceTables(regulation(*forms))
    found.load(entries, as_of)
    return found


def day(number: int) -> datetime:
    return ZERO + timedelta(days=number)


def moved_in(name: str, subject: str, at: datetime = ZERO, left_on: str | None = None, **more: Any) -> Entry:
    return entry(name, "household", at, subject=subject, answers={"grid": "g1", "left_on": left_on}, **more)


def appointed(name: str, at: datetime, role: str = "leader", **answers: Any) -> Entry:
    return entry(name, "appointment", at, subject="p1", answers={"worker": "w1", "role": role, **answers})


def test_a_second_load_forgets_the_first() -> None:
    found = tables(moved_in("e1", "h1"))
    found.load([moved_in("e2", "h2")], LATE)
    assert [row[0] for row in found.rows("household").values()] == ["e2"]


def test_a_table_notes_changes_from_the_first_time_that_it_is_asked() -> None:
    table = Table("visit")
    table.put(("a",), ("a", 1))
    table.drop(("a",))
    table.put(("b",), ("b", 1))
    assert table.changes() == []
    table.put(("b",), ("b", 2))
    table.drop(("b",))
    table.put(("c",), ("c", 1))
    assert table.changes() == [
        Change("visit", ("b",), ("b", 1), None),
        Change("visit", ("c",), None, ("c", 1)),
    ]


# ---- the plan
def test_the_plan_names_the_tables_their_keys_and_shapes() -> None:
    plan = {table.name: table for table in source_plan(regulation(*FORMS))}
    assert list(plan) == [
        "household",
        "household.history",
        "household.subjects",
        "visit",
        "survey",
        "leave",
        "patrol",
        "appointment",
        "holder.history",
        "holder.subjects",
        "step",
        "outing",
        "outing.parts",
        "holder",
    ]
    assert plan["visit"].key == ("id", "subject")
    assert plan["leave"].key == ("id",)
    assert (plan["household.history"].key, plan["household.history"].shape) == (
        ("subject", "start"),
        Shape.SPAN,
    )
    assert [column.name for column in plan["visit"].columns] == [
        "id",
        "at",
        "date",
        "recorded_at",
        "by",
        "subject",
        "place",
        "channel",
        "minutes",
    ]
    assert [column.name for column in plan["leave"].columns][6:] == ["place", "start", "end", "until"]
    assert [column.name for column in plan["patrol"].columns][6:] == ["place", "start", "end"]


def test_columns_admit_the_marks_that_can_stand_in_them() -> None:
    plan = {table.name: Schema(table.columns, table.key) for table in source_plan(regulation(*FORMS))}
    assert plan["visit"].type_of("channel") == Type(Kind.CHOICE, choices=("home", "phone"))
    assert plan["visit"].type_of("minutes").may_be_unknown
    assert plan["leave"].type_of("subject").may_be_na
    assert plan["holder"].type_of("end").may_be_na
    assert plan["visit"].type_of("subject").to == "household"


def test_the_table_of_posts_is_there_without_appointments() -> None:
    assert tables(forms=(VISIT,)).rows("holder") == {}


def test_two_forms_of_one_subject_are_refused() -> None:
    other = Form(Heading("house"), (), describes="household")
    with pytest.raises(ValueError, match=r"household\.history"):
        source_plan(regulation(HOUSEHOLD, other))


def test_a_once_per_that_names_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="fortnight"):
        SourceTables(regulation(Form(Heading("survey"), (), once_per=("subject", "fortnight"))))


# ---- moments
def test_a_standing_entry_is_a_row() -> None:
    at = datetime(2025, 3, 16, 17, tzinfo=UTC)  # already the 17th in Shanghai
    found = tables(entry("v1", "visit", at, subject="h1", answers={"channel": "home", "minutes": 20}))
    assert found.rows("visit") == {
        ("v1", "h1"): ("v1", at, date(2025, 3, 17), at, "w1", "h1", "c/g1", "home", 20)
    }


def test_an_entry_about_several_subjects_is_a_row_for_each() -> None:
    visit = entry("v1", "visit", subject="h1", subjects=("h2", "h1", "h3"), answers={"channel": "home"})
    more = entry("v2", "visit", subjects=("h4",), answers={"channel": "home"})
    assert list(tables(visit, more).rows("visit")) == [("v1", "h1"), ("v1", "h2"), ("v1", "h3"), ("v2", "h4")]


def test_a_form_without_a_subject_has_rows_without_one() -> None:
    found = tables(
        entry("a", "leave", answers={"start": "2025-03-03"}),
        entry("b", "leave", subject="w2", answers={"start": "2025-03-03"}),
    )
    assert found.rows("leave")["a",][5] == NotApplicable("no_subject")
    assert found.rows("leave")["b",][5] == "w2"


def test_a_span_of_dates_runs_from_midnight_to_midnight() -> None:
    found = tables(entry("a", "leave", answers={"start": "2025-03-03", "until": "2025-03-08"}))
    assert found.rows("leave")["a",][7:] == (
        datetime(2025, 3, 2, 16, tzinfo=UTC),
        datetime(2025, 3, 7, 16, tzinfo=UTC),
        date(2025, 3, 8),
    )


def test_a_span_without_an_end_goes_on_and_without_a_start_starts_with_the_entry() -> None:
    start = datetime(2025, 3, 3, 1, tzinfo=UTC)
    found = tables(
        entry("a", "patrol", answers={"start": "2025-03-03T09:00:00+08:00"}),
        entry("b", "patrol", answers={"end": "2025-03-03T09:00:00+08:00"}),
    )
    assert found.rows("patrol")["a",][7:] == (start, None)
    assert found.rows("patrol")["b",][7:] == (ZERO, start)


def test_a_session_without_length_is_a_row() -> None:
    noon = "2025-03-03T12:00:00+08:00"
    found = tables(entry("a", "patrol", answers={"start": noon, "end": noon}))
    assert found.rows("patrol")["a",][7] == found.rows("patrol")["a",][8]


def test_what_is_corrected_or_withdrawn_leaves() -> None:
    first = entry("v1", "visit", subject="h1", answers={"channel": "home"})
    second = entry("v2", "visit", subject="h1", answers={"channel": "phone"}, supersedes="v1")
    withdrawn = entry("r1", RETRACTION, supersedes="v2")
    assert list(tables(first, second).rows("visit")) == [("v2", "h1")]
    assert tables(first, second, withdrawn).rows("visit") == {}


def test_an_entry_of_a_form_that_is_not_declared_is_no_row() -> None:
    found = tables(entry("x", "publication"))
    assert all(not found.rows(table.name) for table in found.plan)
    assert found.exclusions() == []


# ---- what doesn't count
def test_the_first_answer_of_a_year_counts_and_the_others_are_named() -> None:
    first = entry("s2", "survey", day(3), subject="w1", answers={"respondent": "x1"})
    second = entry("s1", "survey", day(9), subject="w1", answers={"respondent": "x1"})
    other = entry("s3", "survey", day(9), subject="w1", answers={"respondent": "x2"})
    later = entry("s4", "survey", day(400), subject="w1", answers={"respondent": "x1"})
    found = tables(second, first, other, later)
    assert set(found.rows("survey")) == {("s2", "w1"), ("s3", "w1"), ("s4", "w1")}
    assert found.exclusions() == [Exclusion("s1", "once_per")]


def test_an_earlier_answer_that_comes_in_later_takes_the_place_of_the_counted_one() -> None:
    found = tables(entry("s1", "survey", day(9), subject="w1", answers={"respondent": "x1"}))
    changes = found.apply(entry("s2", "survey", day(3), subject="w1", answers={"respondent": "x1"}))
    assert [(change.key, change.new is None) for change in changes] == [
        (("s1", "w1"), True),
        (("s2", "w1"), False),
    ]
    assert found.apply(entry("r", RETRACTION, supersedes="s1")) == []


def test_when_the_counted_answer_is_withdrawn_the_next_one_counts() -> None:
    found = tables(
        *(entry(name, "survey", subject="w1", answers={"respondent": "x1"}) for name in ("s1", "s2", "s3"))
    )
    changes = found.apply(entry("r", RETRACTION, supersedes="s1"))
    assert [(change.key, change.old is None, change.new is None) for change in changes] == [
        (("s1", "w1"), False, True),
        (("s2", "w1"), True, False),
    ]


def test_when_the_only_answer_is_withdrawn_none_counts_and_a_new_one_does() -> None:
    found = tables(entry("s1", "survey", subject="w1", answers={"respondent": "x1"}))
    found.apply(entry("r", RETRACTION, supersedes="s1"))
    assert found.rows("survey") == {}
    found.apply(entry("s2", "survey", subject="w1", answers={"respondent": "x1"}))
    assert set(found.rows("survey")) == {("s2", "w1")}


def test_answers_of_unknown_respondents_do_not_repeat_one_another() -> None:
    found = tables(entry("s1", "survey", subject="w1"), entry("s2", "survey", subject="w1"))
    assert set(found.rows("survey")) == {("s1", "w1"), ("s2", "w1")}
    assert found.rows("survey")["s1", "w1"][-1] == Unknown("respondent")


def test_an_entry_that_cannot_be_read_is_named_with_its_reason() -> None:
    found = tables(
        entry("a", "visit", answers={"channel": "home"}),
        entry("b", "visit", subject="h1", answers={"channel": "by_pigeon"}),
        entry("c", "visit", subject="h1"),
        entry("d", "leave", answers={"start": "2025-03-08", "until": "2025-03-03"}),
    )
    assert found.rows("visit") == {}
    assert found.rows("leave") == {}
    assert found.exclusions() == [
        Exclusion("a", "subject_missing"),
        Exclusion("b", "not_a_choice", "channel"),
        Exclusion("c", "answer_missing", "channel"),
        Exclusion("d", "span_reversed"),
    ]


def test_an_unreadable_entry_can_be_corrected() -> None:
    found = tables(entry("a", "visit", answers={"channel": "home"}))
    changes = found.apply(entry("b", "visit", subject="h1", answers={"channel": "home"}, supersedes="a"))
    assert [change.key for change in changes] == [("b", "h1")]
    assert found.exclusions() == []


def test_imported_entries_pass_the_forms_checks_or_stay_out() -> None:
    def visit(name: str, minutes: int | None, source: str) -> Entry:
        answers = {"channel": "home", "minutes": minutes}
        return entry(name, "visit", subject="h1", answers=answers, source=source)

    found = tables(
        visit("typed", 0, "app"),
        visit("bad", 0, IMPORTED),
        visit("short", 3, IMPORTED),
        visit("unknown", None, IMPORTED),
    )
    assert set(found.rows("visit")) == {("typed", "h1"), ("unknown", "h1")}
    assert found.exclusions() == [
        Exclusion("bad", "check", "2"),
        Exclusion("bad", "check", "long_enough"),
        Exclusion("short", "check", "long_enough"),
    ]


# ---- histories and posts
def test_a_described_subject_has_states_and_one_row_of_its_own() -> None:
    found = tables(moved_in("a", "h1"), moved_in("b", "h1", day(9), "2025-03-01"), moved_in("c", "h2"))
    end = datetime(2025, 2, 28, 16, tzinfo=UTC)
    assert found.rows(history_table("household")) == {
        ("h1", ZERO): ("h1", ZERO, day(9), "a", "c/g1", "g1", Unknown("left_on")),
        ("h1", day(9)): ("h1", day(9), end, "b", "c/g1", "g1", date(2025, 3, 1)),
        ("h2", ZERO): ("h2", ZERO, None, "c", "c/g1", "g1", Unknown("left_on")),
    }
    assert found.rows(subjects_table("household")) == {
        ("h1",): ("h1", ZERO, end),
        ("h2",): ("h2", ZERO, None),
    }


def test_a_withdrawn_file_leaves_no_subject() -> None:
    found = tables(moved_in("a", "h1"))
    changes = found.apply(entry("r", RETRACTION, supersedes="a"))
    assert [(change.table, change.new) for change in changes] == [
        ("household", None),
        ("household.history", None),
        ("household.subjects", None),
    ]


def test_appointments_hold_posts_and_a_new_note_leaves_the_post_as_it_is() -> None:
    found = tables(
        appointed("a", day(0)),
        appointed("b", day(5), note="passed the course"),
        appointed("c", day(9), role="stationmaster"),
        appointed("d", day(20), role="stationmaster", left_on="2025-01-31"),
    )
    assert len(found.rows("holder.history")) == 4
    assert found.rows("holder") == {
        ("p1", day(0)): ("p1", "w1", "leader", "c/g1", day(0), day(9)),
        ("p1", day(9)): ("p1", "w1", "stationmaster", "c/g1", day(9), datetime(2025, 1, 30, 16, tzinfo=UTC)),
    }


def test_a_post_that_is_taken_up_again_is_two_spans() -> None:
    found = tables(appointed("a", day(0), left_on="2025-01-05"), appointed("b", day(9)))
    assert [row[4:] for row in found.rows("holder").values()] == [
        (day(0), datetime(2025, 1, 4, 16, tzinfo=UTC)),
        (day(9), None),
    ]


# ---- keeping up
def test_a_correction_changes_only_its_own_rows() -> None:
    found = tables(moved_in("a", "h1"), moved_in("b", "h2"))
    changes = found.apply(moved_in("c", "h1", day(3), supersedes="a"))
    assert {(change.table, change.key) for change in changes} == {
        ("household", ("a", "h1")),
        ("household", ("c", "h1")),
        ("household.history", ("h1", ZERO)),
        ("household.history", ("h1", day(3))),
        ("household.subjects", ("h1",)),
    }


def test_the_same_entry_again_changes_nothing() -> None:
    found = tables(moved_in("a", "h1"))
    assert found.apply(moved_in("a", "h1")) == []
    assert len(tables(moved_in("a", "h1"), moved_in("a", "h1")).rows("household")) == 1


def test_another_entry_of_the_same_id_is_refused() -> None:
    with pytest.raises(ValueError, match="one id"):
        tables(moved_in("a", "h1"), moved_in("a", "h2"))


def test_an_entry_recorded_later_waits_for_its_time() -> None:
    found = tables(moved_in("a", "h1"), as_of=day(1))
    assert found.apply(moved_in("b", "h2", recorded=day(3))) == []
    assert found.advance(day(2)) == []
    assert [change.table for change in found.advance(day(3))] == [
        "household",
        "household.history",
        "household.subjects",
    ]


def test_an_entry_recorded_at_the_very_instant_counts() -> None:
    found = tables(as_of=day(1))
    assert next(change.table for change in found.apply(moved_in("a", "h1", recorded=day(1)))) == "household"


def test_time_does_not_go_back() -> None:
    with pytest.raises(ValueError, match="load"):
        tables(as_of=day(1)).advance(day(0))


def test_a_table_that_is_not_in_the_plan_is_a_key_error() -> None:
    with pytest.raises(KeyError):
        tables().rows("unheard_of")


def test_before_anything_is_loaded_everything_waits() -> None:
    found = SourceTables(regulation(*FORMS))
    assert found.apply(moved_in("a", "h1")) == []
    assert [change.key for change in found.advance(LATE)] == [("a", "h1"), ("h1", ZERO), ("h1",)]


def test_a_form_that_describes_nobody_has_no_one_to_bring_together() -> None:
    found = tables(visit("v1"))
    before = dict(found.rows("visit"))
    found._forms["visit"].regroup({"h1": Joined("h1", "h2", ZERO)})
    assert dict(found.rows("visit")) == before


# ---- references to entries
def steps(found: SourceTables) -> list[tuple[Any, Any]]:
    schema = next(table for table in found.plan if table.name == "step").columns
    names = [column.name for column in schema]
    return [(row[names.index("of")], row[names.index("with")]) for row in found.rows("step").values()]


def visit(name: str, supersedes: str | None = None, number: int = 0) -> Entry:
    return entry(name, "visit", day(number), subject="h1", answers={"channel": "home"}, supersedes=supersedes)


def test_a_step_of_a_record_that_was_corrected_twice_is_a_step_of_what_stands_now() -> None:
    step = entry("s", "step", answers={"of": "v1", "with": ["v1", "other"]})
    found = tables(step, visit("v1"), visit("v2", "v1", 1), visit("v3", "v2", 2))
    assert steps(found) == [("v3", ("v3", "other"))]


def test_a_correction_that_comes_in_leads_the_steps_along_and_tells_their_rows() -> None:
    found = tables(entry("s", "step", answers={"of": "v1"}), visit("v1"))
    changed = found.apply(visit("v2", "v1", 1))
    assert {change.table for change in changed} == {"visit", "step"}
    found.apply(visit("v3", "v2", 2))
    assert [of for of, _ in steps(found)] == ["v3"]


def test_a_step_of_a_withdrawn_record_stays_with_it() -> None:
    found = tables(
        entry("s", "step", answers={"of": "v1"}), visit("v1"), entry("r", RETRACTION, day(1), supersedes="v1")
    )
    assert [of for of, _ in steps(found)] == ["v1"]


def test_of_two_corrections_of_one_record_references_follow_the_one_recorded_last() -> None:
    given = [entry("s", "step", answers={"of": "v1"}), visit("v1"), visit("a", "v1", 2), visit("b", "v1", 1)]
    assert [of for of, _ in steps(tables(*given))] == ["a"]
    kept = tables(*given[:2])
    for item in (given[3], given[2]):
        kept.apply(item)
    assert [of for of, _ in steps(kept)] == ["a"]


def test_records_that_supersede_each_other_lead_nowhere_and_end() -> None:
    found = tables(entry("s", "step", answers={"of": "v1"}), visit("v1", "v2", 1), visit("v2", "v1", 1))
    assert len(steps(found)) == 1


def test_a_step_that_was_itself_corrected_is_led_along_once() -> None:
    first = entry("s", "step", answers={"of": "v1"})
    found = tables(first, entry("s2", "step", day(1), answers={"of": "v1"}, supersedes="s"), visit("v1"))
    found.apply(visit("v2", "v1", 1))
    assert [of for of, _ in steps(found)] == ["v2"]


def test_a_step_that_was_corrected_after_it_was_counted_does_not_come_back_with_its_record() -> None:
    found = tables(entry("s", "step", answers={"of": "v1"}), visit("v1"))
    found.apply(entry("s2", "step", day(1), answers={"of": "v1"}, supersedes="s"))
    found.apply(visit("v2", "v1", 1))
    assert [of for of, _ in steps(found)] == ["v2"]


def test_records_that_supersede_each_other_end_when_another_comes_too() -> None:
    found = tables(entry("s", "step", answers={"of": "v1"}), visit("v1", "v2", 1), visit("v2", "v1", 1))
    found.apply(visit("v3", "v1", 2))
    assert len(steps(found)) == 1


def test_records_that_supersede_each_other_end_when_an_older_one_comes_late() -> None:
    found = tables(entry("s", "step", answers={"of": "v1"}), visit("v1", "v2", 1), visit("v2", "v1", 1))
    found.apply(visit("v3", "v1", 0))
    assert len(steps(found)) == 1


# ---- rows of a repeat
def outing(name: str, *parts: dict[str, Any], number: int = 0, **more: Any) -> Entry:
    subject = more.pop("subject", "h1")
    return entry(name, "outing", day(number), subject=subject, answers={"parts": list(parts)}, **more)


def parts_of(found: SourceTables) -> dict[Any, tuple[Any, ...]]:
    return {key: row[-3:] for key, row in found.rows("outing.parts").items()}


def test_each_row_of_a_repeat_is_a_row_of_a_table_and_blank_ones_are_none() -> None:
    found = tables(outing("o1", {"n": 4}, {}, {"n": 5, "of": ""}))
    assert parts_of(found) == {
        ("o1", "h1", 1): (1, 4, Unknown("of")),
        ("o1", "h1", 2): (2, 5, Unknown("of")),
    }
    names = [column.name for column in next(one for one in found.plan if one.name == "outing.parts").columns]
    assert names == ["id", "at", "date", "recorded_at", "by", "subject", "place", "nth", "n", "of"]


def test_rows_come_and_go_with_what_counts_of_their_entry() -> None:
    found = tables(outing("o1", {"n": 1}, number=1), outing("o2", {"n": 2}, number=2))
    assert list(parts_of(found)) == [("o1", "h1", 1)]
    changed = found.apply(entry("r", RETRACTION, day(3), supersedes="o1"))
    assert {change.table for change in changed} == {"outing", "outing.parts"}
    assert list(parts_of(found)) == [("o2", "h1", 1)]


def test_an_entry_about_several_has_its_rows_for_each_of_them() -> None:
    found = tables(outing("o1", {"n": 1}, subjects=("h2",)))
    assert sorted(parts_of(found)) == [("o1", "h1", 1), ("o1", "h2", 1)]


def test_a_row_that_cannot_be_read_leaves_its_entry_out_and_says_where() -> None:
    found = tables(outing("o1", {"n": 1}, {"n": "many"}), outing("o2", {"of": "v1"}, subject="h2"))
    assert found.rows("outing") == found.rows("outing.parts") == {}
    assert found.exclusions() == [
        Exclusion("o1", "not_a_number", "parts.2.n"),
        Exclusion("o2", "answer_missing", "parts.1.n"),
    ]


def test_what_a_row_refers_to_is_led_to_what_stands_in_its_place() -> None:
    found = tables(outing("o1", {"n": 1, "of": "v1"}), visit("v1"))
    found.apply(visit("v2", "v1", 1))
    assert [row[-1] for row in found.rows("outing.parts").values()] == ["v2"]


# ---- the law: however entries come, the rows are those of a fresh load
ANSWERS: dict[str, st.SearchStrategy[dict[str, Any]]] = {
    "household": st.fixed_dictionaries(
        {"grid": st.sampled_from(["g1", "g2"])},
        optional={"left_on": st.sampled_from(["2025-01-03", "2025-01-06"])},
    ),
    "visit": st.fixed_dictionaries(
        {"channel": st.sampled_from(["home", "phone", "pigeon"])}, optional={"minutes": st.integers(0, 9)}
    ),
    "survey": st.fixed_dictionaries({}, optional={"respondent": st.sampled_from(["x1", "x2"])}),
    "leave": st.fixed_dictionaries(
        {"start": st.just("2025-01-03")}, optional={"until": st.just("2025-01-02")}
    ),
    "appointment": st.fixed_dictionaries(
        {"worker": st.just("w1"), "role": st.sampled_from(["leader", "member"])},
        optional={"left_on": st.just("2025-01-05")},
    ),
    "step": st.fixed_dictionaries(
        {"of": st.sampled_from(["e0", "e1", "e2", "elsewhere"])},
        optional={"with": st.lists(st.sampled_from(["e1", "e3"]), max_size=2)},
    ),
    "outing": st.fixed_dictionaries(
        {},
        optional={
            "parts": st.lists(
                st.fixed_dictionaries(
                    {}, optional={"n": st.sampled_from([1, 2, "many"]), "of": st.sampled_from(["e0", "e1"])}
                ),
                max_size=3,
            )
        },
    ),
    RETRACTION: st.just({}),
    "publication": st.just({}),
    MERGED: st.sampled_from(
        [
            {"of": "household", "kept": "s1", "absorbed": "s2"},
            {"of": "household", "kept": "s2", "absorbed": "s1"},
            {"of": "household", "kept": "s1", "absorbed": "s3"},
            {"of": "worker", "kept": "w1", "absorbed": "s2"},
        ]
    ),
    SPLIT: st.fixed_dictionaries(
        {
            "of": st.just("household"),
            "origin": st.sampled_from(["s1", "s2"]),
            "part": st.sampled_from(["s2", "s3"]),
            "entries": st.sampled_from(["e0\ne2", "e1", "e4\n"]),
        }
    ),
}


@st.composite
def ledgers(draw: st.DrawFn) -> list[Entry]:
    names = [f"e{number}" for number in range(draw(st.integers(0, 9)))]
    found = []
    for name in names:
        form = draw(st.sampled_from(sorted(ANSWERS)))
        at = day(draw(st.integers(0, 5)))
        found.append(
            entry(
                name,
                form,
                at,
                recorded=at + timedelta(days=draw(st.integers(0, 4))),
                answers=draw(ANSWERS[form]),
                subject=draw(st.sampled_from(["s1", "s2", None])),
                subjects=tuple(draw(st.lists(st.sampled_from(["s1", "s2"]), max_size=2))),
                source=draw(st.sampled_from(["app", IMPORTED])),
                supersedes=draw(st.sampled_from([None, None, *names])),
            )
        )
    return found


def content(found: SourceTables) -> dict[str, dict[Any, Any]]:
    return {table.name: dict(found.rows(table.name)) for table in found.plan}


@given(entries=ledgers(), order=st.randoms(use_true_random=False), split=st.integers(0, 9))
def test_kept_up_in_any_order_the_rows_are_those_of_a_fresh_load(
    entries: list[Entry], order: Random, split: int
) -> None:
    arrived = list(entries)
    order.shuffle(arrived)
    kept = SourceTables(regulation(*FORMS))
    kept.load(arrived[:split], day(2))
    mirror = content(kept)

    def follow(changes: list[Change]) -> None:
        for change in changes:
            assert change.old != change.new
            assert mirror[change.table].pop(change.key, None) == change.old
            if change.new is not None:
                mirror[change.table][change.key] = change.new

    for number, item in enumerate(arrived[split:]):
        follow(kept.apply(item))
        if number % 3 == 1:
            follow(kept.advance(kept.as_of + timedelta(days=1)))
    fresh = tables(*entries, as_of=kept.as_of)
    assert content(kept) == content(fresh) == mirror
    assert kept.exclusions() == fresh.exclusions()


@given(entries=ledgers(), as_of=st.integers(0, 9))
def test_rows_and_exclusions_account_for_every_standing_entry(entries: list[Entry], as_of: int) -> None:
    found = tables(*entries, as_of=day(as_of))
    forms = {form.id for form in FORMS}
    stand = {item.id for item in standing(entries, day(as_of)) if item.form in forms}
    shown = {str(key[0]) for form in forms for key in found.rows(form)}
    excluded = {item.entry for item in found.exclusions() if item.reason != "once_per"}
    repeated = {item.entry for item in found.exclusions() if item.reason == "once_per"}
    assert shown | excluded | repeated == stand
    assert not shown & excluded
