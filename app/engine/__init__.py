"""The rules engine: durable-rules behind a strict adapter, in a guarded worker, checked by a shadow."""

from app.engine.decider import DurableDecider
from app.engine.limits import EngineLimits

__all__ = ["DurableDecider", "EngineLimits"]
