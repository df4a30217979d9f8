"""Sections, rows, totals, cascades and what follows an answer, as a pure function of a form's file."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain.asked import Register
from app.domain.compiled_questions import Words
from app.domain.core.json_values import from_json
from app.domain.core.values import Column, Kind, Type, Unknown, Value
from app.domain.files import files_in
from app.domain.kinds.common import Texts
from app.domain.kinds.form import WhenHidden
from app.domain.submission import Facts, FormLogic, Subject
from tests.declarations.community import loaded
from tests.domain.test_submission import COLUMNS, NOW, TYPES, check, facts, logic, told

ROWS = """\
  kind: {type: choice, from: [family, shared]}
  members:
    type: repeat
    between: [1, 3]
    fields:
      name: {type: text, required: true}
      age: {type: integer, at_least: 0}
      income: {type: money}
      school: {type: text, required: true, relevant: {age: {under: 18}}}
      yearly: {type: money, calculation: income * 12}
    totals:
      people: {count: true}
      grown: {count: true, where: {age: {at_least: 18}}}
      all_income: {sum: yearly}
      eldest: {max: age}
      mean: {average: age}
  alone: {type: boolean, calculation: people == 1}
"""


def test_rows_are_checked_one_by_one_and_each_fault_says_which_row() -> None:
    form = logic(ROWS)
    checked = check(
        form, {"members": [{"name": "甲", "age": 40}, {"age": -1}, {"name": "丙", "age": "many"}, {}]}
    )
    assert told(checked) == [
        ("E702", "members.3.age"),
        ("E763", "members"),
        ("E701", "members.2.name"),
        ("E711", "members.2.age"),
        ("E701", "members.2.school"),
    ]


def test_what_is_stored_of_rows_is_what_was_asked_in_each_and_blank_rows_are_nothing() -> None:
    checked = check(
        logic(ROWS),
        {"members": [{"name": "甲", "age": 40, "income": "2.50", "school": "左边"}, {}, {"age": ""}]},
    )
    assert told(checked) == []
    assert checked.answers["members"] == [{"name": "甲", "age": 40, "income": "2.50", "yearly": 30}]
    assert [
        checked.answers[name] for name in ("people", "grown", "all_income", "eldest", "mean", "alone")
    ] == [
        1,
        1,
        30,
        40,
        40,
        True,
    ]


def test_totals_of_no_rows_are_zero_or_nothing() -> None:
    checked = check(logic(ROWS), {})
    assert dict(checked.answers) == {"people": 0, "grown": 0, "all_income": 0, "alone": False}


def test_a_total_over_something_unknown_is_unknown_and_not_stored() -> None:
    checked = check(
        logic(ROWS), {"members": [{"name": "甲"}, {"name": "乙", "age": 3, "school": "实验小学"}]}
    )
    assert "grown" not in checked.answers
    assert "eldest" not in checked.answers
    assert checked.answers["people"] == 2


def test_rows_have_a_least_and_a_most_and_a_required_repeat_has_one() -> None:
    form = logic(
        "  tools:\n    type: repeat\n    required: true\n    at_least: 2\n    fields: {what: {type: text}}\n"
    )
    assert told(check(form, {})) == [("E701", "tools")]
    assert told(check(form, {"tools": [{}, {"what": ""}]})) == [("E701", "tools")]
    assert told(check(form, {"tools": [{"what": "锤子"}]})) == [("E762", "tools")]
    assert told(check(form, {"tools": [{"what": "锤子"}] * 201})) == [("E763", "tools")]
    assert told(check(form, {"tools": [{"what": "锤子"}, {"what": "锯子"}]})) == []


@pytest.mark.parametrize("rows", ["three", [3], [["name"]], {"name": "甲"}])
def test_what_is_no_list_of_rows_is_refused(rows: object) -> None:
    assert told(check(logic(ROWS), {"members": rows})) == [("E702", "members")]


def test_an_answer_in_a_row_to_no_question_is_refused() -> None:
    assert told(check(logic(ROWS), {"members": [{"name": "甲", "shoe": "42"}]})) == [("E709", "members")]


def test_conditions_in_a_row_see_the_row_and_the_answers_before_the_rows() -> None:
    form = logic(
        "  limit: {type: integer}\n"
        "  parts:\n    type: repeat\n    fields:\n      n: {type: integer, constraint: {require: n <= limit}}\n"
    )
    assert told(check(form, {"limit": 3, "parts": [{"n": 3}, {"n": 4}]})) == [("E704", "parts.2.n")]
    assert told(check(form, {"parts": [{"n": 4}]})) == []


def test_a_constraint_of_the_rows_reads_totals_below_them_by_a_check_of_the_form() -> None:
    form = logic(
        "  parts: {type: repeat, fields: {n: {type: integer}}, totals: {sum: {sum: n}}}\n",
        "checks: {enough: {require: sum >= 10, message: {zh: 不到十。}}}\n",
    )
    assert told(check(form, {"parts": [{"n": 4}, {"n": 5}]})) == [("E704", None)]
    assert told(check(form, {"parts": [{"n": 4}, {"n": 6}]})) == []


def test_a_retired_choice_in_a_row_stays_where_the_corrected_entry_had_it() -> None:
    form = logic(
        "  pets:\n    type: repeat\n    fields:\n"
        "      kind: {type: choice, from: {cat: {title: 猫}, rat: {title: 鼠, retired: true}}}\n"
    )
    rows = {"pets": [{"kind": "cat"}, {"kind": "rat"}]}
    assert told(check(form, rows)) == [("E703", "pets.2.kind")]
    assert told(form.check(rows, facts(), {"pets": [{"kind": "rat"}]})) == []


GROUPED = """\
  kind: {type: choice, from: [family, shared]}
  home:
    type: group
    title: {zh: 家里}
    relevant: {kind: family}
    when_hidden: keep
    fields:
      rooms: {type: integer, required: true}
      more:
        type: group
        folded: true
        fields:
          notes: {type: text, when_hidden: clear, relevant: {rooms: {over: 2}}}
          pets: {type: repeat, fields: {what: {type: text, required: true}}, totals: {n_pets: {count: true}}}
