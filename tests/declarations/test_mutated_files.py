"""Shipped files of all places, mangled: refused with code and place, or loaded, planned and evaluated by the worker.

Never a traceback, a hang or a dead worker. One file is changed, so loading takes the rest as it was (docs/adr/0081);
what loads is evaluated on the small ledgers of its own cases, through one worker for all examples.
"""

import itertools
import random
import re
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.declarations.files import FileDeclarations
from app.declarations.inventories import FOLDER, read_inventories
from app.declarations.load import load
from app.declarations.scenario_file import read_scenario, scenario_path
from app.domain.regulation import Regulation
from app.engine import DurableDecider
from app.plugins.calendars import official_days
from app.services.cases import run_cases
from app.services.ports import Loaded
from app.services.scenario.scenario import Scenario, ScenarioError, World, generate
from tests.fakes.counting import uncounted

ROOT = Path(__file__).parents[2]
PLACES = ("demo/hengjie", "demo/liuan", "demo/xinglin", "demo/zaoyuan")
PLACE = "demo/liuan"
PATIENCE = 60.0
"""CPU seconds that no load may take: a machine that does other things beside makes it no slower."""


@cache
def shipped(place: str = PLACE) -> Mapping[str, str]:
    return FileDeclarations(ROOT, official_days).read_files(place)


SORTS: Mapping[str, str] = {
    "overlay": r"overlay\.yaml$",
    "place": r"place\.yaml$",
    "calendar": r"/calendars/",
    "role": r"/roles/",
    "form": r"forms/.*\.yaml$",
    "case": r"\.case\.yaml$",
    "rule": r"rules/(?!.*\.case\.yaml$)",
}
"""Sorts of files, each drawn as often as another, however many there are."""


def paths_of(place: str, sort: str) -> list[str]:
    return sorted(path for path in shipped(place) if re.search(SORTS[sort], path))


def loaded(files: Mapping[str, str], place: str = PLACE) -> Loaded:
    """Load files; whatever they say, there is an answer in time, and each fault has a code and a place in a file."""
    started = time.process_time()
    found = load(place, files, official_days)
    assert time.process_time() - started < PATIENCE
    for problem in found.problems:
        assert problem.code[:1] in {"E", "W"}
        assert problem.where is not None
        assert problem.where.path in files or problem.where.path.startswith(("config/", "forms", "rules"))
    assert (found.regulation is None) == any(problem.is_error for problem in found.problems)
    return found


# ---- what becomes of a text ------------------------------------------------------------------------------------------
Change = Callable[[str, random.Random], str]


def _of_lines(change: Callable[[list[str], random.Random], None]) -> Change:
    def changed(text: str, chance: random.Random) -> str:
        lines = text.split("\n")
        change(lines, chance)
        return "\n".join(lines)

    return changed


def _delete(lines: list[str], chance: random.Random) -> None:
    del lines[chance.randrange(len(lines))]


