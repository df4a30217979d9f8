"""The rules engine: durable-rules behind a strict adapter, in a guarded worker, checked by a shadow.

What it gives is imported when it is asked for: the worker is a process of this package too, and starts in a fifth of
the time without the rest.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.engine.decider import DurableDecider
    from app.engine.limits import EngineLimits

__all__ = ["DurableDecider", "EngineLimits"]


def __getattr__(name: str) -> object:
    """Return one of `__all__`. Raises AttributeError for another name."""
    if name == "DurableDecider":
        from app.engine.decider import DurableDecider  # noqa: PLC0415 - see above

        return DurableDecider
    if name == "EngineLimits":
        from app.engine.limits import EngineLimits  # noqa: PLC0415

        return EngineLimits
    raise AttributeError(name)
