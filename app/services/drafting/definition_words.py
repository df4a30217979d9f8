"""What a definition of any kind says, as sentences: beside its editor, and in the comparison of two revisions."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache

from app.domain.kinds.appraisal import Appraisal, Part
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Field, Form
from app.domain.kinds.role import Role
from app.domain.kinds.sheet import Item, Sheet
from app.domain.regulation import Regulation
from app.domain.workdays import Calendar
from app.i18n import SOURCE, Translator
from app.services.drafting.calendar_days import state_of
from app.services.reasons.phrases import Listed, Phrase, Said
from app.services.reasons.sentences import Sentences, share

_MOST_ASKED = 12
"""Questions of a form that are named; of more it is said how many there are."""
_MAY = {
    "record": "studio-may-record",
    "see_place": "studio-may-see-place",
    "see_sensitive": "studio-may-see-sensitive",
    "see_scores": "studio-may-see-scores",
    "correct": "studio-may-correct",
    "appraise": "studio-may-appraise",
    "publish": "studio-may-publish",
    "approve": "studio-may-approve",
    "administer": "studio-may-administer",
}
"""What a post may do, in words."""


@dataclass(frozen=True, slots=True)
class Reworded:
    """A definition that says something else: only the sentences that differ; none on a side: it isn't there."""

    name: str
    title: Said
    before: tuple[Said, ...]
    after: tuple[Said, ...]


class DefinitionWords:
    """The sentences of a regulation's definitions, with the figures in force on a day."""

    def __init__(self, regulation: Regulation, day: date) -> None:
        """Look at its definitions as of `day`."""
        self._regulation = regulation
        self._day = day
        self._sentences = Sentences(regulation, day)

    def title(self, name: str) -> Texts:
        """Return the title of a definition; an empty one of what isn't declared, or has none."""
        regulation = self._regulation
        found = regulation.successions.get(name)
        if found is not None:
            return found.heading.title
        for group in _groups(regulation):
            if name in group:
                heading = getattr(group[name], "heading", None)
                return {} if heading is None else heading.title
        return {}

    def of(self, name: str) -> tuple[Said, ...]:
        """Return what a definition says, one sentence a version or part; nothing for what has no words of its own."""
        return tuple(said for one in self._regulation.versions(name) for said in self._of(one))

    def whole(self, name: str) -> tuple[Said, ...]:
        """Return all that a definition says, as two of it are compared: of a form each question with its choices."""
        form = self._regulation.forms.get(name)
        return self.of(name) if form is None else tuple(self._asked(form))

    def reworded(self, old: "DefinitionWords") -> Iterator[Reworded]:
        """Yield the definitions that say something else than in `old`, by id, wherever it was changed.

        A definition that is as it was says nothing else, though its sentences name others that were renamed.
        """
        mine, theirs = (_by_name(one) for one in (self._regulation, old._regulation))  # noqa: SLF001 - its like
        for name in sorted({*mine, *theirs}):
            if mine.get(name) == theirs.get(name):
                continue
            was, now = old.whole(name), self.whole(name)
            before = tuple(one for one in was if one not in now)
            after = tuple(one for one in now if one not in was)
            if before or after:
                yield Reworded(name, self.title(name) or old.title(name), before, after)
        before, after = _turned(old._regulation.calendar, self._regulation.calendar)  # noqa: SLF001 - its like
        if before or after:
            yield Reworded(self._regulation.calendar.id, Phrase("key-calendar"), before, after)

    def _asked(self, form: Form) -> Iterator[Said]:
        for one in form.fields:
            yield _question(one)
        if form.filled_by:
            posts = Listed(tuple(self.title(one) or one for one in form.filled_by))
            yield Phrase("studio-words-filled-by", {"posts": posts})

    def _of(self, name: str) -> Iterator[Said]:
        regulation = self._regulation
        if name in regulation.duties:
            yield from self._sentences.duty(regulation.duties[name])
        elif name in regulation.indicators:
            yield self._sentences.indicator(regulation.indicators[name])
        elif name in regulation.rules:
            yield self._sentences.rule(regulation.rules[name])
        elif name in regulation.sheets:
            yield from self._sheet(regulation.sheets[name])
        elif name in regulation.appraisals:
            yield self._appraisal(regulation.appraisals[name])
        elif name in regulation.forms:
            yield _form(regulation.forms[name])
        elif name in regulation.roles:
            yield self._role(regulation.roles[name])

    def _sheet(self, sheet: Sheet) -> Iterator[Said]:
        subject = sheet.for_each.source.table if sheet.for_each.source is not None else ""
        for titles, item in _items((*sheet.items, *sheet.bonus), ()):
            own = [*self._sentences.item(item, subject)]
            own += [self._sentences.line(line, item) for line in item.lines]
            for said in own:
                yield Phrase(
                    "studio-words-item", {"item": Listed(titles, "studio-words-within"), "said": said}
                )

    def _appraisal(self, appraisal: Appraisal) -> Said:
        return Phrase("studio-words-appraisal", {"parts": self._weighed(appraisal.parts)})

    def _weighed(self, parts: Iterable[Part]) -> Said:
        """Return parts with their weights, and in each its own parts with theirs."""
        told: list[Said] = []
        for part in parts:
            title = _called(part.title, part.table or part.id, self)
            slots: dict[str, Said] = {"title": title, "weight": share(part.weight.on(self._day))}
            if part.parts:
                told.append(Phrase("studio-words-part-of", {**slots, "parts": self._weighed(part.parts)}))
            else:
                told.append(Phrase("studio-words-part", slots))
        return Listed(tuple(told))

    @staticmethod
    def _role(role: Role) -> Said:
        may = tuple(Phrase(_MAY[one]) for one in role.may if one in _MAY)
        return Phrase("studio-words-role", {"may": Listed(may)})


