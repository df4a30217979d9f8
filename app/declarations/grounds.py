"""What a change that adds something stands on: what is beside it where it is added, and what it names there."""

import re

from app.declarations.located import LocatedMap, texts_in
from app.declarations.schema.overlays import ChangeIn
from app.declarations.versions import KEY as VERSIONS

_WORD = re.compile(r"[a-z][a-z0-9_]*")
_CHOICE = 4


def ground_of_added(form: LocatedMap, change: ChangeIn) -> object | None:
    """Return the part of a form that an added one stands on, as declared data; None where it stands on nothing.

    A choice stands on the question that it is one of, a post on who may fill in the form, a question on the questions
    that it names. What else the form asks may change without it.
    """
    path = change.path.split("/")[1:]
    if path[:1] == [VERSIONS]:
        versions = form.get(VERSIONS)
        inner = versions.get(path[1]) if isinstance(versions, LocatedMap) and len(path) > 1 else None
        if not isinstance(inner, LocatedMap):
            return None
        form, path = inner, path[2:]
    fields = form.get("fields")
    if path == ["filled_by"]:
        return form.get("filled_by")
    if not isinstance(fields, LocatedMap):
        return None
    if len(path) == _CHOICE:
        return fields.get(path[1])
    named = {word for text in texts_in(change.add) for word in _WORD.findall(text)}
    found = LocatedMap(fields.where)
    for name, field in fields.items():
        if name in named and name != path[-1]:
            found.put(name, field, fields.key_places[name], fields.value_places[name])
    return found or None
