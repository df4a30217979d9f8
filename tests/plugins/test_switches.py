"""Plugins are switched on by files, and one that fails leaves a gap that is told and nothing else."""

from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from importlib import metadata
from types import SimpleNamespace
from typing import Any

import pytest

from app import hookspecs, plugins
from app.declarations.load import load
from app.declarations.published import json_schemas
from app.domain.core.aggregates import AGGREGATES, function_of
from app.domain.core.chosen_rows import Getter
from app.domain.core.methods import METHODS, Method
from app.domain.core.plan import Expand, Set
from app.domain.core.values import Kind, Unknown
from app.domain.kinds.counting import COUNTINGS, WINDOWS, Counted, Counting, Owing, Windowed, Windows
from app.domain.kinds.tree import NUMBER, name, number, times
from app.domain.plugin import PLUGINS, Setting, faults
from app.domain.workdays import Every
from app.hookspecs import hookimpl
from app.i18n import Translator
from app.plugins.manager import Plugins
from app.services.ports import Loaded
from app.services.reasons.phrases import say
from app.services.reasons.sentences import Sentences
from tests.declarations.community import official
from tests.plugins.conftest import Install
from tests.services.declared import LEADER, PLACE, files_of, regulation_of, told

SHEET = """
sheet: merit
for_each: role leader
every: year
lines:
  good: {add: {of: points, method: tenfold}, for_each: mark, where: {kind: good}}
  plain: {add: 1, for_each: mark, where: {kind: bad}}
"""
DUTY = """
duty: seen
for_each: household
every: quarter
met_by: {form: visit, method: doubly}
"""
INDICATOR = """
indicator: worst
per: role leader
every: year
measure: lowest
of: mark
column: points
empty: not_applicable
"""
HOUSEHOLD = "- {form: household, at: 2024-01-01, subject: h1, grid: c1/g1}\n"
VISIT = "- {form: visit, at: 2025-02-03, subject: h1, channel: home}\n"
MARKS = f"{LEADER}\n" + "".join(
    f"- {{form: mark, at: 2025-02-0{day}, by: o1, subject: w1, kind: {kind}, points: 3}}\n"
    for day, kind in ((1, "good"), (2, "bad"))
)


class Tenfold:
    """A plugin with a setting: points by a factor that a place sets."""

    @hookimpl
    def gridbook_settings(self) -> list[Setting]:
        return [
            Setting("factor", Kind.NUMBER, 10, at_least=1, at_most=20),
            Setting("steps", Kind.INTEGER, 3),
        ]

    @hookimpl
    def gridbook_methods(self) -> list[Method]:
        return [Method("tenfold", (), lambda of, given: of * given["factor"], settings=("factor",))]


class Doubly:
    """A plugin whose rows weigh two, and whose windows are months whatever the text says."""

    @hookimpl
    def gridbook_countings(self) -> list[Counting]:
        weight = Set((("weight", times(name("weight", NUMBER), number(2)), NUMBER),))
        title = {"zh": "加倍", "en": "doubly"}
        return [Counting("doubly", lambda _: Counted(after=(weight,)), weighs=True, title=title)]

    @hookimpl
    def gridbook_windows(self) -> list[Windows]:
        def every_year(owing: Owing) -> Windowed:
            return Windowed((*owing.spine.steps, Expand(Every("year"), "start", "end")))

        return [Windows("yearly", every_year, title={"zh": "按年", "en": "the year"})]


class Broken:
    """A plugin that raises as it is asked."""

    @hookimpl
    def gridbook_methods(self) -> list[Method]:
        raise RuntimeError("no licence")


class Wrong:
    """A plugin that brings what is no method."""

    @hookimpl
    def gridbook_methods(self) -> list[Any]:
        return ["tenfold"]


def loaded(declared: str, files: Mapping[str, str] | None = None) -> Loaded:
    return load(PLACE, {**files_of(declared), **(files or {})}, official)


def codes(found: Loaded) -> list[str]:
    return [f"{one.code} {one.where}" for one in found.problems]


# ---- nothing beside the registry
def test_what_comes_along_is_registered_as_everybodys_and_is_nowhere_else() -> None:
    for registry in (AGGREGATES, METHODS, COUNTINGS, WINDOWS):
        assert {registry.owner(one) for one in registry} <= set(plugins.BUILT_IN)
        assert len(registry) > 0
    bare = Plugins("gridbook")
    bare.add_hookspecs(hookspecs)
    try:
        bare.bring()
        for registry in (AGGREGATES, METHODS, COUNTINGS, WINDOWS):
            assert list(registry) == []
        with pytest.raises(KeyError):
            function_of("sum")
        case = told("duty: seen\nfor_each: household\nevery: year\nmet_by: visit\n", HOUSEHOLD + VISIT)
        with pytest.raises(KeyError):
            case.evaluation()
    finally:
        plugins.load(others=False)
    assert function_of("sum")(Getter(0, None, lambda row: row).over([(2,), (3,)]), None, None) == 5


