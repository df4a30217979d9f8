"""What a method takes is looked up once, not for each element that is made."""

from collections.abc import Callable
from functools import lru_cache
from types import FunctionType, MethodType
from typing import Any, Final

from nicegui import helpers
from nicegui.helpers.functions import expects_arguments as look

_KNOWN: Final = 512
"""So many methods at most, which are NiceGUI's own, three for each element, and some of ours."""


def install() -> None:
    """Let NiceGUI ask here. Twice is no fault."""
    helpers.expects_arguments = expects_arguments


def expects_arguments(func: Callable[..., Any]) -> bool:
    """Return what NiceGUI's own function does: whether `func` has to be given arguments.

    Methods of the same function take the same; anything else is looked at each time.
    """
    if type(func) is MethodType and type(func.__func__) is FunctionType:
        return _method_expects(func.__func__)
    return look(func)


@lru_cache(maxsize=_KNOWN)
def _method_expects(function: FunctionType) -> bool:
    return look(MethodType(function, object()))
