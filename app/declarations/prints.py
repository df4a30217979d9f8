"""Print templates among the declared files: which are in force at a place, and whether they can be read."""

import re
from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Final

from app.declarations.place_folders import BASE_PRINTS, PRINTS, place_folder
from app.domain.kinds.print_template import PrintTemplate
from app.domain.place_ids import lineage
from app.domain.problem import Problem, Where


def prints_of(place: str, files: Mapping[str, str]) -> dict[str, PrintTemplate]:
    """Return the templates in force at a place by the names of their files: of equal names the nearest one."""
    folders = [BASE_PRINTS, *(f"{place_folder(one)}/{PRINTS}" for one in lineage(place))]
    return {
        PurePosixPath(path).name: PrintTemplate(path, files[path])
        for folder in folders
        for path in sorted(files)
        if path.startswith(folder) and "/" not in path.removeprefix(folder)
    }


def faults_of(prints: Mapping[str, PrintTemplate]) -> Iterator[Problem]:
    """Yield why a template can't be read; what its values lead to shows when it prints."""
    if not prints:
        return
    # Only regulations with templates of their own need it.
    from jinja2.exceptions import TemplateSyntaxError  # noqa: PLC0415
    from jinja2.sandbox import ImmutableSandboxedEnvironment  # noqa: PLC0415

    environment = ImmutableSandboxedEnvironment(autoescape=True)
    for template in prints.values():
        try:
            environment.compile(template.text, raw=True)
        except TemplateSyntaxError as fault:
            yield Problem("E137", Where(template.path, fault.lineno), _said(fault.message or ""))
        except (RecursionError, MemoryError):
            yield Problem("E137", Where(template.path), {"reason": "nested", "what": ""})
        yield from _from_elsewhere(template)


def _saying(reason: str, said: str) -> tuple[str, re.Pattern[str]]:
    return reason, re.compile(said)


_SAYINGS: Final = (
    _saying("unclosed", r"innermost block that needs to be closed is '(?P<what>[^']*)'"),
    _saying("end", r"(?i)unexpected end of template|Missing end of"),
    _saying("tag", r"unknown tag '(?P<what>[^']*)'"),
    _saying("filter", r"No filter named '(?P<what>[^']*)'"),
    _saying("test", r"No test named '(?P<what>[^']*)'"),
    _saying("twice", r"block '(?P<what>[^']*)' defined twice"),
    _saying("sign", r"(?:got|unexpected char|unexpected) '(?P<what>[^']*)'"),
)
"""What Jinja says in English, and the word for it."""


def _said(message: str) -> dict[str, str]:
    """Return what Jinja says of a fault as a word and the name that it is about; what it says otherwise as it is."""
    for reason, pattern in _SAYINGS:
        found = pattern.search(message)
        if found is not None:
            return {"reason": reason, "what": found.groupdict().get("what") or ""}
    return {"reason": "other", "what": message[:200]}


_TAKEN: Final = re.compile(
    r"""(?:<(?:img|image|link|object|embed|iframe|source|script)\b[^>]*?\b(?:src|href|data)\s*=\s*["']?"""
    r"""|\burl\(\s*["']?|@import\s+["'])(?P<address>[^"')\s>]+)""",
    re.IGNORECASE,
)
"""What a document or its styles would take in from an address; a link that people may follow is none."""
_INSIDE: Final = ("data:", "#", "{")
"""How an address begins that is in the document itself, or that only printing tells."""


def _from_elsewhere(template: PrintTemplate) -> Iterator[Problem]:
    """Yield the addresses from which a template would take something in: printing asks neither network nor disk."""
    for found in _TAKEN.finditer(template.text):
        address = found["address"]
        if not address.lower().startswith(_INSIDE):
            before = template.text[: found.start("address")]
            at = Where(template.path, before.count("\n") + 1, len(before) - before.rfind("\n"))
            yield Problem("W227", at, {"what": address[:200]})
