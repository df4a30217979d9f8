"""What a figure is called by where it stands: in the titles of what holds it, not by ids."""

from typing import TYPE_CHECKING

import pytest

from app.domain.merging import ABSENT
from app.domain.problem import Where
from app.i18n import Translator
from app.services.layers.layers import Bounds, Effective, Level
from app.services.reasons.paths import led, led_in_file, members_in, members_of
from app.services.reasons.phrases import say
from app.ui.pages.studio.layer_parts import figure_words, free_words, level_words_of, path_words, value_words
from app.ui.pages.studio.parts import side_words
from app.ui.pages.studio.promotion import level_meant
from tests.declarations.community import loaded

if TYPE_CHECKING:
    from app.domain.edits import Data

SHEET = """\
sheet: year
for_each: role grid_leader
every: year
max: 100
items:
  calls:
    title: {zh: 联系, en: Calls}
    max: 60
    start: max
    lines:
      missed: {title: {zh: 漏掉的, en: Missed}, deduct: 2, for_each: monthly_call, where: {state: missed}}
  lines:
    title: {zh: 就叫这个, en: Called so}
    max: 40
    lines: {missed: {deduct: 1, for_each: monthly_call, where: {state: missed}}}
"""


def test_a_figure_is_found_by_the_titles_that_lead_to_it_and_by_ids_only_where_there_are_none() -> None:
    regulation = loaded({"rules/year.yaml": SHEET}).regulation
    assert regulation is not None
    members = members_of(regulation.sheets["year"])
    assert members["calls", "missed"] == {"zh": "漏掉的", "en": "Missed"}
    t = Translator("en")
    told = [path_words(t, f"year/items/{path}", members) for path in _PATHS]
    assert told == ["Calls · Missed · Deducts", "Calls · most", "Called so · missed · Deducts"]
    assert path_words(t, "year/items/calls/max", {}) == "calls · Greatest"


def test_a_line_of_a_sheet_without_items_is_found_by_its_title_too() -> None:
    bonus = """
sheet: bonus
title: {zh: 奖惩分, en: Bonus}
clause: {doc: 办法, ref: 第三条, text: 批评一次扣一分。}
for_each: role grid_leader
every: year
lines:
  missed: {title: {zh: 受到批评, en: Criticised}, deduct: 2, for_each: monthly_call, where: {state: missed}}
"""
    regulation = loaded({"rules/bonus.yaml": bonus}).regulation
    assert regulation is not None
    members = members_of(regulation.sheets["bonus"])
    assert path_words(Translator("en"), "bonus/lines/missed/deduct", members) == "Criticised · Deducts"


def test_a_value_that_points_hang_on_is_told_by_the_title_of_its_choice() -> None:
    praise = """
form: praise
title: {zh: 表扬, en: Praise}
about: worker
fields:
  level: {title: {zh: 级别, en: Level}, type: choice, from: {street: {zh: 街道级, en: By the street}, district: 区级}}
"""
    bonus = """
sheet: bonus
title: {zh: 奖惩分, en: Bonus}
for_each: role grid_leader
every: year
lines:
  praised: {title: {zh: 受到表彰, en: Praised}, add: {of: level, gives: {street: 1, district: 2}}, for_each: praise}
"""
    regulation = loaded({"rules/bonus.yaml": bonus, "forms/praise.yaml": praise}).regulation
    assert regulation is not None
    members = members_in("bonus", regulation)
    told = path_words(Translator("en"), "bonus/lines/praised/add/gives/street", members)
    assert told.startswith("Praised · Adds · ")
    assert told.endswith(" · By the street")
    assert path_words(
        Translator("en"), "praise/fields/level/from/street", members_in("praise", regulation)
    ) == ("Level · By the street")
    assert (
        say(led("praise/fields/level/from/street", regulation), Translator("en"))
        == "Praise · Level · By the street"
    )
    assert say(led("bonus", regulation), Translator("en")) == "Bonus"
    assert say(led("nothing/of/that", regulation), Translator("en")).startswith("nothing · ")


def test_a_path_into_a_file_at_fault_is_told_by_what_the_file_says_itself() -> None:
    data: Data = {
        "form": "visit",
        "title": {"zh": "走访", "en": "Visit"},
        "fields": {"how": {"title": "怎么联系的？", "from": {"home": {"zh": "上门", "en": "At home"}}}},
        "lists": [{"title": "甲", "from": "x"}],
    }
    told = [
        say(led_in_file(data, path), Translator("en"))
        for path in (
            ("fields", "how", "from", "home"),
            ("fields", "how", "title"),
            ("lists", 0, "from"),
            ("title",),
        )
    ]
    assert told[0] == "Visit · 怎么联系的？ · At home"
    assert told[1].startswith("Visit · 怎么联系的？ · ")
    assert " · no. 1 · " in told[2]
    assert told[3].startswith("Visit · ")
    assert say(led_in_file("", ()), Translator("en")) == ""


