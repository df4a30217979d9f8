"""What durable-rules 2.0.28 does: the private names that the adapter uses, and the faults that it works around.

Each fault runs in a process of its own. A test that fails here with a new version says which guard to look at.
"""

import inspect
import json
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from importlib.metadata import version

import durable_rules_engine
import pytest
from durable.engine import Content, Host, Ruleset

_BEGIN = """
from durable.engine import Host
class Quiet(Host):
    def _run(self): pass
host, told = Quiet(), []
def rules(tell=lambda c: told.append(c.m.id), **by_name):
    host.set_rulesets({"q": {name: {"all": [{"m": m}], "run": tell} for name, m in by_name.items()}})
"""


def run(script: str, seconds: float = 120) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", _BEGIN + script], capture_output=True, text=True, timeout=seconds, check=False
    )


def test_the_version_is_the_one_that_was_measured() -> None:
    assert version("durable-rules") == "2.0.28"


def test_the_private_names_that_the_adapter_needs_are_there() -> None:
    class Quiet(Host):  # type: ignore[misc]
        def _run(self) -> None:
            pass

    host = Quiet()
    assert (host._ruleset_directory, host._ruleset_list) == ({}, [])
    assert "self._handle = " in inspect.getsource(Ruleset.__init__)
    assert Content({"id": "7"})._d == {"id": "7"}
    assert callable(durable_rules_engine.delete_ruleset)


def test_a_capped_rule_hands_its_matches_over_as_a_list() -> None:
    done = run("""
told = []
host.set_rulesets({"q": {"r": {"all": [{"m": {"a": 1}}], "cap": 2, "run": lambda c: told.append(
    sorted(one._d["id"] for one in c.m))}}})
host.assert_facts("q", [{"id": str(n), "a": 1} for n in range(3)])
print(sorted(told))
""")
    assert done.stdout == "[['0'], ['1', '2']]\n"


def test_an_exception_in_an_action_is_only_noted_in_the_state() -> None:
    done = run("""
rules(tell=lambda c: 1 / 0, r={"a": 1})
host.assert_fact("q", {"id": "1", "sid": "7", "a": 1})
print("exception" in host.get_state("q", "7"))
""")
    assert done.stdout == "True\n"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no signals to die of")
@pytest.mark.parametrize(
    ("script", "death"),
    [
        pytest.param(
            """
rules(r={"$gt": {"a": {"$div": {"$l": {"$m": "b"}, "$r": {"$m": "zero"}}}}})
host.assert_fact("q", {"id": "1", "a": 1, "b": 4, "zero": 0})
""",
            "SIGFPE",
            id="division by zero",
        ),
        pytest.param(
            """
rules(r={"$gt": {"a": {"$div": {"$l": {"$m": "b"}, "$r": {"$m": "c"}}}}})
host.assert_fact("q", {"id": "1", "a": 1, "b": -2**63, "c": -1})
""",
            "SIGFPE",
            id="the least integer divided by -1",
        ),
        pytest.param(
            """
rules(r={"a": 1})
for fact in "12":
    for sid in range(1_025):
        try:
            host.assert_fact("q", {"id": fact, "a": 1, "sid": str(sid)})
        except MemoryError:
            pass
""",
            "SIGSEGV",
            id="what comes after 1,025 sids",
        ),
        pytest.param(
            """
rules(r={"a": 1})
for sid in range(200):
    host.assert_fact("q", {"id": "1", "a": 1, "sid": str(sid)})
for sid in range(0, 200, 2):
    host.delete_state("q", str(sid))
for _ in range(100_000):
    host._ruleset_list[0].dispatch()
""",
            "SIGSEGV",
            id="some states deleted",
        ),
        pytest.param(
            """
rules(r={"a": 1})
host.assert_fact("q", {"id": "x" * 10_000_000, "a": 1})
""",
            "SIGSEGV",
            id="id of 10 MB",
        ),
    ],
)
def test_the_engine_dies(script: str, death: str) -> None:
    assert run(script).returncode == -getattr(signal, death)


_HANGING = {
    "catch-all on id": ('rules(r={"$ex": {"id": 1}})', 'host.assert_fact("q", {"id": "1"})'),
    "catch-all on sid": ('rules(r={"$ex": {"sid": 1}})', 'host.assert_fact("q", {"id": "1"})'),
    "empty conjunction": ('rules(r={"$and": []})', 'host.assert_fact("q", {"id": "1", "a": 1})'),
    "513 checks under one parent": ("", 'rules(**{f"r{n}": {"a": n} for n in range(513)})'),
    "512 checks under one parent": (
        'rules(**{f"r{n}": {"a": n} for n in range(512)})',
        'host.assert_fact("q", {"id": "1", "a": 1})',
    ),
}


