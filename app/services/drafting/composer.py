"""Files of a draft edited as forms: what they say, what can be picked, what is wrong where, how a form would look."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC
from typing import Final, Protocol

from app.domain.asked import Facts
from app.domain.edits import Data, Edit, Path
from app.domain.field_type import FieldTypes
from app.domain.inventory import Carrier, Inventory, Item
from app.domain.kinds.common import Texts
from app.domain.problem import Problem, ProblemError, Where
from app.domain.regulation import Regulation
from app.domain.submission import FormLogic
from app.domain.workdays import Calendar
from app.domain.zones import date_of
from app.services.actor import ActorRef
from app.services.coverage import Covered, Shown, coverage
from app.services.drafting.changes import Prefer
from app.services.drafting.clauses import inventory_of, pieces
from app.services.drafting.composing import add_row, put, value_at
from app.services.drafting.described import Language
from app.services.drafting.drafts import DraftFiles, RegulationDrafting, Saved
from app.services.drafting.file_sentences import sentences_of
from app.services.drafting.offered import Offers
from app.services.drafting.own_texts import SOURCE, OwnText, texts_of
from app.services.drafting.ports import DeclaredFile, RegulationDraft
from app.services.drafting.problem_titles import Titles, titles_in
from app.services.drafting.slots import Sentence
from app.services.form_views import FormView
from app.services.ports import Clock, Loaded

_WITHOUT_TEXTS: Final = frozenset({"case", "cases", "inventory"})
"""Kinds of file whose texts are for who writes the regulation."""
_ABOVE: Final = "config/"
"""What a file of the base lies in that is neither form nor rule; a place's own have that above the place."""
_NAME: Final = re.compile(r"[a-z][a-z0-9_]{0,59}")


class Depiction(Protocol):
    """What the editor needs of the declared files. Blocking: call it off the event loop."""

    def language(self) -> Language:
        """Return all that files may say."""
        ...

    def offers(self, place: str, files: Mapping[str, str]) -> Offers:
        """Return what can be picked in a file of a place."""
        ...

    def inventory(self, place: str, files: Mapping[str, str]) -> tuple[Inventory, list[Carrier]]:
        """Return what documents say, item by item, and the definitions of a place that carry items."""
        ...

    def rows_text(self, data: Mapping[str, Data]) -> str:
        """Return a new file: a line for each key, and one for each row of a mapping of rows."""
        ...

    def data(self, path: str, text: str) -> Data | None:
        """Return what a file says, texts at the leaves; None for one that isn't YAML, or no mapping."""
        ...

    def path_of(self, path: str, text: str, where: Where) -> Path:
        """Return the path to what stands at a place of a file: the deepest whose key or value begins there."""
        ...


@dataclass(frozen=True, slots=True)
class Composed:
    """A file of a draft as it is edited. `data` None: it isn't YAML, so only its text can be edited.

    `own` False: a place above decides it. `inside` says that it lies in the place's folder; `stands_for` is the file of
    the base that it stands for then, "" where there is none, and `above` what that one says. `layer` is the place in
    whose folder the file lies, "" for the base. `led` is what stands where it was opened at.
    """

    draft: RegulationDraft
    path: str
    kind: str
    name: str
    text: str
    data: Data | None
    language: Language
    offers: Offers
    own: bool
    inside: bool = True
    stands_for: str = ""
    above: Data | None = None
    layer: str = ""
    led: Path = ()

    @property
    def step(self) -> int:
        """The step of the draft that was looked at."""
        return self.draft.step.number


@dataclass(frozen=True, slots=True)
class Found:
    """What checking a draft found: of one file by path, how many faults elsewhere, and what the file says in sentences.

    `sentences` is None, and `form` too, while faults keep the regulation from being built. `offers` are what can be
    picked in the file as the draft is now, None where nobody asked for them. `titles` are those of what reminders name.
    """

    here: Mapping[Path, tuple[Problem, ...]]
    elsewhere: tuple[Problem, ...]
    sentences: tuple[Sentence, ...] | None = None
    form: FormView | None = None
    calendar: Calendar | None = None
    offers: Offers | None = None
    titles: Titles = field(default_factory=dict)

    @property
    def errors(self) -> int:
        """How many errors keep the draft from being published."""
        every = [*(one for group in self.here.values() for one in group), *self.elsewhere]
        return sum(one.is_error for one in every)


