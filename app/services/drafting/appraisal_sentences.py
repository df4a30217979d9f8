"""What appraisals and their procedures say in sentences: parts with weights, grades, and who moves a matter on."""

from collections.abc import Iterator, Mapping, Sequence

from app.domain.edits import Path
from app.domain.kinds.appraisal import Grade, Part
from app.services.drafting.said_file import SaidFile, said_at
from app.services.drafting.slots import Sentence
from app.services.reasons.phrases import Listed, Said
from app.services.reasons.sentences import share, spacing


def appraisal_sentences(file: SaidFile) -> Iterator[Sentence]:
    """Yield whom an appraisal is about and how often, its parts with their weights, and its grades."""
    found = file.regulation.appraisals.get(file.name)
    if found is None:
        return
    whom, every = file.words.each(found.for_each), spacing(found.every)
    yield said_at("said-appraisal", whom=(whom, ("for_each",)), every=(every, ("every",)))
    yield from _parts(file, found.parts, ())
    for grade in found.grades:
        yield from _grade(file, grade)


def _parts(file: SaidFile, parts: Sequence[Part], above: Path) -> Iterator[Sentence]:
    for part in parts:
        path: Path = (*above, "parts", part.id)
        weight: tuple[Said, Path] = (share(part.weight.on(file.day)), (*path, "weight"))
        title = file.title(*path)
        source = part.rows or part.table
        if source is None or not isinstance(file.at(*path, "from"), str):
            yield said_at("said-part", path, title=(title, path), weight=weight)
        else:
            of: tuple[Said, Path] = (file.words.table(source), (*path, "from"))
            yield said_at("said-part-from", path, title=(title, path), weight=weight, of=of)
        yield from _parts(file, part.parts, path)


def _grade(file: SaidFile, grade: Grade) -> Iterator[Sentence]:
    path: Path = ("grades", grade.id)
    title = file.title(*path)
    if grade.at_least is None:
        yield said_at("said-grade-rest", path, title=(title, path))
    else:
        least = file.sentences.value(grade.at_least.on(file.day))
        yield said_at("said-grade", path, title=(title, path), least=(least, (*path, "at_least")))
    if grade.quota is not None:
        inner = file.at(*path, "quota")
        where: Path = (
            (*path, "quota", "top") if isinstance(inner, Mapping) and "top" in inner else (*path, "quota")
        )
        top = grade.quota.top.on(file.day)
        said = file.sentences.value(top) if grade.quota.number or _is_number(top) else share(top)
        yield said_at("said-quota", path, title=(title, path), top=(said, where))


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def procedure_sentences(file: SaidFile) -> Iterator[Sentence]:
    """Yield what a procedure is about, where it begins, and each move with who makes it and when it may be made."""
    found = file.regulation.procedures.get(file.name)
    if found is None:
        return
    states = {state: title or state for state, title in found.states.items()}
    matter = file.words.table(found.matter)
    begins = states[found.begins]
    yield said_at("said-procedure", matter=(matter, ("matter",)), begins=(begins, ("states",)))
    for move in found.moves:
        path: Path = ("steps", move.id)
        slots: dict[str, tuple[Said, Path]] = {
            "from": (Listed(tuple(states[one] for one in move.from_states), "sentence-or"), (*path, "from")),
            "to": (states[move.to], (*path, "to")),
            "form": (file.words.table(move.form), (*path, "form")),
        }
        if move.by:
            yield said_at("said-move-by", path, **slots, by=(file.roles(*path, "by"), (*path, "by")))
        else:
            yield said_at("said-move", path, **slots)
        where = file.words.condition(move.condition, move.form)
        if where is not None and file.at(*path, "where") is not None:
            yield said_at("said-move-where", path, where=(where, (*path, "where")))
