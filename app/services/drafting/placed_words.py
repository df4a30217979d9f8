"""What stands at a path from a definition on, in words: the titles on the way, a keyword as editors explain it."""

from collections.abc import Iterable

from app.domain.kinds.form import Field
from app.domain.regulation import Regulation
from app.i18n import is_message
from app.services.reasons.phrases import Listed, Phrase, Said
from app.services.reasons.trace_words import TraceWords

_BETWEEN = "trace-between"
_HOLDING = frozenset({"fields", "from", "totals"})
"""Keys of a form behind which its parts stand; where nothing stands behind one, its own word is told."""


def placed(path: str, regulation: Regulation) -> Said:
    """Return what a path of a change of another file leads to: `visit/fields/minutes` is the visit's question."""
    name, *steps = path.split("/")
    form = regulation.forms.get(name) or regulation.forms.get(regulation.latest(name))
    if form is None:
        return TraceWords(regulation, lambda _, named: named).path(path)
    words: list[Said] = [form.heading.title or name]
    words += _steps(steps, form.fields)
    return Listed(tuple(words), _BETWEEN) if len(words) > 1 else words[0]


def _steps(steps: list[str], fields: Iterable[Field]) -> Iterable[Said]:
    asked: Field | None = None
    inside = tuple(fields)
    for number, step in enumerate(steps):
        before = steps[number - 1] if number else ""
        if before == "fields":
            asked = next((one for one in inside if one.id == step), None)
            inside = asked.columns if asked is not None and asked.columns else inside
            yield step if asked is None else asked.title or step
        elif before == "from" and asked is not None:
            choice = next((one for one in asked.choices if one.id == step), None)
            yield step if choice is None else choice.title or step
        elif step not in _HOLDING or number == len(steps) - 1:
            yield Phrase(f"key-{step}") if is_message(f"key-{step}") else step
