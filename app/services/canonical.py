"""Canonical JSON, quickly: the very text that the domain's `canonical_json` gives, written and read by orjson.

orjson is no part of the standard library, which is all that the domain may import; and it differs from it in corners
(floats, numbers of over 64 bits, lone surrogates), which are left to the standard library here.
"""

import json
import re
from collections.abc import Collection, Sequence
from typing import Any, Final

import orjson

from app.domain import entry as plain
from app.domain.core.json_values import outcome_json
from app.domain.core.values import Kind
from app.domain.entry import Entry, entry_to_json
from app.domain.outcome import Outcome, ResultTable, table_json

_SORTED: Final = orjson.OPT_SORT_KEYS
_WRITTEN: Final = orjson.OPT_UTC_Z | orjson.OPT_PASSTHROUGH_DATACLASS
_EXACT: Final[frozenset[type]] = frozenset({str, bool, int, type(None)})
_DEEP: Final[frozenset[type]] = frozenset({dict, list, tuple})
_KNOWN: Final = _EXACT | _DEEP
_DOUBTFUL: Final = re.compile(r"[0-9](?:[.eE]|[0-9]{18})")
"""Stands in every text with a float or an integer of over 64 bits; in most others not, which a search finds quickly."""


def is_exact(values: Collection[object]) -> bool:
    """Whether there is no float among the values, however deep: orjson writes those in another way."""
    kinds = set(map(type, values))
    if kinds <= _EXACT:
        return True
    if not kinds <= _KNOWN:
        return False
    return all(
        is_exact(value.values() if value.__class__ is dict else value)  # type: ignore[arg-type]
        for value in values
        if value.__class__ in _DEEP
    )


def read_json(text: str) -> Any:  # noqa: ANN401 - JSON is any of its types
    """Return the data of a JSON text of our own writing: exactly, integers of any size among it."""
    try:
        data = orjson.loads(text)
        if _DOUBTFUL.search(text) is None or is_exact((data,)):
            return data
    except orjson.JSONDecodeError:  # half a surrogate pair, or a word that only the standard library has
        pass
    return json.loads(text)


def canonical_json(data: object) -> str:
    """Return `data` as JSON with sorted keys and no spaces: the text that hashes are taken over."""
    return exact_json(data) if is_exact((data,)) else plain.canonical_json(data)


def exact_json(data: object) -> str:
    """Return what `canonical_json` does, of data of which is known that there is no float in it."""
    try:
        return orjson.dumps(data, option=_SORTED).decode()
    except orjson.JSONEncodeError:  # a number of over 64 bits, a lone surrogate, keys that aren't text
        return plain.canonical_json(data)


def canonical_lines(entries: Sequence[Entry]) -> bytes:
    """Return the canonical JSON of `entry_to_json` of each entry, with commas between: a ledger has many."""
    if all(is_exact(entry.answers.values()) for entry in entries):
        try:
            return orjson.dumps([_fields(entry) for entry in entries], option=_SORTED)[1:-1]
        except orjson.JSONEncodeError:
            pass
    return ",".join([canonical_json(entry_to_json(entry)) for entry in entries]).encode()


def _fields(entry: Entry) -> dict[str, Any]:
    """Return what `entry_to_json` does, but with what orjson itself writes in the same way."""
    return {
        "answers": entry.answers,
        "at": entry.at,
        "by": entry.by,
        "form": entry.form,
        "id": entry.id,
        "place": entry.place,
        "recorded_at": entry.recorded_at,
        "revision": entry.revision,
        "source": entry.source,
        "subject": entry.subject,
        "subjects": entry.subjects,
        "supersedes": entry.supersedes,
    }


def outcome_text(outcome: Outcome) -> str:
    """Return the canonical JSON text of an outcome: the same input gives the same bytes.

    It is put together table by table, since the whole as JSON data takes several times its size; "tables" is the
    last of the keys in their order.
    """
    tables = ",".join(
        f"{canonical_json(name)}:{_table_text(outcome.tables[name])}" for name in sorted(outcome.tables)
    )
    return f'{canonical_json(outcome.head())[:-1]},"tables":{{{tables}}}}}'


def _table_text(table: ResultTable) -> str:
    """Return the canonical JSON of a table, its values written as they lie there: an outcome has a million."""
    columns = [column.name for column in table.schema.columns]
    if any(column.type.kind is Kind.TIME for column in table.schema.columns):
        return canonical_json(table_json(table))  # orjson drops zeros from the fractions of a second
    try:
        return orjson.dumps(
            {"columns": columns, "kind": table.kind, "rows": table.rows},
            default=outcome_json,
            option=_WRITTEN,
        ).decode()
    except orjson.JSONEncodeError:  # a number of over 64 bits
        return canonical_json(table_json(table))
