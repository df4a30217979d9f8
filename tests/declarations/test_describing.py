"""Every key of the language is described, named and explained: an editor made from that can't forget one."""

import pytest

from app.declarations.describing import OWN_WORDS, language
from app.declarations.schema import KINDS
from app.i18n import LANGUAGES, SOURCE, Translator
from app.i18n.catalogue import messages
from app.services.drafting.described import (
    Either,
    Leaf,
    Listed,
    Mapped,
    Named,
    Part,
    Sort,
    chosen,
    fits,
    is_short,
    shape_at,
)

ABOUT_FIGURES = {"option-text", "option-assumed"}
"""Words that stand within a figure, wherever one does."""


def test_every_kind_of_file_is_described_with_all_keys_of_its_schema() -> None:
    found = language()
    assert found.kinds.keys() == KINDS.keys()
    for kind, model in KINDS.items():
        keys = [key.id for key in found.groups[found.kinds[kind]].keys]
        assert sorted(keys) == sorted(model.known_keys())


@pytest.mark.parametrize("reader", LANGUAGES)
def test_every_key_has_a_name_and_an_explanation_and_every_word_a_name(reader: str) -> None:
    own = messages(reader)
    lacking = [
        name
        for name in language().messages()
        if name not in own
        or (name.startswith("key-") and not any(one.id.name == "help" for one in own[name].attributes))
    ]
    assert lacking == []


def test_no_text_of_a_key_or_word_is_left_over() -> None:
    had = {name for name in messages(SOURCE) if name.startswith(("key-", "option-"))}
    assert had - language().messages() - ABOUT_FIGURES == set()


def test_no_text_stands_for_a_key_that_is_not_there() -> None:
    found = language()
    there = {f"{group.id}.{key.id}" for group in found.groups.values() for key in group.keys}
    assert OWN_WORDS.keys() <= there


def test_explanations_are_sentences() -> None:
    for reader in LANGUAGES:
        t = Translator(reader)
        ends = [t(f"{name}.help")[-1:] for name in language().messages() if name.startswith("key-")]
        assert set(ends) <= {"。", ".", "…"}


def test_a_file_begins_with_what_it_is_and_ends_with_what_seldom_stands() -> None:
    keys = [key.id for key in language().groups["duty"].keys]
    assert keys[:4] == ["duty", "title", "clause", "for_each"]
    assert keys[-6:] == ["in_force", "open", "notes", "acknowledged", "versions", "goes_on"]


def test_a_fact_has_the_aggregates_as_keys() -> None:
    keys = [key.id for key in language().groups["fact"].keys]
    assert {"count", "sum", "streak", "column"} <= set(keys)
    assert "function" not in keys


def test_what_a_name_is_the_name_of_is_said_where_it_stands() -> None:
    found = language()
    assert shape_at(found, "form", {}, ("filled_by", 0)) == Leaf(Sort.NAME, names=(Named.ROLE,))
    assert shape_at(found, "duty", {}, ("owed_by",)) == Leaf(Sort.NAME, names=(Named.ROLE, Named.COLUMN))
    assert shape_at(found, "sheet", {}, ("lines", "late", "checklist", "form")) == Leaf(
        Sort.NAME, names=(Named.FORM,)
    )


def test_the_value_tells_which_of_several_shapes_is_meant() -> None:
    found = language()
    duty = {"met_by": {"form": "visit"}, "tiers": {"special": {"times": {"value": "1"}}}}
    assert shape_at(found, "duty", duty, ("met_by", "form")) == Leaf(Sort.NAME, names=(Named.FORM,))
    several = {"met_by": ["visit", {"form": "call"}]}
    assert shape_at(found, "duty", several, ("met_by", 1, "form")) == Leaf(Sort.NAME, names=(Named.FORM,))
    assert shape_at(found, "duty", duty, ("tiers", "special", "times", "value")) == Leaf(Sort.COUNT_FIGURE)
    assert shape_at(found, "duty", duty, ("tiers", "special", "times", "origin")) == Leaf(
        Sort.WORD, ("text", "assumed")
    )
    assert shape_at(found, "duty", duty, ("tiers", "special", "times", "why")) == Leaf(Sort.TEXT)
    assert shape_at(found, "duty", {}, ("tiers", "special", "nonsense")) is None
    assert shape_at(found, "duty", {}, ("duty", "inside")) is None
    assert shape_at(found, "duty", {}, ("nonsense", "inside")) is None


def test_an_amount_is_a_figure_a_formula_or_what_it_depends_on() -> None:
    found = language()
    amount = shape_at(found, "sheet", {}, ("lines", "late", "deduct"))
    assert isinstance(amount, Either)
    assert chosen(amount, "1", found) == Leaf(Sort.NUMBER_FIGURE)
    assert chosen(amount, {"2025-01-01": "2"}, found) == Leaf(Sort.NUMBER_FIGURE)
    assert chosen(amount, {"of": "short", "gives": "1"}, found) == Part("worth")
    assert chosen(amount, ["1"], found) == Leaf(Sort.NUMBER_FIGURE)


def test_an_option_may_be_written_as_its_title_alone() -> None:
    found = language()
    form = {
        "fields": {
            "channel": {"from": {"home": {"zh": "上门"}, "phone": "电话", "office": {"retired": "true"}}}
        }
    }
    path = ("fields", "channel", "from")
    option = shape_at(found, "form", form, (*path, "home"))
    assert isinstance(option, Part)
    assert is_short(option, {"zh": "上门"}, found)
    assert is_short(option, "电话", found)
    assert not is_short(option, {"retired": "true"}, found)
    assert not is_short(Part("tier"), "x", found)
    assert shape_at(found, "form", form, (*path, "home", "zh")) == Leaf(Sort.TEXT)
    assert shape_at(found, "form", form, (*path, "office", "retired")) == Leaf(Sort.BOOLEAN)
    assert shape_at(found, "form", {"fields": {"channel": {"from": ["home"]}}}, (*path, 0)) == Leaf(Sort.ID)


def test_what_a_shape_takes_is_told_by_a_look_at_the_value() -> None:
    found = language()
    assert fits(Leaf(Sort.ANYTHING), ["x"], found)
    assert not fits(Leaf(Sort.TEXT), ["x"], found)
    assert fits(Leaf(Sort.CONDITION), {"a": "b"}, found)
    assert not fits(Leaf(Sort.COUNT_FIGURE), {"a": "b"}, found)
    assert not fits(Leaf(Sort.COUNT_FIGURE), {}, found)
    assert fits(Listed(Leaf(Sort.TEXT), alone=True), "x", found)
    assert not fits(Listed(Leaf(Sort.TEXT)), "x", found)
    assert fits(Mapped(Leaf(Sort.ID), Leaf(Sort.TEXT)), {}, found)
    assert fits(Either((Leaf(Sort.TEXT), Part("tier"))), {}, found)
