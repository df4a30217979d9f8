"""The published JSON Schema."""

import json
from pathlib import Path

from app.declarations.published import json_schemas, schema_files
from app.declarations.schema import KINDS

FOLDER = Path(__file__).parents[2] / "docs" / "schema"


def test_the_published_schemas_are_those_of_this_version() -> None:
    published = {path.name: path.read_text(encoding="utf-8") for path in FOLDER.glob("*.schema.json")}
    assert published == schema_files()


def test_every_kind_has_a_schema_that_forbids_unknown_keys() -> None:
    schemas = json_schemas()
    assert schemas.keys() == KINDS.keys()
    for schema in schemas.values():
        assert schema["additionalProperties"] is False
        assert json.loads(json.dumps(schema)) == schema
