"""Questions as the sheets of an XLSForm, and back: what KoboToolbox, ODK and their tools call them.

Written are names, types, words, choices and whether an answer is needed; conditions, calculations and what else a form
says stay behind, and are told. Where XLSForm has one word for several types, a column of our own tells them apart,
which its tools carry along unread.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.domain.field_type import FieldTypes, XForm
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Field, Form

OWN: Final = "bind::gridbook:type"
"""The column that says our type."""
_OPTION: Final = "bind::gridbook:"
_YES_NO: Final[Mapping[str, Texts]] = {
    "true": {"zh": "是", "en": "Yes", "es": "Sí"},
    "false": {"zh": "否", "en": "No", "es": "No"},
}

Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheets:
    """The rows of `survey` and `choices`, and what they leave out: (question, key of the form's file)."""

    survey: tuple[Row, ...]
    choices: tuple[Row, ...]
    left_out: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as sheets say it; `type` None: they name one that there isn't."""

    id: str
    type: str | None
    title: Texts
    hint: Texts
    required: bool
    read_only: bool
    choices: Mapping[str, Texts]
    to: str | None
    options: Mapping[str, str]


def sheets_of(form: Form, types: FieldTypes) -> Sheets:
    """Return the sheets of a form; a question of a type without a word in XLSForm is left out whole (`type`)."""
    survey: list[Row] = []
    choices: list[Row] = []
    left: list[tuple[str, str]] = []
    for field in form.fields:
        own = types.get(field.widget)
        if own is None or own.xform is None:
            left.append((field.id, "type"))
            continue
        survey.append(_row(field, own.xform))
        if own.xform.lists == "own":
            listed = {choice.id: choice.title for choice in field.choices if not choice.retired} or _YES_NO
            choices += [
                {"list_name": field.id, "name": name, **_words("label", title)}
                for name, title in listed.items()
            ]
        left += [(field.id, key) for key in _left_out(field)]
    return Sheets(tuple(survey), tuple(choices), tuple(left))


def _row(field: Field, own: XForm) -> Row:
    follows = {"own": f" {field.id}", "file": f" {field.type.to}.csv", "": ""}[own.lists]
    row = {"type": own.type + follows, "name": field.id, OWN: field.widget}
    row |= {**_words("label", field.title), **_words("hint", field.hint)}
    if own.appearance:
        row["appearance"] = own.appearance
    if field.required:
        row["required"] = "yes"
    if field.read_only:
        row["readonly"] = "yes"
    if own.type == "range":
        row["parameters"] = f"start=1 end={field.options.get('most', 5)} step=1"
    return row | {_OPTION + name: str(value) for name, value in field.options.items()}


def _words(column: str, texts: Texts) -> dict[str, str]:
    return {f"{column}::{language}": words for language, words in texts.items()}


def _left_out(field: Field) -> Iterator[str]:
    """Yield the keys of a question that its row doesn't hold."""
    for key, is_said in (
        ("relevant", field.relevant is not None),
        ("constraints", bool(field.constraints)),
        ("calculation", field.calculation is not None),
        ("default", field.default is not None),
        ("unit", bool(field.unit)),
        ("sensitive", field.sensitive),
        ("retired", any(choice.retired for choice in field.choices)),
    ):
        if is_said:
            yield key


def questions_of(survey: Sequence[Row], choices: Sequence[Row], types: FieldTypes) -> list[Asked]:
    """Return the questions that sheets hold, also such as other tools have written: by type and appearance then."""
    lists: dict[str, dict[str, Texts]] = {}
    for row in choices:
        lists.setdefault(row["list_name"], {})[row["name"]] = _texts("label", row)
    return [_asked(row, lists, types) for row in survey]


def _asked(row: Row, lists: Mapping[str, Mapping[str, Texts]], types: FieldTypes) -> Asked:
    word, _, follows = row["type"].partition(" ")
    name = _type_of(word, row, types)
    kind = None if name is None else types[name].xform
    lists_own = kind is not None and kind.lists == "own" and name != "boolean"
    return Asked(
        row["name"],
        name,
        _texts("label", row),
        _texts("hint", row),
        row.get("required") == "yes",
        row.get("readonly") == "yes",
        lists.get(follows, {}) if lists_own else {},
        follows.removesuffix(".csv") if kind is not None and kind.lists == "file" else None,
        {key.removeprefix(_OPTION): row[key] for key in row if key.startswith(_OPTION) and key != OWN},
    )


def _type_of(word: str, row: Row, types: FieldTypes) -> str | None:
    own = row.get(OWN, "")
    if own in types and types[own].xform is not None:
        return own
    wanted = (word, row.get("appearance", ""))
    called = {name: (kind.xform.type, kind.xform.appearance) for name, kind in types.items() if kind.xform}
    exact = [name for name, found in called.items() if found == wanted]
    plain = [name for name, found in called.items() if found[0] == word and not found[1]]
    return next(iter([*exact, *plain]), None)


def _texts(column: str, row: Mapping[str, Any]) -> Texts:
    """Return the words of a column in each language; one without a language is Chinese here."""
    found = {
        key.partition("::")[2] or "zh": words
        for key, words in row.items()
        if key.partition("::")[0] == column
    }
    return {language: words for language, words in found.items() if words}
