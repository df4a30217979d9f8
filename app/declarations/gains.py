"""What a place's form gains: a field, a choice of a field, a post that may fill it in. A form never loses any."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.declarations.documents import Document
from app.declarations.located import At, LocatedList, LocatedMap
from app.declarations.replacing import replaced, trail_of
from app.declarations.schema.forms import FieldIn, FormFile
from app.declarations.versions import KEY as VERSIONS

_FIELD = 2
_CHOICE = 4


@dataclass(frozen=True, slots=True)
class NoGain:
    """Why something can't be added."""

    reason: str


def gained(form: LocatedMap, path: list[str], value: object, at: At) -> LocatedMap | NoGain:
    """Return the form with what is added at the path, or why it can't be.

    Paths are `fields/NEW`, `fields/FIELD/from/NEW` and `filled_by`; with `versions/VERSION` before it only that version
    gains, else every version that has the place for it. `at` is the change.
    """
    if path[:1] == [VERSIONS]:
        return _in_version(form, path[1:2], _gained(_version(form, path[1:2]), path[2:], value, at))
    found = _gained(form, path, value, at)
    if isinstance(found, NoGain):
        return found
    versions = form.get(VERSIONS)
    for name in list(versions) if isinstance(versions, LocatedMap) else ():
        more = _gained(_version(form, [name]), path, value, at)
        if not isinstance(more, NoGain):
            whole = _in_version(found, [name], more)
            found = found if isinstance(whole, NoGain) else whole
    return found


def _version(form: LocatedMap, name: list[str]) -> LocatedMap | None:
    versions = form.get(VERSIONS)
    own = versions.get(name[0]) if isinstance(versions, LocatedMap) and name else None
    return own if isinstance(own, LocatedMap) else None


def _in_version(form: LocatedMap, name: list[str], more: LocatedMap | NoGain) -> LocatedMap | NoGain:
    if isinstance(more, NoGain):
        return more
    versions = form.get(VERSIONS)
    if not isinstance(versions, LocatedMap):
        return NoGain("no_path")
    return replaced([form, versions], [VERSIONS, *name], more, versions.value_places[name[0]])


def _gained(form: LocatedMap | None, path: list[str], value: object, at: At) -> LocatedMap | NoGain:
    if form is None:
        return NoGain("no_path")
    if path == ["filled_by"]:
        return _posts(form, value, at)
    field = len(path) == _FIELD and path[0] == "fields" and isinstance(value, LocatedMap)
    choice = len(path) == _CHOICE and path[0] == "fields" and path[2] == "from"
    if not field and not choice:
        return NoGain("no_gain")
    trail = trail_of(form, path[:-1])
    if trail is None:
        return NoGain("no_path")
    old = trail[-1][path[-2]]
    holder = _by_name(old) if choice and isinstance(old, LocatedList) else old
    if not isinstance(holder, LocatedMap):
        return NoGain("no_path")
    if path[-1] in holder:
        return NoGain("there")
    more = LocatedMap(holder.where)
    for name, member in holder.items():
        more.put(name, member, holder.key_places[name], holder.value_places[name])
    more.put(path[-1], value, (at / "path").where, (at / "add").where)
    return replaced(trail, path[:-1], more, trail[-1].value_places[path[-2]])


def _posts(form: LocatedMap, value: object, at: At) -> LocatedMap | NoGain:
    listed = form.get("filled_by")
    if listed is None:
        return NoGain("no_path")  # everybody may fill it in already
    posts = LocatedList(form.value_places["filled_by"])
    if isinstance(listed, LocatedList):
        for number, post in enumerate(listed):
            posts.put(post, listed.places[number])
    else:
        posts.put(listed, form.value_places["filled_by"])
    for number, post in enumerate(value if isinstance(value, LocatedList) else [value]):
        if post in posts:
            return NoGain("there")
        posts.put(post, (at / "add" / number).where)
    return replaced([form], ["filled_by"], posts, form.value_places["filled_by"])


def _by_name(choices: LocatedList) -> LocatedMap:
    """Return a list of choices as a mapping without titles, to which one with a title can be added."""
    found = LocatedMap(choices.where)
    for number, name in enumerate(choices):
        found.put(str(name), "", choices.places[number], choices.places[number])
    return found


def missing_parts(above: Document, own: Document) -> Iterator[str]:
    """Yield the fields (`channel`) and choices (`channel/from/home`) that a form has and the one in its stead lacks.

    A section is no field: a question may stand in another one there, or in none. A row's question is `members/age`.
    What one of its versions has is there, under a new name too.
    """
    kept: dict[str, set[str]] = {}
    for name, field in _asked(own):
        for one in (name, *field.was):
            kept.setdefault(one, set()).update(field.choices or ())
    missing: dict[str, None] = {}
    for name, field in _asked(above):
        if name not in kept:
            missing[name] = None
        else:
            lost = (choice for choice in field.choices or () if choice not in kept[name])
            missing |= {f"{name}/from/{choice}": None for choice in lost}
    yield from missing


def _asked(form: Document) -> Iterator[tuple[str, FieldIn]]:
    for version in form.definitions:
        if isinstance(version.model, FormFile):
            yield from _questions(version.model.fields)


def _questions(fields: Mapping[str, FieldIn], around: str = "") -> Iterator[tuple[str, FieldIn]]:
    for name, field in fields.items():
        if field.type != "group":
            yield f"{around}{name}", field
        inner = f"{around}{name}/" if field.type == "repeat" else around
        yield from _questions(field.fields, inner)
        yield from ((f"{inner}totals/{total}", field) for total in field.totals)
