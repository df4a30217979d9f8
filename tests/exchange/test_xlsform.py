"""Questions go to the sheets of an XLSForm and come back as they were; what stays behind is told."""

from collections.abc import Sequence
from datetime import date

import pytest

from app import plugins
from app.domain.kinds.form import Field, Form
from app.exchange.xlsform import Asked, questions_of, sheets_of
from app.plugins.declared import declarations_of
from app.settings import Settings
from tests.fakes.every_type import FORM
from tests.fakes.working import FILES, PLACE, DeclaredHere

TYPES = plugins.field_types(plugins.load(others=False))


def shipped() -> list[Form]:
    declarations = declarations_of(Settings())
    place = "demo/liuan"
    regulation = declarations.load(place, declarations.read_files(place), with_cases=False).regulation
    assert regulation is not None
    return list(regulation.forms.values())


def everything() -> Form:
    loaded = DeclaredHere().load(PLACE, {**FILES, "forms/everything.yaml": FORM})
    assert loaded.regulation is not None
    return loaded.regulation.forms["everything"]


def as_asked(fields: Sequence[Field]) -> list[Asked]:
    return [
        Asked(
            item.id,
            item.widget,
            item.title,
            item.hint,
            item.required,
            item.read_only,
            {choice.id: choice.title for choice in item.choices if not choice.retired},
            item.type.to,
            {name: str(value) for name, value in item.options.items()},
            item.group,
            tuple(as_asked(item.columns)),
            item.least,
            item.most,
        )
        for item in fields
        if item.total is None
    ]


def test_every_shipped_form_and_every_type_comes_back_as_it_went() -> None:
    forms = [*shipped(), everything()]
    assert len(forms) > 20
    for form in forms:
        sheets = sheets_of(form, TYPES, DAY)
        assert questions_of(sheets.survey, sheets.choices, TYPES) == as_asked(form.fields), form.id


def test_every_type_has_a_word_in_xlsform_and_is_in_the_form_of_all_types() -> None:
    assert all(kind.xform is not None for kind in TYPES.values())
    assert {item.widget for item in everything().fields} == set(TYPES)


def test_what_the_sheets_leave_out_is_told() -> None:
    visit = next(form for form in shipped() if form.id == "visit")
    left = sheets_of(visit, TYPES, DAY).left_out
    assert {("condition", "relevant"), ("follow_up_on", "constraints"), ("channel", "default")} <= set(left)
    assert ("concern", "sensitive") in left
    assert [key for key, _ in sheets_of(visit, {}, DAY).left_out] == [item.id for item in visit.fields]


@pytest.mark.parametrize(
    ("word", "appearance", "name"),
    [
        ("text", "", "text"),
        ("text", "multiline", "long_text"),
        ("text", "numbers", "phone"),
        ("integer", "thousands-sep", "integer"),
        ("select_one colours", "", "choice"),
        ("image", "signature", "signature"),
        ("image", "", "photo"),
        ("geopoint", "", "location"),
        ("range", "rating", "rating"),
        ("audio", "", None),
    ],
)
def test_sheets_of_other_tools_are_read_by_type_and_appearance(
    word: str, appearance: str, name: str | None
) -> None:
    row = {"type": word, "name": "asked", "label": "问", "appearance": appearance}
    (asked,) = questions_of([row], [{"list_name": "colours", "name": "red", "label::en": "Red"}], TYPES)
    assert (asked.type, asked.title) == (name, {"zh": "问"})
    assert asked.choices == ({"red": {"en": "Red"}} if name == "choice" else {})


LAYOUT = """\
form: asked
fields:
  district: {type: choice, from: [east, west], required: true}
  street:
    type: choice
    from: {lake: {title: 湖滨路, where: {district: east}}, hill: {title: 山前路, where: {district: west}}}
  near:
    type: choice
    from: {park: {title: 公园, where: {district: east}}, square: {title: 广场}}
  home:
    type: group
    title: 家里
    fields:
      rooms: {type: integer}
      inner: {type: group, title: 里面, fields: {note: {type: text}}}
      members:
        type: repeat
        between: [1, 3]
        fields: {age: {type: integer}, sex: {type: choice, from: [male, female]}}
        totals: {people: {count: true}, grown: {sum: age, where: {age: {at_least: 18}}}}
  after: {type: text}
"""


VERSIONS = """\
form: asked
in_force: {until: 2026-12-01}
fields:
  how: {type: choice, from: {home: 上门, letter: 信件}}
  minutes: {type: integer}
versions:
  december:
    in_force: {from: 2026-12-01}
    fields:
      how: {type: choice, from: {home: 上门, video: 视频}}
      spent: {type: integer, was: minutes}
"""
DAY = date(2026, 11, 22)


def laid_out() -> Form:
    loaded = DeclaredHere().load(PLACE, {**FILES, "forms/asked.yaml": LAYOUT})
    assert loaded.regulation is not None, loaded.problems
    return loaded.regulation.forms["asked"]


def test_sections_rows_totals_and_cascades_have_their_words_in_xlsform() -> None:
    sheets = sheets_of(laid_out(), TYPES, DAY)
    assert [(row["type"], row["name"]) for row in sheets.survey] == [
        ("select_one district", "district"),
        ("select_one street", "street"),
        ("select_one near", "near"),
        ("begin_group", "home"),
        ("integer", "rooms"),
        ("begin_group", "inner"),
        ("text", "note"),
        ("end_group", "inner"),
        ("begin_repeat", "members"),
        ("integer", "age"),
        ("select_one sex", "sex"),
        ("end_repeat", "members"),
        ("calculate", "people"),
        ("calculate", "grown"),
        ("end_group", "home"),
        ("text", "after"),
    ]
    rows = {row["name"]: row for row in sheets.survey}
    assert rows["street"]["choice_filter"] == "district = ${district}"
    assert "choice_filter" not in rows["near"]
    assert ("near", "where") in sheets.left_out
    assert rows["people"]["calculation"] == "count(${members})"
    assert "calculation" not in rows["grown"]
    assert [row["district"] for row in sheets.choices if row["list_name"] == "street"] == ["east", "west"]


def test_sections_and_rows_come_back_as_they_went() -> None:
    form = laid_out()
    sheets = sheets_of(form, TYPES, DAY)
    assert questions_of(sheets.survey, sheets.choices, TYPES) == as_asked(form.fields)


def test_a_form_with_versions_goes_out_as_it_is_asked_on_the_day() -> None:
    loaded = DeclaredHere().load(PLACE, {**FILES, "forms/asked.yaml": VERSIONS})
    assert loaded.regulation is not None, loaded.problems
    form = loaded.regulation.forms["asked"]
    names = [
        ([row["name"] for row in sheets.survey], [row["name"] for row in sheets.choices])
        for sheets in (sheets_of(form, TYPES, day) for day in (date(2026, 11, 30), date(2026, 12, 1)))
    ]
    assert names == [(["how", "minutes"], ["home", "letter"]), (["how", "spent"], ["home", "video"])]


def test_rows_of_other_tools_are_read() -> None:
    survey = [
        {"type": "begin repeat", "name": "tools", "repeat_count": "2"},
        {"type": "text", "name": "what"},
        {"type": "end repeat", "name": "tools"},
    ]
    (asked,) = questions_of(survey, [], TYPES)
    assert (asked.type, asked.least, [one.id for one in asked.columns]) == ("repeat", 2, ["what"])
