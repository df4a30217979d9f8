"""A worker that fails gives an error with a code, never another result."""

import os
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from fractions import Fraction
from pathlib import Path

import pytest

from app.engine import DurableDecider, EngineLimits
from app.engine.wire import send
from app.services.ports import DecisionError
from tests.engine.questions import INTEGER, compare, question
from tests.fakes.deciders import PlainDecider

ASKED = question({"x": INTEGER}, {"over": compare("x", ">", 1)}, [(1,), (2,), (3,), (7,)])


def failing(how: str, limits: EngineLimits | None = None) -> DurableDecider:
    return DurableDecider(
        limits, distinct=False, command=(sys.executable, "-m", "tests.engine.saboteur", how)
    )


@pytest.mark.parametrize(
    ("how", "code"),
    [
        ("ends", "died"),
        ("action_raises", "action"),
        ("action_takes_too_long", "lost"),
        ("drops_a_fact", "lost"),
        ("tells_a_fact_twice", "lost"),
        ("sunk_too_few", "lost: home_visit"),
        ("refuses_rules", "refused"),
        ("one_too_few", "disagrees: home_visit: over"),
        ("one_too_many", "disagrees: home_visit: over"),
        ("another_one", "disagrees: home_visit: over"),
        ("beyond_the_facts", "protocol: home_visit: over"),
        ("tells_nothing_of_a_rule", "protocol: home_visit: over"),
        ("no_findings", "protocol: home_visit"),
        ("no_answer", "protocol: home_visit"),
        ("too_many_answers", "protocol"),
        ("unknown_fault", "protocol"),
        ("a_list", "protocol"),
    ],
)
def test_a_worker_that_fails_gives_an_error(how: str, code: str) -> None:
    with failing(how) as decider:
        with pytest.raises(DecisionError) as raised:
            decider.decide([ASKED])
        assert str(raised.value) == code
        assert decider._workers == [] or not decider._workers[0].alive


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL")
def test_a_worker_killed_midway_gives_an_error() -> None:
    with failing("killed") as decider, pytest.raises(DecisionError, match=r"^died$"):
        decider.decide([ASKED])


def test_a_worker_that_hangs_is_killed() -> None:
    limits = EngineLimits(seconds=0.1, start_seconds=0.9)
    with (
        ThreadPoolExecutor() as pool,
        failing("sleeps", limits) as one,
        failing("hangs_in_c", limits) as other,
    ):
        for asked in [pool.submit(decider.decide, [ASKED]) for decider in (one, other)]:
            with pytest.raises(DecisionError, match=r"^time$"):
                asked.result(60)


def test_closing_waits_for_no_worker_at_work_and_who_asked_it_is_told() -> None:
    decider = failing("sleeps")
    decider.warm()
    (worker,) = decider._workers
    asking = ThreadPoolExecutor(1)
    asked = asking.submit(decider.decide, [ASKED])
    while not decider._lock.locked():
        pass
    decider.close()
    with pytest.raises(DecisionError, match=r"^closed$"):
        asked.result(60)
    asking.shutdown()
    assert not worker.alive
    decider.close()


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the bound on memory is Linux's")
def test_a_worker_that_eats_memory_gives_an_error() -> None:
    with failing("eats_memory") as decider, pytest.raises(DecisionError, match=r"^memory$"):
        decider.decide([ASKED])


def test_a_worker_that_cannot_be_started_gives_an_error() -> None:
    decider = DurableDecider(command=("/nowhere/python",))
    with pytest.raises(DecisionError, match=r"^start: FileNotFoundError$"):
        decider.warm()


@pytest.mark.parametrize(
    ("reply", "code"),
    [
        ("b''", "died"),
        ("bytes(3) + b'9' * 60", "protocol"),
        ("bytes(3) + b'x' * 200", "protocol"),
        ("bytes(3) + b'x' * 60", "died"),  # shorter than it says
    ],
)
def test_what_replies_otherwise_gives_an_error(reply: str, code: str) -> None:
    script = f"import sys; sys.stdin.buffer.read(4); sys.stdout.buffer.write({reply})"
    with DurableDecider(command=(sys.executable, "-c", script)) as decider:
        with pytest.raises(DecisionError, match=f"^{code}$"):
            decider.decide([ASKED])
        assert not any(worker.alive for worker in decider._workers)


def test_what_reads_nothing_gives_an_error() -> None:
    rows = [(number,) for number in range(60_000)]  # more than a pipe holds
    asked = question({"x": INTEGER}, {"over": compare("x", ">", 1)}, rows)
    with (
        DurableDecider(distinct=False, command=(sys.executable, "-c", "pass")) as decider,
        pytest.raises(DecisionError, match=r"^died$"),
    ):
        decider.decide([asked])


def test_what_a_library_prints_is_no_reply() -> None:
    with failing("prints") as decider:
        assert decider.decide([ASKED]) == PlainDecider().decide([ASKED])


def test_the_next_call_has_a_new_worker() -> None:
    with DurableDecider() as decider:
        decider.warm()
        first = decider._workers[0]
        first._process.kill()
        first._process.wait()
        assert decider.decide([ASKED]) == PlainDecider().decide([ASKED])
        assert decider._workers[0] is not first


def test_a_call_that_is_broken_off_leaves_no_stale_reply(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    with DurableDecider() as decider:
        decider.warm()
        with monkeypatch.context() as broken:
            broken.setattr("app.engine.process.receive", interrupted)
            with pytest.raises(KeyboardInterrupt):
                decider.decide([ASKED])
        other = question({"x": INTEGER}, {"over": compare("x", ">", 3)}, ASKED.rows)
        assert decider.decide([other]) == PlainDecider().decide([other])


def test_a_request_that_is_no_json_is_the_callers_fault() -> None:
    with DurableDecider() as decider:
        decider.warm()
        with pytest.raises(TypeError):
            send(decider._workers[0]._requests, Fraction(1, 2))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has process groups of another kind")
def test_an_interrupt_of_the_parents_group_does_not_reach_the_worker() -> None:
    with DurableDecider() as decider:
        decider.warm()
        assert os.getsid(decider._workers[0]._process.pid) != os.getsid(0)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="reads /proc")
def test_the_worker_inherits_no_socket() -> None:
    with socket.socket() as server, DurableDecider() as decider:
        server.bind(("127.0.0.1", 0))
        os.set_inheritable(server.fileno(), True)
        decider.decide([ASKED])
        folder = Path(f"/proc/{decider._workers[0]._process.pid}/fd")
        held = [str(number.readlink()) for number in folder.iterdir()]
    assert held
    assert not [one for one in held if one.startswith("socket:")]


def test_durable_is_not_imported_here() -> None:
    script = (
        "import sys, app.engine; sys.exit('durable' in sys.modules or 'durable_rules_engine' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 0
