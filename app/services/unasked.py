"""Answers of a draft that have no question any more: kept apart, with where they were asked, and told.

A form changes while something is half filled in. What was typed isn't thrown away for that: it goes under `LEFT`,
beside the answers, until somebody has read it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from app.domain.answer_rows import is_blank, rows_of
from app.domain.core.expressions import Literal
from app.domain.core.json_values import to_json
from app.domain.core.values import Kind
from app.domain.field_type import AnswerError, FieldTypes
from app.domain.kinds.form import Field, Form
from app.domain.kinds.form_versions import as_asked, goes_on
from app.services.answers import AnswerView, answer_of
from app.services.labels import Labels
from app.services.live import Community, LiveCommunities

LEFT: Final = "_left"
"""The answer of a draft that holds those without a question; no question can have such an id."""

_SAYS: Final = ("name", "form", "revision")
_APART: Final = "_"
"""What the names start with of what a draft holds beside the answers to questions."""


@dataclass(frozen=True, slots=True)
class Source:
    """In which form of which revision answers were given; `form` is what it asked then, None where nobody knows."""

    id: str
    revision: str
    form: Form | None = None


class Parting:
    """Parts answers into those that a form takes as it asks now, and those that it doesn't."""

    def __init__(self, types: FieldTypes, form: Form, asked: Form) -> None:
        """Look at a form as it is `asked` on a day; `form` are all its versions."""
        self._types = types
        self._form = form
        self._asked = asked

    def parted(
        self, answers: Mapping[str, Any], source: Source, stands: Mapping[str, Any] | None = None
    ) -> dict[str, Any]:
        """Return the answers under the names of now, those without a question as a list under LEFT.

        `answers` may have such a list already: what has its question again goes back. What stood in the corrected
        entry (`stands`) may stand.
        """
        earlier = list(left_in(answers))
        given = {name: value for name, value in answers.items() if name != LEFT}
        back = {one["name"]: one["value"] for one in earlier if given.get(one["name"]) in (None, "", [])}
        said = as_asked(self._form, self._asked, {**given, **back})
        fields = source.form.fields if source.form is not None else ()
        kept, gone = self._part(self._asked.fields, fields, said, frozenset(back), stands or {})
        by_name = {one["name"]: one for one in earlier}
        before = {item.id: item for item in fields}
        left = [one for one in earlier if one["name"] not in back]
        for name, value in gone.items():
            was = self._called(name, {**given, **back})
            known = by_name.get(was) if was in back else None
            if known is None and _is_default(before.get(was), value):
                continue  # nobody typed it
            told = {"name": was, "form": source.id, "revision": source.revision}
            left.append({**(known or told), "value": value})
        return {**kept, LEFT: left} if left else kept

    def _called(self, name: str, given: Mapping[str, Any]) -> str:
        """Return the name under which an answer was given that now goes by `name`."""
        item = self._form.field(name)
        names = (name,) if item is None else (name, *item.names)
        return next((one for one in names if one in given), name)

    def _part(
        self,
        fields: Sequence[Field],
        before: Sequence[Field],
        said: Mapping[str, Any],
        back: frozenset[str],
        stands: Mapping[str, Any],
    ) -> tuple[dict[str, Any], dict[str, Any]]:
        own = {item.id: item for item in fields}
        kept: dict[str, Any] = {}
        gone: dict[str, Any] = {}
        for name, value in said.items():
            item = own.get(name)
            if name.startswith(_APART) or value in (None, "", []) or value == stands.get(name):
                kept[name] = value
                continue
            if item is None:
                gone[name] = value
                continue
            then = next((one for one in before if not {*one.names}.isdisjoint(item.names)), None)
            good, bad = self._one(item, then, value, again=name in back)
            if good not in (None, "", []):
                kept[name] = good
            if bad not in (None, "", []):
                gone[name] = bad
        return kept, gone

    def _one(self, item: Field, then: Field | None, value: Any, *, again: bool) -> tuple[Any, Any]:  # noqa: ANN401 - JSON
        """Return what of an answer its question takes, and what it doesn't."""
        if item.columns and isinstance(value, list):
            inner = then.columns if then is not None else ()
            rows = [self._part(item.columns, inner, row, frozenset(), {}) for row in rows_of(value)]
            return [good for good, _ in rows], [bad for _, bad in rows if not is_blank(bad)]
        if item.type.kind in {Kind.CHOICE, Kind.CHOICES} and item.choices:
            known = {choice.id for choice in item.choices if not choice.retired}
            named = value if isinstance(value, list) else [value]
            good = [one for one in named if isinstance(one, str) and one in known]
            bad = [one for one in named if one not in good]
            return (good, bad) if isinstance(value, list) else ((value, None) if good else (None, value))
        changed = again or (then is not None and not goes_on(then.type, item.type))
        if changed and not self._fits(item, then, value):
            return None, value
        return value, None

    def _fits(self, item: Field, then: Field | None, value: object) -> bool:
        """Whether a question can be answered like that; a half-typed number of the question's own may be mended."""
        if then is not None and item.type.to != then.type.to:
            return False
        kind = self._types.get(item.widget)
        try:
            return kind is not None and kind.clean(item, value) is not None
        except AnswerError:
            return False


def left_in(answers: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """Yield the answers without a question: `name`, `value`, `form` and `revision`, all that is in that shape."""
    found = answers.get(LEFT)
    for one in found if isinstance(found, list) else ():
        if (
            isinstance(one, Mapping)
            and "value" in one
            and all(isinstance(one.get(key), str) for key in _SAYS)
        ):
            yield one


def without(answers: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    """Return the answers without some of those that have no question."""
    dropped = set(names)
    left = [one for one in left_in(answers) if one["name"] not in dropped]
    rest = {name: value for name, value in answers.items() if name != LEFT}
    return {**rest, LEFT: left} if left else rest


class Words:
    """Tells what was typed in the words of the forms in which it was."""

    def __init__(self, live: LiveCommunities, community: Community, labels: Labels) -> None:
        """Look at one community, of which `labels` names what there is."""
        self._live = live
        self._community = community
        self._labels = labels

    async def form(self, form: str, revision: str) -> Form | None:
        """Return a form with all its versions as a revision has it; None where nobody knows any more."""
        regulation = self._community.regulation
        if revision in {"", regulation.revision}:
            return regulation.forms.get(form)
        former = await self._live.former(self._community.place, revision)
        return None if former is None else former.forms.get(form)

    async def left(self, answers: Mapping[str, Any]) -> tuple[AnswerView, ...]:
        """Return the answers without a question as they were asked."""
        found = []
        for one in left_in(answers):
            name, value = str(one["name"]), one["value"]
            form = await self.form(str(one["form"]), str(one["revision"]))
            found.append(self.answer(form, name, value))
        return tuple(found)

    def answer(self, form: Form | None, name: str, value: object) -> AnswerView:
        """Return one answer to a question of a form, under whatever name it had."""
        item = None if form is None else next((one for one in form.fields if name in one.names), None)
        if item is None:
            return AnswerView(name, {"zh": name}, None, value)
        found = answer_of(item, value, self._labels)
        return found if found.title else replace(found, title={"zh": item.id})


def _is_default(item: Field | None, value: object) -> bool:
    return item is not None and isinstance(item.default, Literal) and to_json(item.default.value) == value
