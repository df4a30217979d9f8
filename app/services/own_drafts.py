"""One's own drafts: listed, opened where they were, read where their form is gone, gone on with in another, discarded.

Everything is the account's own: a draft is found by the account that asks, and by its key.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final

from app.domain.kinds.common import Texts
from app.domain.kinds.form import Form
from app.domain.problem import Problem, ProblemError
from app.i18n import LANGUAGES, Translator
from app.services.actor import ActorRef, DeniedError, Resolve
from app.services.answers import AnswerView
from app.services.drafts import DraftKeeper
from app.services.filling import Scene, may_fill_in
from app.services.form_views import SEVERAL, SUBJECTS, WHOM, FormView, Wanted
from app.services.live import LiveCommunities
from app.services.moved_files import Takers
from app.services.ports import Begun, Clock, Draft
from app.services.scenes import scene_of
from app.services.submissions import Submissions
from app.services.unasked import LEFT, Parting, Source, Words

_KEY: Final = re.compile(r"[a-z][a-z0-9_]{0,199}:[0-9a-f]{24}")
_OPENING: Final = ("duty", "of", "window", "entry", "batch")
_MOST: Final = 5
"""How many forms are offered to go on in: those that ask most of what was answered."""

_APART: Final = frozenset({SEVERAL, "files"})
"""What is opened by a page of its own."""


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in a list: what form, about whom (plate and name, empty for nobody), when it was typed last.

    `window` is the period that it is for, if it was opened for one. `corrects`: it corrects an entry. `files`: it adds
    files to one. `several`: it is for several at once. `open` False: its form can't be filled in any more, what was
    typed can be read. Nothing that was answered stands in it.
    """

    key: str
    title: Texts
    plate: str
    name: Texts | str
    saved_at: datetime
    window: str = ""
    corrects: bool = False
    files: bool = False
    several: bool = False
    open: bool = True


@dataclass(frozen=True, slots=True)
class Successor:
    """A form to go on in: it takes over `n` of the answers."""

    form: str
    title: Texts
    n: int


@dataclass(frozen=True, slots=True)
class DraftText:
    """What was typed into a form that can't be opened any more, and where one can go on."""

    line: DraftLine
    answers: tuple[AnswerView, ...]
    successors: tuple[Successor, ...]


@dataclass(frozen=True, slots=True)
class GoneOn:
    """A draft that went on in another form: its key there.

    `files` says for each question that files were picked for which question takes them there: those that still wait on
    the device go the same way.
    """

    key: str
    files: Mapping[str, str]


