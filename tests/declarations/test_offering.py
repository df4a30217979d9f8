"""What can be picked while a file is edited: definitions, columns and their values, also beside faulty files."""

from collections.abc import Mapping

import pytest

from app.declarations.deployment import FIELD_TYPES
from app.declarations.describing import language
from app.declarations.offering import offers
from app.domain.core.values import Kind
from app.services.drafting.described import Leaf, Named, Sort, shape_at
from app.services.drafting.offered import Columns, Offers, rows_at, words_for
from tests.declarations.community import FILES, PLACE

MORE = {
    "rules/kind.yaml": """\
class: kind
title: {zh: 类别}
of: household
first_of: {special: {special: {filled: true}}, other: {}}
titles: {special: {zh: 特殊户}}
""",
    "rules/late.yaml": """\
rule: late
title: {zh: 漏访}
for_each: {table: monthly_call, where: {state: missed}}
then: {finding: missed_call}
""",
}


@pytest.fixture(scope="module")
def found() -> Offers:
    return offers(PLACE, {**FILES, **MORE}, FIELD_TYPES)


def names(offered: Offers, named: Named) -> list[str]:
    return [one.id for one in offered.names[named]]


def column(columns: Columns, name: str) -> tuple[Kind, list[str]]:
    (one,) = [one for one in columns if one.id == name]
    return one.kind, [value.id for value in one.values]


def test_definitions_are_offered_by_kind_with_their_titles(found: Offers) -> None:
    assert {"household", "visit"} <= set(names(found, Named.FORM))
    assert names(found, Named.DUTY) == ["monthly_call"]
    assert names(found, Named.FINDING) == ["missed_call"]
    assert [one.title for one in found.names[Named.FINDING]] == [{"zh": "漏访"}]
    assert {"household", "role grid_leader", "post director", "grid", "monthly_call"} <= set(
        names(found, Named.EACH)
    )
    assert {"quarter", "half_day of working_days"} <= set(names(found, Named.SPACING))
    assert {"text", "group", "repeat"} <= set(names(found, Named.FIELD_TYPE))


def test_the_columns_of_rows_have_the_titles_and_values_of_questions_and_classes(found: Offers) -> None:
    assert column(found.rows({"form": "visit"}), "channel") == (Kind.CHOICE, ["home", "phone"])
    assert column(found.rows("household"), "kind") == (Kind.CHOICE, ["special", "other"])
    kinds = [one for one in found.rows("household") if one.id == "kind"]
    assert kinds[0].title == {"zh": "类别"}
    assert [value.title for value in kinds[0].values] == [{"zh": "特殊户"}, {}]
    state = [one for one in found.rows({"table": "monthly_call"}) if one.id == "state"]
    assert state[0].message == "sentence-column-state"
    assert state[0].values[0].message.startswith("state-")
    assert found.rows(["household"]) == found.rows("household")
    assert found.rows(None) == ()


@pytest.mark.parametrize(
    ("kind", "data", "path", "wanted"),
    [
        ("duty", {"for_each": "household", "met_by": {"form": "visit"}}, ("met_by", "where"), "channel"),
        ("duty", {"for_each": "household", "met_by": [{"form": "visit"}]}, ("met_by", 0, "where"), "channel"),
        ("duty", {"for_each": "household"}, ("where",), "special"),
        ("rule", {"for_each": {"table": "monthly_call"}}, ("when",), "state"),
        ("form", {"form": "visit"}, ("fields", "minutes", "relevant"), "channel"),
        ("class", {"of": "household"}, ("first_of", "x"), "special"),
    ],
)
def test_a_condition_is_about_the_rows_of_the_nearest_source(
    found: Offers, kind: str, data: Mapping[str, object], path: tuple[str | int, ...], wanted: str
) -> None:
    assert wanted in [one.id for one in rows_at(data, kind, path, found)]


def test_nothing_is_offered_where_nothing_is_known(found: Offers) -> None:
    assert rows_at({}, "duty", ("where",), found) == ()
    assert rows_at("", "form", ("fields",), found) == ()
    assert rows_at({"for_each": "nobody"}, "duty", ("met_by", 3, "where"), found) == ()


def test_a_name_is_offered_by_what_it_is_the_name_of(found: Offers) -> None:
    owed_by = shape_at(language(), "duty", {}, ("owed_by",))
    assert isinstance(owed_by, Leaf)
    offered = [one.id for one in found.of(owed_by, found.rows("household"))]
    assert offered[:2] == ["director", "grid_leader"]
    assert "special" in offered
    assert found.of(Leaf(Sort.TEXT)) == ()


def test_the_words_of_a_condition_go_with_what_the_column_holds(found: Offers) -> None:
    special = next(one for one in found.rows("household") if one.id == "special")
    assert words_for(special)[0] == "has"
    assert words_for(None)[0] == "is"


def test_faulty_files_take_nothing_away_but_what_they_declare() -> None:
    broken = {**FILES, "rules/monthly_call.yaml": "duty: [", "forms/visit.yaml": "form: visit\nfields: 3\n"}
    found = offers(PLACE, broken, FIELD_TYPES)
    assert names(found, Named.DUTY) == []
    assert "household" in names(found, Named.FORM)


def test_a_type_of_question_says_what_must_stand_beside_it(found: Offers) -> None:
    begins = {one.id: dict(one.begins) for one in found.names[Named.FIELD_TYPE]}
    assert begins["choice"] == {"from": {"option_1": {}, "option_2": {}}}
    assert begins["ref"]["to"] in names(found, Named.SUBJECT)
    assert begins["repeat"] == {"fields": {"field_1": {"type": "text"}}}
    assert begins["text"] == {}


def test_a_question_of_the_same_name_lends_nothing_to_a_column_that_holds_something_else() -> None:
    household = FILES["forms/household.yaml"].replace(
        "  left_on:", "  state: {title: {zh: 状况}, type: choice, from: [lived_in, empty]}\n  left_on:"
    )
    other = offers(PLACE, {**FILES, "forms/household.yaml": household}, FIELD_TYPES)
    (state,) = [one for one in other.rows({"table": "monthly_call"}) if one.id == "state"]
    assert (state.title, state.message) == ({}, "sentence-column-state")
    assert {value.message for value in state.values} >= {"state-met", "state-missed"}
    (own,) = [one for one in other.rows("household") if one.id == "state"]
    assert own.title == {"zh": "状况"}


def test_facts_of_places_are_called_as_the_nearest_level_says_in_each_language() -> None:
    place, above = "config/places/town/lakeside/place.yaml", "config/places/town/place.yaml"
    files = {path: text for path, text in FILES.items() if not path.startswith("config/places")}
    files[above] = (
        "place: town\nlevel: street\ntitle: {zh: 镇}\ncalendar: cn\n"
        "titles: {homes: {zh: 住户, en: Households}, lifts: {zh: 电梯}}\n"
    )
    files[place] = FILES["config/places/lakeside/place.yaml"] + (
        "profile: {homes: 400}\ntitles: {homes: {zh: 户数}}\n"
    )
    found = offers("town/lakeside", files, FIELD_TYPES)
    titles = {one.id: one.title for one in found.names[Named.FACT]}
    assert titles == {"homes": {"zh": "户数", "en": "Households"}, "lifts": {"zh": "电梯"}}
    assert [one.title for one in found.rows("grid") if one.id == "homes"] == [titles["homes"]]
