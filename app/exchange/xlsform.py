"""Questions as the sheets of an XLSForm, and back: what KoboToolbox, ODK and their tools call them.

Written are names, types, words, choices and whether an answer is needed; conditions, calculations and what else a form
says stay behind, and are told. Where XLSForm has one word for several types, a column of our own tells them apart,
which its tools carry along unread.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from app.domain.core.expressions import Binary, Literal, Name, Operator
from app.domain.field_type import FieldTypes, XForm
from app.domain.kinds.common import Texts
from app.domain.kinds.form import Choice, Field, Form, Group, Total

OWN: Final = "bind::gridbook:type"
"""The column that says our type."""
_OPTION: Final = "bind::gridbook:"
_ROWS: Final = "bind::gridbook-rows"
"""The column with the least and the most rows of a repeat."""
_TOTAL: Final = "bind::gridbook-total"
"""The column that tells a total of rows from what else is worked out: function, repeat, column."""
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
    group: str = ""
    columns: tuple["Asked", ...] = ()
    least: int = 0
    most: int | None = None


def sheets_of(whole: Form, types: FieldTypes, day: date) -> Sheets:
    """Return the sheets of a form as it is asked on a day; a question of a type without a word is left out (`type`).

    Not all that its versions ever asked: who fills in the sheets would be asked what nobody is any more.
    """
    form = whole.on(day)
    written = _Written(types, [], [], [])
    open_ones: list[Group] = []
    for field in form.fields:
        chain = _chain(form, field.group)
        while open_ones and open_ones != chain[: len(open_ones)]:
            written.survey.append({"type": "end_group", "name": open_ones.pop().id})
        for group in chain[len(open_ones) :]:
            head = {"type": "begin_group", "name": group.id}
            written.survey.append(head | _words("label", group.title) | _words("hint", group.hint))
            open_ones.append(group)
        written.write(field, field.id)
    written.survey.extend({"type": "end_group", "name": group.id} for group in reversed(open_ones))
    return Sheets(tuple(written.survey), tuple(written.choices), tuple(written.left))


def _chain(form: Form, group: str) -> list[Group]:
    """Return the sections that a question stands in, the outermost first."""
    groups = {one.id: one for one in form.groups}
    return [*_chain(form, groups[group].within), groups[group]] if group in groups else []


@dataclass(frozen=True, slots=True)
class _Written:
    """The sheets as far as they are written."""

    types: FieldTypes
    survey: list[Row]
    choices: list[Row]
    left: list[tuple[str, str]]

    def write(self, field: Field, name: str) -> None:
        """Write a question; `name` is its path, by which what it leaves out is told."""
        own = self.types.get(field.widget)
        if own is None or own.xform is None:
            self.left.append((name, "type"))
            return
        self.left.extend((name, key) for key in _left_out(field))
        if field.total is not None:
            self.survey.append(_total_row(field, field.total))
            return
        self.survey.append(_row(field, own.xform))
        if field.columns:
            for one in field.columns:
                self.write(one, f"{name}/{one.id}")
            self.survey.append({"type": "end_repeat", "name": field.id})
        if own.xform.lists == "own":
            listed = {choice.id: choice for choice in field.choices if not choice.retired}
            for choice, title in {key: one.title for key, one in listed.items()}.items() or _YES_NO.items():
                row = {"list_name": field.id, "name": choice, **_words("label", title)}
                asked, answer = _cascade(listed[choice]) if choice in listed else ("", "")
                self.choices.append({**row, asked: answer} if asked else row)


def _total_row(field: Field, total: Total) -> Row:
    """Return the row of a total: XLSForm works such out by a calculation; ours is carried along."""
    of = f"${{{total.column or total.of}}}"
    said = f"{total.function} {total.of} {total.column or ''}".strip()
    row = {"type": "calculate", "name": field.id, OWN: field.widget, _TOTAL: said}
    function = {"count": "count", "sum": "sum", "min": "min", "max": "max"}.get(total.function)
    if function and total.where is None:
        row["calculation"] = f"{function}({of})"
    return row | {**_words("label", field.title), **_words("hint", field.hint)}


def _cascade(choice: Choice) -> tuple[str, str]:
    """Return the question and the answer that a choice hangs on, where it is one answer; empty otherwise."""
    match choice.where:
        case Binary(Operator.EQUAL, Name((asked,)), Literal(str(answer))):
            return asked, answer
        case _:
            return "", ""


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
    if field.columns:
        row[_ROWS] = f"{field.least} {'' if field.most is None else field.most}".strip()
        if field.most is not None and field.most == field.least:
            row["repeat_count"] = str(field.most)
    asked = {_cascade(choice)[0] for choice in field.choices if choice.where is not None}
    if len(asked) == 1 and asked != {""} and all(choice.where is not None for choice in field.choices):
        (other,) = asked
        row["choice_filter"] = f"{other} = ${{{other}}}"
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
        ("where", field.where is not None or _is_left_cascade(field)),
        ("retired", any(choice.retired for choice in field.choices)),
    ):
        if is_said:
            yield key


def _is_left_cascade(field: Field) -> bool:
    """Whether choices hang on more than one answer of one question."""
    asked = {_cascade(choice)[0] for choice in field.choices if choice.where is not None}
    return bool(asked) and (len(asked) > 1 or asked == {""} or any(c.where is None for c in field.choices))


def questions_of(survey: Sequence[Row], choices: Sequence[Row], types: FieldTypes) -> list[Asked]:
    """Return the questions that sheets hold, also such as other tools have written: by type and appearance then."""
    lists: dict[str, dict[str, Texts]] = {}
    for row in choices:
        lists.setdefault(row["list_name"], {})[row["name"]] = texts_in("label", row)
    rows = iter(survey)
    return _inside(rows, lists, types, "", "")


def _inside(
    rows: Iterator[Row], lists: Mapping[str, Mapping[str, Texts]], types: FieldTypes, group: str, end: str
) -> list[Asked]:
    """Return the questions until a row of type `end`; those of sections among them, each with its section."""
    found: list[Asked] = []
    for row in rows:
        word = row["type"].replace(" ", "_") if row["type"].startswith(("begin ", "end ")) else row["type"]
        if word == end:
            break
        if word == "begin_group":
            found += _inside(rows, lists, types, row["name"], "end_group")
        elif word == "begin_repeat":
            least, _, most = row.get(_ROWS, row.get("repeat_count", "0")).partition(" ")
            columns = _inside(rows, lists, types, "", "end_repeat")
            found.append(
                replace(
                    _asked({**row, "type": word}, lists, types),
                    group=group,
                    columns=tuple(columns),
                    least=int(least),
                    most=int(most) if most else None,
                )
            )
        elif _TOTAL not in row:  # a total is worked out anew
            found.append(replace(_asked(row, lists, types), group=group))
    return found


def _asked(row: Row, lists: Mapping[str, Mapping[str, Texts]], types: FieldTypes) -> Asked:
    word, _, follows = row["type"].partition(" ")
    name = _type_of(word, row, types)
    kind = None if name is None else types[name].xform
    lists_own = kind is not None and kind.lists == "own" and name != "boolean"
    return Asked(
        row["name"],
        name,
        texts_in("label", row),
        texts_in("hint", row),
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


def texts_in(column: str, row: Mapping[str, Any]) -> Texts:
    """Return the words of a column in each language; one without a language is Chinese here."""
    found = {
        key.partition("::")[2] or "zh": words
        for key, words in row.items()
        if key.partition("::")[0] == column
    }
    return {language: words for language, words in found.items() if words}
