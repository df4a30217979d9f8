"""A worker that fails in the way that its first argument names; started by test_failing_workers.py alone."""

import os
import signal
import sys
import time
from collections.abc import Mapping
from typing import Any

import durable.engine

from app.engine import host
from app.engine.worker import answer, main


def killed(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def ends(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    sys.exit(0)


def sleeps(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    time.sleep(60)
    return answer(request, programs)


def hangs_in_c(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    stuck = host.QuietHost()
    stuck.set_rulesets({"q": {"r": {"all": [{"m": {"$ex": {"id": 1}}}], "run": lambda _: None}}})
    stuck.assert_fact("q", {"id": "1"})
    return {}


def eats_memory(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    def run_pass(*_: object) -> Any:
        return bytearray(8 << 30)

    host.run_pass = run_pass  # type: ignore[assignment]
    return answer(request, programs)


def action_raises(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    def collect(into: list[int]) -> host.Action:
        def run(matched: Any) -> None:
            raise RuntimeError("in an action")

        return run

    host._collect = collect
    return answer(request, programs)


def action_takes_too_long(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    def collect(into: list[int]) -> host.Action:
        def run(matched: Any) -> None:
            into.extend(int(one._d["id"]) for one in matched.m)
            now = durable.engine._unix_now
            durable.engine._unix_now = lambda: now() + 11  # over ten seconds by the engine's own clock

        return run

    host._collect = collect
    return answer(request, programs)


class Dropping(host.QuietHost):
    def assert_facts(self, ruleset_name: str, facts: list[Any], complete: Any = None) -> Any:
        return super().assert_facts(ruleset_name, facts[:-1], complete)


def drops_a_fact(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    host.QuietHost = Dropping  # type: ignore[misc]
    return answer(request, programs)


class Doubling(host.QuietHost):
    def assert_facts(self, ruleset_name: str, facts: list[Any], complete: Any = None) -> Any:
        again = [{**fact, "sid": "again"} for fact in facts]
        super().assert_facts(ruleset_name, again, complete)
        return super().assert_facts(ruleset_name, facts, complete)


def tells_a_fact_twice(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    host.QuietHost = Doubling  # type: ignore[misc]
    return answer(request, programs)


def refuses_rules(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    for passes in request["programs"].values():
        passes[0][0]["rules"]["r0"] = {"$nonsense": {"a": {"b": 1}}}
        passes[0][0]["rules"]["r1"] = []
    return answer(request, programs)


def one_too_few(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    reply = answer(request, programs)
    reply["answers"][0]["found"][0].pop()
    return reply


def one_too_many(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    reply = answer(request, programs)
    reply["answers"][0]["found"][1].append(0)
    return reply


def another_one(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    reply = answer(request, programs)
    reply["answers"][0]["found"][0] = [0]
    return reply


def beyond_the_facts(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    reply = answer(request, programs)
    reply["answers"][0]["found"][0] = [-1]
    return reply


def tells_nothing_of_a_rule(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    reply = answer(request, programs)
    del reply["answers"][0]["found"][0]
    return reply


def no_findings(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    return {"answers": [{"found": None, "sunk": []}]}


def no_answer(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    return {"answers": [None]}


def too_many_answers(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    reply = answer(request, programs)
    return {"answers": reply["answers"] * 2}


def unknown_fault(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    return {"fault": "mood"}


def a_list(request: Mapping[str, Any], programs: dict[str, Any]) -> Any:
    return [1]


def sunk_too_few(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    reply = answer(request, programs)
    reply["answers"][0]["sunk"][0][0] -= 1
    return reply


def prints(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    print("what a library might say")  # noqa: T201
    sys.stdout.flush()
    return answer(request, programs)


if __name__ == "__main__":
    main(globals()[sys.argv[1]], int(sys.argv[2]))
