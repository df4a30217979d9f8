"""Each built-in field type: what it stores, what it refuses, and that none lacks its control."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest
from ruamel.yaml import YAML

from app import hookspecs, plugins
from app.declarations.deployment import FIELD_TYPES
from app.domain.core.values import Type, Unknown
from app.domain.field_type import AnswerError
from app.domain.kinds.form import Field
from app.plugins.declared import sort_of
from tests.browser.fields_filled import STORED
from tests.fakes.every_type import FORM

MANAGER = plugins.load(others=False)
TYPES = plugins.field_types(MANAGER)
SHA = "ab" * 32


def clean(
    kind: str, raw: object, options: Mapping[str, Any] | None = None, choices: tuple[str, ...] = ()
) -> object:
    field = Field("asked", kind, Type(TYPES[kind].kind, choices=choices), {}, options=options or {})
    return TYPES[kind].clean(field, raw)


def refused(kind: str, raw: object, **more: Any) -> str:
    with pytest.raises(AnswerError) as fault:
        clean(kind, raw, **more)
    return fault.value.code


def test_every_type_that_files_may_name_is_there_with_its_core_type_and_a_control() -> None:
    assert {name: sort_of(kind) for name, kind in TYPES.items()} == dict(FIELD_TYPES)
    assert set(plugins.field_controls(MANAGER)) == set(FIELD_TYPES)


def test_every_hook_says_in_one_sentence_what_it_is_for_and_has_a_user() -> None:
    hooks = [name for name in vars(hookspecs) if name.startswith("gridbook_")]
    assert hooks
    for name in hooks:
        doc = getattr(hookspecs, name).__doc__
        assert doc.endswith(".")
        assert doc.count(". ") == 0
        assert getattr(MANAGER.hook, name).get_hookimpls(), name


@pytest.mark.parametrize(
    ("kind", "raw", "stored"),
    [
        ("text", "  一句话 ", "一句话"),
        ("long_text", "两行\n字", "两行\n字"),
        ("integer", "12", 12),
        ("integer", 12, 12),
        ("number", "3,5", "3.5"),
        ("money", "12.30", "12.30"),
        ("date", "2026-11-22", "2026-11-22"),
        ("time", "09:30", "09:30"),
        ("datetime", "2026-11-22T09:30:00+08:00", "2026-11-22T09:30:00+08:00"),
        ("boolean", "true", True),
        ("boolean", False, False),
        ("phone", "+86 138-0000 0427", "13800000427"),
        ("phone", "１３８ ００００ ０４２７", "13800000427"),
        ("phone", "0086-13800000427", "13800000427"),
        ("phone", "(0571) 8765-4321", "057187654321"),
        ("phone", "010-65012345 转 12", "01065012345-12"),
        ("phone", "010-65012345-12", "01065012345-12"),
        ("phone", "+86 10 6501 2345", "01065012345"),
        ("phone", "87654321", "87654321"),
        ("phone", "110", "110"),
        ("phone", "12345", "12345"),
        ("phone", "400-123-4567", "4001234567"),
        ("phone", "+34 600 123 456", "+34600123456"),
        ("period", "2026-Q4", "2026-Q4"),
        ("place", "c1/g1", "c1/g1"),
        ("note", "whatever", None),
        ("photo", [], None),
        ("text", "   ", None),
        ("integer", None, None),
    ],
)
def test_what_is_stored(kind: str, raw: object, stored: object) -> None:
    assert clean(kind, raw) == stored


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        ("integer", "3.5", "E702"),
        ("integer", True, "E702"),
        ("number", "many", "E702"),
        ("number", 1.5, "E702"),
        ("date", "2026-02-30", "E702"),
        ("date", "22/11/2026", "E702"),
        ("time", "25:00", "E702"),
        ("datetime", "2026-11-22T09:30:00", "E702"),
        ("boolean", "maybe", "E702"),
        ("text", ["a list"], "E702"),
        ("text", "长" * 501, "E705"),
        ("long_text", "长" * 4001, "E705"),
        ("phone", "ask the neighbour", "E714"),
        ("phone", "12800000427", "E714"),
        ("phone", "138000004271", "E714"),
        ("phone", "0571-123", "E714"),
        ("phone", "+86 12 34", "E714"),
        ("refs", "not a list", "E702"),
    ],
)
def test_what_is_refused(kind: str, raw: object, code: str) -> None:
    assert refused(kind, raw) == code


def test_a_form_can_set_how_long_a_text_may_be() -> None:
    assert refused("text", "12345", options={"max_length": 4}) == "E705"
    assert clean("text", "1234", options={"max_length": 4}) == "1234"


def test_choices_are_kept_once_in_the_forms_order() -> None:
    assert clean("choices", ["b", "a", "b"], choices=("a", "b")) == ["a", "b"]
    assert clean("choices", [], choices=("a", "b")) == []
    assert refused("choices", ["c"], choices=("a", "b")) == "E703"
    assert refused("choice", "c", choices=("a", "b")) == "E703"


def test_an_id_card_has_a_right_check_digit_and_a_date_that_exists() -> None:
    assert clean("id_card", "11010519491231002x") == "11010519491231002X"
    for wrong in ("110105194912310021", "110105194902310020", "440524188001010014", "123"):
        assert refused("id_card", wrong) == "E713"


def test_residence_permits_are_id_cards_too() -> None:
    """`stdnum.cn.ric` alone refuses them."""
    from stdnum.cn import ric  # noqa: PLC0415

    for start in ("810000199408230021", "830000199201300022", "911124198108030024"):
        number = start[:17] + ric.calc_check_digit(start)
        assert clean("id_card", number) == number
        assert refused("id_card", start[:17] + ("1" if number[-1] != "1" else "2")) == "E713"


def photo(**more: Any) -> dict[str, Any]:
    return {"sha256": SHA, "name": "楼道.jpg", "type": "image/jpeg", "size": 1000, **more}


def test_photos_are_counted_weighed_and_looked_at() -> None:
    assert clean("photo", [photo()]) == [photo()]
    assert clean("photo", [photo(extra="dropped")]) == [photo()]
    assert refused("photo", [photo()] * 5) == "E717"
    assert refused("photo", [photo(type="text/html")]) == "E715"
    assert refused("photo", [photo(size=11 * 1024 * 1024)]) == "E716"
    assert refused("photo", [photo(sha256="../../etc/passwd")]) == "E702"
    assert refused("photo", "x") == "E702"


@pytest.mark.parametrize(
    ("kind", "raw", "stored"),
    [
        ("duration", "90", 90),
        ("duration", 90, 90),
        ("duration", "1:30", 90),
        ("duration", 0, 0),
        ("duration", "", None),
        ("duration", None, None),
        ("rating", "4", 4),
        ("rating", 1, 1),
        ("rating", "", None),
        ("code", " 6901234567892 ", "6901234567892"),
        ("code", "", None),
        ("file", [], None),
        ("signature", "", None),
        ("location", None, None),
        ("track", [], None),
    ],
)
def test_what_the_richer_types_store(kind: str, raw: object, stored: object) -> None:
    assert clean(kind, raw) == stored


@pytest.mark.parametrize(
    ("kind", "raw", "code"),
    [
        ("duration", "1:75", "E702"),
        ("duration", "-5", "E702"),
        ("duration", True, "E702"),
        ("duration", "999999", "E712"),
        ("rating", 6, "E703"),
        ("rating", 0, "E703"),
        ("rating", "123", "E703"),
        ("rating", True, "E702"),
        ("rating", "good", "E702"),
        ("code", "a\nb", "E702"),
        ("code", "9" * 501, "E705"),
        ("code", 5, "E702"),
        ("signature", {"inline": "data:image/png;base64,AAAA"}, "E702"),
        ("location", "here", "E702"),
        ("track", "here", "E702"),
        ("track", [{}] * 1_001, "E717"),
    ],
)
def test_what_the_richer_types_refuse(kind: str, raw: object, code: str) -> None:
    assert refused(kind, raw) == code


def test_a_rating_has_as_many_steps_as_the_form_says_and_no_more_than_ten() -> None:
    assert clean("rating", 10, options={"most": 10}) == 10
    assert refused("rating", 11, options={"most": 99}) == "E703"
    assert refused("rating", 4, options={"most": 3}) == "E703"


def test_a_position_is_exact_and_says_how_it_came_about() -> None:
    here = {
        "lat": "39.90420000",
        "lon": "116,4074",
        "accuracy": 12,
        "by": "device",
        "at": "2026-11-22T02:42:00Z",
    }
    assert clean("location", here) == {**here, "lat": "39.9042", "lon": "116.4074"}
    assert clean("location", {"lat": "-0.0", "lon": "180"}) == {"lat": "0", "lon": "180", "by": "hand"}
    assert clean("track", [here, {"lat": "1", "lon": "2"}]) == [
        {**here, "lat": "39.9042", "lon": "116.4074"},
        {"lat": "1", "lon": "2", "by": "hand"},
    ]


@pytest.mark.parametrize(
    "wrong",
    [
        {"lat": "90.1"},
        {"lon": "-181"},
        {"lat": "NaN"},
        {"lat": 39.9},
        {"lat": "1" * 30},
        {"lat": "north"},
        {"by": "guess"},
        {"accuracy": -1},
        {"accuracy": True},
        {"accuracy": 1.5},
        {"at": "yesterday"},
    ],
)
def test_what_is_no_position_is_refused(wrong: Mapping[str, Any]) -> None:
    assert refused("location", {"lat": "1", "lon": "2", **wrong}) == "E702"


def test_a_form_can_refuse_a_device_that_is_too_far_off_but_not_what_is_typed() -> None:
    options = {"max_accuracy": 50}
    assert (
        refused("location", {"lat": "1", "lon": "2", "accuracy": 51, "by": "device"}, options=options)
        == "E724"
    )
    assert clean("location", {"lat": "1", "lon": "2"}, options=options) == {
        "lat": "1",
        "lon": "2",
        "by": "hand",
    }


def test_files_and_signatures_are_counted_weighed_and_looked_at_too() -> None:
    pdf = photo(name="通知.pdf", type="application/pdf")
    assert clean("file", [pdf, photo()]) == [pdf, photo()]
    assert refused("file", [photo(type="application/x-msdownload")]) == "E715"
    drawn = photo(type="image/png")
    assert clean("signature", [drawn]) == [drawn]
    assert refused("signature", [drawn, drawn]) == "E717"
    assert refused("signature", [photo()]) == "E715"
    assert refused("file", ["x"]) == "E702"
    assert refused("file", [photo(size=True)]) == "E716"


def test_an_old_number_of_fifteen_digits_becomes_one_of_eighteen() -> None:
    assert clean("id_card", "110105491231002") == "11010519491231002X"
    assert refused("id_card", "110105491331002") == "E713"


def test_nobody_has_an_id_card_before_being_born() -> None:
    on_day = TYPES["id_card"].on_day
    assert on_day is not None
    on_day("11010519491231002X", date(1949, 12, 31))
    with pytest.raises(AnswerError, match="E713"):
        on_day("11010519491231002X", date(1949, 12, 30))


@pytest.mark.parametrize(
    ("number", "born", "sex", "sort"),
    [
        ("11010519491231002X", date(1949, 12, 31), "female", "citizen"),
        ("110105491231002", date(1949, 12, 31), "female", "citizen"),
        ("１１０１０５１９４９１２３１００２x", date(1949, 12, 31), "female", "citizen"),
        ("810000199408230021", date(1994, 8, 23), "female", "permit_hmt"),
        ("110105194912310020", Unknown("id_card"), Unknown("id_card"), Unknown("id_card")),
        ("1101", Unknown("id_card"), Unknown("id_card"), Unknown("id_card")),
    ],
)
def test_an_id_card_tells_birth_sex_and_sort_once_its_number_is_right(
    number: str, born: object, sex: object, sort: object
) -> None:
    parts = TYPES["id_card"].parts
    assert [parts[name].read(number) for name in ("born", "sex", "sort")] == [born, sex, sort]


def test_rows_are_a_list_of_answers() -> None:
    assert clean("repeat", []) is None
    assert clean("repeat", [{"age": 3}]) == [{"age": 3}]
    assert refused("repeat", "three") == "E702"
    assert refused("repeat", [3]) == "E702"


@pytest.mark.parametrize(
    ("number", "sort"),
    [
        ("138 0000 0427", "mobile"),
        ("0571-87654321-3", "landline"),
        ("12345", "service"),
        ("+34600123456", "abroad"),
        ("138", "service"),
        ("neighbour", Unknown("phone")),
    ],
)
def test_a_telephone_number_tells_what_sort_it_is(number: str, sort: object) -> None:
    assert TYPES["phone"].parts["sort"].read(number) == sort


def test_a_period_of_a_unit_is_of_that_unit() -> None:
    assert clean("period", "2026-11", {"unit": "month"}) == "2026-11"
    assert refused("period", "2026-Q4", options={"unit": "month"}) == "E702"
    assert clean("period", "2026-FY", {"unit": "school_year"}) == "2026-FY"
    assert refused("period", "2026-FY", options={"unit": "year"}) == "E702"
    assert refused("period", "2026-11", options={"unit": "school_year"}) == "E702"


def test_every_type_is_among_those_that_the_flows_fill_in_by_touch_and_by_keyboard() -> None:
    """They compare what the ledger holds of each."""
    form = YAML(typ="safe").load(FORM)["fields"]
    asked = {**form, **form["home"]["fields"], **form["home"]["fields"]["members"]["totals"]}
    driven = {*STORED, "photo", "file", "signature", "location", "track"}
    assert set(TYPES) <= {one.get("type") for one in asked.values()}
    assert {name for name, one in asked.items() if one.get("type") not in {"note", "group"}} == driven