# ---- on and off
def test_a_plugin_that_is_off_is_told_at_the_word_with_what_to_switch_on(install: Install) -> None:
    install(tens=Tenfold(), twos=Doubly())
    found = loaded(f"{SHEET}---{DUTY}")
    assert found.regulation is None
    errors = [one for one in found.problems if one.code == "E133"]
    assert [(str(one.where), one.values["plugin"]) for one in errors] == [
        ("rules/merit.yaml:5:36", "tens"),
        ("rules/seen.yaml:4:31", "twos"),
    ]
    on = loaded(f"plugins: {{tens: {{}}, twos: {{}}}}\n---{SHEET}---{DUTY}")
    assert on.regulation is not None


def test_a_built_in_plugin_can_be_switched_off() -> None:
    found = loaded("plugins: {aggregates: {on: false}}\n---" + INDICATOR.replace("lowest", "sum"))
    assert "E133" in [one.code for one in found.problems]


def test_what_a_place_sets_changes_its_figures_and_stands_in_the_definition(install: Install) -> None:
    install(tens=Tenfold())
    for setting, points in (("", 31), ("with: {factor: 5/2}", Fraction(17, 2))):
        case = told(f"plugins: {{tens: {{{setting}}}}}\n---{SHEET}", MARKS)
        assert case.column("merit", "points") == [points]
    (line, _) = case.regulation.sheets["merit"].items[0].lines
    assert line.amount is not None
    assert line.amount.method is not None
    ((option, (figure,)),) = line.amount.method.given
    assert (option, str(figure.values[0][1]), figure.path, str(figure.where)) == (
        "factor", "5/2", "plugins/tens/factor", "config/plugins.yaml:1:33",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("said", "code"),
    [
        ("with: {factr: 2}", "E102"),
        ("with: {factor: much}", "E103"),
        ("with: {factor: 21}", "E127"),
        ("with: {steps: 1/2}", "E103"),
        ("off: true", "E102"),
    ],
)
def test_what_is_set_is_checked_against_what_the_plugin_declares(
    install: Install, said: str, code: str
) -> None:
    install(tens=Tenfold())
    found = loaded(f"plugins: {{tens: {{{said}}}}}\n---{SHEET}")
    assert [one.code for one in found.problems if one.is_error] == [code]


def test_a_place_says_what_no_place_above_has_said(install: Install) -> None:
    install(tens=Tenfold())
    files = {
        "config/plugins.yaml": "plugins: {tens: {with: {factor: 2}}}\n",
        "config/places/c1/plugins.yaml": "plugins: {tens: {with: {factor: 3}}}\n",
    }
    assert told(SHEET, MARKS, files=files).column("merit", "points") == [10]
    below = {
        path.replace("places/c1/", "places/town/c1/"): text.replace("place: c1", "place: c1")
        for path, text in {**files_of(SHEET), **files}.items()
    }
    below["config/places/town/place.yaml"] = "place: town\nlevel: town\ncalendar: cn\n"
    above = {**below, "config/places/town/plugins.yaml": "plugins: {tens: {with: {factor: 4}}}\n"}
    assert load("town/c1", below, official).regulation is not None
    found = load("town/c1", above, official)
    assert [f"{one.code} {one.where}" for one in found.problems if one.is_error] == [
        "E131 config/places/town/c1/plugins.yaml:1:33"
    ]


def test_a_version_must_be_said_and_another_one_is_told_and_goes_on(install: Install) -> None:
    install(version="2.0", tens=Tenfold())
    assert [one.code for one in loaded(f"plugins: {{tens: {{}}}}\n---{SHEET}").problems if one.is_error] == [
        "E106"
    ]
    other = loaded(f'plugins: {{tens: {{version: "1.9"}}}}\n---{SHEET}')
    assert [one for one in codes(other) if one[0] == "W"] == ["W220 config/plugins.yaml:1:28"]
    same = loaded(f'plugins: {{tens: {{version: "2.0"}}}}\n---{SHEET}')
    assert same.regulation is not None
    assert same.regulation.plugins == {"tens": "2.0"}
    assert same.revision != other.revision


def test_the_schema_for_editors_knows_what_can_be_set(install: Install) -> None:
    install(tens=Tenfold())
    known = json_schemas()["plugins"]["properties"]["plugins"]["properties"]
    own = known["tens"]["properties"]["with"]
    assert own["additionalProperties"] is False
    assert own["properties"]["steps"]["type"] == ["integer", "string"]
    assert own["properties"]["factor"]["default"] == 10


@pytest.mark.parametrize(("kind", "least"), [(Kind.REF, None), (Kind.NUMBER, 9)])
def test_a_setting_that_no_file_could_give_is_refused(kind: Kind, least: int | None) -> None:
    with pytest.raises(ValueError, match="like this"):
        Setting("strange", kind, 3, at_least=least)


