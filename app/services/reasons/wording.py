"""Conditions in words: columns and values by the titles that the forms and rules declare."""

from collections.abc import Mapping
from dataclasses import replace

from app.domain.core.expressions import All, Binary, Call, Expression, Literal, Name, Not, Operator, Some
from app.domain.core.json_values import outcome_json
from app.domain.core.values import Length, Value
from app.domain.kinds.common import Each, Source, Texts
from app.domain.kinds.duty import Duty, State
from app.domain.kinds.form import Field, Form
from app.domain.kinds.lifting import PLACE
from app.domain.kinds.rule import Fact, Rule
from app.domain.kinds.spine import spine_of
from app.domain.kinds.table import Gather
from app.domain.kinds.tree import both
from app.domain.regulation import Regulation
from app.domain.workdays import WEEKDAYS
from app.services.reasons.call_words import call_words, comparison_words
from app.services.reasons.column_words import column_message
from app.services.reasons.phrases import Listed, Phrase, Said

_COMPARING = {
    Operator.EQUAL: "sentence-is",
    Operator.UNEQUAL: "sentence-is-not",
    Operator.LESS: "sentence-under",
    Operator.AT_MOST: "sentence-at-most",
    Operator.MORE: "sentence-over",
    Operator.AT_LEAST: "sentence-at-least",
}
_SIGNS = {
    Operator.ADD: " + ",
    Operator.SUBTRACT: " − ",
    Operator.MULTIPLY: " × ",
    Operator.DIVIDE: " ÷ ",
    Operator.REMAINDER: " % ",
}
_LEVELS = frozenset({"district", "street", "community", "grid", "building"})
"""Levels that the catalogues have a word for."""


