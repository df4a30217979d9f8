"""The file that keeps which column of a workbook is what: YAML, for people to look at and change."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError


def read_mapping_file(path: Path) -> object:
    """Return what the file holds, None for what isn't YAML. Raises OSError, UnicodeDecodeError."""
    text = path.read_text(encoding="utf-8")
    try:
        found: object = YAML(typ="safe", pure=True).load(text)
    except (YAMLError, ValueError, RecursionError):
        return None
    return found


def write_mapping_file(path: Path, data: Mapping[str, Any]) -> None:
    """Write the file. Raises OSError."""
    yaml = YAML()
    yaml.default_flow_style = False
    yaml.allow_unicode = True
    with path.open("w", encoding="utf-8") as stream:
        yaml.dump(dict(data), stream)
