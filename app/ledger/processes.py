"""Processes by name: this one's, and whether another one of the same machine is gone."""

import os
import secrets
import socket
from typing import Final

_LONGEST: Final = 200
_TOKEN: Final = secrets.token_hex(6)
"""Tells this process from an earlier one with its number: in a container every server has the same."""


def this_process() -> str:
    """Return the name of this process: its machine, its number, and what no other process had."""
    return f"{socket.gethostname()[:_LONGEST]}/{os.getpid()}/{_TOKEN}"


def is_gone(name: str) -> bool:
    """Whether a process of this machine isn't there any more; False for one of which nothing is known here."""
    machine, _, rest = name.rpartition("/")[0].rpartition("/")
    if not rest.isdecimal() or machine != socket.gethostname()[:_LONGEST]:
        return False
    number = int(rest)
    if number == os.getpid():
        return name != this_process()
    if os.name == "nt":  # there a signal of 0 isn't a question
        return False
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    except (OSError, OverflowError):
        return False
    return False
