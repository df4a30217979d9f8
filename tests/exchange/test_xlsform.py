"""Questions go to the sheets of an XLSForm and come back as they were; what stays behind is told."""

import pytest

from app import plugins
from app.domain.kinds.form import Form
from app.exchange.xlsform import Asked, questions_of, sheets_of
from app.plugins.declared import declarations_of
from app.settings import Settings
from tests.browser.fields_server import FORM
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


def as_asked(form: Form) -> list[Asked]:
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
        )
        for item in form.fields
    ]


def test_every_shipped_form_and_every_type_comes_back_as_it_went() -> None:
    forms = [*shipped(), everything()]
    assert len(forms) > 20
    for form in forms:
        sheets = sheets_of(form, TYPES)
        assert questions_of(sheets.survey, sheets.choices, TYPES) == as_asked(form), form.id


def test_every_type_has_a_word_in_xlsform_and_is_in_the_form_of_all_types() -> None:
    assert all(kind.xform is not None for kind in TYPES.values())
    assert {item.widget for item in everything().fields} == set(TYPES)


def test_what_the_sheets_leave_out_is_told() -> None:
    visit = next(form for form in shipped() if form.id == "visit")
    left = sheets_of(visit, TYPES).left_out
    assert {("condition", "relevant"), ("follow_up_on", "constraints"), ("channel", "default")} <= set(left)
    assert ("concern", "sensitive") in left
    assert [key for key, _ in sheets_of(visit, {}).left_out] == [item.id for item in visit.fields]


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