"""


def test_a_section_gives_its_condition_to_all_that_stands_in_it() -> None:
    form = logic(GROUPED)
    assert [(one.id, one.within, one.folded) for one in form.form.groups] == [
        ("home", "", False),
        ("more", "home", True),
    ]
    assert [(item.id, item.group) for item in form.form.fields] == [
        ("kind", ""),
        ("rooms", "home"),
        ("notes", "more"),
        ("pets", "more"),
        ("n_pets", "more"),
    ]
    assert form.asked({}, facts()).relevant == {"kind"}
    assert form.asked({"kind": "family"}, facts()).relevant == {"kind", "rooms", "pets", "n_pets"}
    assert form.asked({"kind": "family", "rooms": 3}, facts()).relevant == {
        item.id for item in form.form.fields
    }
    assert told(check(form, {"kind": "family", "pets": [{"what": ""}, {}]})) == [("E701", "rooms")]


def test_what_is_not_asked_any_more_is_dropped_or_kept_as_the_question_or_its_section_says() -> None:
    form = logic(GROUPED)
    kept = {item.id: item.when_hidden for item in form.form.fields}
    assert kept["rooms"] is WhenHidden.KEEP
    assert kept["notes"] is WhenHidden.CLEAR
    given_ = {"kind": "shared", "rooms": 4, "notes": "安静", "pets": [{"what": "猫"}]}
    assert dict(check(form, given_).answers) == {"kind": "shared", "rooms": 4, "pets": [{"what": "猫"}]}


CASCADE = """\
  district: {type: choice, from: [east, west]}
  street:
    type: choice
    from:
      lake: {title: 湖滨路, where: {district: east}}
      hill: {title: 山前路, where: {district: west}}
      ring: {title: 环路}