class Composer:
    """Edits files of drafts as forms. Everything needs the permission to publish, which drafting checks."""

    def __init__(
        self, drafting: RegulationDrafting, depiction: Depiction, types: FieldTypes, clock: Clock
    ) -> None:
        """Keep the ports."""
        self._drafting = drafting
        self._depiction = depiction
        self._types = types
        self._clock = clock

    async def open(
        self, ref: ActorRef, draft_id: str, path: str, at: tuple[int, int] | None = None
    ) -> Composed:
        """Return a file of a draft, with what stands `at` a line and column.

        Raises DeniedError; ProblemError E547 without the draft, E545 without the file.
        """
        found = await self._drafting.files(ref, draft_id)
        declared = await self._drafting.declared(ref, draft_id)
        composed = await asyncio.to_thread(self._composed, found, declared, path)
        if at is None:
            return composed
        where = Where(composed.path, *at)
        return replace(composed, led=self._depiction.path_of(composed.path, composed.text, where))

    def _composed(self, found: DraftFiles, declared: Sequence[DeclaredFile], path: str) -> Composed:
        one = next((one for one in declared if _is_at(one, path)), None)
        if one is None:
            raise ProblemError(Problem("E545", Where(path), {"what": path[:80]}))
        text = found.files[one.path]
        stands_for = self._drafting.stands_for(found.draft.place, one.path, found.files)
        return Composed(
            found.draft,
            one.path,
            one.kind,
            one.id,
            text,
            self._depiction.data(one.path, text) if one.kind else None,
            self._depiction.language(),
            self._depiction.offers(found.draft.place, found.files),
            one.own is not None,
            one.own == one.path,
            stands_for,
            self._depiction.data(stands_for, found.files[stands_for]) if stands_for else None,
            one.layer,
        )

    async def edit(
        self, ref: ActorRef, composed: Composed, edits: Sequence[Edit], seen: int, prefer: Prefer = ""
    ) -> Saved:
        """Make edits of a file as it was at the step `seen`. Raises as `RegulationDrafting.edit`."""
        return await self._drafting.edit(
            ref, composed.draft.id, composed.path, edits, seen=seen, prefer=prefer
        )

    async def after(self, ref: ActorRef, composed: Composed, saved: Saved) -> Composed:
        """Return a file after a change of it: a file of the base is one of the place's own from then on."""
        there = {path: text for path, text in saved.files.items() if text is not None}
        name = composed.path.rsplit("/", 1)[-1]
        named = [path for path in there if path.rsplit("/", 1)[-1] == name]  # others went along
        path = composed.path if composed.path in there else next(iter([*named, *there]), composed.path)
        text = there.get(path, composed.text)
        data = await asyncio.to_thread(self._depiction.data, path, text)
        draft = await self._drafting.draft(ref, composed.draft.id)
        step = replace(draft.step, number=saved.number)
        if path != composed.path:  # the copy that was made of it
            composed = replace(
                composed,
                inside=True,
                stands_for=composed.path,
                above=composed.data,
                layer=composed.draft.place,
            )
        return replace(composed, draft=replace(draft, step=step), path=path, text=text, data=data)

    async def take_back(self, ref: ActorRef, composed: Composed) -> Saved:
        """Let the base say again what a copy of the place's says. Raises as `RegulationDrafting.remove`."""
        return await self._drafting.remove(ref, composed.draft.id, composed.path)

    async def again(self, ref: ActorRef, composed: Composed) -> Composed:
        """Return a file as it is now: one whose copy is gone is the base's again. Raises as `open`."""
        declared = await self._drafting.declared(ref, composed.draft.id)
        there = {one.path for one in declared}
        named = (one.path for one in declared if (one.kind, one.id) == (composed.kind, composed.name))
        path = next((one for one in (composed.path, composed.stands_for) if one in there), "")
        # Files of cases have no name of their own: by it any of them would be found.
        path = path or (next(named, "") if composed.name else "") or composed.stands_for or composed.path
        return await self.open(ref, composed.draft.id, path)

    async def check(self, ref: ActorRef, draft_id: str, path: str, *, offers: bool = False) -> Found:
        """Check a draft; `offers` asks for what can be picked in it, too. Raises as `open`."""
        found = await self._drafting.files(ref, draft_id)
        loaded = await self._drafting.check_throughout(found.draft.place, found.files, path)
        checked = await asyncio.to_thread(self._found, found, loaded, path)
        if not offers:
            return checked
        offered = await asyncio.to_thread(self._depiction.offers, found.draft.place, found.files)
        return replace(checked, offers=offered)

    def _found(self, found: DraftFiles, loaded: Loaded, path: str) -> Found:
        text = found.files.get(path, "")
        here: dict[Path, tuple[Problem, ...]] = {}
        elsewhere = []
        for problem in loaded.problems:
            if problem.where is None or problem.where.path != path:
                elsewhere.append(problem)
                continue
            spot = self._depiction.path_of(path, text, problem.where)
            here[spot] = (*here.get(spot, ()), problem)
        data = self._depiction.data(path, text)
        titles = titles_in(loaded.problems, loaded.regulation)
        if loaded.regulation is None or not isinstance(data, Mapping):
            return Found(here, tuple(elsewhere), titles=titles)
        kinds = self._depiction.language().kinds
        kind = next((key for key in data if key in kinds), "")  # a place's file names its calendar, too
        named = data.get(kind)
        name = named if isinstance(named, str) else ""
        day = date_of(loaded.regulation.calendar.zone, self._clock())
        sentences = sentences_of(kind, name, data, loaded.regulation, day)
        form = self._preview(loaded.regulation, name) if kind == "form" else None
        calendar = loaded.regulation.calendar
        own = calendar if kind == "calendar" and calendar.id == name else None
        return Found(here, tuple(elsewhere), tuple(sentences), form, own, titles=titles)

    # ---- texts ----------------------------------------------------------------------------------------------------
    async def texts(self, ref: ActorRef, draft_id: str) -> tuple[int, list[OwnText]]:
        """Return the step of a draft, and all texts of the files that the place may change. Raises as `open`."""
        found = await self._drafting.files(ref, draft_id)
        declared = await self._drafting.declared(ref, draft_id)
        own = [one for one in declared if one.own is not None and one.kind and one.kind not in _WITHOUT_TEXTS]
        return found.draft.step.number, await asyncio.to_thread(self._texts, found.files, own)

    def _texts(self, files: Mapping[str, str], declared: Sequence[DeclaredFile]) -> list[OwnText]:
        language = self._depiction.language()
        found: list[OwnText] = []
        for one in declared:
            data = self._depiction.data(one.path, files[one.path])
            if data is not None:
                found += texts_of(language, one.path, one.kind, data)
        return found

    async def translate(
        self, ref: ActorRef, draft_id: str, text: OwnText, language: str, said: str, seen: int
    ) -> Saved:
        """Say a text in a language. Raises as `RegulationDrafting.edit`."""
        found = await self._drafting.files(ref, draft_id)
        declared = await self._drafting.declared(ref, draft_id)
        composed = await asyncio.to_thread(self._composed, found, declared, text.file)
        plain = isinstance(value_at(composed.data or "", text.path), str) and language == SOURCE
        path = text.path if plain else (*text.path, language)
        edits = put(composed.language, composed.kind, composed.data or "", path, said)
        return await self._drafting.edit(ref, draft_id, composed.path, edits, seen=seen)

    # ---- clauses --------------------------------------------------------------------------------------------------
    async def clauses(self, ref: ActorRef, draft_id: str) -> list[Covered]:
        """Return what the place's documents say, item by item, and what carries each in the draft. Raises as `open`."""
        found = await self._drafting.files(ref, draft_id)
        inventory, carriers = await asyncio.to_thread(
            self._depiction.inventory, found.draft.place, found.files
        )
        return coverage(inventory, carriers, Shown())

    async def untaken(self, ref: ActorRef, draft_id: str) -> Mapping[str, Texts]:
        """Return the titles of declared documents whose text wasn't taken in yet, by their ids. Raises as `open`."""
        found = await self._drafting.files(ref, draft_id)
        inventory, _ = await asyncio.to_thread(self._depiction.inventory, found.draft.place, found.files)
        return inventory.untaken

    async def may_carry(self, ref: ActorRef, draft_id: str) -> Mapping[str, Sequence[DeclaredFile]]:
        """Return, for each kind of item, the definitions that can carry it and are the place's to change.

        Raises as `open`.
        """
        found = await self._drafting.files(ref, draft_id)
        declared = [one for one in await self._drafting.declared(ref, draft_id) if one.own is not None]
        inventory, _ = await asyncio.to_thread(self._depiction.inventory, found.draft.place, found.files)
        return {
            kind.id: tuple(one for one in declared if one.kind in kind.carried_by)
            for kind in inventory.kinds.values()
        }

    async def carry(self, ref: ActorRef, draft_id: str, item: Item, path: str) -> Saved:
        """Let a definition name an item that it carries; one without a clause gets the item's words as its own.

        They are those in the regulation's language, or in any where it has none. Raises as `edit`.
        """
        composed = await self.open(ref, draft_id, path)
        data = composed.data or ""
        items: Path = ("clause", "items")
        if value_at(data, ("clause",)) is None:
            words = item.says.get(SOURCE) or next(iter(item.says.values()), "")
            clause = {"doc": item.document, "text": words, "items": [item.id]}
            edits = put(composed.language, composed.kind, data, ("clause",), clause)
        else:
            edits = add_row(composed.language, composed.kind, data, items, item.id)
        return await self.edit(ref, composed, edits, composed.step)

    async def set_aside(self, ref: ActorRef, draft_id: str, item: Item, why: str) -> Saved:
        """Say of an item that nothing has to carry it, and why: a heading, a purpose. Raises as `edit`."""
        composed = await self.open(ref, draft_id, item.where.path)
        path: Path = ("items", item.id, "information")
        edits = put(composed.language, composed.kind, composed.data or "", path, why)
        return await self.edit(ref, composed, edits, composed.step)

    async def take_text(self, ref: ActorRef, draft_id: str, document: str, title: str, pasted: str) -> Saved:
        """Add an inventory of a pasted text to a draft, an item for each of its clauses.

        `document` is the short name of the text. Items are of the kind that most can carry, until somebody says more.
        Raises as `open`; ProblemError E101 for a name that can't be one, E559 for one that is taken, E106 without text.
        """
        found = await self._drafting.files(ref, draft_id)
        name = document.strip().lower()
        if not _NAME.fullmatch(name):
            raise ProblemError(Problem("E101", values={"reason": "form", "name": document[:60]}))
        split = pieces(pasted)
        if not any(piece.says for piece in split):
            raise ProblemError(Problem("E106", values={"name": "text"}))
        inventory, _ = await asyncio.to_thread(self._depiction.inventory, found.draft.place, found.files)
        kinds = sorted(inventory.kinds.values(), key=lambda kind: (kind.exercised, -len(kind.carried_by)))
        data = inventory_of(name, document.strip(), title.strip(), split, kinds[0].id if kinds else "")
        return await self._drafting.add(
            ref, draft_id, f"inventories/{name}.yaml", self._depiction.rows_text(data)
        )

    def _preview(self, regulation: Regulation, name: str) -> FormView | None:
        """Return a form as it would be opened, with nothing answered; nothing of it can be stored."""
        form = regulation.forms.get(name)
        if form is None:
            return None
        now = self._clock().astimezone(UTC)
        asked = form.on(date_of(regulation.calendar.zone, now))
        logic = FormLogic(asked, regulation.calendar, self._types)
        facts = Facts(now, now, "", regulation.place.id)
        return FormView(
            form=asked,
            logic=logic,
            facts=facts,
            entry_id="",
            answers=logic.defaults(facts, {}),
            subject=None,
            label=None,
            label_type="",
            pick={},
            options={},
            last=(),
            event=None,
            why=None,
            place=regulation.place.title,
        )


def _is_at(one: DeclaredFile, path: str) -> bool:
    """Whether a file is meant by a path: its own, or that of the base's file which it stands for."""
    return path in (one.path, one.own) or (one.own or "").endswith(f"/{path.removeprefix(_ABOVE)}")