def test_the_engine_hangs() -> None:
    """All at once, each from the statement on that it hangs in: only that is waited for.

    One that doesn't hang is started with them: on a busy machine, what isn't over when that one is does hang.
    """
    scripts = {**_HANGING, "ordinary": ('rules(r={"a": 1})', 'host.assert_fact("q", {"id": "1", "a": 1})')}
    started = {
        name: subprocess.Popen(
            [sys.executable, "-uc", f"{_BEGIN}{before}\nprint('ready')\n{hangs}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        for name, (before, hangs) in scripts.items()
    }
    try:
        for process in started.values():
            assert process.stdout is not None
            assert process.stdout.readline() == b"ready\n"
        assert started["ordinary"].wait(timeout=120) == 0
        time.sleep(0.5)
        found = {name: process.poll() for name, process in started.items()}
        assert found == {**dict.fromkeys(_HANGING), "ordinary": 0}
    finally:
        for process in started.values():
            process.kill()
            process.communicate()


@pytest.mark.parametrize(
    ("script", "says"),
    [
        pytest.param(
            """
rules(r={"a": 1})
for sid in range(1_025):
    host.assert_fact("q", {"id": "1", "a": 1, "sid": str(sid)})
""",
            "MemoryError",
            id="1,025 sids",
        ),
        pytest.param(
            """
rules(**{f"r{n}": {"$gte": {"a": n}} for n in range(65)})
host.assert_fact("q", {"id": "1", "a": 1_000})
""",
            "error code: 303",
            id="65 checks waiting for one fact",
        ),
        pytest.param(
            'rules(**{f"r{n}": {"a": 1} for n in range(300)})',
            "error code: 108",
            id="300 identical conditions",
        ),
        pytest.param(
            'rules(**{f"r{n}": {"$nex": {f"a{n}": 1}} for n in range(200)})',
            "error code: 107",
            id="200 absences",
        ),
        pytest.param(
            """
rules(r={"a": 1})
host.assert_fact("q", {"id": "1", "a": 1, **{f"x{n}": 1 for n in range(260)}})
""",
            "error code: 302",
            id="260 fields",
        ),
        pytest.param(
            'rules(r={"a": 1})\nhost.assert_fact("q", {"id": "1", "a": "\\ud800"})',
            "Invalid argument",
            id="lone surrogate",
        ),
    ],
)
def test_the_engine_refuses(script: str, says: str) -> None:
    done = run(script)
    assert done.returncode == 1
    assert says in done.stderr


def test_511_checks_under_one_parent_are_looked_up() -> None:
    done = run(
        'rules(**{f"r{n}": {"a": n} for n in range(511)}); host.assert_fact("q", {"id": "1", "a": 510})'
    )
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(
    ("script", "told"),
    [
        pytest.param(
            'rules(r={"a": 1, "b": 2}); host.assert_fact("q", {"id": "1", "a": 1, "b": 3})',
            "['1']",
            id="second key ignored",
        ),
        pytest.param(
            'rules(r={"$or": [{"a": 1}, {"b": 1}]}); host.assert_fact("q", {"id": "1", "a": 1, "b": 1})',
            "['1', '1']",
            id="or fires twice",
        ),
        pytest.param(
            """
rules(r={"$ex": {"a": 1}})
host.assert_facts("q", [{"id": "1", "a": 1}, {"id": "2", "a": 1e-05}, {"id": "3", "a": 1}])
""",
            "['1']",
            id="1e-05 drops the rest of the batch",
        ),
        pytest.param(
            """
rules(r={"$ex": {"a": 1}})
host.assert_facts("q", [{"id": "1", "a": 1, "sid": "1"}, {"id": "2", "a": 1, "sid": "2"}])
""",
            "['2']",
            id="only the last sid of a batch acts",
        ),
        pytest.param(
            """
rules(r={"a": 1})
try:
    host.assert_facts("q", [{"id": "1", "a": 1}, {"id": "2", "a": 2}])
except Exception:
    pass
""",
            "[]",
            id="one fact that matches nothing silences the batch",
        ),
        pytest.param(
            """
rules(r={"a": 1})
host.assert_fact("q", {"id": "xcdcgeux", "a": 1})
try:
    host.assert_fact("q", {"id": "rghhdprx", "a": 1})
except Exception:
    pass
""",
            "['xcdcgeux']",
            id="two ids with one hash",
        ),
        pytest.param(
            """
rules(r={"$gt": {"a": 5}})
for n, value in enumerate(("10", "abc")):
    try:
        host.assert_fact("q", {"id": str(n), "a": value})
    except Exception:
        pass
""",
            "['1']",
            id="number against text",
        ),
        pytest.param(
            """
rules(less={"$lt": {"a": 5}}, other={"$neq": {"a": 5}}, there={"$ex": {"b": 1}})
host.assert_fact("q", {"id": "1", "b": 1})
""",
            "['1']",
            id="what is missing is neither less nor other",
        ),
    ],
)
def test_the_engine_tells(script: str, told: str) -> None:
    assert run(script + "\nprint(told)").stdout == f"{told}\n"


_SILENT = """
import json
import durable.engine
said = {}
def ask(conditions, *facts, tell=lambda c, told: told.append(sorted(c._m))):
    host, told = Quiet(), []
    host.set_rulesets({"q": {"r": {"all": conditions, "run": lambda c: tell(c, told)}}})
    for fact in facts:
        try:
            host.assert_fact("q", fact)
        except Exception as error:
            told.append(type(error).__name__)
    if "exception" in host.get_state("q"):
        told.append("noted")
    return told

said["wrong alias"] = ask([{"m": {"$gt": {"a": {"nonesuch": "b"}}}}], {"id": "1", "a": 1})
any_a = [{"m": {"$ex": {"a": 1}}}]
said["null"] = ask(any_a, {"id": "1", "a": None})
said["automatic ids"] = ask(any_a, {"a": 1}, {"a": "1"})
join = [{"m": {"a": 1}}, {"n": {"b": {"m": "c"}}}]
for name, value in {"number and text": "1", "integer and number": 1.0, "integer and boolean": True}.items():
    said[name] = ask(join, {"id": "1", "a": 1, "c": 1}, {"id": "2", "b": value})
unless = [{"m": {"a": 1}}, {"n$not": {"b": 1}}]
said["blocked too late"] = ask(unless, {"id": "1", "a": 1}, {"id": "2", "b": 1})
said["blocked in time"] = ask(unless, {"id": "2", "b": 1}, {"id": "1", "a": 1})

def ends(c, told):
    raise SystemExit(3)
said["an action that ends the process"] = ask(any_a, {"id": "1", "a": 1}, tell=ends)

rules(r={"a": 1})
host.assert_facts("q", [{"id": str(n), "a": 1} for n in range(3)])
said["a batch"] = list(told)

host = Quiet()
rules(r={"a": 1})
host.assert_fact("q", {"id": "xcdcgeux", "a": 1})
host.retract_fact("q", {"id": "rghhdprx", "a": 1})
said["retracting another id with the same hash"] = host.get_facts("q")

for fact in ({"a": 1e22}, {"a": float("inf")}, {"a": 1.5e-07}, {"a": float("nan")}):
    host, told = Quiet(), []
    rules(r={"$ex": {"a": 1}})
    host.assert_facts("q", [{"id": "1", "a": 1}, {"id": "2", **fact}, {"id": "3", "a": 1}])
    said[str(fact["a"])] = sorted(told)

def late(c, told):  # over ten seconds by the engine's own clock
    told.append(c.m.id)
    now = durable.engine._unix_now
    durable.engine._unix_now = lambda: now() + 11
said["an action over 10 s"] = ask([{"m": {"a": 1}}], *({"id": str(n), "a": 1} for n in range(3)), tell=late)
print(json.dumps(said))
"""


@pytest.fixture(scope="module")
def silent() -> Mapping[str, object]:
    """Return what the engine answers to each of many questions, all asked in one process."""
    found: dict[str, object] = json.loads(run(_SILENT).stdout)
    return found


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        pytest.param("wrong alias", [["m"]], id="a reference to no alias is true"),
        pytest.param("null", [["m"]], id="null is there"),
        pytest.param(
            "automatic ids", [["m"], "MessageObservedException"], id="automatic ids of 1 and '1' are one"
        ),
        pytest.param("number and text", [["m", "n"]], id="1 joins '1'"),
        pytest.param("integer and number", [], id="1 does not join 1.0"),
        pytest.param("integer and boolean", [], id="1 does not join true"),
        pytest.param("blocked too late", [["m"]], id="not fires before what blocks it"),
        pytest.param("blocked in time", [], id="not waits for nothing"),
        pytest.param("a batch", ["2", "1", "0"], id="last in, first out"),
        pytest.param("an action that ends the process", ["noted"], id="SystemExit is only noted"),
        pytest.param("retracting another id with the same hash", [], id="retracting one removes the other"),
        pytest.param("1e+22", ["1"], id="1e22 drops the rest of the batch"),
        pytest.param("inf", ["1"], id="inf drops the rest of the batch"),
        pytest.param("1.5e-07", ["1", "2", "3"], id="1.5e-07 is parsed"),
        pytest.param("nan", ["1", "2", "3"], id="NaN is parsed"),
        pytest.param("an action over 10 s", ["0"], id="an action over 10 s locks its sid"),
    ],
)
def test_the_engine_says_without_a_word(asked: str, said: object, silent: Mapping[str, object]) -> None:
    assert silent[asked] == said
