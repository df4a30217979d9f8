"""What a template may do, and what it is told when it does something else: its file, its line, the remedy."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest

from app.domain.problem import Problem, ProblemError, Where
from app.i18n import LANGUAGES, Translator
from app.printing.child import within
from app.printing.files import About
from app.printing.press import Press
from app.printing.sandbox import LateError, TemplateFaultError, environment, fill
from app.printing.setting import Order, Sheet, make
from tests.printing.test_printing import DOCUMENT

ENDLESS = "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}"


def filled(own: str, **more: str) -> str:
    files = {"own.html": ("print/own.html", own)} | {
        f"{name}.html": (f"print/{name}.html", text) for name, text in more.items()
    }
    return fill(environment(files), "own.html", {"rows": [1, 2], "document": {"items": [3], "title": "<b>"}})


@pytest.mark.parametrize(
    ("own", "reason", "line", "what"),
    [
        ("a\n{% for x in y", "syntax", 2, "unexpected end of template"),
        ("a\n\n{{ nobody }}", "undefined", 3, "nobody"),
        ("{{ document.nothing }}", "undefined", 1, "nothing"),
        ("\n{{ ''.__class__.__mro__ }}", "forbidden", 2, ""),
        ("{{ rows|attr('__class__') }}", "forbidden", 1, ""),
        ("{{ rows.append(3) }}", "forbidden", 1, ""),
        ("{{ 2 ** 99999999 }}", "forbidden", 1, ""),
        ("{{ range(10 ** 9) }}", "forbidden", 1, ""),
        ("{{ range(1000000)|list }}", "too_large", 1, ""),
        ("{{ 'x' * 100000000 }}", "too_large", 1, ""),
        ("{% macro again() %}\n{{ again() }}{% endmacro %}{{ again() }}", "recursion", 2, ""),
        ("{% include 'own.html' %}", "recursion", 1, ""),
        ("\n{% include '/etc/passwd' %}", "no_file", 2, "/etc/passwd"),
        ("{% include '../secret.html' %}", "no_file", 1, "../secret.html"),
        ("{{ 1 / 0 }}", "broken", 1, "ZeroDivisionError"),
        ("{% for a in range(99999) %}{{ 'x' * 1000 }}{% endfor %}", "too_long", 0, ""),
        ("{{ lipsum() }}", "undefined", 1, "lipsum"),
        ("{{ 'a'|center(9) }}", "syntax", 1, "center"),
    ],
)
def test_what_a_template_does_wrong_is_told_with_file_and_line(
    own: str, reason: str, line: int, what: str
) -> None:
    with pytest.raises(TemplateFaultError) as caught:
        filled(own)
    fault = caught.value
    assert (fault.reason, fault.name, fault.line) == (reason, "print/own.html", line)
    assert what in fault.what
    assert reason != "undefined" or fault.what == what  # the name alone, not Jinja's words around it


def test_a_template_that_never_ends_is_told_where_it_was() -> None:
    with pytest.raises(TemplateFaultError) as caught, within(0.2, LateError):
        filled("\n" + ENDLESS)
    assert (caught.value.reason, caught.value.line) == ("late", 2)


def test_a_fault_in_an_included_file_is_told_by_its_own_name() -> None:
    with pytest.raises(TemplateFaultError) as caught:
        filled("{% include 'part.html' %}", part="\n\n{{ nobody }}")
    assert (caught.value.name, caught.value.line) == ("print/part.html", 3)


def test_what_a_mapping_holds_comes_before_what_python_calls_so_and_text_is_never_markup() -> None:
    assert filled("{{ document.items[0] }} {{ document.title }}") == "3 &lt;b&gt;"


def test_a_table_escapes_its_cells_and_stands_side_by_side() -> None:
    html = filled("{{ table([['No.', 1, 'r'], ['<i>', 3]], [[1, '<b>'], [2, 'x\"y'], [3, '&']], across=2) }}")
    assert '["No.","&lt;i&gt;","","No.","&lt;i&gt;"]' in html
    assert '["1","&lt;b&gt;","","3","&amp;"],["2","x\\"y","","",""]' in html


@dataclass(frozen=True, slots=True)
class Wrong:
    template: str
    reason: str


def order(own: str) -> Order:
    about = About("a", "b", DOCUMENT.created, "zh-CN")
    return Order({"own.html": ("print/own.html", own)}, "own", [Sheet({"rows": [1]}, about)])


def test_a_template_that_spoils_the_process_ends_it_alone_and_the_next_order_has_another(
    press: Press,
) -> None:
    doubled = "{% set ns = namespace(a='x' * 900000) %}" + "{% set ns.a = ns.a ~ ns.a %}" * 40
    for wrong in (Wrong("{{ nobody }}", "undefined"), Wrong(ENDLESS, "late"), Wrong(doubled, "memory")):
        with pytest.raises(ProblemError) as caught:
            press.make(order(wrong.template), 9.0 if wrong.reason == "memory" else 0.5)
        (problem,) = caught.value.problems
        assert (problem.code, problem.values["reason"]) == ("E574", wrong.reason)
        assert problem.where is not None
        assert problem.where.path == "print/own.html"
    made = press.make(order("<p>{{ rows[0] }}</p>"))
    assert made.pages == (1,)
    assert made.singles[0].startswith(b"%PDF-1.7")


def test_closing_waits_for_no_process_at_work_and_nothing_is_printed_after() -> None:
    press = Press()
    with ThreadPoolExecutor(1) as pool:
        printing = pool.submit(press.make, order(ENDLESS))
        while not press._running:
            pass
        press.close()
        with pytest.raises(ProblemError, match="E575"):
            printing.result(60)
    with pytest.raises(ProblemError, match="E575"):
        press.make(order("<p></p>"))
    assert press._running == []


def test_elements_that_are_nested_too_deep_are_the_templates_fault() -> None:
    with pytest.raises(TemplateFaultError) as caught:
        make(order("<p>" + "<div>" * 900))
    assert (caught.value.reason, caught.value.name) == ("nested", "print/own.html")


REASONS = [
    "syntax",
    "undefined",
    "forbidden",
    "too_large",
    "too_long",
    "recursion",
    "no_file",
    "memory",
    "late",
    "nested",
    "library",
    "broken",
]


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_fault_has_words_of_its_own_and_a_remedy_in_each_language(language: str) -> None:
    t = Translator(language)
    told = [
        t.problem(Problem("E574", Where("print/own.html", 7), {"reason": reason, "what": "nobody"}))
        for reason in REASONS
    ]
    assert len({one.what for one in told}) == len(REASONS)
    assert all(one.remedy and one.where == "print/own.html:7" for one in told)
