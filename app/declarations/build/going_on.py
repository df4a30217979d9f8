"""`goes_on`: counts and rolling windows of a version that take up what ran under the versions before it."""

from collections.abc import Iterator
from dataclasses import replace

from app.declarations.build.context import Context
from app.declarations.checks.versions import times_of
from app.declarations.columns import Columns
from app.declarations.documents import Document
from app.declarations.located import At
from app.declarations.schema.duties import DutyFile
from app.declarations.schema.figures import RuleFile
from app.domain.kinds.rule import Fact
from app.domain.kinds.versions import whole_of

_WINDOWS = frozenset({"every", "in_force", "title", "clause", "notes", "acknowledged", "goes_on", "versions"})
"""What of a duty with rolling windows may differ from the version before: how long they are."""


def counted_on(
    context: Context, model: RuleFile, at: At, row: Columns, facts: tuple[Fact, ...]
) -> tuple[Fact, ...]:
    """Return a rule's facts: of one that goes on, counts take the rows of earlier versions by what those say."""
    if not model.goes_on:
        return facts
    before = list(_before(context, "rule", at))
    same = all(isinstance(one.model, RuleFile) and _alike(one.model, model) for one in before)
    if not before or not same or not any(fact.looks_back for fact in facts):
        _refuse(context, at)
        return facts
    return tuple(_counted(context, fact, before, at, row) if fact.looks_back else fact for fact in facts)


def _counted(context: Context, fact: Fact, before: list[Document], at: At, row: Columns) -> Fact:
    earlier = []
    for one in before:
        model = one.model.facts.get(fact.id) if isinstance(one.model, RuleFile) else None
        said = None if model is None else getattr(model, fact.function, None)
        noted = len(context.problems)
        if model is not None and said is not None and tuple(model.by) == fact.by:
            condition = context.condition(said, one.at / "facts" / fact.id / fact.function, row)
            if not any(problem.is_error for problem in context.problems[noted:]):
                del context.problems[noted:]  # told where it stands
                earlier.append((times_of(one)[0], condition))
                continue
        del context.problems[noted:]
        _refuse(context, at)
        return fact
    own = context.holds[0]
    return replace(fact, earlier=tuple(earlier), since=own)


def rolls_on(context: Context, model: DutyFile, at: At) -> bool:
    """Whether a duty's rolling windows go on from those of the version before."""
    if not model.goes_on:
        return False
    before = list(_before(context, "duty", at))
    if before and not model.tiers and _rolling(model):
        last = before[-1].model
        if isinstance(last, DutyFile) and _rolling(last) and _said(last) == _said(model):
            return True
    _refuse(context, at)
    return False


def _rolling(model: DutyFile) -> bool:
    return getattr(model.every, "rolling", None) is not None


def _said(model: DutyFile) -> dict[str, object]:
    return {key: value for key, value in model if key not in _WINDOWS}


def _alike(before: RuleFile, now: RuleFile) -> bool:
    """Whether two versions judge the same rows."""
    return (before.for_each, before.every) == (now.for_each, now.every)


def _before(context: Context, kind: str, at: At) -> Iterator[Document]:
    """Yield the versions before the one at `at`, the earliest first."""
    whole = context.names.of(kind).get(whole_of(at.root))
    for one in whole.versions if whole is not None else ():
        if one.id == at.root:
            return
        yield one


def _refuse(context: Context, at: At) -> None:
    context.note("E132", (at / "goes_on").key, what=at.root, reason="goes_on")
