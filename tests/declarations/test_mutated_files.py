"""Shipped files, mangled: each is refused with code and place, or loads; never a traceback or a hang."""

import random
import time
from collections.abc import Callable, Mapping
from functools import cache
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.declarations.files import FileDeclarations
from app.declarations.load import load
from app.plugins.calendars import official_days
from app.services.ports import Loaded

ROOT = Path(__file__).parents[2]
PLACE = "demo/liuan"
PATIENCE = 60.0
"""Seconds that no load may take, on a machine that does other things beside."""


@cache
def shipped() -> Mapping[str, str]:
    return FileDeclarations(ROOT, official_days).read_files(PLACE)


@cache
def mutable() -> tuple[str, ...]:
    return tuple(sorted(path for path in shipped() if not path.endswith(".case.yaml")))


def loaded(files: Mapping[str, str]) -> Loaded:
    """Load files; whatever they say, there is an answer in time, and each fault has a code and a place in a file."""
    started = time.monotonic()
    found = load(PLACE, files, official_days)
    assert time.monotonic() - started < PATIENCE
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


@settings(max_examples=_examples(8))
@given(st.integers(0, 10**9), st.lists(st.sampled_from(sorted(CHANGES)), min_size=1, max_size=3))
def test_a_mangled_file_is_answered_in_time_with_places(seed: int, changes: list[str]) -> None:
    chance = random.Random(seed)  # noqa: S311 - a choice, not a secret
    files = dict(shipped())
    for name in changes:
        path = chance.choice(mutable())
        files[path] = CHANGES[name](files[path], chance)
    loaded(files)


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
    "many keys": "duty: odd\n" + "".join(f"k{at}: v\n" for at in range(5_000)),
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
