"""The schemas of the kinds of file as JSON Schema, for editors. `docs/schema/` holds them as published."""

import json
from typing import Any

from app.declarations.schema import KINDS
from app.domain.core.json_values import outcome_json
from app.domain.core.values import Kind
from app.domain.plugin import PLUGINS, Plugin, Setting

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def json_schemas() -> dict[str, dict[str, Any]]:
    """Return the JSON Schema of each kind of file, by kind."""
    return {
        kind: {"$schema": DIALECT, **_with_settings(kind, _with_versions(kind, model.model_json_schema()))}
        for kind, model in KINDS.items()
    }


def _with_settings(kind: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Say of the switches of each plugin that is there what can be set of it."""
    if kind != "plugins":
        return schema
    switch = schema["$defs"]["SwitchIn"]
    schema["properties"]["plugins"]["properties"] = {
        name: {**switch, "properties": {**switch["properties"], "with": _settings(one)}}
        for name, one in sorted(PLUGINS.items())
        if not one.failed
    }
    return schema


def _settings(plugin: Plugin) -> dict[str, Any]:
    own = {name: _setting(one) for name, one in sorted(plugin.settings.items())}
    return {"type": "object", "additionalProperties": False, "properties": own}


def _setting(setting: Setting) -> dict[str, Any]:
    kind = "integer" if setting.kind is Kind.INTEGER else "number"
    title = setting.title.get("en", setting.id)
    return {"type": [kind, "string"], "title": title, "default": outcome_json(setting.default)}


def _with_versions(kind: str, schema: dict[str, Any]) -> dict[str, Any]:
    """Let a version have the keys of a file of its kind, but for its id and further versions."""
    if "versions" not in schema["properties"]:
        return schema
    keys = (key for key in schema["properties"] if key not in (kind, "versions"))
    own = {key: {"$ref": f"#/properties/{key}"} for key in keys}
    version = {
        "type": "object",
        "additionalProperties": False,
        "properties": own,
        "required": [key for key in schema.get("required", []) if key != kind],
    }
    schema["$defs"] = {**schema.get("$defs", {}), "Version": version}
    schema["properties"]["versions"]["additionalProperties"] = {"$ref": "#/$defs/Version"}
    return schema


def schema_files() -> dict[str, str]:
    """Return the published files: name → text. The same version of the app gives the same text."""
    return {
        f"{kind}.schema.json": json.dumps(schema, ensure_ascii=False, indent=2, sort_keys=True) + "\n"
        for kind, schema in json_schemas().items()
    }