class Wording:
    """The words of one regulation."""

    def __init__(self, regulation: Regulation, facts: Mapping[str, Fact] | None = None) -> None:
        """Look at its definitions; `facts` are the columns that the rule at work adds, by their names."""
        self._regulation = regulation
        self._facts = facts or {}

    def of_rule(self, rule: Rule) -> "Wording":
        """Return the words of one rule, which has columns of its own."""
        return Wording(self._regulation, {fact.id: fact for fact in rule.facts})

    # ---- tables ----------------------------------------------------------------------------------------------------
    def table(self, table: str) -> Said:
        """Return the title of the definition whose rows a table holds."""
        regulation = self._regulation
        kinds = (
            regulation.forms,
            regulation.duties,
            regulation.indicators,
            regulation.rules,
            regulation.sheets,
            regulation.appraisals,
            regulation.tables,
            regulation.procedures,
        )
        for kind in kinds:
            found = kind.get(regulation.latest(table))
            if found is not None:
                return found.heading.title or table
        subject, dot, rest = table.partition(".")
        form = self._described(subject) if dot and rest == "quality" else None
        return (
            table if form is None else Phrase("sentence-quality-of", {"title": form.heading.title or subject})
        )

    def role(self, role: str) -> Said:
        """Return the title of a role."""
        found = self._regulation.roles.get(role)
        return role if found is None else found.heading.title or role

    def each(self, each: Each) -> Said:
        """Return whom or what a definition has a row for."""
        if each.subject is not None:
            form = self._described(each.subject)
            return Phrase("sentence-each-subject", {"title": form.heading.title if form else each.subject})
        role = self._regulation.roles.get(each.role or each.post or "")
        if role is not None:
            return Phrase("sentence-each-role", {"title": role.heading.title or role.heading.id})
        if each.source is not None:
            return self.rows(each.source)
        level = f"sentence-each-{each.level}"
        return Phrase(level if each.level in _LEVELS else "sentence-each-place")

    def rows(self, source: Source) -> Said:
        """Return the rows of a source in words: the table's title, and the condition on it."""
        where = self.condition(source.where, source.table)
        title = self.table(source.table)
        if where is None:
            return Phrase("sentence-each-row", {"title": title})
        return Phrase("sentence-each-row-where", {"title": title, "where": where})

    # ---- conditions ------------------------------------------------------------------------------------------------
    def condition(self, expression: Expression, table: str) -> Said | None:
        """Return a condition over a table's rows in words; None for one that always holds."""
        match expression:
            case All(()):
                return None
            case All(parts):
                return Listed(tuple(self._part(part, table) for part in parts), "sentence-and")
            case Some(parts):
                return self._some(parts, table)
            case _:
                return self._part(expression, table)

    def _part(self, expression: Expression, table: str) -> Said:
        said = comparison_words(expression, lambda one: self.expression(one, table))
        if said is not None:
            return said
        match expression:
            case All() | Some():
                return self.condition(expression, table) or Phrase("sentence-always")
            case Not(part):
                return Phrase("sentence-not", {"what": self._part(part, table)})
            case Binary(Operator.MORE, Call("size", (column,)), Literal(0)):
                return Phrase("sentence-filled", {"column": self.expression(column, table)})
            case Binary(operator, left, Literal(value)) if operator in _COMPARING:
                compared = self.expression(left, table)
                return Phrase(
                    _COMPARING[operator], {"column": compared, "value": self.value(left, value, table)}
                )
            case Binary(operator, left, right) if operator in _COMPARING:
                sides: dict[str, Said] = {
                    "column": self.expression(left, table),
                    "value": self.expression(right, table),
                }
                return Phrase(_COMPARING[operator], sides)
            case Call("has", (column, Literal(value))):
                words: dict[str, Said] = {
                    "column": self.expression(column, table),
                    "value": self.value(column, value, table),
                }
                return Phrase("sentence-has", words)
            case Call("known" | "filled" | "applies", (column,)):
                return Phrase("sentence-filled", {"column": self.expression(column, table)})
            case _:
                return self.expression(expression, table)

    def _some(self, parts: tuple[Expression, ...], table: str) -> Said:
        """Return alternatives; equalities of one column are listed under it."""
        columns = {
            part.left for part in parts if isinstance(part, Binary) and part.operator is Operator.EQUAL
        }
        values = [
            self.value(part.left, part.right.value, table)
            for part in parts
            if isinstance(part, Binary)
            and part.operator is Operator.EQUAL
            and isinstance(part.right, Literal)
        ]
        if len(columns) == 1 and len(values) == len(parts):
            (column,) = columns
            listed = Listed(tuple(values), "sentence-or")
            return Phrase("sentence-is", {"column": self.expression(column, table), "value": listed})
        return Listed(tuple(self._part(part, table) for part in parts), "sentence-or")

    # ---- expressions -----------------------------------------------------------------------------------------------
    def expression(self, expression: Expression, table: str) -> Said:
        """Return an expression in words and signs."""
        match expression:
            case Name(path):
                return self._path(path, table)
            case Literal(value):
                return _plain(value)
            case Binary(operator, left, right) if operator in _SIGNS:
                return Listed(
                    (self.expression(left, table), _SIGNS[operator], self.expression(right, table)), ""
                )
            case Call(function, arguments):
                said = call_words(function, arguments, lambda one: self.expression(one, table))
                if said is not None:
                    return said
                words = tuple(self.expression(argument, table) for argument in arguments)
                return Listed((f"{function}(", Listed(words), ")"), "")
            case _:
                return self._part(expression, table)

    def _path(self, path: tuple[str, ...], table: str) -> Said:
        """Return the titles along a path; each step goes to the form that describes what the one before refers to."""
        words: list[Said] = []
        at = table
        for name in path:
            found = self._field(name, at)
            words.append(self._column(name, at))
            at = found.type.to or at if found is not None else self._whom(name, at)
        return Listed(tuple(words), "sentence-of") if len(words) > 1 else words[0]

    def _whom(self, name: str, table: str) -> str:
        """Return what a definition's rows are about, where a column names that; else the table itself."""
        regulation = self._regulation
        own = regulation.latest(table)
        for kind in (regulation.appraisals, regulation.sheets):
            if own in kind and name in {"about", "subject"}:
                return spine_of(kind[own].for_each, regulation).refers
        if own in regulation.indicators and name in {"about", "subject"}:
            return spine_of(regulation.indicators[own].per, regulation).refers
        form = regulation.forms.get(table)
        if form is not None and name == "subject":
            return form.about or table
        return table

    def _column(self, name: str, table: str) -> Said:
        found = self._field(name, table)
        if found is not None:
            return {language: _statement(title) for language, title in found.title.items()} or name
        if name in self._regulation.classes:
            return self._regulation.classes[name].heading.title or name
        counted = self._counted(name, table)
        if counted is not None:
            return counted
        message = column_message(name)
        return Phrase(message) if message else self._fact(name, table) or name

    def _fact(self, name: str, table: str) -> Said:
        """Return what a fact of a place is called, where the rows are places; "" for any other column."""
        levels = {PLACE, *(one.level for one in self._regulation.places.places.values())}
        return self._regulation.fact_titles.get(name, "") if table in levels else ""

    def _counted(self, name: str, table: str) -> Said | None:
        """Return what a column counts that a declared table, or the rule at work, adds; None for any other one."""
        fact = self._facts.get(name)
        if fact is not None and fact.source is not None:
            return self._aggregate(fact.function, fact.argument, fact.source)
        if fact is not None and fact.streak is not None:
            held = self.condition(fact.streak, table)
            return None if held is None else Phrase("sentence-streak-of", {"where": held})
        declared = self._regulation.tables.get(self._regulation.latest(table))
        for step in declared.steps if declared is not None else ():
            for one in step.aggregates if isinstance(step, Gather) and step.rows.source is not None else ():
                if one.name == name and isinstance(step, Gather) and step.rows.source is not None:
                    where = both(step.rows.source.where, one.where)
                    return self._aggregate(one.function, one.argument, replace(step.rows.source, where=where))
        return None

    def _aggregate(self, function: str, argument: Expression | None, source: Source) -> Said | None:
        where = self.condition(source.where, source.table)
        values: dict[str, Said] = {"title": self.table(source.table)}
        rows = Phrase("sentence-record", values)
        if where is not None:
            rows = Phrase("sentence-record-where", values | {"where": where})
        if function == "count":
            return Phrase("sentence-count-of", {"rows": rows})
        if function == "sum" and argument is not None:
            return Phrase(
                "sentence-sum-of", {"rows": rows, "column": self.expression(argument, source.table)}
            )
        return None

    def value(self, column: Expression, value: Value, table: str) -> Said:
        """Return a constant that a column is compared with, by the title of the choice, state, tier or grade."""
        if isinstance(column, Call) and column.function == "weekday" and value in WEEKDAYS:
            return Phrase(f"weekday-{value}")
        if not isinstance(column, Name) or not isinstance(value, str):
            return _plain(value)
        name = column.path[-1]
        found = self._field_at(column.path, table)
        if found is not None and found.type.to == "role":
            return self.role(value)
        if found is not None:
            chosen = next((choice.title for choice in found.choices if choice.id == value), None)
            return self._part_of(value) if chosen is None else chosen
        if name in self._regulation.classes:
            cases = self._regulation.classes[name].first_of
            return next((case.title for case in cases if case.id == value), value)
        if name == "tier":
            return self.tier(table, value)
        if name == "grade":
            return self.grade(table, value)
        return Phrase(f"state-{value}") if name == "state" and value in set(State) else value

    def _part_of(self, value: str) -> Said:
        """Return a text that names a part of what is appraised (`sheet/item/item`) by the titles on its way."""
        name, *steps = value.split("/")
        regulation = self._regulation
        sheet = regulation.sheets.get(regulation.latest(name))
        if not steps or sheet is None:
            return value
        titles: list[Said] = [sheet.heading.title or name]
        items = (*sheet.items, *sheet.bonus)
        for step in steps:
            item = next((one for one in items if one.id == step), None)
            if item is None:
                return value if step != name else titles[0]
            titles.append(item.title or step)
            items = item.items
        return Listed(tuple(titles), "studio-words-within")

    def tier(self, table: str, tier: str) -> Said:
        """Return the title of a duty's tier."""
        duty = self._regulation.duties.get(self._regulation.latest(table))
        return (
            next((item.title for item in duty.tiers if item.id == tier and item.title), tier)
            if duty
            else tier
        )

    def grade(self, appraisal: str, grade: str) -> Texts:
        """Return the title of a grade; an unknown one is shown as it is."""
        found = self._regulation.appraisals.get(self._regulation.latest(appraisal))
        titles = (item.title for item in found.grades if item.id == grade) if found else iter(())
        return next(titles, {"zh": grade})

    # ---- where columns come from -----------------------------------------------------------------------------------
    def _field_at(self, path: tuple[str, ...], table: str) -> Field | None:
        """Return the field at the end of a path; each step goes to the form of what the one before refers to."""
        at = table
        for name in path[:-1]:
            found = self._field(name, at)
            at = found.type.to or at if found is not None else self._whom(name, at)
        return self._field(path[-1], at)

    def _field(self, name: str, table: str) -> Field | None:
        """Return the form's field behind a column: of the table's form, or of what its rows are about."""
        regulation = self._regulation
        declared = regulation.tables.get(regulation.latest(table))
        if declared is not None and declared.rows[0].source is not None:
            return self._field(name, declared.rows[0].source.table)
        form = regulation.forms.get(table) or self._described(table)
        duty = regulation.duties.get(regulation.latest(table))
        if form is None and duty is not None:
            form = self._form_of_duty(duty)
        return form.field(name) if form is not None else None

    def _form_of_duty(self, duty: Duty) -> Form | None:
        if duty.for_each.source is not None:
            return self._regulation.forms.get(duty.for_each.source.table)
        return self._described(duty.for_each.subject or "worker")

    def _described(self, subject: str) -> Form | None:
        return next((form for form in self._regulation.forms.values() if form.describes == subject), None)


def _statement(title: str) -> str:
    """Return a field's title without the marks of a question: 怎么联系的."""
    return title.strip(" ?？¿:：")


def _plain(value: Value) -> Said:
    match value:
        case bool():
            return Phrase("sentence-true" if value else "sentence-false")
        case Length(number, unit):
            return Phrase(f"sentence-length-{unit.value.replace('_', '-')}", {"n": number})
        case str() | int():
            return value
        case _:
            shown = outcome_json(value)
            return shown if isinstance(shown, str) else str(shown)
