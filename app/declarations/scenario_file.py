"""The demo's scenarios as their files say them: plain data, whose meaning the services know."""

import logging
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from app.declarations.place_folders import DEMO_FOLDER, place_folder

SCENARIO: Final = "scenario.yaml"
"""The file in a demo community's folder that peoples it."""

logger = logging.getLogger(__name__)


def scenario_path(place: str) -> str:
    """Return where the scenario of a demo community stands in a checkout."""
    return f"{place_folder(place)}/{SCENARIO}"


def read_scenario(root: Path, place: str) -> Mapping[str, object] | None:
    """Return one community's scenario as typed data, or None (and a warning) when none can be read."""
    return _read(root, scenario_path(place))


def read_scenarios(root: Path) -> Sequence[Mapping[str, object]] | None:
    """Return all scenarios of the checkout `root`, by their folders; none where there are none.

    None (and a warning) when one of them can't be read: a demo that lacks a community is refused, not shortened.
    """
    found = []
    for path in sorted((root / DEMO_FOLDER).rglob(SCENARIO)):
        data = _read(root, path.relative_to(root).as_posix())
        if data is None:
            return None
        found.append(data)
    return found


@lru_cache(maxsize=8)
def _parsed(text: str) -> object:
    """Return what a text says: the demo's door asks for the same again at each visit, and nobody changes it."""
    return YAML(typ="safe").load(text)


def _read(root: Path, path: str) -> Mapping[str, object] | None:
    try:
        data = _parsed((root / path).read_text("utf-8"))
    except (OSError, YAMLError, UnicodeDecodeError):
        logger.warning("a scenario of the demo can't be read: %s", path)
        return None
    return data if isinstance(data, Mapping) else None
