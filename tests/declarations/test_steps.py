"""A step that none of the posts named for it may take is told where they are named (W225)."""

from app.declarations.deployment import FIELD_TYPES
from app.declarations.kept import KeptLoads
from tests.declarations.community import FILES, PLACE, loaded, official, told

DIRECTOR = "config/roles/director.yaml"
APPRAISING = "role: director\nlevel: community\nmay: [record, administer, appraise]\n"
SECRETARY = "role: secretary\nlevel: community\nmay: [record, appraise]\n"
PERIOD = "fields:\n  period: {type: period, unit: year, required: true}\n"
YEAR = {
    "config/roles/secretary.yaml": SECRETARY,
    "forms/opened.yaml": f"form: opened\nabout: community\n{PERIOD}",
    "forms/frozen.yaml": (
        f"form: frozen\nabout: community\n{PERIOD}  opened: {{type: ref, to: opened, required: true}}\n"
    ),
    "rules/course.yaml": (
        "procedure: course\nmatter: opened\nstates: [draft, frozen]\nsteps:\n"
        "  freeze: {from: draft, to: frozen, form: frozen, link: opened, by: [director]}\n"
    ),
    "rules/opinions.yaml": (
        "indicator: opinions\nper: role grid_leader\nevery: year\nmeasure: count\nof: visit\nempty: unknown\n"
    ),
    "rules/judged.yaml": (
        "appraisal: judged\nfor_each: role grid_leader\nevery: year\ncourse: course\n"
        "parts: {residents: {weight: 100%, from: opinions}}\n"
    ),
}


def found(**changed: tuple[str, str]) -> list[str]:
    """Return what is found of the year where something of some files is replaced."""
    texts = {**FILES, **YEAR}
    for name, (old, new) in changed.items():
        path = next(one for one in texts if f"/{name}." in one)
        assert old in texts[path]
        texts[path] = texts[path].replace(old, new)
    return [line for line in told(loaded(texts)) if "W225" in line]


def test_a_step_of_a_year_whose_posts_may_not_appraise_is_told_at_its_posts() -> None:
    assert found() == ["rules/course.yaml:5:69 W225"]
    assert found(director=("administer", "appraise")) == []
    assert found(course=("by: [director]", "by: [director, secretary]")) == []
    assert found(course=(", by: [director]", "")) == []


def test_who_may_appraise_must_be_let_fill_in_the_form_too() -> None:
    named = ("by: [director]", "by: [director, secretary]")
    only = ("about: community\n", "about: community\nfilled_by: [director]\n")
    assert found(course=named, frozen=only) == ["rules/course.yaml:5:69 W225"]
    assert found(course=named, frozen=(only[0], only[1].replace("director", "secretary"))) == []


def test_a_year_that_nobody_can_open_is_told_at_its_matter() -> None:
    only = ("about: community\n", "about: community\nfilled_by: [director]\n")
    assert found(course=(", by: [director]", ""), opened=only) == ["rules/course.yaml:2:9 W225"]


def test_a_post_that_stands_in_for_a_named_one_counts() -> None:
    text = YEAR["config/roles/secretary.yaml"]
    assert found(secretary=(text, text + "stands_in_for: director\n")) == []


def test_a_step_of_any_procedure_is_told_whose_posts_may_not_fill_in_its_form() -> None:
    only = ("about: community\n", "about: community\nfilled_by: [secretary]\n")
    assert found(judged=("course: course\n", ""), frozen=only) == ["rules/course.yaml:5:69 W225"]
    assert found(judged=("course: course\n", "")) == []


def test_what_was_told_of_a_step_goes_when_its_post_may_appraise() -> None:
    loads, files = KeptLoads(official, FIELD_TYPES), {**FILES, **YEAR}

    def codes(texts: dict[str, str]) -> list[str]:
        return [one.code for one in loads.load(PLACE, texts, with_cases=True).problems if one.code == "W225"]

    assert codes(files) == ["W225"]
    assert codes({**files, DIRECTOR: APPRAISING}) == []
    assert codes(files) == ["W225"]
