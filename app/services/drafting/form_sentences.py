"""What forms, classes and roles say in sentences: what is asked, into which groups it falls, and who fills it in."""

from collections.abc import Iterator, Mapping
from typing import Final

from app.services.drafting.definition_words import DefinitionWords
from app.services.drafting.said_file import LEVELS, SaidFile, brief, level_title, said_at
from app.services.drafting.slots import Sentence
from app.services.reasons.phrases import Listed, Phrase, Said

_HEADCOUNTS: Final = ("exactly", "at_least", "at_most")


def form_sentences(file: SaidFile) -> Iterator[Sentence]:
    """Yield what a form asks, what it is about, and who fills it in."""
    for said in DefinitionWords(file.regulation, file.day).of(file.name)[:1]:
        message = said.message if isinstance(said, Phrase) else ""
        yield Sentence(said, {(message, "asked"): ("fields",)}, ("fields",))
    describes, about = file.at("describes"), file.at("about")
    for key, one in (("describes", describes), ("about", about)):
        if isinstance(one, str):
            yield said_at(f"said-form-{key}", what=(_subject(file, one), (key,)))
    if file.some("filled_by"):
        yield said_at("said-form-by", roles=(file.roles("filled_by"), ("filled_by",)))


def _subject(file: SaidFile, subject: str) -> Said:
    """Return what a sort of subject is called: as the form that describes it, or as its level."""
    for form in file.regulation.forms.values():
        if form.describes == subject and form.heading.title:
            return form.heading.title
    return level_title(subject) if subject in LEVELS else file.words.table(subject)


def class_sentences(file: SaidFile) -> Iterator[Sentence]:
    """Yield what a class divides, and each of its groups with what belongs there."""
    of = file.at("of")
    groups = tuple(_group_title(file, one) for one in file.keys("first_of"))
    yield said_at(
        "said-class", of=(file.words.table(str(of)), ("of",)), groups=(Listed(groups), ("first_of",))
    )
    found = file.regulation.classes.get(file.name)
    for case in () if found is None else found.first_of:
        where = file.words.condition(case.condition, str(of))
        path = ("first_of", case.id)
        if where is not None and file.at(*path) is not None:
            group = _group_title(file, case.id)
            yield said_at("said-class-group", path, group=(group, ("titles",)), where=(where, path))


def _group_title(file: SaidFile, group: str) -> Said:
    found = file.at("titles", group)
    words = (
        {key: one for key, one in found.items() if isinstance(one, str)} if isinstance(found, Mapping) else {}
    )
    return words or (found if isinstance(found, str) else group)


def role_sentences(file: SaidFile) -> Iterator[Sentence]:
    """Yield at which level a role works, what it may do, and how many hold it."""
    level = str(file.at("level"))
    yield said_at("said-role", level=(level_title(level), ("level",)))
    for said in DefinitionWords(file.regulation, file.day).of(file.name)[:1]:
        yield Sentence(said, {("studio-words-role", "may"): ("may",)}, ("may",))
    for word in _HEADCOUNTS:
        number = file.at("headcount", word)
        if number is not None:
            yield said_at(f"said-headcount-{word.replace('_', '-')}", n=(brief(number), ("headcount", word)))
    if isinstance(file.at("headcount"), str):
        yield said_at("said-headcount-exactly", n=(brief(file.at("headcount")), ("headcount",)))
