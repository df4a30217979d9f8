"""The demo's scenario as its file says it: plain data, whose meaning the services know."""

import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

SCENARIO: Final = Path("config/demo/scenario.yaml")
"""Where the scenario stands in a checkout."""

logger = logging.getLogger(__name__)


def read_scenario(root: Path) -> Mapping[str, object] | None:
    """Return the scenario of the checkout `root` as typed data, or None (and a warning) when none can be read."""
    try:
        data = YAML(typ="safe").load((root / SCENARIO).read_text("utf-8"))
    except (OSError, YAMLError, UnicodeDecodeError):
        logger.warning("the demo's scenario can't be read: %s", SCENARIO)
        return None
    return data if isinstance(data, Mapping) else None
