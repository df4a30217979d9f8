"""The columns of a declared table so far: what it starts from, and what each step adds."""

from dataclasses import dataclass, field, replace

from app.declarations.build.context import MOMENT, SPAN, WINDOW, Context
from app.declarations.columns import Columns
from app.declarations.located import At
from app.declarations.schema.tables import RowsMap, TableFile
from app.domain.core.types import unmarked
from app.domain.core.values import Kind, Type
from app.domain.kinds.table import Rows

INTEGER = Type(Kind.INTEGER)
INSTANT = Type(Kind.INSTANT)
OPEN = Type(Kind.INSTANT, may_be_na=True)
BOOLEAN = Type(Kind.BOOLEAN)
TEXT = Type(Kind.TEXT)
PERIOD = Type(Kind.PERIOD)
UNDECIDED = "undecided"


@dataclass(slots=True)
class Made:
    """The columns so far, as the steps go by."""

    context: Context
    units: frozenset[str]
    columns: Columns = field(default_factory=dict)

    @property
    def on(self) -> str:
        """The column that ages and paths are reckoned at."""
        return age_column(self.columns)

    def start(self, model: TableFile, at: At) -> tuple[Rows, ...]:
        """Return what the table starts from; several tables leave the columns that they have in common."""
        if not isinstance(model.rows, list):
            rows, self.columns = self.rows(model.rows, at, held=False)
            return (rows,)
        found = [self.rows(one, at / number, held=False) for number, one in enumerate(model.rows)]
        if not found:
            self.context.note("E106", at.where, name="from")
            return ()
        _, first = found[0]
        common = {
            name: _wider(own, *(columns[name] for _, columns in found[1:]))
            for name, own in first.items()
            if all(name in columns and columns[name].kind is own.kind for _, columns in found[1:])
        }
        self.columns = {**common, "row": Type(Kind.DATA), "source": TEXT}
        return tuple(rows for rows, _ in found)

    def rows(self, data: object, at: At, *, held: bool = True) -> tuple[Rows, Columns]:
        """Return rows as declared, and their columns."""
        context = self.context
        if isinstance(data, RowsMap) and data.each is not None:
            each, _, about = context.each(data.each, at / "each")
            if each.source is not None:
                context.unknown(
                    data.each, at / "each", [*context.names.subjects, *context.names.levels], "each"
                )
            ref = Type(Kind.REF, to=about)
            return Rows(each=each), {"subject": ref, "start": OPEN, "end": OPEN}
        if isinstance(data, RowsMap) and data.history is not None:
            subjects = context.names.subjects
            if data.history not in subjects:
                context.unknown(data.history, at / "history", subjects, "described")
            for form in subjects.get(data.history, ()):
                context.depends(form, at / "history")
            return Rows(history=data.history), dict(context.tables.subject(data.history))
        source = context.source(data, at, wanted=None, held=held)
        return Rows(source=source), dict(context.columns_of(source))

    def take(self, columns: Columns, at: At, *, again: bool = False) -> bool:
        """Add columns; one that stands there already is a fault."""
        fine = True
        for name, own in columns.items():
            if name in self.columns and not again:
                self.context.note("E101", (at / name).key, reason="has_column", name=name)
                fine = False
            self.columns[name] = own
        return fine


def age_column(columns: Columns) -> str:
    """Return the column that ages and paths of such rows are reckoned at."""
    return MOMENT if "at" in columns else WINDOW if "window" in columns else SPAN


def member(own: Type) -> Type:
    """Return the type of one member of a list; any other type is its own."""
    kinds = {Kind.CHOICES: Kind.CHOICE, Kind.REFS: Kind.REF}
    return replace(own, kind=kinds.get(own.kind, own.kind))


def named(data: object) -> dict[str, str]:
    """Return names with what they stand for: themselves, where only names are given."""
    if isinstance(data, dict):
        return data
    names = data if isinstance(data, list) else [data]
    return {name: name for name in names if isinstance(name, str)}


def _wider(own: Type, *others: Type) -> Type:
    """Return the type that holds what several columns of one name may hold."""
    unknown = any(item.may_be_unknown for item in (own, *others))
    absent = any(item.may_be_na for item in (own, *others))
    same = all(unmarked(item) == unmarked(own) for item in others)
    to = own.to if all(item.to == own.to for item in others) else None
    plain = own if same else Type(own.kind, to=to)
    return replace(plain, may_be_unknown=unknown, may_be_na=absent)
