"""The worker: a process that decides until its input ends. Started by `app.engine.process`, never by hand.

A request is `{"programs": {key: passes}, "questions": [{"program", "codes", "shared"}]}`; the reply is
`{"answers": [{"found": {output: facts}, "sunk": [[rows a ruleset] a pass]}]}` or `{"fault": code}`. A message
with `programs` alone is how the parent asks whether the worker is there.
"""

import contextlib
import os
import sys
from collections.abc import Callable, Mapping
from typing import Any, BinaryIO, Final

from app.engine.limits import Fault
from app.engine.wire import receive, send

Answering = Callable[[Mapping[str, Any], dict[str, Any]], dict[str, Any]]
_MEGABYTE: Final = 1 << 20


def answer(request: Mapping[str, Any], programs: dict[str, Any]) -> dict[str, Any]:
    """Return the reply to a request. `programs` keeps what earlier requests have brought."""
    from app.engine import host  # noqa: PLC0415 - after the limits are set

    programs.update(request["programs"])
    try:
        return {"answers": [_decide(host, programs, question) for question in request["questions"]]}
    except MemoryError:
        return {"fault": Fault.MEMORY}
    except host.LostFactError:
        return {"fault": Fault.LOST}
    except host.ActionError:
        return {"fault": Fault.ACTION}
    except Exception:  # noqa: BLE001 - durable raises bare ones; their text may hold a fact
        return {"fault": Fault.REFUSED}


def _decide(host: Any, programs: Mapping[str, Any], question: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ANN401
    facts = host.Facts(question["codes"], question["shared"])
    found: dict[int, set[int]] = {}
    sunk = []
    for rulesets in programs[str(question["program"])]:
        of_pass, reached = host.run_pass(rulesets, facts, found)
        for number, of in of_pass.items():
            found.setdefault(number, set()).update(of)  # a condition's rules may lie in several passes
        sunk.append(reached)
    return {"found": {number: sorted(of) for number, of in found.items()}, "sunk": sunk}


def main(answering: Answering, memory_mb: int) -> None:
    """Serve requests until the input ends."""
    requests, replies = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever else is printed must not look like a reply
    limit_memory(memory_mb)
    with requests, replies:
        serve(requests, replies, answering)


def serve(requests: BinaryIO, replies: BinaryIO, answering: Answering) -> None:
    """Answer each request in turn."""
    programs: dict[str, Any] = {}
    while (request := receive(requests)) is not None:
        send(replies, answering(request, programs))


def limit_memory(megabytes: int) -> None:
    """Bound this process's address space, where the system has such a bound."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 - not on Windows

        resource.setrlimit(resource.RLIMIT_AS, (megabytes * _MEGABYTE, megabytes * _MEGABYTE))


if __name__ == "__main__":
    main(answer, int(sys.argv[1]))
