"""What the engine may use, and the faults that it reports."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.services.ports import DecisionError


@dataclass(frozen=True, slots=True)
class EngineLimits:
    """Bounds of one worker and of one ruleset. All are inclusive.

    The second group keeps within what durable-rules 2.0.28 was measured or read to bear: a question over a
    bound is split into several rulesets or passes, never refused.
    """

    seconds: float = 20.0  # of wall clock for one call, after which the worker is killed
    start_seconds: float = 30.0  # more for the first call of a worker, which waits for its imports
    memory_mb: int = 512  # of address space of the worker
    facts_before_recycling: int = 400_000
    calls_before_recycling: int = 2_000

    facts_a_sid: int = 200  # 20,000 in one sid take twice as long
    sids_a_round: int = 10  # of one ruleset; 500 take three times the memory and no less time, 1,025 crash
    fan_out: int = 400  # tests under one parent; 512 hang
    waiting: int = 48  # tests of a fact that wait at once; the stack holds 64
    rules: int = 200  # of a ruleset
    fields: int = 200  # of a fact; 255 with id, sid, kind
    tests: int = 40  # of one rule
    branches: int = 40  # of one condition, before its parts become findings of an earlier pass
    cap: int = 500  # findings handed to an action at once


class Fault(StrEnum):
    """Why there is no answer."""

    MALFORMED = "malformed"  # the question isn't what the port says
    VALUE = "value"  # a column holds what its type doesn't allow
    START = "start"  # no worker could be started
    DIED = "died"  # the worker ended while it worked
    TIME = "time"  # it ran too long and was killed
    MEMORY = "memory"  # it ran out of memory
    REFUSED = "refused"  # durable-rules refused a ruleset or a fact
    ACTION = "action"  # an action raised, which durable-rules only notes in the state
    LOST = "lost"  # a fact didn't reach the sink exactly once
    PROTOCOL = "protocol"  # the worker's reply can't be read
    DISAGREES = "disagrees"  # findings differ from the shadow evaluator's
    CLOSED = "closed"  # the decider was closed


def fault(kind: Fault, about: str = "") -> "DecisionError":
    """Return the error to raise. `about` names a table or a rule, never what a row holds."""
    from app.services.ports import DecisionError  # noqa: PLC0415 - the worker names faults and raises none

    return DecisionError(f"{kind}: {about}" if about else kind.value)
