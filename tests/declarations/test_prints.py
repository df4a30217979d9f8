"""Print templates among the declared files: which are in force, who names them, and what is wrong with them."""

from pathlib import Path

from app.declarations.files import FileDeclarations
from app.declarations.prints import faults_of
from app.domain.kinds.print_template import SHIPPED, PrintTemplate
from app.printing.printer import HERE
from tests.declarations.community import FILES, loaded, official, told

YEAR = """\
appraisal: year
for_each: role grid_leader
every: year
parts: {calls: {weight: 100%, from: points}}
print: own_year
"""
POINTS = """\
sheet: points
for_each: role grid_leader
every: year
items: {calls: {max: 10, lines: {made: {add: 1, for_each: monthly_call, where: {state: met}}}}}
"""
LIST = "layout: homes\nform: household\ncolumns: [grid]\nprint: nowhere\n"
GIVEN = {"rules/year.yaml": YEAR, "rules/points.yaml": POINTS}
OWN = "config/places/lakeside/print/own_year.html"


def test_what_comes_along_are_files_too_and_all_of_them_are_known() -> None:
    # What a draft would change is the app's own page: it is for a decision, and no document of a community's.
    assert {path.stem for path in HERE.glob("*.html")} - {"impact"} == set(SHIPPED)


def test_a_document_is_printed_from_a_file_of_the_place_or_a_shipped_one_and_no_other() -> None:
    assert told(loaded({**GIVEN, OWN: "<p>{{ document.title }}</p>"})) == []
    assert told(loaded({**GIVEN, "rules/year.yaml": YEAR.replace("own_year", "appraisal")})) == []
    found = told(loaded({**GIVEN, "forms/homes.yaml": LIST, OWN: ""}))
    assert found == ["forms/homes.yaml:4:8 E102"]
    assert told(loaded(GIVEN)) == ["rules/year.yaml:5:8 E102"]


def test_the_nearest_file_of_a_name_is_in_force() -> None:
    base, own = "config/print/own_year.html", OWN
    for files, path in (({base: "a"}, base), ({base: "a", own: "b"}, own)):
        result = loaded({**GIVEN, **files})
        assert result.regulation is not None
        assert result.regulation.prints["own_year.html"].path == path
    deeper = "config/places/lakeside/print/deep/own_year.html"
    assert told(loaded({**GIVEN, deeper: "a"})) == ["rules/year.yaml:5:8 E102"]


def test_a_template_that_cant_be_read_is_told_with_its_line_when_files_are_checked() -> None:
    result = loaded({**GIVEN, OWN: "<p>\n{% for one in document.items %}\n</p>\n{{ 1 + }}"})
    assert told(result) == [f"{OWN}:4 E137"]


def test_why_a_template_cant_be_read_is_a_word_and_the_name_that_it_is_about() -> None:
    for text, reason, what in (
        ("{% if x %}", "unclosed", "if"),
        ("{{ x", "end", ""),
        ("{# x", "end", ""),
        ("{% foo %}", "tag", "foo"),
        ("{{ x|foo }}", "filter", "foo"),
        ("{% block a %}{% endblock %}{% block a %}{% endblock %}", "twice", "a"),
        ("{{ x y }}", "sign", "y"),
        ("{{ x & y }}", "sign", "&"),
        ("{{ " + "(" * 5000, "nested", ""),
    ):
        (fault,) = faults_of({"own.html": PrintTemplate("own.html", text)})
        assert (fault.values["reason"], fault.values["what"]) == (reason, what), text


def test_what_a_template_takes_from_an_address_is_told_with_its_place_and_what_it_holds_itself_is_not() -> (
    None
):
    taken = (
        "<style>@import url(http://a.example/x.css);\n"
        "b { background: url('//c.example/d.png') }</style>\n"
        '<img alt="seal" src="file:///seal.png">\n'
        '<link rel="stylesheet" href="/own.css">'
    )
    found = told(loaded({**GIVEN, OWN: taken}))
    assert found == [f"{OWN}:{place} W227" for place in ("1:20", "2:22", "3:22", "4:30")]
    own = (
        '<a href="https://a.example">a</a><img src="data:image/png;base64,AA==">'
        '<img src="{{ picture }}"><svg><use href="#seal"/></svg><style>b { fill: url(#a) }</style>'
    )
    assert told(loaded({**GIVEN, OWN: own})) == []


def test_templates_are_part_of_a_places_files_and_its_revision_and_nothing_beside_them_is(
    tmp_path: Path,
) -> None:
    for path, text in {**FILES, OWN: "a", "config/places/lakeside/print/logo.svg": "b"}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    files = FileDeclarations(tmp_path, official)
    assert OWN in files.read_files("lakeside")
    assert not [path for path in files.read_files("lakeside") if path.endswith(".svg")]
    assert loaded({OWN: "a"}).revision != loaded({OWN: "b"}).revision
