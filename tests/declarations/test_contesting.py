"""What of a score nobody could contest, or mark, is told where it is to be mended (W223)."""

import pytest

from tests.declarations.community import loaded, told

PERIOD = "period: {type: period, UNITrequired: true}"
CORRECTED = "corrected_by: {form: ruling, item: item, add: points}\n"
FILES = {
    "forms/opinion.yaml": "form: opinion\nabout: worker\nfields:\n  PERIOD\n  points: {type: number, required: true}\n",
    "forms/appeal.yaml": "form: appeal\nabout: worker\nfields:\n  PERIOD\n  item: {type: text, required: true}\n",
    "forms/ruling.yaml": (
        "form: ruling\nabout: worker\nfields:\n  PERIOD\n  appeal: {type: ref, to: appeal, required: true}\n"
        "  item: {type: text, required: true}\n  points: {type: number, required: true}\n"
    ),
    "rules/appeals.yaml": (
        "procedure: appeals\nmatter: appeal\nstates: [open, closed]\n"
        "steps: {close: {from: open, to: closed, form: ruling, link: appeal}}\n"
    ),
    "rules/opinions.yaml": (
        "indicator: opinions\nper: role grid_leader\nevery: year\nmeasure: average\nof: opinion\ncolumn: points\n"
        "empty: unknown\n"
    ),
    "rules/given.yaml": (
        "sheet: given\nfor_each: role grid_leader\nevery: half_year\nmax: 9\n"
        + CORRECTED
        + "items: {all: {max: 9, lines: {mark: {mark: opinion, between: [0, 9], take: average}}}}\n"
    ),
    "rules/judged.yaml": (
        "appraisal: judged\nfor_each: role grid_leader\nevery: year\n"
        + CORRECTED
        + "parts:\n  residents: {weight: 50%, from: opinions}\n"
        "  given: {weight: 50%, from: given, roll_up: average}\n"
        "appeal: {within: 5 days, course: appeals}\n"
    ),
}


def found(unit: str = "", **changed: str) -> list[str]:
    """Return what is found where questions for the period have a unit and some files are changed."""
    question = PERIOD.replace("UNIT", f"unit: {unit}, " if unit else "")
    texts = {path: text.replace("PERIOD", question) for path, text in FILES.items()}
    for name, gone in changed.items():
        path = next(one for one in texts if f"/{name}." in one)
        assert gone in texts[path]
        texts[path] = texts[path].replace(gone, "")
    return told(loaded(texts))


def test_what_can_say_any_period_and_is_corrected_can_be_contested() -> None:
    assert found() == []
    assert found("half_year") == []


def test_forms_that_offer_years_alone_say_nothing_of_the_halves_of_a_sheet() -> None:
    assert found("year") == [f"forms/{name}.yaml:4:32 W223" for name in ("appeal", "opinion", "ruling")]


@pytest.mark.parametrize(
    ("file", "where"), [("given", "rules/given.yaml:1:1"), ("judged", "rules/judged.yaml:5:3")]
)
def test_a_sheet_or_a_part_that_nothing_corrects_is_told_where_people_may_appeal(
    file: str, where: str
) -> None:
    assert found(**{file: CORRECTED}) == [f"{where} W223"]
    assert found(**{file: CORRECTED, "judged": "appeal: {within: 5 days, course: appeals}\n"}) == []
