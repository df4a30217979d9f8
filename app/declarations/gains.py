"""What a place's form gains: a field, a choice of a field, a post that may fill it in. A form never loses any."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.declarations.located import At, LocatedList, LocatedMap
from app.declarations.replacing import replaced, trail_of
from app.declarations.schema.forms import FieldIn, FormFile

_FIELD = 2
_CHOICE = 4


@dataclass(frozen=True, slots=True)
class NoGain:
    """Why something can't be added."""

    reason: str


def gained(form: LocatedMap, path: list[str], value: object, at: At) -> LocatedMap | NoGain:
    """Return the form with what is added at the path, or why it can't be.

    Paths are `fields/NEW`, `fields/FIELD/from/NEW` and `filled_by`. `at` is the change.
    """
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


def missing_parts(above: FormFile, own: FormFile) -> Iterator[str]:
    """Yield the fields (`channel`) and choices (`channel/from/home`) that a form has and the one in its stead lacks.

    A section is no field: a question may stand in another one there, or in none. A row's question is `members/age`.
    """
    there = dict(_questions(own.fields))
    for name, field in _questions(above.fields):
        if name not in there:
            yield name
            continue
        kept = set(there[name].choices or ())
        yield from (f"{name}/from/{choice}" for choice in field.choices or () if choice not in kept)


def _questions(fields: Mapping[str, FieldIn], around: str = "") -> Iterator[tuple[str, FieldIn]]:
    for name, field in fields.items():
        if field.type != "group":
            yield f"{around}{name}", field
        inner = f"{around}{name}/" if field.type == "repeat" else around
        yield from _questions(field.fields, inner)
        yield from ((f"{inner}totals/{total}", field) for total in field.totals)
