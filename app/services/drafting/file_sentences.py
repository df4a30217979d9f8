"""What a file of any kind says in sentences with slots: those of the rules beside those of every other kind.

Sentences of other kinds are read from the file itself, so that each slot leads to where its words stand.
"""

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Final

from app.domain.core.expressions import Name
from app.domain.edits import Data, Path
from app.domain.kinds.table import Keep
from app.domain.plausibility import CHECKS
from app.domain.regulation import Regulation
from app.i18n import LANGUAGES
from app.services.drafting.appraisal_sentences import appraisal_sentences, procedure_sentences
from app.services.drafting.composing import value_at
from app.services.drafting.form_sentences import class_sentences, form_sentences, role_sentences
from app.services.drafting.place_sentences import (
    calendar_sentences,
    overlay_sentences,
    place_sentences,
    plugins_sentences,
)
from app.services.drafting.said_file import SaidFile, brief, said_at
from app.services.drafting.slots import Sentence, definition_sentences
from app.services.reasons.phrases import Listed, Said

_STEPS: Final = ("where", "set", "figures", "tally", "expand", "per", "sequence", "allot")
_MOST: Final = 40
"""Sentences of one file: of the rest its rows tell."""


def sentences_of(kind: str, name: str, data: Data, regulation: Regulation, day: date) -> list[Sentence]:
    """Return what a file says in sentences, with the figures in force on a day.

    None for one whose versions each say something of their own, or that the place doesn't use.
    """
    if value_at(data, ("versions",)) is not None:
        return []
    own = _KINDS.get(kind)
    if own is None:
        return list(definition_sentences(kind, name, data, regulation, day))
    return [one for one, _ in zip(own(SaidFile(name, data, regulation, day)), range(_MOST), strict=False)]


def _table(file: SaidFile) -> Iterator[Sentence]:
    rows = file.at("from")
    source = file.words.table(rows) if isinstance(rows, str) else brief(rows)
    yield said_at("said-table", rows=(source, ("from",)))
    steps = file.at("steps")
    for number, step in enumerate(steps if isinstance(steps, list) else ()):
        key = next((one for one in _STEPS if isinstance(step, Mapping) and one in step), None)
        if key is None:
            continue
        path: Path = ("steps", number, key)
        inner = file.at(*path)
        told = inner
        if isinstance(inner, Mapping) and key in ("tally", "sequence", "allot"):
            told, path = inner.get("set", inner), (*path, "set") if "set" in inner else path
        yield said_at(
            f"said-step-{key}",
            ("steps", number),
            n=(str(number + 1), ("steps", number)),
            what=(_step(file, number) or _columns(file, told), path),
        )


def _step(file: SaidFile, number: int) -> Said | None:
    """Return the condition of a step that leaves rows out, in words; None for any other step."""
    found = file.regulation.tables.get(file.name)
    step = found.steps[number] if found is not None and number < len(found.steps) else None
    return file.words.condition(step.condition, file.name) if isinstance(step, Keep) else None


def _columns(file: SaidFile, told: Data | None) -> Said:
    """Return the columns that a step adds: what one counts, where that can be said, else its name."""
    if isinstance(told, Mapping) and not set(told) <= set(LANGUAGES):
        return Listed(tuple(file.words.expression(Name((one,)), file.name) for one in told))
    return brief(told)


# ---- what is looked at and printed
def _flag(file: SaidFile) -> Iterator[Sentence]:
    rows = file.at("of")
    each = rows if isinstance(rows, list) else [rows]
    forms = [one.get("form") if isinstance(one, Mapping) else one for one in each]
    of = tuple(file.words.table(one) for one in forms if isinstance(one, str))
    check = file.at("check")
    found = CHECKS[check] if isinstance(check, str) and check in set(CHECKS) else None
    options = {one.id: one.title for one in found.options} if found else {}
    yield said_at(
        "said-flag",
        of=(Listed(of) if of else brief(file.at("of")), ("of",)),
        check=((found.title if found else "") or brief(check), ("check",)),
    )
    for option in file.keys("with"):
        given = file.at("with", option)
        value = given.get("value") if isinstance(given, Mapping) else given
        yield said_at(
            "said-option",
            option=(options.get(option) or option, ("with",)),
            value=(brief(value), ("with", option)),
        )


def _layout(file: SaidFile) -> Iterator[Sentence]:
    columns = file.at("columns")
    listed = columns if isinstance(columns, list) else []
    names: list[Said] = [
        one
        if isinstance(one, str)
        else file.title("columns", number)
        if "title" in one
        else brief(one.get("column"))
        for number, one in enumerate(listed)
        if isinstance(one, str | Mapping)
    ]
    form = file.words.table(str(file.at("form")))
    yield said_at("said-layout", form=(form, ("form",)), columns=(Listed(tuple(names)), ("columns",)))


# ---- texts and tests
def _inventory(file: SaidFile) -> Iterator[Sentence]:
    yield said_at("said-inventory", title=(file.title(), ("title",)), n=(len(file.keys("items")), ("items",)))


def _documents(file: SaidFile) -> Iterator[Sentence]:
    for name in file.keys("documents"):
        place = ("documents", name)
        title = (file.title(*place), (*place, "title"))
        yield said_at("said-documents", place, doc=(name, place), title=title)


def _cases(file: SaidFile) -> Iterator[Sentence]:
    cases = file.at("cases")
    for number, case in enumerate(cases if isinstance(cases, list) else ()):
        if isinstance(case, Mapping):
            yield _case(case, ("cases", number))


def _one_case(file: SaidFile) -> Iterator[Sentence]:
    if isinstance(file.data, Mapping):
        yield _case(file.data, ())


def _case(case: Mapping[str, Data], path: Path) -> Sentence:
    counted = {key: len(one) if isinstance(one := case.get(key), list) else 0 for key in ("given", "expect")}
    return said_at(
        "said-case",
        path,
        case=(brief(case.get("case")), (*path, "case")),
        day=(brief(case.get("as_of")), (*path, "as_of")),
        given=(counted["given"], (*path, "given")),
        expect=(counted["expect"], (*path, "expect")),
    )


_KINDS: Final[Mapping[str, Callable[[SaidFile], Iterator[Sentence]]]] = {
    "form": form_sentences,
    "class": class_sentences,
    "role": role_sentences,
    "appraisal": appraisal_sentences,
    "procedure": procedure_sentences,
    "table": _table,
    "flag": _flag,
    "layout": _layout,
    "calendar": calendar_sentences,
    "place": place_sentences,
    "overlay": overlay_sentences,
    "plugins": plugins_sentences,
    "inventory": _inventory,
    "documents": _documents,
    "cases": _cases,
    "case": _one_case,
}
