"""The schemas of the kinds of file as JSON Schema, for editors. `docs/schema/` holds them as published."""

import json
from typing import Any

from app.declarations.schema import KINDS

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each kind of file, by kind."""
    return {kind: {"$schema": DIALECT, **model.model_json_schema()} for kind, model in KINDS.items()}


def schema_files() -> dict[str, str]:
    """Return the published files: name → text. The same version of the app gives the same text."""
    return {
        f"{kind}.schema.json": json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        for kind, schema in json_schemas().items()
    }