def _double(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    lines.insert(at, lines[at])


def _swap(lines: list[str], chance: random.Random) -> None:
    one, other = chance.randrange(len(lines)), chance.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _indent(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    lines[at] = chance.choice(["  ", "\t", " "]) + lines[at]


def _other_value(lines: list[str], chance: random.Random) -> None:
    at = chance.randrange(len(lines))
    key, colon, _ = lines[at].partition(":")
    values = (
        *("[]", "{}", "[a, [b, {c: d}]]", "!late", "&a x", "*a", "null", "~", "-1", "1e400", "9" * 400),
        *("0012", "12:00", "on", "2025-02-30", "'", '"', "|", ">", "{a: b", "a: b: c", "(((((", "max(a, b)"),
        *("not(" * 60 + "x" + ")" * 60, "1/0", "0x10", "\u202e", "%", "@", "`", "é" * 300, "a && b || !c"),
    )
    lines[at] = f"{key}{colon} {chance.choice(values)}"


def _stolen(lines: list[str], chance: random.Random) -> None:
    """Give a line the value that another line has under the same key: right in kind, wrong in what it says."""
    keyed = [at for at, line in enumerate(lines) if ": " in line]
    if keyed:
        at = chance.choice(keyed)
        key = lines[at].partition(":")[0].strip()
        others = [lines[one] for one in keyed if lines[one].partition(":")[0].strip() == key]
        lines[at] = lines[at].partition(":")[0] + ":" + chance.choice(others).partition(":")[2]


def _number(text: str, chance: random.Random) -> str:
    """Replace one of the numbers."""
    found = list(re.finditer(r"\d+", text))
    if not found:
        return text
    one = chance.choice(found)
    values = ("0", "-1", "1/3", "99999999", "1e3", "0.5", "150%", "9" * 30, "9999", "2025-13-01", "0x1f")
    return text[: one.start()] + chance.choice(values) + text[one.end() :]


def _word(text: str, chance: random.Random) -> str:
    """Replace one word by another word of the file."""
    found = list(re.finditer(r"[a-z_]{3,}", text))
    if not found:
        return text
    one = chance.choice(found)
    return text[: one.start()] + chance.choice(found)[0] + text[one.end() :]


def _bytes(text: str, chance: random.Random) -> str:
    at = chance.randrange(len(text) + 1)
    odd = ("\x00", "\ufeff", "\r", "\u2028", "\x85", "\udcff", "\x1b", "\ud800", "\t", "𝟙", "\x7f")
    return text[:at] + chance.choice(odd) + text[at:]


def _cut(text: str, chance: random.Random) -> str:
    return text[: chance.randrange(len(text) + 1)]


def _latin(text: str, chance: random.Random) -> str:
    del chance
    return text.encode("gb18030", "replace").decode("utf-8", "surrogateescape")


CHANGES: Mapping[str, Change] = {
    "delete a line": _of_lines(_delete),
    "double a line": _of_lines(_double),
    "swap lines": _of_lines(_swap),
    "indent a line": _of_lines(_indent),
    "another value": _of_lines(_other_value),
    "another line's value": _of_lines(_stolen),
    "another number": _number,
    "another word": _word,
    "an odd character": _bytes,
    "cut": _cut,
    "another encoding": _latin,
    "CRLF": lambda text, _: text.replace("\n", "\r\n"),
    "a mark of byte order": lambda text, _: "\ufeff" + text,
    "twice": lambda text, _: text + "\n" + text,
    "two documents": lambda text, _: text + "\n---\n" + text,
    "nothing": lambda *_: "",
}


def _examples(usual: int) -> int:
    return usual if settings.get_current_profile_name() == "default" else usual * 20


@pytest.fixture(scope="module", name="decider")
def decider_fixture() -> Iterator[DurableDecider]:
    decider = DurableDecider()
    yield decider
    decider.close()


def evaluated(regulation: Regulation, path: str, chance: random.Random, decider: DurableDecider) -> int:
    """Plan and evaluate the small ledgers of the cases that stand beside the changed file, or of any; return how many.

    What comes out may be anything; a worker that dies, a plan that can't be made or a traceback is what fails.
    """
    cases = [case for case in regulation.cases if _stem(case.where.path) == _stem(path)]
    if not cases:
        cases = chance.sample(regulation.cases, min(2, len(regulation.cases)))
    return len(run_cases(regulation, cases[:3], decider))


def _stem(path: str) -> str:
    return path.removesuffix(".yaml").removesuffix(".case")


MANGLED = st.tuples(
    st.sampled_from(PLACES),
    st.sampled_from(sorted(SORTS)),
    st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=2),
    st.integers(0, 10**9),
)


def test_a_mangled_file_is_answered_in_time_with_places_or_evaluated_by_the_worker(
    decider: DurableDecider,
) -> None:
    seen = {"refused": 0, "evaluated": 0}

    @settings(max_examples=_examples(18))
    @given(MANGLED)
    def mangle(drawn: tuple[str, str, list[str], int]) -> None:
        place, sort, changes, seed = drawn
        chance = random.Random(seed)  # noqa: S311 - a choice, not a secret
        paths = paths_of(place, sort)
        if not paths:
            return
        path = chance.choice(paths)
        files = dict(shipped(place))
        for name in changes:
            files[path] = CHANGES[name](files[path], chance)
        found = loaded(files, place)
        seen["refused"] += found.regulation is None
        if found.regulation is not None and files[path] != shipped(place)[path]:
            seen["evaluated"] += evaluated(found.regulation, path, chance, decider)

    with uncounted():
        mangle()
    assert all(count > 3 for count in seen.values()), seen


@settings(max_examples=_examples(4))
@given(st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=2), st.integers(0, 10**9))
def test_a_mangled_inventory_is_answered_with_places(changes: list[str], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    paths = sorted((ROOT / FOLDER).glob("*.yaml"))
    texts = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in paths}
    path = chance.choice(sorted(texts))
    for name in changes:
        texts[path] = CHANGES[name](texts[path], chance)
    _, problems = read_inventories(texts.items())
    assert all(problem.code[:1] in {"E", "W"} and problem.where for problem in problems)