_PATHS = ("calls/lines/missed/deduct", "calls/max", "lines/lines/missed/deduct")


@pytest.mark.parametrize(
    ("value", "zh", "en", "es"),
    [
        ("3 days", "3 天", "3 days", "3 días"),
        ("1 day", "1 天", "1 day", "1 día"),
        ("2 working_days", "2 个工作日", "2 working days", "2 días laborables"),
        ("12", "12", "12", "12"),
        ("0.5", "0.5", "0.5", "0.5"),
        ("20%", "20%", "20%", "20%"),
        ("12.5%", "12.5%", "12.5%", "12,5%"),
        ("3 moons", "3 moons", "3 moons", "3 moons"),
        ("quarter", "quarter", "quarter", "quarter"),
        ("", "", "", ""),
    ],
)
def test_a_length_of_time_is_told_as_people_say_it_and_anything_else_as_it_stands(
    value: str, zh: str, en: str, es: str
) -> None:
    told = [
        value_words(Translator(language), value).replace("\u00a0", " ") for language in ("zh", "en", "es")
    ]
    assert told == [zh, en, es]


def test_what_may_be_chosen_is_told_in_the_same_words_as_the_figure() -> None:
    t = Translator("en")
    assert free_words(t, Bounds(at_least="1 days", at_most="3 days")) == "may be 1 day to 3 days"
    assert free_words(t, Bounds(one_of=("2 days", "1 weeks"))) == "may be 2 days, 1 week"


def test_a_figure_is_called_by_where_it_stands_and_what_an_overlay_added_by_its_title_in_the_readers_language() -> (
    None
):
    figure = Effective("call/within", "3 days", "", None, "")
    assert figure_words(Translator("en"), figure, {}) == ("Within", "3 days")
    here = Where("config/places/c1/overlay.yaml", 3)
    gained = Level("c1", "", "pets", "meeting 6", here, "add", {"zh": "宠物", "en": "Pets"})
    added = Effective("visit/fields/field_1", "pets", "c1", here, "", (gained,))
    assert [figure_words(Translator(one), added, {}) for one in ("zh", "en")] == [("宠物", ""), ("Pets", "")]
    nameless = Effective(
        "visit/fields/field_1", "pets", "c1", here, "", (Level("c1", "", "x", "", here, "add"),)
    )
    assert figure_words(Translator("en"), nameless, {}) == ("field_1", "")
    whole = Effective("visit", "off", "c1", here, "", (Level("c1", "", "off", "", here, "off"),))
    assert figure_words(Translator("en"), whole, {})[0] != ""


def test_the_posts_that_a_form_gained_are_told_by_their_titles_and_by_id_only_where_there_is_none() -> None:
    here = Where("config/places/c1/overlay.yaml", 3)
    posts = ({"zh": "监督委员", "en": "Supervisor", "es": "Supervisora"}, "janitor")
    gained = Level("c1", "", "[supervision_member, janitor]", "meeting 6", here, "add", posts=posts)
    titles = {"c1": {"zh": "湖畔"}}
    told = [level_words_of(Translator(one), gained, titles) for one in ("zh", "en", "es")]
    assert [one.replace("\u2068", "").replace("\u2069", "") for one in told] == [
        "湖畔增加：监督委员、janitor（meeting 6）",
        "湖畔 adds Supervisor, janitor (meeting 6)",
        "湖畔 añade Supervisora, janitor (meeting 6)",
    ]


@pytest.mark.parametrize(
    ("to", "place", "level"),
    [
        ("", "hill/south/east", "hill/south"),
        ("hill", "hill/south/east", "hill"),
        ("", "hill", ""),
    ],
)
def test_an_address_of_a_promotion_without_a_level_means_the_next_one_above(
    to: str, place: str, level: str
) -> None:
    assert level_meant(to, place) == level


def test_what_two_people_made_of_a_place_is_told_as_files_say_it_and_that_one_of_them_took_it_away() -> None:
    t = Translator("zh")
    assert (
        side_words(t, {"doc": "S1", "items": ["S1-03", "S1-04"]}) == "doc: S1\nitems:\n  - S1-03\n  - S1-04"
    )
    assert (side_words(t, "20%"), side_words(t, ABSENT)) == ("20%", "（删掉了）")
