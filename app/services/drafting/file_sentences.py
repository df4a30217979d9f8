"""What a file of any kind says in sentences with slots: those of the rules beside those of every other kind.

Sentences of other kinds are read from the file itself, so that each slot leads to where its words stand.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date
from typing import Final

from app.domain.core.expressions import Name
from app.domain.edits import Data, Path
from app.domain.kinds.appraisal import Grade, Part
from app.domain.kinds.table import Keep
from app.domain.plausibility import CHECKS
from app.domain.plugin import PLUGINS
from app.domain.regulation import Regulation
from app.i18n import LANGUAGES, is_message
from app.services.drafting.composing import value_at
from app.services.drafting.definition_words import DefinitionWords
from app.services.drafting.slots import Sentence, definition_sentences
from app.services.reasons.paths import led
from app.services.reasons.phrases import Country, Listed, Phrase, Said
from app.services.reasons.sentences import Sentences, share, spacing

_WEEK: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")
_LEVELS: Final = frozenset({"district", "street", "community", "grid", "building"})
_STEPS: Final = ("where", "set", "figures", "tally", "expand", "per", "sequence", "allot")
_CHANGES: Final = ("to", "off", "add", "open")
_HEADCOUNTS: Final = ("exactly", "at_least", "at_most")
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
    return [one for one, _ in zip(own(_File(name, data, regulation, day)), range(_MOST), strict=False)]


class _File:
    """A file, and the regulation that holds it."""

    def __init__(self, name: str, data: Data, regulation: Regulation, day: date) -> None:
        self.name = name
        self.data = data
        self.regulation = regulation
        self.day = day
        self.sentences = Sentences(regulation, day)
        self.words = self.sentences.words

    def at(self, *path: str | int) -> Data | None:
        return value_at(self.data, path)

    def keys(self, *path: str | int) -> list[str]:
        found = self.at(*path)
        return list(found) if isinstance(found, Mapping) else []

    def some(self, *path: str | int) -> list[str]:
        """Return the texts of a list, or the one text that stands for a list of one."""
        found = self.at(*path)
        if isinstance(found, str):
            return [found]
        return [one for one in found or () if isinstance(one, str)] if isinstance(found, list) else []

    def title(self, *path: str | int) -> Said:
        """Return a title by language as the file says it, else the last key of the path."""
        found = self.at(*path, "title")
        if isinstance(found, str):
            return found
        words = (
            {key: one for key, one in found.items() if isinstance(one, str)}
            if isinstance(found, Mapping)
            else {}
        )
        return words or str(path[-1] if path else self.name)

    def roles(self, *path: str | int) -> Said:
        return Listed(tuple(self.words.role(one) for one in self.some(*path)))


def _said(message: str, path: Path = (), **slots: tuple[Said, Path]) -> Sentence:
    """Return a sentence whose slots are each said at a path of the file."""
    return Sentence(
        Phrase(message, {name: said for name, (said, _) in slots.items()}),
        {(message, name): place for name, (_, place) in slots.items()},
        path,
    )


def _brief(data: Data | None) -> Said:
    """Return what stands somewhere in a few words: a text as it is, else the names in it."""
    if data is None or isinstance(data, str):
        return data or "…"
    if isinstance(data, Mapping):
        words = {key: one for key, one in data.items() if key in LANGUAGES and isinstance(one, str)}
        if words and len(words) == len(data):
            return words
        if "title" in data:
            return _brief(data["title"])
        inner = next(iter(data.values()), None) if len(data) == 1 else None
        return _brief(inner) if isinstance(inner, list) else Listed(tuple(data))
    names = [one if isinstance(one, str) else "…" for one in data]
    return Listed(tuple(names))


# ---- what is filled in and who does
def _form(file: _File) -> Iterator[Sentence]:
    for said in DefinitionWords(file.regulation, file.day).of(file.name)[:1]:
        message = said.message if isinstance(said, Phrase) else ""
        yield Sentence(said, {(message, "asked"): ("fields",)}, ("fields",))
    describes, about = file.at("describes"), file.at("about")
    for key, one in (("describes", describes), ("about", about)):
        if isinstance(one, str):
            yield _said(f"said-form-{key}", what=(_subject(file, one), (key,)))
    if file.some("filled_by"):
        yield _said("said-form-by", roles=(file.roles("filled_by"), ("filled_by",)))


def _subject(file: _File, subject: str) -> Said:
    """Return what a sort of subject is called: as the form that describes it, or as its level."""
    for form in file.regulation.forms.values():
        if form.describes == subject and form.heading.title:
            return form.heading.title
    return _level(subject) if subject in _LEVELS else file.words.table(subject)


def _class(file: _File) -> Iterator[Sentence]:
    of = file.at("of")
    groups = tuple(_group_title(file, one) for one in file.keys("first_of"))
    yield _said("said-class", of=(file.words.table(str(of)), ("of",)), groups=(Listed(groups), ("first_of",)))
    found = file.regulation.classes.get(file.name)
    for case in () if found is None else found.first_of:
        where = file.words.condition(case.condition, str(of))
        path: Path = ("first_of", case.id)
        if where is not None and file.at(*path) is not None:
            group = _group_title(file, case.id)
            yield _said("said-class-group", path, group=(group, ("titles",)), where=(where, path))


def _group_title(file: _File, group: str) -> Said:
    found = file.at("titles", group)
    words = (
        {key: one for key, one in found.items() if isinstance(one, str)} if isinstance(found, Mapping) else {}
    )
    return words or (found if isinstance(found, str) else group)


def _role(file: _File) -> Iterator[Sentence]:
    level = str(file.at("level"))
    yield _said("said-role", level=(_level(level), ("level",)))
    for said in DefinitionWords(file.regulation, file.day).of(file.name)[:1]:
        yield Sentence(said, {("studio-words-role", "may"): ("may",)}, ("may",))
    for word in _HEADCOUNTS:
        number = file.at("headcount", word)
        if number is not None:
            yield _said(f"said-headcount-{word.replace('_', '-')}", n=(_brief(number), ("headcount", word)))
    if isinstance(file.at("headcount"), str):
        yield _said("said-headcount-exactly", n=(_brief(file.at("headcount")), ("headcount",)))


def _level(level: str) -> Said:
    return Phrase(f"level-{level}") if level in _LEVELS else level


# ---- appraisals, procedures, tables
def _appraisal(file: _File) -> Iterator[Sentence]:
    found = file.regulation.appraisals.get(file.name)
    if found is None:
        return
    whom, every = file.words.each(found.for_each), spacing(found.every)
    yield _said("said-appraisal", whom=(whom, ("for_each",)), every=(every, ("every",)))
    yield from _parts(file, found.parts, ())
    for grade in found.grades:
        yield from _grade(file, grade)


def _parts(file: _File, parts: Sequence[Part], above: Path) -> Iterator[Sentence]:
    for part in parts:
        path: Path = (*above, "parts", part.id)
        weight: tuple[Said, Path] = (share(part.weight.on(file.day)), (*path, "weight"))
        title = file.title(*path)
        source = part.rows or part.table
        if source is None or not isinstance(file.at(*path, "from"), str):
            yield _said("said-part", path, title=(title, path), weight=weight)
        else:
            of: tuple[Said, Path] = (file.words.table(source), (*path, "from"))
            yield _said("said-part-from", path, title=(title, path), weight=weight, of=of)
        yield from _parts(file, part.parts, path)


def _grade(file: _File, grade: Grade) -> Iterator[Sentence]:
    path: Path = ("grades", grade.id)
    title = file.title(*path)
    if grade.at_least is None:
        yield _said("said-grade-rest", path, title=(title, path))
    else:
        least = file.sentences.value(grade.at_least.on(file.day))
        yield _said("said-grade", path, title=(title, path), least=(least, (*path, "at_least")))
    if grade.quota is not None:
        inner = file.at(*path, "quota")
        where: Path = (
            (*path, "quota", "top") if isinstance(inner, Mapping) and "top" in inner else (*path, "quota")
        )
        top = grade.quota.top.on(file.day)
        said = file.sentences.value(top) if grade.quota.number or _is_number(top) else share(top)
        yield _said("said-quota", path, title=(title, path), top=(said, where))


def _is_number(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _procedure(file: _File) -> Iterator[Sentence]:
    found = file.regulation.procedures.get(file.name)
    if found is None:
        return
    states = {state: title or state for state, title in found.states.items()}
    matter = file.words.table(found.matter)
    begins = states[found.begins]
    yield _said("said-procedure", matter=(matter, ("matter",)), begins=(begins, ("states",)))
    for move in found.moves:
        path: Path = ("steps", move.id)
        slots: dict[str, tuple[Said, Path]] = {
            "from": (Listed(tuple(states[one] for one in move.from_states), "sentence-or"), (*path, "from")),
            "to": (states[move.to], (*path, "to")),
            "form": (file.words.table(move.form), (*path, "form")),
        }
        if move.by:
            yield _said("said-move-by", path, **slots, by=(file.roles(*path, "by"), (*path, "by")))
        else:
            yield _said("said-move", path, **slots)
        where = file.words.condition(move.condition, move.form)
        if where is not None and file.at(*path, "where") is not None:
            yield _said("said-move-where", path, where=(where, (*path, "where")))


def _table(file: _File) -> Iterator[Sentence]:
    rows = file.at("from")
    source = file.words.table(rows) if isinstance(rows, str) else _brief(rows)
    yield _said("said-table", rows=(source, ("from",)))
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
        yield _said(
            f"said-step-{key}",
            ("steps", number),
            n=(str(number + 1), ("steps", number)),
            what=(_step(file, number) or _columns(file, told), path),
        )


def _step(file: _File, number: int) -> Said | None:
    """Return the condition of a step that leaves rows out, in words; None for any other step."""
    found = file.regulation.tables.get(file.name)
    step = found.steps[number] if found is not None and number < len(found.steps) else None
    return file.words.condition(step.condition, file.name) if isinstance(step, Keep) else None


def _columns(file: _File, told: Data | None) -> Said:
    """Return the columns that a step adds: what one counts, where that can be said, else its name."""
    if isinstance(told, Mapping) and not set(told) <= set(LANGUAGES):
        return Listed(tuple(file.words.expression(Name((one,)), file.name) for one in told))
    return _brief(told)


# ---- what is looked at and printed
def _flag(file: _File) -> Iterator[Sentence]:
    rows = file.at("of")
    each = rows if isinstance(rows, list) else [rows]
    forms = [one.get("form") if isinstance(one, Mapping) else one for one in each]
    of = tuple(file.words.table(one) for one in forms if isinstance(one, str))
    check = file.at("check")
    found = CHECKS[check] if isinstance(check, str) and check in set(CHECKS) else None
    options = {one.id: one.title for one in found.options} if found else {}
    yield _said(
        "said-flag",
        of=(Listed(of) if of else _brief(file.at("of")), ("of",)),
        check=((found.title if found else "") or _brief(check), ("check",)),
    )
    for option in file.keys("with"):
        given = file.at("with", option)
        value = given.get("value") if isinstance(given, Mapping) else given
        yield _said(
            "said-option",
            option=(options.get(option) or option, ("with",)),
            value=(_brief(value), ("with", option)),
        )


def _layout(file: _File) -> Iterator[Sentence]:
    columns = file.at("columns")
    listed = columns if isinstance(columns, list) else []
    names: list[Said] = [
        one
        if isinstance(one, str)
        else file.title("columns", number)
        if "title" in one
        else _brief(one.get("column"))
        for number, one in enumerate(listed)
        if isinstance(one, str | Mapping)
    ]
    form = file.words.table(str(file.at("form")))
    yield _said("said-layout", form=(form, ("form",)), columns=(Listed(tuple(names)), ("columns",)))


# ---- where and when
def _calendar(file: _File) -> Iterator[Sentence]:
    days = file.some("working_days") or list(_WEEK)
    worked = Listed(tuple(Phrase(f"option-{one}") for one in days))
    zone = _brief(file.at("zone"))
    yield _said("said-calendar", days=(worked, ("working_days",)), zone=(zone, ("zone",)))
    country = file.at("holidays", "plugin")
    if country is not None:
        yield _said("said-holidays-from", country=(Country(str(country)), ("holidays", "plugin")))


def _place(file: _File) -> Iterator[Sentence]:
    level = str(file.at("level"))
    inside = len(file.keys("places"))
    yield _said("said-place", title=(file.title(), ("title",)), level=(_level(level), ("level",)))
    if inside:
        yield _said("said-places", n=(inside, ("places",)))
    if file.at("calendar") is not None:
        yield _said("said-place-calendar", calendar=(_brief(file.at("calendar")), ("calendar",)))


def _overlay(file: _File) -> Iterator[Sentence]:
    changes = file.at("changes")
    for number, change in enumerate(changes if isinstance(changes, list) else ()):
        path: Path = ("changes", number)
        key = next((one for one in _CHANGES if isinstance(change, Mapping) and one in change), None)
        if key is not None:
            said = file.at(*path, "path")
            into = led(said, file.regulation) if isinstance(said, str) else "…"
            what = (into, (*path, "path"))
            value = _posts(file, (*path, key)) or _brief(file.at(*path, key))
            yield _said(f"said-change-{key}", path, what=what, value=(value, (*path, key)))


def _posts(file: _File, path: Path) -> Said | None:
    """Return the posts that are named at a path by their titles; None where something else is."""
    names = file.some(*path)
    return file.roles(*path) if names and all(one in file.regulation.roles for one in names) else None


def _plugins(file: _File) -> Iterator[Sentence]:
    for plugin in file.keys("plugins"):
        path: Path = ("plugins", plugin)
        is_on = file.at(*path, "on") not in ("false", "no", "off")
        message = f"plugin-{plugin}"
        called: Said = Phrase(message) if is_message(message) else plugin
        yield _said("said-plugin-on" if is_on else "said-plugin-off", path, plugin=(called, path))
        titles: dict[str, Said] = {}
        if plugin in PLUGINS:
            titles = {one.id: dict(one.title) for one in PLUGINS[plugin].settings.values() if one.title}
        for option in file.keys(*path, "with"):
            place: Path = (*path, "with", option)
            called_so = titles.get(option) or option
            yield _said(
                "said-option", place, option=(called_so, path), value=(_brief(file.at(*place)), place)
            )


# ---- texts and tests
def _inventory(file: _File) -> Iterator[Sentence]:
    yield _said("said-inventory", title=(file.title(), ("title",)), n=(len(file.keys("items")), ("items",)))


def _documents(file: _File) -> Iterator[Sentence]:
    for name in file.keys("documents"):
        place = ("documents", name)
        title = (file.title(*place), (*place, "title"))
        yield _said("said-documents", place, doc=(name, place), title=title)


def _cases(file: _File) -> Iterator[Sentence]:
    cases = file.at("cases")
    for number, case in enumerate(cases if isinstance(cases, list) else ()):
        if isinstance(case, Mapping):
            yield _case(case, ("cases", number))


def _one_case(file: _File) -> Iterator[Sentence]:
    if isinstance(file.data, Mapping):
        yield _case(file.data, ())


def _case(case: Mapping[str, Data], path: Path) -> Sentence:
    counted = {key: len(one) if isinstance(one := case.get(key), list) else 0 for key in ("given", "expect")}
    return _said(
        "said-case",
        path,
        case=(_brief(case.get("case")), (*path, "case")),
        day=(_brief(case.get("as_of")), (*path, "as_of")),
        given=(counted["given"], (*path, "given")),
        expect=(counted["expect"], (*path, "expect")),
    )


_KINDS: Final[Mapping[str, Callable[[_File], Iterator[Sentence]]]] = {
    "form": _form,
    "class": _class,
    "role": _role,
    "appraisal": _appraisal,
    "procedure": _procedure,
    "table": _table,
    "flag": _flag,
    "layout": _layout,
    "calendar": _calendar,
    "place": _place,
    "overlay": _overlay,
    "plugins": _plugins,
    "inventory": _inventory,
    "documents": _documents,
    "cases": _cases,
    "case": _one_case,
}