@settings(max_examples=_examples(4))
@given(
    st.sampled_from(PLACES[:1] + PLACES[2:]),
    st.lists(st.sampled_from(sorted(CHANGES)), min_size=1),
    st.integers(0, 10**9),
)
def test_a_mangled_scenario_is_none_a_fault_or_entries(place: str, changes: list[str], seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311
    text = (ROOT / scenario_path(place)).read_text("utf-8")
    for name in changes:
        text = CHANGES[name](text, chance)
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / scenario_path(place)
        target.parent.mkdir(parents=True)
        target.write_bytes(text.encode("utf-8", "surrogatepass"))
        data = read_scenario(Path(folder), place)
    regulation = loaded(shipped(place), place).regulation
    assert regulation is not None
    if data is not None:
        world = World(regulation.places, regulation.calendar)
        with suppress(ScenarioError):
            for _ in itertools.islice(generate(world, Scenario(data), date(2025, 3, 1)), 500):
                pass


# ---- single monsters -----------------------------------------------------------------------------------------------
DEEP = 2_000
MONSTERS: Mapping[str, str] = {
    "lists in lists": "duty: odd\nfor_each: " + "[" * DEEP + "]" * DEEP,
    "mappings in mappings": "duty: odd\nfor_each: " + "{a: " * DEEP + "b" + "}" * DEEP,
    "blocks in blocks": "duty: odd\nwhere:\n" + "".join(f"{' ' * (at + 1)}any:\n" for at in range(300)),
    "laughs": "duty: odd\na: &a [x]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(50)),
    "a number without end": "duty: odd\nfor_each: household\ntimes: " + "9" * 100_000,
    "a long text": 'duty: odd\ntitle: {zh: "' + "字" * 2_000_000 + '"}',
    "a long expression": 'duty: odd\nfor_each: household\nwhere: "' + "a + " * 20_000 + 'b"',
    "deep negation": 'duty: odd\nfor_each: household\nwhere: "' + "!" * 20_000 + 'a"',
    "many keys": "duty: odd\n" + "".join(f"k{at}: v\n" for at in range(2_000)),
    "a binary": "".join(chr(at % 32) for at in range(1, 3_000)),
    "itself": "duty: odd\nfor_each: odd\nevery: year\nmet_by: odd\n",
    "a tag": "duty: !!python/object/apply:os.system [exit]\n",
    "merging": "duty: odd\n<<: {a: b}\n",
}


@pytest.mark.parametrize("name", sorted(MONSTERS))
def test_a_monstrous_file_is_refused_at_its_place(name: str) -> None:
    found = loaded({**shipped(), "rules/odd.yaml": MONSTERS[name]})
    told = {
        problem.where.path for problem in found.problems if problem.where is not None and problem.is_error
    }
    assert "rules/odd.yaml" in told


def test_levels_that_change_each_other_s_figures_in_a_circle_are_refused_with_a_place() -> None:
    overlay = "overlay: {name}\nplace: demo/liuan\nchanges: []\nadds: [config/demo/{other}.yaml]\n"
    files = {
        f"config/demo/{name}.yaml": overlay.format(name=name, other=other) for name, other in ("ab", "ba")
    }
    loaded({**shipped(), **files})


@pytest.mark.long
def test_a_file_of_twenty_megabytes_is_answered() -> None:
    loaded({**shipped(), "rules/odd.yaml": 'duty: odd\ntitle: {zh: "' + "字" * 7_000_000 + '"}'})


@pytest.mark.parametrize("code", [0xD800, 0xDFFF, 0xDCFF])
def test_half_a_character_from_a_page_is_refused_at_its_place(code: int) -> None:
    found = loaded({**shipped(), "rules/odd.yaml": f"duty: odd\ntitle: {{zh: {chr(code)}}}\n"})
    assert {str(problem.where) for problem in found.problems if problem.where and problem.is_error} == {
        "rules/odd.yaml:2:13"
    }
