"""What a figure is called by where it stands: in the titles of what holds it, not by ids."""

from app.i18n import Translator
from app.services.layers.naming import members_of
from app.ui.pages.studio.layer_parts import path_words
from tests.declarations.community import loaded

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
    assert told == ["Calls › Missed › Deducts", "Calls › Greatest", "Called so › missed › Deducts"]
    assert path_words(t, "year/items/calls/max", {}) == "calls › Greatest"


_PATHS = ("calls/lines/missed/deduct", "calls/max", "lines/lines/missed/deduct")
