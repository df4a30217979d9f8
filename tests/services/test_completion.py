"""What can be typed next, read from the text before the cursor."""

import pytest

from app.declarations.describing import language
from app.services.drafting.completion import Option, options, spot_of
from app.services.drafting.described import Named

NAMES = {
    Named.FORM: ("visit", "household"),
    Named.ROLE: ("leader",),
    Named.TABLE: ("visit", "home_visit"),
    Named.SPACING: ("month", "quarter"),
    Named.FIELD_TYPE: ("text", "date"),
    Named.EACH: ("household", "role leader"),
}
DUTY = "duty: x\n"
FORM = "form: x\n"


def offered(kind: str, before: str) -> list[str]:
    spot = spot_of(before)
    return [] if spot is None else [one.text for one in options(language(), kind, spot, NAMES)]


@pytest.mark.parametrize(
    ("kind", "before", "wanted"),
    [
        ("duty", DUTY + "ev", "every"),
        ("duty", DUTY + "every: q", "quarter"),
        ("duty", DUTY + 'every: "', None),
        ("duty", DUTY + "# ev", None),
        ("duty", DUTY + "for_each: role l", "role leader"),
        ("duty", DUTY + "met_by: {form: v", "visit"),
        ("duty", DUTY + "met_by: {form: visit, wh", "where"),
        ("duty", DUTY + "met_by:\n  form: v", "visit"),
        ("duty", DUTY + "met_by:\n  form: visit\n  wh", "where"),
        ("duty", DUTY + "met_by:\n  - form: v", "visit"),
        ("duty", DUTY + "met_by:\n  - form: visit\n    wh", "where"),
        ("duty", DUTY + "met_by:\n- form: visit\n- form: h", "household"),
        ("duty", DUTY + "met_by:\n- form: visit\nti", "title"),
        ("duty", DUTY + "met_by: [{form: visit}, {form: h", "household"),
        ("duty", DUTY + "# met_by: {\nev", "every"),
        ("duty", DUTY + "title: {zh: '{'}\nev", "every"),
        ("duty", DUTY + "tiers:\n  a:\n    times: 1\n  b:\n    wh", "where"),
        ("form", FORM + "fields:\n  a: {type: d", "date"),
        ("form", FORM + "fields:\n  a:\n    ti", "title"),
        ("form", FORM + "filled_by: [l", "leader"),
        ("form", FORM + "filled_by:\n  - l", "leader"),
        ("form", FORM + "fields: {a: {required: t", "true"),
        ("sheet", "sheet: s\nitems:\n  v:\n    lines:\n      m: {ded", "deduct"),
        ("", "du", "duty"),
        ("", "duty: x\nev", None),
        ("duty", DUTY + "nothing of the kind: {a", None),
        ("duty", DUTY + "a b c", None),
    ],
)
def test_what_fits_at_the_cursor_comes_first(kind: str, before: str, wanted: str | None) -> None:
    found = offered(kind, before)
    assert (found[0] if found else None) == wanted


def test_a_key_that_is_there_is_not_offered_again_and_each_says_what_it_is() -> None:
    assert "every" not in offered("duty", DUTY + "every: month\nev")
    assert "form" not in offered("duty", DUTY + "met_by: {form: visit, f")
    spot = spot_of(DUTY + "ev")
    assert spot is not None
    assert options(language(), "duty", spot, NAMES)[0] == Option("every", "key", "key-every")