class OwnDrafts:
    """The drafts of whoever asks."""

    def __init__(
        self,
        submissions: Submissions,
        drafts: DraftKeeper,
        live: LiveCommunities,
        resolve: Resolve,
        clock: Clock,
    ) -> None:
        """Keep the ports, and what opens forms."""
        self._submissions = submissions
        self._drafts = drafts
        self._live = live
        self._resolve = resolve
        self._clock = clock

    # ---- looking --------------------------------------------------------------------------------------------------
    async def keys(self, ref: ActorRef) -> tuple[str, ...]:
        """Return the keys of the actor's drafts in its community, the newest first. Raises DeniedError."""
        actor = await self._resolve(ref, self._clock())
        return tuple(one.key for one in _of(await self._drafts.of_account(actor.account), actor.community))

    async def list(self, ref: ActorRef) -> tuple[DraftLine, ...]:
        """Return the actor's drafts in its community, the newest first. Raises DeniedError."""
        scene = await self._scene(ref)
        found = _of(await self._drafts.of_account(scene.actor.account), scene.community.place)
        return tuple([await self._line(scene, draft) for draft in found])

    async def begun(self, ref: ActorRef, key: str) -> Begun | None:
        """Return where a draft is at home; None for one that was saved before drafts told that. Raises as `open`."""
        return (await self._draft(await self._scene(ref), key)).begun

    async def open(self, ref: ActorRef, key: str) -> FormView | None:
        """Return the form of a draft where it was left; None where it can't be filled in any more.

        None, too, for several at once and for files that are added later: they have pages of their own.

        Raises DeniedError, ProblemError E768 for a draft that isn't there.
        """
        scene = await self._scene(ref)
        draft = await self._draft(scene, key)
        begun = draft.begun
        if begun is None or begun.opening.get("batch") in _APART:
            return None
        told = {name: begun.opening.get(name, "") for name in _OPENING}
        answers = begun.opening.get("answers", {})
        for wanted in (
            Wanted(begun.form, begun.subject, **told, answers=answers),
            # What it was opened for is done, or has moved on: the form is the same.
            Wanted(begun.form, begun.subject, entry=told["entry"], batch=told["batch"], answers=answers),
        ):
            try:
                view = await self._submissions.open(ref, wanted)
            except (ProblemError, DeniedError):
                continue
            if view.key == key and not view.logic.untimely(view.facts):
                return view
        return None

    async def read(self, ref: ActorRef, key: str) -> DraftText:
        """Return what was typed, question by question, in the words that the form had. Raises as `open`."""
        scene = await self._scene(ref)
        draft = await self._draft(scene, key)
        words = self._words(scene)
        form = await self._form(scene, draft)
        said = {name: value for name, value in draft.answers.items() if value not in (None, "", [])}
        fields = () if form is None else form.fields
        order = {name: at for at, item in enumerate(fields) for name in item.names}
        names = sorted(
            (name for name in said if not name.startswith("_")), key=lambda name: order.get(name, len(order))
        )
        answers = [words.answer(form, name, said[name]) for name in names]
        answers += await words.left(draft.answers)
        answers += _whom(scene, form, said)
        return DraftText(
            replace(await self._line(scene, draft), open=False),
            tuple(answers),
            self._successors(scene, draft, form),
        )

    # ---- changing -------------------------------------------------------------------------------------------------
    async def take(self, ref: ActorRef, key: str, kept: Mapping[str, Any]) -> None:
        """Take in what only a phone had: its `answers`, and where the draft is at home as the phone was told.

        What the server has of the same draft stays, but for the answers that were changed on the phone since. Raises
        DeniedError, ProblemError E768 for what no page of ours has kept.
        """
        scene = await self._scene(ref)
        if _KEY.fullmatch(key) is None or not isinstance(kept.get("answers"), Mapping):
            raise ProblemError(Problem("E768"))
        known = await self._drafts.load(scene.actor.account, key)
        begun = known.begun if known is not None else None
        begun = begun or begun_of(kept.get("begun"), scene.community.place, key)
        answers = {**(known.answers if known else {}), **_readable(kept["answers"])}
        entry_id = known.entry_id if known else self._drafts.new_id()
        await self._drafts.save(scene.actor.account, key, entry_id, answers, begun)

    async def go_on(self, ref: ActorRef, key: str, form_id: str) -> GoneOn:
        """Go on with what was typed in another form; the draft is there, the old one is gone.

        What the other form doesn't ask goes along apart, and files into a question that takes some. Raises as `open`,
        and as opening the form does.
        """
        scene = await self._scene(ref)
        draft = await self._draft(scene, key)
        then = await self._form(scene, draft)
        view = await self._opened(ref, form_id, draft.begun.subject if draft.begun else None)
        whole = scene.community.regulation.forms[form_id]
        given = {name: value for name, value in draft.answers.items() if name not in {SUBJECTS, WHOM}}
        begun = draft.begun or Begun(scene.community.place, key.partition(":")[0], "")
        source = Source(begun.form, begun.revision, then)
        typed = Parting(self._submissions.types, whole, view.form).parted(given, source)
        if view.draft_at is not None:  # there is another one already: what stands in it stands
            other = [*typed.pop(LEFT, []), *view.answers.get(LEFT, [])]
            clash = [
                {"name": name, "value": value, "form": begun.form, "revision": begun.revision}
                for name, value in typed.items()
                if view.answers.get(name) not in (None, "", [], value)
            ]
            typed = {**typed, **view.answers, **({LEFT: [*other, *clash]} if other or clash else {})}
        answers = {**view.answers, **typed}
        relevant = view.logic.asked(answers, view.facts).relevant
        takers = Takers(self._submissions.types, then, view.form, relevant)
        answers = takers.housed(answers)
        await self._drafts.save(scene.actor.account, view.key, view.entry_id, answers, view.begun)
        if view.key != key:
            await self._drafts.drop(scene.actor.account, key)
        return GoneOn(view.key, takers.names())

    async def discard(self, ref: ActorRef, key: str) -> Draft:
        """Throw a draft away; return it, to be put back. Raises as `open`."""
        scene = await self._scene(ref)
        draft = await self._draft(scene, key)
        await self._drafts.drop(scene.actor.account, key)
        return draft

    async def put_back(self, ref: ActorRef, draft: Draft) -> bool:
        """Put a draft back that was thrown away; False where another one was begun in its place. Raises DeniedError."""
        actor = await self._resolve(ref, self._clock())
        if draft.account != actor.account:
            raise DeniedError("not_permitted")
        return await self._drafts.put_back(draft)

    # ---- parts ----------------------------------------------------------------------------------------------------
    async def _scene(self, ref: ActorRef) -> Scene:
        return await scene_of(ref, self._live, self._resolve, self._clock)

    def _words(self, scene: Scene) -> Words:
        return Words(self._live, scene.community, scene.subjects.labels)

    async def _draft(self, scene: Scene, key: str) -> Draft:
        draft = await self._drafts.load(scene.actor.account, key)
        if draft is None or not _of([draft], scene.community.place):
            raise ProblemError(Problem("E768"))
        return draft

    async def _form(self, scene: Scene, draft: Draft) -> Form | None:
        """Return the form as it was when the draft was typed last, with all its versions; else as it is now."""
        now = scene.community.regulation.forms.get(_form_id(draft))
        if draft.begun is None:
            return now
        return await self._words(scene).form(draft.begun.form, draft.begun.revision) or now

    async def _line(self, scene: Scene, draft: Draft) -> DraftLine:
        form = scene.community.regulation.forms.get(_form_id(draft))
        there = form is not None and may_fill_in(form, scene.actor) and _holds(form, scene)
        if form is None:
            form = await self._form(scene, draft)
        subject = draft.begun.subject if draft.begun else None
        opening = draft.begun.opening if draft.begun else {}
        several = opening.get("batch") == "several"
        plate, name = ("", "") if several else _named(scene, form, subject)
        return DraftLine(
            draft.key,
            {"zh": _form_id(draft)} if form is None else form.heading.title or {"zh": form.id},
            plate,
            name,
            draft.saved_at,
            str(opening.get("window") or ""),
            corrects=bool(opening.get("entry")) and opening.get("batch") != "files",
            files=opening.get("batch") == "files",
            several=several,
            open=there and draft.begun is not None,
        )

    def _successors(self, scene: Scene, draft: Draft, then: Form | None) -> tuple[Successor, ...]:
        """Return the forms in which one can go on: about the same, that ask at least one of what was answered."""
        if draft.begun is not None and draft.begun.opening.get("entry"):
            return ()  # what corrects an entry isn't a new one
        answered = {name: value for name, value in draft.answers.items() if value not in (None, "", [])}
        revision = draft.begun.revision if draft.begun else ""
        source = Source(_form_id(draft), revision, then)
        found = []
        for form in scene.community.regulation.forms.values():
            if not may_fill_in(form, scene.actor) or not _holds(form, scene):
                continue
            if then is not None and (form.describes, form.about) != (then.describes, then.about):
                continue
            asked = form.on(scene.today)
            always = {item.id for item in asked.fields if item.relevant is None}
            parted = Parting(self._submissions.types, form, asked).parted(answered, source)
            housed = Takers(self._submissions.types, then, asked, always).housed(parted)
            n = sum(not name.startswith("_") for name in housed)
            if n:
                found.append(Successor(form.id, form.heading.title or {"zh": form.id}, n))
        found.sort(key=lambda one: (one.form != _form_id(draft), -one.n, one.form))
        return tuple(found[:_MOST])

    async def _opened(self, ref: ActorRef, form: str, subject: str | None) -> FormView:
        """Open a form about a subject; about nobody yet, where that is gone."""
        if subject is not None:
            try:
                return await self._submissions.open(ref, Wanted(form, subject))
            except ProblemError as fault:
                if {one.code for one in fault.problems} != {"E707"}:
                    raise
        return await self._submissions.open(ref, Wanted(form))


