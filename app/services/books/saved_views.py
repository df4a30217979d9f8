"""Views of the ledger that somebody named: what it is narrowed to, its order and columns; own ones and the office's.

A view holds what stands in an address, never what somebody searched for: words of an answer can be about a person.
"""

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from app.domain.folding import fold
from app.domain.kinds.form import Field, Form
from app.domain.problem import Problem, ProblemError
from app.services.actor import Actor, ActorRef, DeniedError, Permission, Resolve
from app.services.books.fields import ANY, NONE, sort_of
from app.services.live import Community, LiveCommunities
from app.services.people import require
from app.services.ports import Clock, Memory, Remembered

FIELD: Final = "f."
"""What the conditions on answers start with."""
_KIND: Final = "view"
_DEFAULT: Final = "default_view"
_COLUMNS: Final = "ledger_columns"
_PARTS: Final = frozenset(
    {"form", "place", "person", "subject", "period", "all", "order", "up", "size", "density", "columns"}
)
LONGEST_NAME: Final = 60
_LONGEST_VALUE: Final = 500


@dataclass(frozen=True, slots=True)
class SavedView:
    """A view: `query` is what its address says. `shared` with the office; `default`: the reader's own first one."""

    id: str
    name: str
    query: Mapping[str, str]
    shared: bool
    may_change: bool
    default: bool


@dataclass(frozen=True, slots=True)
class _Scene:
    actor: Actor
    community: Community
    now: datetime


class SavedViews:
    """Keeps views; each call looks up who asks."""

    def __init__(self, memory: Memory, live: LiveCommunities, resolve: Resolve, clock: Clock) -> None:
        """Keep the ports."""
        self._memory = memory
        self._live = live
        self._resolve = resolve
        self._clock = clock

    async def all(self, ref: ActorRef) -> tuple[SavedView, ...]:
        """Return one's own views and the office's, by name. Raises DeniedError."""
        scene = await self._scene(ref)
        chosen = await self._chosen(scene)
        found = await self._memory.of_place(scene.community.place, _KIND)
        return tuple(_view(scene.actor, item, chosen) for item in found if _sees(scene.actor, item))

    async def default(self, ref: ActorRef) -> SavedView | None:
        """Return the view that the reader's ledger opens with, or None."""
        return next((view for view in await self.all(ref) if view.default), None)

    async def save(self, ref: ActorRef, name: str, query: Mapping[str, str], *, shared: bool) -> SavedView:
        """Keep a view under a name. Raises DeniedError, ProblemError E774 without a name, E776 for another one's.

        To share one takes a post that sees the whole place.
        """
        scene = await self._scene(ref)
        if shared:
            require(scene.actor, Permission.SEE_PLACE)
        value = {"by": scene.actor.account, "query": clean(query, scene.community)}
        item = Remembered(
            secrets.token_hex(8),
            scene.community.place,
            _KIND,
            "" if shared else scene.actor.account,
            await self._own_name(scene, name),
            value,
            scene.now,
        )
        await self._memory.save(item)
        return _view(scene.actor, item, await self._chosen(scene))

    async def change(self, ref: ActorRef, view_id: str, query: Mapping[str, str]) -> None:
        """Let a view show something else. Raises DeniedError, ProblemError E775 for one that is gone."""
        scene, item = await self._own(ref, view_id)
        value = {**item.value, "query": clean(query, scene.community)}
        await self._memory.save(replace(item, value=value, saved_at=scene.now))

    async def rename(self, ref: ActorRef, view_id: str, name: str) -> None:
        """Give a view another name. Raises DeniedError, ProblemError E774, E775, E776."""
        scene, item = await self._own(ref, view_id)
        named = await self._own_name(scene, name, item.id)
        await self._memory.save(replace(item, name=named, saved_at=scene.now))

    async def delete(self, ref: ActorRef, view_id: str) -> None:
        """Forget a view; the entries that it showed stay. Raises DeniedError, ProblemError E775."""
        _, item = await self._own(ref, view_id)
        await self._memory.drop(item.id)

    async def make_default(self, ref: ActorRef, view_id: str) -> None:
        """Let the reader's ledger open with a view; empty: with all entries. Raises DeniedError, ProblemError E775."""
        scene = await self._scene(ref)
        if not view_id:
            await self._memory.drop(_default_id(scene.actor))
            return
        await self._found(scene, view_id)
        kept = Remembered(
            _default_id(scene.actor),
            scene.community.place,
            _DEFAULT,
            scene.actor.account,
            "",
            {"view": view_id},
            scene.now,
        )
        await self._memory.save(kept)

    # ---- columns --------------------------------------------------------------------------------------------------
    async def columns(self, ref: ActorRef) -> Mapping[str, tuple[str, ...]]:
        """Return the columns that the reader chose last, by form. Raises DeniedError."""
        scene = await self._scene(ref)
        kept = await self._memory.get(_columns_id(scene.actor))
        return {} if kept is None else {form: tuple(names) for form, names in kept.value.items()}

    async def keep_columns(self, ref: ActorRef, form_id: str, names: Sequence[str]) -> None:
        """Keep the columns that the reader chose for a form; none: its first ones again. Raises DeniedError."""
        scene = await self._scene(ref)
        form = scene.community.regulation.forms.get(form_id)
        known = [one for one in names if (item := _question(form, one)) and not item.sensitive]
        before = await self._memory.get(_columns_id(scene.actor))
        value = {**({} if before is None else before.value), form_id: known}
        kept = Remembered(
            _columns_id(scene.actor),
            scene.community.place,
            _COLUMNS,
            scene.actor.account,
            "",
            {name: some for name, some in value.items() if some and name in scene.community.regulation.forms},
            scene.now,
        )
        await self._memory.save(kept)

    # ---- parts ----------------------------------------------------------------------------------------------------
    async def _scene(self, ref: ActorRef) -> _Scene:
        now = self._clock()
        actor = await self._resolve(ref, now)
        require(actor, Permission.RECORD)
        return _Scene(actor, await self._live.fresh(actor.community), now)

    async def _own(self, ref: ActorRef, view_id: str) -> tuple[_Scene, Remembered]:
        scene = await self._scene(ref)
        item = await self._found(scene, view_id)
        if not _may_change(scene.actor, item):
            raise DeniedError("not_permitted")
        return scene, item

    async def _found(self, scene: _Scene, view_id: str) -> Remembered:
        """Return what is kept of a view that the actor sees; raises ProblemError E775."""
        item = await self._memory.get(view_id)
        if (
            item is None
            or item.kind != _KIND
            or item.place != scene.community.place
            or not _sees(scene.actor, item)
        ):
            raise ProblemError(Problem("E775"))
        return item

    async def _own_name(self, scene: _Scene, name: str, view_id: str = "") -> str:
        """Return a name that no other view has which the actor sees. Raises ProblemError E774, E776."""
        short = _named(name)
        found = await self._memory.of_place(scene.community.place, _KIND)
        for item in found:
            if item.id != view_id and _sees(scene.actor, item) and fold(item.name) == fold(short):
                raise ProblemError(Problem("E776", values={"name": item.name}))
        return short

    async def _chosen(self, scene: _Scene) -> str:
        kept = await self._memory.get(_default_id(scene.actor))
        return "" if kept is None else str(kept.value.get("view", ""))