# ---- what fails
@pytest.mark.parametrize(("plugin", "reason"), [(Broken(), "no licence"), (Wrong(), "gridbook_methods: str")])
def test_a_plugin_that_fails_is_left_out_whole_and_told(
    install: Install, plugin: object, reason: str
) -> None:
    install(bad=plugin, tens=Tenfold())
    (fault,) = faults()
    assert (fault.code, fault.values["plugin"]) == ("W582", "bad")
    assert reason in str(fault.values["reason"])
    assert PLUGINS["bad"].failed
    assert told(f"plugins: {{tens: {{}}}}\n---{SHEET}", MARKS).column("merit", "points") == [31]


def test_the_words_of_a_missing_plugin_are_kept_and_compute_what_is_not_known() -> None:
    switches = 'plugins: {absent: {version: "1"}}\n---'
    found = loaded(f"{switches}{SHEET}---{DUTY}---{INDICATOR}")
    assert found.regulation is not None
    assert sorted(one.code for one in found.problems if one.code[:2] == "W2") == [
        "W218",
        "W219",
        "W219",
        "W219",
    ]
    given = f"{MARKS}{HOUSEHOLD}{VISIT}"
    case = told(f"{switches}{SHEET}---{DUTY}---{INDICATOR}", given, leader=False)
    assert case.column("merit.lines", "points", line="plain") == [1]
    assert case.column("merit", "points") == [Unknown("tenfold")]
    assert case.column("worst", "value") == [Unknown("lowest")]
    states = {str(getattr(one, "reason", one)) for one in case.column("seen", "state", window="2025-Q1")}
    assert states == {"undecided"}


def test_windows_of_a_missing_plugin_are_a_year_of_which_nobody_knows() -> None:
    duty = DUTY.replace("every: quarter", "every: {method: lunar}").replace(", method: doubly", "")
    case = told(f"plugins: {{absent: {{}}}}\n---{duty}", HOUSEHOLD)
    assert [str(getattr(one, "reason", one)) for one in case.column("seen", "state", window="2025")] == [
        "undecided"
    ]


def test_without_a_missing_plugin_an_unknown_word_is_an_error() -> None:
    found = loaded(f"{SHEET}---{DUTY}---{INDICATOR}")
    assert [one.code for one in found.problems if one.is_error] == ["E102"] * 3


def test_a_package_that_cannot_be_imported_keeps_nothing_from_starting(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Point:
        def __init__(self, name: str, fault: Exception | None = None) -> None:
            self.name, self._fault = name, fault

        def load(self) -> object:
            if self._fault is not None:
                raise self._fault
            return Tenfold()

    class Points(list[Point]):
        def select(self, **_: str) -> list[Point]:
            return list(self)

    def package(version: str, *points: Point) -> SimpleNamespace:
        return SimpleNamespace(name="acme", version=version, entry_points=Points(points))

    found = [
        package("1.0", Point("tens")),
        package("3.0", Point("gone", ImportError("no module named numpy"))),
        package("2.0", Point("tens")),
    ]
    monkeypatch.setattr(metadata, "distributions", lambda: iter(found))
    try:
        plugins.load()
        assert (PLUGINS["tens"].version, PLUGINS["tens"].failed) == ("1.0", "")
        assert "numpy" in PLUGINS["gone"].failed
        assert [one.values["plugin"] for one in faults()] == ["gone", "tens (acme)"]
    finally:
        monkeypatch.undo()
        plugins.load(others=False)


# ---- ways of counting and windows of others
def test_a_foreign_way_of_counting_and_foreign_windows_are_used_and_told_in_words(install: Install) -> None:
    install(twos=Doubly())
    duty = DUTY.replace("every: quarter", "every: {method: yearly}\ntimes: 2")
    case = told(f"plugins: {{twos: {{}}}}\n---{duty}", HOUSEHOLD + VISIT)
    assert case.column("seen", "counted", window="2025") == [2]
    assert case.column("seen", "state", window="2025") == ["met"]
    regulation = regulation_of(files_of(f"plugins: {{twos: {{}}}}\n---{duty}"))
    sentences = Sentences(regulation, date(2025, 3, 1))
    said = [say(one, Translator("en")) for one in sentences.duty(regulation.duties["seen"])]
    assert any("doubly" in one and "the year" in one for one in said)


@pytest.mark.parametrize("way", ["quorum", "each", "session", "together"])
def test_a_way_that_has_a_key_of_its_own_is_not_named(way: str) -> None:
    assert [one.code for one in loaded(DUTY.replace("doubly", way)).problems if one.is_error] == ["E102"]


def test_windows_that_have_a_key_of_their_own_are_not_named() -> None:
    duty = DUTY.replace("every: quarter", "every: {method: rolling}").replace(", method: doubly", "")
    assert [one.code for one in loaded(duty).problems if one.is_error] == ["E102"]