def begun_of(told: object, place: str, key: str) -> Begun:
    """Return where a draft is at home, as a page told the phone that kept it; what wasn't told is read off the key."""
    if not isinstance(told, Mapping):
        return Begun(place, key.partition(":")[0], "")
    opening = told.get("opening")
    said = {name: value for name, value in told.items() if isinstance(value, str) and value}
    form = said.get("form", key.partition(":")[0])
    return Begun(place, form, said.get("revision", ""), said.get("subject"), _opening(opening))


def _opening(told: object) -> dict[str, Any]:
    """Return what a form was opened for, of what a phone says: texts, and plain answers that it began with."""
    if not isinstance(told, Mapping):
        return {}
    found: dict[str, Any] = {name: one for name in _OPENING if isinstance(one := told.get(name), str)}
    answers = told.get("answers")
    if isinstance(answers, Mapping):
        found["answers"] = {str(name): one for name, one in answers.items() if isinstance(one, str | int)}
    return found


def _readable(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers without what can't name anybody where somebody is named."""
    return {
        name: value
        for name, value in answers.items()
        if name not in {SUBJECTS, WHOM}
        or (isinstance(value, list) and all(isinstance(one, str) for one in value))
    }


def _of(drafts: Iterable[Draft], place: str) -> list[Draft]:
    return [one for one in drafts if one.begun is None or one.begun.place == place]


def _form_id(draft: Draft) -> str:
    return draft.begun.form if draft.begun else draft.key.partition(":")[0]


def _holds(form: Form, scene: Scene) -> bool:
    """Whether a form is in force today."""
    now = form.on(scene.today).heading
    since, until = now.since, now.until
    return (since is None or since <= scene.today) and (until is None or scene.today < until)


def _named(scene: Scene, form: Form | None, subject: str | None) -> tuple[str, Texts | str]:
    """Return plate and name of whom a form is about, to those who may see that."""
    about = (form.describes or form.about) if form else None
    if not about or not subject or not scene.subjects.exists_as_reference(about, subject):
        return "", ""
    if scene.subjects.labels.form_of(about) is None:
        return "", scene.subjects.name(about, subject)
    label = scene.subjects.labels.of(about, subject)
    return label.plate, label.name


def _whom(scene: Scene, form: Form | None, said: Mapping[str, Any]) -> list[AnswerView]:
    """Return whom else it is about, or for whom of several it is."""
    found = []
    for name, message in ((SUBJECTS, "form-others"), (WHOM, "several-who")):
        named = [str(one) for one in said.get(name) or ()]
        if named:
            pairs = zip(named, (_named(scene, form, one) for one in named), strict=True)
            shown = tuple(
                name if isinstance(name, Mapping) else {"zh": " ".join(filter(None, (plate, name))) or one}
                for one, (plate, name) in pairs
            )
            title = {one: Translator(one)(message) for one in LANGUAGES}
            found.append(AnswerView(name, title, None, named, shown))
    return found
