"""Places, calendars, roles."""

from collections.abc import Iterator, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

from app.declarations import scalars
from app.declarations.build.context import SPAN, Context
from app.declarations.documents import Document
from app.declarations.located import At
from app.declarations.place_folders import DEMO, place_id
from app.declarations.schema.common import InForce
from app.declarations.schema.figures_in import Figure
from app.declarations.schema.world import (
    InlinePlace,
    PlaceFile,
    RoleFile,
    StandsInMap,
)
from app.domain.core.values import Kind
from app.domain.kinds.common import Parameter, Texts
from app.domain.kinds.links import WORKER
from app.domain.kinds.role import Role, StandsIn
from app.domain.place import Place, PlaceTree

PERMISSIONS: Final = (
    "record",
    "see_place",
    "see_sensitive",
    "see_scores",
    "correct",
    "appraise",
    "publish",
    "approve",
    "administer",
)
"""What a role may do: the words of app.services.actor.Permission; a test compares them."""


# ---- places
def build_places(documents: Mapping[str, Document]) -> PlaceTree:
    """Return the tree of all places that the files declare, inline ones included."""
    found: list[Place] = []
    for path, document in documents.items():
        model = document.model
        if isinstance(model, PlaceFile):
            found += _places(place_id(path), model)
    return PlaceTree.of(found)


def fact_titles(documents: Mapping[str, Document]) -> dict[str, Texts]:
    """Return what facts of places are called: level by level, what the lower one says goes before."""
    found: dict[str, Texts] = {}
    for path in sorted(documents, key=lambda one: one.count("/")):
        model = documents[path].model
        if isinstance(model, PlaceFile):
            for name, title in model.titles.items():
                found[name] = {**found.get(name, {}), **title}
    return found


def _places(own_id: str, model: PlaceFile) -> Iterator[Place]:
    demo = model.demo or own_id.split("/", maxsplit=1)[0] == DEMO
    profile = read_profile(model.profile)
    yield Place(own_id, model.level, model.title, profile, model.calendar, demo, *_span(model.in_force))
    yield from _inner(own_id, model.places, demo=demo)


def _inner(parent: str, places: Mapping[str, InlinePlace], *, demo: bool) -> Iterator[Place]:
    for name, place in places.items():
        own_id = f"{parent}/{name}"
        profile, span = read_profile(place.profile), _span(place.in_force)
        yield Place(own_id, place.level, place.title, profile, place.calendar, demo, *span)
        yield from _inner(own_id, place.places, demo=demo)


def _span(force: InForce | None) -> tuple[date | None, date | None]:
    return (None, None) if force is None else (force.since, force.until)


def read_profile(data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the facts of a place as its file tells them."""
    return {name: _fact(value) for name, value in data.items()}


def _fact(value: object) -> object:
    """Read a fact of a place: true and false, numbers, else text."""
    return _fact_of_text(value) if isinstance(value, str) else value


@lru_cache(maxsize=4_096)
def _fact_of_text(value: str) -> object:
    if value in ("true", "false"):
        return value == "true"
    try:
        return scalars.parse_number(value)
    except scalars.ScalarError:
        return value


# ---- roles
def build_role(context: Context, model: RoleFile, at: At) -> Role:
    """Return a role; `eligible` reads the person's file."""
    if model.level not in context.names.levels:
        context.unknown(model.level, at / "level", context.names.levels, "level")
    for number, word in enumerate(model.may):
        if word not in PERMISSIONS:
            context.unknown(word, at / "may" / number, PERMISSIONS, "permission")
    least, most = _headcount(context, model, at / "headcount")
    return Role(
        heading=context.heading(model, at),
        level=model.level,
        headcount_least=least,
        headcount_most=most,
        eligible=context.condition(model.eligible, at / "eligible", context.tables.subject(WORKER), SPAN),
        may=tuple(model.may),
        aliases=tuple(model.aliases),
        stands_in_for=_stands_in(context, model, at / "stands_in_for"),
    )


def _stands_in(context: Context, model: RoleFile, at: At) -> StandsIn | None:
    given = model.stands_in_for
    if given is None:
        return None
    role, where = (given.role, at / "role") if isinstance(given, StandsInMap) else (given, at)
    if role not in context.names.of("role"):
        context.unknown(role, where, context.names.of("role"), "role")
    elif role == model.role:
        context.wrong("another_post", where.where, role)
    if not isinstance(given, StandsInMap) or given.during is None:
        return StandsIn(role)
    source = context.source(given.during, at / "during", wanted=WORKER)
    columns = context.columns_of(source)
    # A form alone: what follows from duties can't say who owes them.
    if columns and (context.names.kind_of(source.table) != "form" or not {"start", "end"} <= columns.keys()):
        context.wrong("span_form", (at / "during").where, source.table)
    return StandsIn(role, source)


def _headcount(context: Context, model: RoleFile, at: At) -> tuple[Parameter | None, Parameter | None]:
    count = model.headcount
    if count is None:
        return None, None
    if isinstance(count, Figure):
        exact = context.parameter(count, at, Kind.INTEGER)
        return exact, exact
    if count.exactly is not None:
        exact = context.parameter(count.exactly, at / "exactly", Kind.INTEGER)
        return exact, exact
    return (
        context.parameter(count.at_least, at / "at_least", Kind.INTEGER),
        context.parameter(count.at_most, at / "at_most", Kind.INTEGER),
    )
