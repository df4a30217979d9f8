"""Founding a community: its files, its first revision, and the appointment of its administrator."""

import asyncio
import secrets
from collections.abc import Sequence
from datetime import datetime

from app.domain.entry import Entry
from app.domain.kinds.form import Field, Form
from app.domain.kinds.links import WORKER
from app.domain.membership import posts_fields
from app.domain.place import COMMUNITY
from app.domain.problem import Problem, ProblemError
from app.domain.regulation import Regulation, sensitive_fields
from app.i18n import LANGUAGES
from app.services.actor import Permission
from app.services.beginning import Beginnings, Model
from app.services.ports import Clock, Declarations, Ledger, Loaded, Revision, Revisions
from app.services.starting import NewCommunity

LEVEL = COMMUNITY


class Communities:
    """Founds communities from the declared base."""

    def __init__(
        self,
        declarations: Declarations,
        revisions: Revisions,
        ledger: Ledger,
        clock: Clock,
        beginnings: Beginnings | None = None,
    ) -> None:
        """Keep the ports; without `beginnings` no community begins from another's regulation."""
        self._beginnings = beginnings
        self._declarations = declarations
        self._revisions = revisions
        self._ledger = ledger
        self._clock = clock

    async def create(self, new: NewCommunity) -> str:
        """Write the place's files, publish them as its first revision, appoint `person`; return the place's id.

        Raises ProblemError: what is wrong with the files, E512 when no role may administer or no form appoints, E551
        for a model that isn't there.
        """
        place = await asyncio.to_thread(self._write, new)
        written: list[str] = []
        try:
            written += await asyncio.to_thread(self._begin, place, new.model)
            loaded = await self._load(place)
            entries = founding_entries(_whole(loaded), new.person, new.person_name, self._clock())
        except ProblemError:  # the next try starts as this one did
            await asyncio.to_thread(self._take_back, place, written)
            raise
        await self._publish(place, loaded, new.person)
        await self._ledger.append(entries, sensitive_fields(_whole(loaded)))
        return place

    def _write(self, new: NewCommunity) -> str:
        taken = set(self._declarations.places())
        place = next(f"community_{n}" for n in range(1, len(taken) + 2) if f"community_{n}" not in taken)
        self._declarations.create_place(place, LEVEL, dict.fromkeys(LANGUAGES, new.name), new.grids)
        return place

    def models(self) -> Sequence[Model]:
        """Return the communities whose regulation a new one can begin from; blocking."""
        return () if self._beginnings is None else self._beginnings.models()

    def _begin(self, place: str, model: str) -> list[str]:
        """Write the files of a model as the place's own; return their paths."""
        beginnings = self._beginnings
        if not model:
            return []
        if beginnings is None or model not in {one.place for one in beginnings.models()} - {place}:
            raise ProblemError(Problem("E551", values={"place": model[:80]}, field="model"))
        before = beginnings.read_files(place)
        begun = beginnings.begun(model, beginnings.read_files(model), place, before)
        changed = {path: text for path, text in begun.items() if before.get(path) != text}
        beginnings.write_files(changed)
        return [path for path in changed if path not in before]

    def _take_back(self, place: str, written: Sequence[str]) -> None:
        if self._beginnings is not None:
            self._beginnings.remove_files(written)
        self._declarations.remove_place(place)

    async def publish_first(self, place: str, by: str) -> Regulation:
        """Publish the files of a place as they are on disk. Raises ProblemError with every error found."""
        loaded = await self._load(place)
        regulation = _whole(loaded)
        await self._publish(place, loaded, by)
        return regulation

    async def _load(self, place: str) -> Loaded:
        """Read and check a place's files, beside the event loop."""
        files = await asyncio.to_thread(self._declarations.read_files, place)
        return await asyncio.to_thread(self._declarations.load, place, files)

    async def _publish(self, place: str, loaded: Loaded, by: str) -> None:
        await self._revisions.add(Revision(loaded.revision, place, loaded.files, self._clock(), by))


def _whole(loaded: Loaded) -> Regulation:
    if loaded.regulation is None:
        raise ProblemError(*(problem for problem in loaded.problems if problem.is_error))
    return loaded.regulation


def founding_entries(regulation: Regulation, person: str, person_name: str, now: datetime) -> list[Entry]:
    """Return the file of the first administrator and the appointment to a post that may administer.

    Raises ProblemError E512 when the regulation has no form or role for it.
    """
    posts = next((form for form in regulation.forms.values() if posts_fields(form) is not None), None)
    role = next(
        (
            role
            for role in regulation.roles.values()
            if Permission.ADMINISTER in role.may and role.level == regulation.place.level
        ),
        None,
    )
    fields = None if posts is None else posts_fields(posts)
    if posts is None or fields is None or role is None:
        raise ProblemError(Problem("E512"))
    worker_field, role_field = fields
    place = regulation.place.id
    blank = Entry(
        id=f"founding-{secrets.token_hex(8)}",
        place=place,
        form=posts.id,
        at=now,
        by=person,
        recorded_at=now,
        answers={worker_field: person, role_field: role.id},
        subject=f"post-{secrets.token_hex(6)}",
        revision=regulation.revision,
    )
    own = person_entry(regulation, person, person_name, person, now)
    return [blank] if own is None else [own, blank]


def person_entry(regulation: Regulation, person: str, name: str, by: str, now: datetime) -> Entry | None:
    """Return the file of somebody who works at the place: the name, else first choices; None without such a form."""
    file = next((form for form in regulation.forms.values() if form.describes == WORKER), None)
    if file is None:
        return None
    return Entry(
        id=f"founding-{secrets.token_hex(8)}",
        place=regulation.place.id,
        form=file.id,
        at=now,
        by=by,
        recorded_at=now,
        answers={**_defaults(file), **dict.fromkeys(file.label[:1], name)},
        subject=person,
        revision=regulation.revision,
    )


def _defaults(form: Form) -> dict[str, object]:
    """Return an answer for each required field that has a plain one: its first choice, or no."""
    return {
        field.id: _default(field) for field in form.fields if field.required and _default(field) is not None
    }


def _default(field: Field) -> object:
    if field.choices:
        return field.choices[0].id
    return False if field.widget == "boolean" else None