"""


def test_a_choice_is_offered_while_its_condition_surely_holds() -> None:
    form = logic(CASCADE)
    assert form.asked({}, facts()).offered == {"street": ("ring",)}
    assert form.asked({"district": "east"}, facts()).offered == {"street": ("lake", "ring")}


def test_what_is_not_offered_is_refused_by_the_server_too_unless_it_stood_there() -> None:
    form = logic(CASCADE)
    given_ = {"district": "east", "street": "hill"}
    assert told(check(form, given_)) == [("E761", "street")]
    assert told(form.check(given_, facts(), {"street": "hill"})) == []
    assert told(check(form, {"district": "east", "street": "lake"})) == []
    assert told(check(form, {"street": "ring"})) == []


class People(Register):
    """A register of two people."""

    COLUMNS = (Column("born", Type(Kind.DATE)), Column("phone", Type(Kind.TEXT, may_be_unknown=True)))
    ROWS: Mapping[str, tuple[Value, ...]] = {
        "p-1": (date(1950, 1, 1), "139"),
        "p-2": (date(2001, 5, 5), Unknown("phone")),
    }

    def columns(self, to: str) -> tuple[Column, ...]:
        return self.COLUMNS if to == "person" else ()

    def row(self, to: str, ref: str) -> tuple[Value, ...] | None:
        return self.ROWS.get(ref) if to == "person" else None


PERSON = (
    "form: person\ndescribes: person\nfields: {born: {type: date, required: true}, phone: {type: text}}\n"
)


def about_people(fields: str) -> tuple[FormLogic, Facts]:
    found = loaded(
        {"forms/person.yaml": PERSON, "forms/asked.yaml": f"form: asked\nabout: household\nfields:\n{fields}"}
    )
    assert found.regulation is not None, [str(problem) for problem in found.problems]
    people = People()
    form = found.regulation.forms["asked"]
    made = FormLogic(form, found.regulation.calendar, TYPES, COLUMNS, people.columns)
    return made, Facts(NOW, NOW, "w-1", "lakeside", "hh-1", register=people)


def test_only_what_a_reference_s_condition_surely_lets_through_can_be_picked() -> None:
    form, known = about_people(
        "  least: {type: integer}\n  who: {type: ref, to: person, where: age >= answers.least}\n"
        "  rows:\n    type: repeat\n    fields:\n"
        "      since: {type: date}\n      one: {type: ref, to: person, where: born < answers.since}\n"
    )
    old, young = People.ROWS["p-1"], People.ROWS["p-2"]
    assert form.picker("who", {"least": 60}, known)(old)
    assert not form.picker("who", {"least": 60}, known)(young)
    assert not form.picker("who", {}, known)(old)
    answers = {"rows": [{"since": "1990-01-01"}, {}]}
    assert form.picker("rows.1.one", answers, known)(old)
    assert not form.picker("rows.1.one", answers, known)(young)
    assert not form.picker("rows.2.one", answers, known)(old)
    assert not form.picker("rows.3.one", answers, known)(old)


FOLLOWING = """\
  who: {type: ref, to: person}
  phone: {type: text, default: who.phone}
  card: {type: id_card}
  born: {type: date, default: card.born}
  year_later: {type: date, default: born}
  rows: {type: repeat, at_least: 1, fields: {one: {type: ref, to: person}, tel: {type: text, default: one.phone}}}
