"""What a form says of its register: when two records may be one, and what a good record is."""

import pytest

from app.domain.core.values import Length, Unit
from app.domain.kinds.register import SameWhen
from tests.declarations.community import loaded, told

PERSON = """\
form: person
describes: person
ends: left_on
label: [name]
fields:
  grid: {type: ref, to: grid, required: true}
  name: {type: text, required: true}
  phone: {type: phone}
  id_card: {type: id_card, sensitive: true}
  born: {type: date}
  tags: {type: choices, from: [alone]}
  left_on: {type: date}
"""
SEEN = "form: seen\nabout: person\nfields:\n  met: {type: boolean}\n"
SAME = """\
same_when:
  number: id_card
  phone: {same: [phone], alike: [name], title: {zh: 电话和姓名}}
  birth: [name, born]
"""
QUALITY = """\
quality:
  known: [phone, id_card]
  fresh: {within: {2024-01-01: 12 months, 2025-01-01: 6 months}, confirmed_by: {form: seen, where: {met: true}}}
"""


KNOWN_HERE = """\
indicator: known_here
per: grid
every: month
measure: share
of: {table: person.quality}
part: {known: true}
empty: not_applicable
"""


def files(more: str, **others: str) -> dict[str, str]:
    return {
        "forms/person.yaml": PERSON + more,
        "forms/seen.yaml": SEEN,
        **{f"rules/{name}.yaml": text for name, text in others.items()},
    }


def test_a_form_says_when_two_records_may_be_one_and_what_a_good_record_is() -> None:
    result = loaded(files(SAME + QUALITY))
    assert result.regulation is not None, told(result)
    form = result.regulation.forms["person"]
    assert form.same_when == (
        SameWhen("number", ("id_card",)),
        SameWhen("phone", ("phone",), ("name",), {"zh": "电话和姓名"}),
        SameWhen("birth", ("name", "born")),
    )
    quality = form.quality
    assert quality is not None
    assert (quality.every.unit, quality.known) == ("month", ("phone", "id_card"))
    assert quality.within is not None
    assert [value for _, value in quality.within.values] == [Length(12, Unit.MONTHS), Length(6, Unit.MONTHS)]
    assert [source.table for source in quality.confirmed_by] == ["seen"]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("same_when: {number: idcard}\n", ["13:21 E102"]),
        ("same_when: {number: [tags]}\n", ["13:21 E103"]),
        ("same_when: {number: {same: [name], alike: [born]}}\n", ["13:43 E103"]),
        ("same_when: {number: {same: [], alike: [name]}}\n", ["13:13 E106"]),
        ("quality: {known: [phon]}\n", ["13:18 E102"]),
        ("quality: {every: fortnight, known: [phone]}\n", ["13:18 E102"]),
        ("quality: {every: month}\n", ["13:1 E106"]),
        ("quality: {fresh: {within: 3 months, confirmed_by: [sean]}}\n", ["13:52 E102"]),
        ("quality: {fresh: {within: 3 months, confirmed_by: [visit]}}\n", ["13:52 E111"]),
        ("quality: {fresh: {within: 3 months, confirmed_by: [monthly_call]}}\n", ["13:52 E102"]),
        ("quality: {fresh: {confirmed_by: [seen]}}\n", ["13:11 E106"]),
    ],
)
def test_what_it_can_not_mean_is_told_at_its_place(more: str, expected: list[str]) -> None:
    result = loaded(files(more))
    found = [f"{p.where.line}:{p.where.column} {p.code}" for p in result.problems if p.where and p.is_error]
    assert found == expected


def test_only_what_describes_something_has_a_register() -> None:
    result = loaded(
        {
            "forms/seen.yaml": SEEN + "same_when: {a: met}\nquality: {known: [met]}\n",
            "forms/person.yaml": PERSON,
        }
    )
    found = [(p.code, p.values.get("reason")) for p in result.problems if p.is_error]
    assert ("E103", "register") in found
    assert found.count(("E103", "register")) == 2


def test_a_register_with_quality_keeps_the_names_of_its_columns_for_itself() -> None:
    text = PERSON.replace("  born: {type: date}\n", "  known: {type: date}\n")
    result = loaded({"forms/person.yaml": text + "quality: {known: [phone]}\n"})
    assert [p.code for p in result.problems if p.is_error] == ["E101"]
    assert loaded({"forms/person.yaml": text}).regulation is not None


def test_indicators_read_the_quality_of_a_register() -> None:
    known = KNOWN_HERE
    result = loaded(files(QUALITY, known_here=known))
    assert result.regulation is not None, told(result)
    fresh = known.replace("known_here", "fresh_here").replace("known: true", "fresh: true")
    without = loaded(files("quality: {known: [phone]}\n", fresh_here=fresh))
    assert [p.code for p in without.problems if p.is_error] == ["E102"]
    assert [p.code for p in loaded(files("", known_here=known)).problems if p.is_error][:1] == ["E102"]
