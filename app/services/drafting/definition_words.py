"""What a definition of any kind says, as sentences: beside its editor, and in the comparison of two revisions."""

from collections.abc import Iterable, Iterator
from datetime import date

from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Form
from app.domain.kinds.role import Role
from app.domain.kinds.sheet import Item, Sheet
from app.domain.regulation import Regulation
from app.services.reasons.phrases import Listed, Phrase, Said
from app.services.reasons.sentences import Sentences

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


class DefinitionWords:
    """The sentences of a regulation's definitions, with the figures in force on a day."""

    def __init__(self, regulation: Regulation, day: date) -> None:
        """Look at its definitions as of `day`."""
        self._regulation = regulation
        self._sentences = Sentences(regulation, day)

    def title(self, name: str) -> Texts:
        """Return the title of a definition; an empty one of what isn't declared, or has none."""
        regulation = self._regulation
        found = regulation.successions.get(name)
        if found is not None:
            return found.heading.title
        for group in (
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
        ):
            if name in group:
                heading = getattr(group[name], "heading", None)
                return {} if heading is None else heading.title
        return {}

    def of(self, name: str) -> tuple[Said, ...]:
        """Return what a definition says, one sentence a version or part; nothing for what has no words of its own."""
        return tuple(said for one in self._regulation.versions(name) for said in self._of(one))

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
        parts = tuple(_called(part.title, part.table or part.id, self) for part in appraisal.parts)
        return Phrase("studio-words-appraisal", {"parts": Listed(parts)})

    @staticmethod
    def _role(role: Role) -> Said:
        may = tuple(Phrase(_MAY[one]) for one in role.may if one in _MAY)
        return Phrase("studio-words-role", {"may": Listed(may)})


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