"""


def test_defaults_read_the_register_and_follow_when_who_it_is_about_changes() -> None:
    form, known = about_people(FOLLOWING)
    assert form.defaults(known, {"who": "p-1"}) == {"who": "p-1", "phone": "139", "rows": [{}]}
    assert form.followed({}, {"who": "p-1"}, known) == {"phone": "139"}
    assert form.followed({"who": "p-1"}, {"who": "p-2", "phone": "139"}, known) == {"phone": None}
    assert form.followed({"who": "p-1"}, {"who": "p-9", "phone": "139"}, known) == {"phone": None}


def test_what_somebody_typed_is_never_written_over() -> None:
    form, known = about_people(FOLLOWING)
    assert form.followed({"phone": "110"}, {"who": "p-1", "phone": "110"}, known) == {}
    assert form.followed({"who": "p-1"}, {"who": "p-1"}, known) == {}, "emptied by hand stays empty"


def test_an_id_card_s_day_of_birth_goes_on_into_what_hangs_on_it() -> None:
    form, known = about_people(FOLLOWING)
    card = {"card": "110105491231002"}
    assert form.followed({}, card, known) == {"born": "1949-12-31", "year_later": "1949-12-31"}
    assert form.followed({}, {**card, "born": "1950-01-01"}, known) == {"year_later": "1950-01-01"}


WORDS = """\
  card: {type: id_card}
  sex: {type: text, default: card.sex}
  kind: {type: choice, from: {home: {zh: 上门, en: At home}, letter: {zh: 信件}}}
  as_text: {type: text, default: kind}
  picked: {type: choice, from: {home: {zh: 上门}}, default: kind}
  whom: {type: text, default: subject}