def _groups(regulation: Regulation) -> tuple[Mapping[str, object], ...]:
    return (
        regulation.forms,
        regulation.classes,
        regulation.duties,
        regulation.indicators,
        regulation.rules,
        regulation.sheets,
        regulation.appraisals,
        regulation.tables,
        regulation.procedures,
        regulation.layouts,
        regulation.roles,
    )


def _by_name(regulation: Regulation) -> dict[str, object]:
    """Return all definitions by the name of their file: those that followed one another under one name together."""
    found = {name: one for group in _groups(regulation) for name, one in group.items()}
    for name, succession in regulation.successions.items():
        found[name] = (succession, *(found.pop(one, None) for one in succession.versions))
    return found


def _turned(old: Calendar, new: Calendar) -> tuple[tuple[Said, ...], tuple[Said, ...]]:
    """Return what a calendar says of the days that it makes something else of, before and after, in their order."""
    days = sorted((old.holidays ^ new.holidays) | (old.workdays ^ new.workdays))
    differing = [day for day in days if state_of(old, day) is not state_of(new, day)]
    before, after = (
        tuple(
            Phrase(
                "calendar-day", {"day": day, "state": Phrase(f"calendar-state-{state_of(one, day).value}")}
            )
            for day in differing
        )
        for one in (old, new)
    )
    if old.official_until == new.official_until:
        return before, after
    return (*_official(old), *before), (*_official(new), *after)


def _official(calendar: Calendar) -> tuple[Said, ...]:
    until = calendar.official_until
    return () if until is None else (Phrase("calendar-official", {"year": str(until)}),)


def _question(field: Field) -> Said:
    """Return what a form asks with one question: how it is answered, what can be chosen, whether it may be left out."""
    told: list[Said] = [Phrase(f"field-type-{field.widget}") if _is_told(field.widget) else field.widget]
    if field.choices:
        told.append(Listed(tuple(choice.title or choice.id for choice in field.choices)))
    if field.required:
        told.append(Phrase("studio-words-required"))
    return Phrase(
        "studio-words-question",
        {"title": field.title or field.id, "what": Listed(tuple(told), "studio-words-within")},
    )


@cache
def _is_told(widget: str) -> bool:
    """Whether a type of questions has a name in words: a plugin's may have none."""
    return Translator(SOURCE).has(f"field-type-{widget}")


def _called(title: Texts, name: str, words: DefinitionWords) -> Said:
    return title or words.title(name) or name


def _items(items: Iterable[Item], above: tuple[Said, ...]) -> Iterator[tuple[tuple[Said, ...], Item]]:
    for item in items:
        titles: tuple[Said, ...] = (*above, item.title or item.id)
        yield titles, item
        yield from _items(item.items, titles)


def _form(form: Form) -> Said:
    asked = [field.title or field.id for field in form.fields]
    named: tuple[Said, ...] = tuple(asked[:_MOST_ASKED])
    message = "studio-words-form" if len(asked) <= _MOST_ASKED else "studio-words-form-more"
    return Phrase(message, {"n": len(asked), "asked": Listed(named)})