def clean(query: Mapping[str, str], community: Community) -> dict[str, str]:
    """Return what a view may hold of an address: no page, nothing of sensitive questions, no words."""
    form = community.regulation.forms.get(query.get("form", ""))
    found = {}
    for name, value in query.items():
        if not value or len(value) > _LONGEST_VALUE:
            continue
        item = _question(form, name.removeprefix(FIELD)) if name.startswith(FIELD) else None
        asked = item is not None and not item.sensitive and sort_of(item) != ""
        if asked and item is not None and sort_of(item) == "words":
            asked = value in {NONE, ANY}
        if name in _PARTS or asked:
            found[name] = value
    if form is not None and "columns" in found:
        names = [
            name
            for name in found["columns"].split(",")
            if (item := _question(form, name)) and not item.sensitive
        ]
        found["columns"] = ",".join(names)
    return {name: value for name, value in found.items() if value}


def _question(form: Form | None, name: str) -> Field | None:
    """Return the question that a form calls or called by a name."""
    return None if form is None else next((one for one in form.fields if name in one.names), None)


def _named(name: str) -> str:
    short = " ".join(name.split())[:LONGEST_NAME]
    if not short:
        raise ProblemError(Problem("E774"))
    return short


def _default_id(actor: Actor) -> str:
    return f"default-{actor.account}"


def _columns_id(actor: Actor) -> str:
    return f"columns-{actor.account}"


def _sees(actor: Actor, item: Remembered) -> bool:
    return item.owner in {"", actor.account}


def _may_change(actor: Actor, item: Remembered) -> bool:
    return item.value.get("by") == actor.account or (not item.owner and actor.may(Permission.ADMINISTER))


def _view(actor: Actor, item: Remembered, chosen: str) -> SavedView:
    query: Mapping[str, Any] = item.value.get("query", {})
    return SavedView(
        item.id,
        item.name,
        {name: str(value) for name, value in query.items()},
        shared=not item.owner,
        may_change=_may_change(actor, item),
        default=item.id == chosen,
    )
