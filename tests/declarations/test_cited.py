"""What documents are called: who says it at which level, and what is told of one that nobody calls anything."""

from datetime import date

import pytest

from app.declarations.deployment import FIELD_TYPES
from app.declarations.kept import KeptLoads
from app.declarations.load import load
from app.declarations.offering import offers
from app.domain.kinds.common import CitedText
from app.domain.regulation import Regulation
from app.services.drafting.described import Named
from tests.declarations.community import FILES, PLACE, codes, loaded, official

BASE = "rules/documents.yaml"
OWN = f"config/places/{PLACE}/rules/documents.yaml"
CALLED = """\
documents:
  D7:
    title: {zh: 《走访制度》, en: “Visits”}
    short: {zh: 制度}
    number: 青街发〔2025〕1号
    issued: 2025-01-02
    issuer: {zh: 青澜街道}
    link: https://example.org/d7
"""
DUTY = """\
duty: yearly_call
clause: {doc: D7, ref: 第三条}
for_each: household
owed_by: grid_leader
every: year
met_by: visit
"""


def regulation(files: dict[str, str]) -> Regulation:
    found = loaded({"rules/yearly_call.yaml": DUTY, **files})
    assert found.regulation is not None, found.problems
    return found.regulation


def of_duty(files: dict[str, str]) -> CitedText | None:
    clause = regulation(files).duties["yearly_call"].heading.clause
    assert clause is not None
    return clause.of


def test_a_clause_brings_along_what_its_document_is_called() -> None:
    wanted = CitedText(
        "D7",
        {"zh": "走访制度", "en": "Visits"},
        {"zh": "制度"},
        "青街发〔2025〕1号",
        date(2025, 1, 2),
        {"zh": "青澜街道"},
        "https://example.org/d7",
    )
    assert of_duty({BASE: CALLED}) == wanted
    assert regulation({BASE: CALLED}).documents == {"D7": wanted}


def test_a_place_changes_what_it_says_itself_and_the_rest_of_the_document_stays() -> None:
    own = "documents:\n  D7: {title: {zh: 湖畔走访办法}, number: 湖居〔2025〕3号}\n  D8: {title: 补充规定}\n"
    found = regulation({BASE: CALLED, OWN: own}).documents
    assert found["D7"].title == {"zh": "湖畔走访办法", "en": "Visits"}
    assert (found["D7"].number, found["D7"].short) == ("湖居〔2025〕3号", {"zh": "制度"})
    assert found["D7"].issued == date(2025, 1, 2)
    assert found["D8"].title == {"zh": "补充规定"}


def test_the_level_nearest_to_the_place_counts_and_no_other_place_is_asked() -> None:
    street = "place: town\nlevel: street\ncalendar: cn\n"
    below = FILES[f"config/places/{PLACE}/place.yaml"]
    files = {path: text for path, text in FILES.items() if not path.startswith("config/places/")} | {
        "config/places/town/place.yaml": street,
        f"config/places/town/{PLACE}/place.yaml": below,
        "rules/yearly_call.yaml": DUTY,
        BASE: CALLED,
        "config/places/town/rules/documents.yaml": "documents: {D7: {title: {zh: 街道制度, en: Town}}}\n",
        f"config/places/town/{PLACE}/rules/ours.yaml": "documents: {D7: {title: {en: Lakeside}}}\n",
        "config/places/town/other/rules/documents.yaml": "documents: {D7: {title: 别处的}}\n",
    }
    found = load(f"town/{PLACE}", files, official).regulation
    assert found is not None
    assert found.documents["D7"].title == {"zh": "街道制度", "en": "Lakeside"}


def test_a_text_that_was_taken_in_brings_its_title_along() -> None:
    own = {
        f"config/places/{PLACE}/inventories/d7.yaml": "inventory: d7\ndocument: D7\ntitle: 走访办法\nitems: {}\n"
    }
    assert of_duty(own) == CitedText("D7", {"zh": "走访办法"})
    declared = of_duty({**own, BASE: "documents: {D7: {title: 走访制度}}\n"})
    assert declared == CitedText("D7", {"zh": "走访制度"})


def test_an_id_that_nobody_titles_is_told_once_and_a_title_in_its_place_is_none() -> None:
    more = DUTY.replace("yearly_call", "yearly_talk")
    found = loaded({"rules/yearly_call.yaml": DUTY, "rules/yearly_talk.yaml": more})
    told = [(one.code, str(one.where), one.values) for one in found.problems if one.code == "W224"]
    assert told == [("W224", "rules/yearly_call.yaml:2:15", {"what": "D7"})]
    assert found.regulation is not None
    by_title = loaded({"rules/yearly_call.yaml": DUTY.replace("D7", "走访制度")})
    assert "W224" not in codes(by_title)
    assert by_title.regulation is not None
    clause = by_title.regulation.duties["yearly_call"].heading.clause
    assert clause is not None
    assert clause.of == CitedText("走访制度", {"zh": "走访制度"})
    assert "W224" not in codes(loaded({"rules/yearly_call.yaml": DUTY, BASE: CALLED}))
    assert "W224" not in codes(loaded({"rules/yearly_call.yaml": DUTY + "acknowledged: {W224: 待定}\n"}))


def test_a_document_is_told_of_with_its_fault_alone_where_its_file_has_one() -> None:
    found = loaded({"rules/yearly_call.yaml": DUTY, BASE: "documents: {D7: {titel: 制度}}\n"})
    assert "W224" not in codes(found)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "example.org", "https://example.org/a b"])
def test_only_an_address_of_the_web_is_a_link(link: str) -> None:
    found = loaded({BASE: f'documents: {{D7: {{title: 制度, link: "{link}"}}}}\n'})
    assert [(one.code, one.values["reason"]) for one in found.problems if one.is_error] == [("E103", "link")]


def test_a_title_that_changes_is_that_of_definitions_kept_from_an_earlier_load() -> None:
    loads = KeptLoads(official, FIELD_TYPES)
    files = {**FILES, "rules/yearly_call.yaml": DUTY, BASE: CALLED}
    loads.load(PLACE, files, with_cases=True)
    changed = {**files, BASE: CALLED.replace("走访制度", "走访办法")}
    found = loads.load(PLACE, changed, with_cases=True)
    assert found == load(PLACE, changed, official)
    assert found.regulation is not None
    clause = found.regulation.duties["yearly_call"].heading.clause
    assert clause is not None
    assert clause.of is not None
    assert clause.of.title["zh"] == "走访办法"


def test_the_documents_to_pick_from_are_called_by_their_titles() -> None:
    files = {**FILES, BASE: CALLED}
    found = offers(PLACE, files, FIELD_TYPES).names[Named.DOCUMENT]
    assert [(one.id, one.title["zh"]) for one in found] == [("D7", "走访制度")]
