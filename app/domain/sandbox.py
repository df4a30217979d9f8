"""What a sandbox is called: a place beside the community that it is made of, whose id no place of a checkout has."""

import re
from typing import Final

_NAME: Final = re.compile(r"sandbox_[0-9a-f]{12}")


def sandbox_of(community: str, mark: str) -> str:
    """Return the id of a community's sandbox; `mark` are twelve hexadecimal digits that no other one has."""
    head, slash, _ = community.rpartition("/")
    return f"{head}{slash}sandbox_{mark}"


def is_sandbox(place: str) -> bool:
    """Whether a place is a sandbox, or lies in one."""
    return any(_NAME.fullmatch(part) for part in place.split("/"))