"""


def test_a_text_that_begins_with_a_choice_is_what_that_is_called_in_the_readers_language() -> None:
    zh, known = about_people(WORDS)
    card = {"card": "11010519491231002X", "kind": "home"}
    assert zh.followed({}, card, known) == {"sex": "女", "as_text": "上门", "picked": "home"}
    assert zh.defaults(known, card)["sex"] == "女"
    en = FormLogic(zh.form, zh.calendar, TYPES, words=Words("en"))
    assert en.followed({}, card, known) == {"sex": "female", "as_text": "At home", "picked": "home"}
    assert en.followed({}, {"kind": "letter"}, known) == {"as_text": "信件", "picked": "letter"}


def test_a_text_that_begins_with_somebody_is_what_that_one_is_called_in_the_readers_language() -> None:
    form, known = about_people(
        "  who: {type: ref, to: household}\n"
        "  whom: {type: text, default: subject}\n"
        "  other: {type: text, default: who}\n"
        "  either: {type: text, default: 'or_else(who, subject)'}\n"
        "  same: {type: ref, to: household, default: subject}\n"
    )
    assert form.defaults(known, {})["whom"] == "hh-1", "nobody tells what it is called"
    names: dict[str, Texts | str] = {"hh-1": {"zh": "王家", "en": "The Wangs"}, "hh-2": "李家"}

    def called(to: str, one: str) -> Texts | str:
        return names[one] if to == "household" else to

    named = FormLogic(form.form, form.calendar, TYPES, words=Words("en", called=called))
    assert named.defaults(known, {}) == {"whom": "The Wangs", "either": "The Wangs", "same": "hh-1"}
    typed = {"who": "hh-2", "either": "The Wangs"}
    assert named.followed({}, typed, known) == {"other": "李家", "either": "李家"}
    plain = FormLogic(form.form, form.calendar, TYPES, words=Words("es", called=called))
    assert plain.defaults(known, {})["whom"] == "王家"


def test_a_text_that_begins_with_a_choice_of_a_register_is_what_that_is_called() -> None:
    person = PERSON.replace(
        "phone: {type: text}", "phone: {type: choice, from: {" + "home: {zh: 座机}, cell: {zh: 手机}}}"
    )
    texts = {
        "forms/person.yaml": person,
        "forms/asked.yaml": "form: asked\nabout: person\nfields:\n"
        "  called: {type: text, default: subject.phone}\n"
        "  who: {type: ref, to: person}\n"
        "  other: {type: text, default: who.phone}\n"
        "  born: {type: date, default: who.born}\n",
    }
    found = loaded(texts)
    assert found.regulation is not None, [str(problem) for problem in found.problems]
    people = People()
    titles = {"home": {"zh": "座机", "en": "At home"}, "cell": {"zh": "手机"}}
    columns = (Column("phone", Type(Kind.CHOICE, choices=("home", "cell"))),)
    for words, called in ((Words("en"), "home"), (Words("en", {"subject.phone": titles}), "At home")):
        form = FormLogic(
            found.regulation.forms["asked"], found.regulation.calendar, TYPES, columns, people.columns, words
        )
        known = Facts(NOW, NOW, "w-1", "lakeside", "p-1", Subject(columns, ("home",)), people)
        assert form.defaults(known, {})["called"] == called
    row = {"who": "p-1"}
    named = FormLogic(
        form.form,
        form.calendar,
        TYPES,
        columns,
        people.columns,
        Words("zh", {"person.phone": {"139": {"zh": "座机"}}}),
    )
    assert named.followed({}, row, known)["other"] == "座机"


def test_defaults_in_a_row_follow_that_row_alone() -> None:
    form, known = about_people(FOLLOWING)
    before = {"rows": [{}, {"tel": "1"}]}
    after = {"rows": [{"one": "p-1"}, {"one": "p-1", "tel": "1"}]}
    rows = [{"one": "p-1", "tel": "139"}, {"one": "p-1", "tel": "1"}]
    assert form.followed(before, after, known) == {"rows": rows}
    assert form.followed(before, {"rows": [{"one": "p-1"}]}, known) == {}
    assert form.new_row("rows", {}, known) == {}


NUMBERS = st.lists(
    st.fixed_dictionaries({}, optional={"n": st.integers(-9, 9), "of": st.sampled_from(["a", "b"])}),
    max_size=6,
)


@given(NUMBERS)
def test_totals_are_what_a_plain_loop_over_the_rows_gives(rows: list[dict[str, Any]]) -> None:
    checked = TOTALS.check({"parts": rows}, facts())
    filled = [row for row in rows if row]
    wanted: dict[str, Any] = {"rows_n": len(filled)}
    if all("n" in row for row in filled):
        numbers = [row["n"] for row in filled]
        wanted |= {"plus": sum(numbers)}
        if numbers:
            wanted |= {
                "low": min(numbers),
                "high": max(numbers),
                "mean": Fraction(sum(numbers), len(numbers)),
            }
    if all("of" in row for row in filled):
        wanted |= {"sorts": len({row["of"] for row in filled})}
        chosen = [row for row in filled if row["of"] == "a"]
        if all("n" in row for row in chosen):
            wanted |= {"of_a": sum(row["n"] for row in chosen)}
    stored = {key: value for key, value in checked.answers.items() if key != "parts"}
    number = Type(Kind.NUMBER)
    assert {
        key: from_json(number, value) if key == "mean" else value for key, value in stored.items()
    } == wanted


TOTALS = logic(
    "  parts:\n    type: repeat\n"
    "    fields: {n: {type: integer}, of: {type: choice, from: [a, b]}}\n"
    "    totals: {rows_n: {count: true}, plus: {sum: n}, low: {min: n}, high: {max: n}, mean: {average: n},\n"
    "      sorts: {distinct: of}, of_a: {sum: n, where: {of: a}}}\n"
)


def test_of_what_nothing_is_known_nothing_can_be_picked() -> None:
    form, known = about_people("  who: {type: ref, to: person, where: {age: {at_least: 60}}}\n")
    without = FormLogic(form.form, form.calendar, TYPES)
    assert not without.picker("who", {}, known)(People.ROWS["p-1"])
    other = FormLogic(form.form, form.calendar, TYPES, (), lambda to: (Column(to, Type(Kind.TEXT)),))
    assert not other.picker("who", {}, known)(("person",)), "the register has other columns by now"


def test_what_is_read_of_a_question_that_is_not_asked_does_not_apply_either() -> None:
    form, known = about_people(
        "  met: {type: boolean}\n  who: {type: ref, to: person, relevant: {met: true}}\n"
        "  tel: {type: text, calculation: who.phone}\n  at_home: {type: integer, default: 1}\n"
        "  guests: {type: integer, calculation: at_home + 1}\n  most: {type: integer, default: guests}\n"
    )
    assert dict(form.check({"met": True, "who": "p-1"}, known).answers)["tel"] == "139"
    assert "tel" not in form.check({"met": False, "who": "p-1"}, known).answers
    assert form.defaults(known, {}) == {"at_home": 1, "most": 2}


def test_files_in_rows_are_found_too() -> None:
    file = {"sha256": "ab", "name": "a.png"}
    rows = [{"what": "door", "photo": [file]}, {"n": 3, "photo": []}, "no row"]
    assert list(files_in(rows)) == [file]
    assert list(files_in([file, 3])) == [file]


@pytest.mark.parametrize(
    ("fields", "code", "reason"),
    [
        ("  r: {type: repeat, fields: {g: {type: group, fields: {x: {type: text}}}}}\n", "E103", "in_rows"),
        ("  r: {type: repeat, fields: {q: {type: repeat, fields: {x: {type: text}}}}}\n", "E103", "in_rows"),
        ("  g: {type: group}\n", "E106", None),
        ("  a: {type: text, fields: {x: {type: text}}}\n", "E103", "not_here"),
        ("  a: {type: text, totals: {n: {count: true}}}\n", "E103", "not_here"),
        ("  a: {type: text, folded: true}\n", "E103", "not_here"),
        ("  a: {type: text, where: {a: b}}\n", "E103", "not_here"),
        ("  r: {type: repeat, between: [3, 2], fields: {x: {type: text}}}\n", "E103", "bounds"),
        ("  r: {type: repeat, at_least: 1/2, fields: {x: {type: text}}}\n", "E103", "not_an_integer"),
        ("  r: {type: repeat, fields: {x: {type: text}}, totals: {s: {sum: x}}}\n", "E103", "not_added_up"),
        ("  r: {type: repeat, fields: {x: {type: text}}, totals: {s: {}}}\n", "E103", "one_total"),
        ("  r: {type: repeat, fields: {x: {type: text}}, totals: {s: {min: y}}}\n", "E102", "column"),
        ("  r: {type: repeat, fields: {nth: {type: text}}}\n", "E101", "column"),
        ("  a: {type: text}\n  g: {type: group, fields: {a: {type: text}}}\n", "E101", "question"),
        ("  a: {type: text}\n  r: {type: repeat, fields: {a: {type: text}}}\n", "E101", "question"),
        ("  a: {type: choice, from: {b: {title: B, where: {nothing: 1}}}}\n", "E102", "no_column"),
    ],
)
def test_what_a_layout_says_wrongly_is_told_where_it_stands(
    fields: str, code: str, reason: str | None
) -> None:
    found = loaded({"forms/asked.yaml": f"form: asked\nfields:\n{fields}"})
    told_ = [(one.code, one.values.get("reason")) for one in found.problems if one.is_error]
    assert (code, reason) in told_
    assert all(one.where is not None and one.where.line > 1 for one in found.problems)


CASE = """\
case: rows_in_a_case
as_of: 2026-01-05
period: 2025
given:
  - {form: party, at: 2025-03-01, by: w1, guests: [{age: 70}, {age: 5}]}
expect:
  - {in: party.guests, rows: 2}
  - {in: party.guests, nth: 2, age: 5}
"""


def test_a_case_gives_rows_and_a_faulty_one_is_told() -> None:
    party = "form: party\nfields:\n  guests: {type: repeat, fields: {age: {type: integer}}}\n"
    good = loaded({"forms/party.yaml": party, "rules/rows_in_a_case.case.yaml": CASE})
    assert [one.code for one in good.problems] == []
    assert good.regulation is not None
    (case,) = good.regulation.cases
    assert [entry.answers for entry in case.given] == [{"guests": [{"age": 70}, {"age": 5}]}]
    bad = CASE.replace("{age: 5}]}", "{agee: 5}, 3]}")
    found = loaded({"forms/party.yaml": party, "rules/rows_in_a_case.case.yaml": bad})
    assert {"E102", "E103"} <= {one.code for one in found.problems}
