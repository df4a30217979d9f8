"""Which source tables a regulation has: what the standing entries of the ledger are, as rows.

- `<form>`: a moment table, one row an entry (and subject): `id, at, date, recorded_at, by, subject, place`,
  with a span `start, end`, then the answers. Its key is `id`, with `subject` where the form describes or is
  about one.
- `<form>.<repeat>`: one row for each row of a repeat: the entry's own columns, `nth` (from 1), the row's answers.
  Its key is the form's with `nth`.
- `<subject>.history`: a span table of each described subject's states: `subject, start, end, id, place`, then
  the answers; key `subject, start`; `end` None is open. The suffix keeps it apart from the form of the same
  name.
- `<subject>.subjects`: one row a described subject: `subject, start, end`, of its first and its last state.
- `holder`: a span table of posts: `subject` (the appointment), `worker, role, place, start, end`. It is
  there without appointments too. Its form is found by what it declares: `app.domain.membership`.
"""

from app.domain.core.plan import Shape, SourceTable
from app.domain.core.values import Column, Kind, Type
from app.domain.kinds.form import Form
from app.domain.membership import HOLDER
from app.domain.regulation import Regulation
from app.domain.source_histories import history_table, subjects_table
from app.domain.source_rows import (
    INSTANT,
    OPEN_END,
    PLACE,
    ROW,
    history_columns,
    moment_columns,
    row_columns,
    rows_table,
    subject_type,
)
from app.domain.worked_out import WorkedOut

_HOLDERS = SourceTable(
    HOLDER,
    (
        Column("subject", Type(Kind.REF, to=HOLDER)),
        Column("worker", Type(Kind.REF, to="worker")),
        Column("role", Type(Kind.REF, to="role")),
        Column("place", PLACE),
        Column("start", INSTANT),
        Column("end", OPEN_END),
    ),
    ("subject", "start"),
    Shape.SPAN,
)


def source_plan(regulation: Regulation) -> tuple[SourceTable, ...]:
    """Return the source tables, in the order of the forms, `holder` last.

    Raises ValueError when two forms describe the same subject, or a form is called `holder`.
    """
    found: dict[str, SourceTable] = {}
    for table in [*(table for form in regulation.forms.values() for table in _TABLES(form)), _HOLDERS]:
        if table.name in found:
            raise ValueError(f"two definitions give the table {table.name}")
        found[table.name] = table
    return tuple(found.values())


def _form_tables(form: Form, _: str) -> tuple[SourceTable, ...]:
    key = ("id",) if subject_type(form) is None else ("id", "subject")
    tables = [SourceTable(form.id, moment_columns(form), key)]
    tables += [
        SourceTable(rows_table(form.id, item.id), row_columns(form, item), (*key, ROW))
        for item in form.repeats
    ]
    if form.describes is not None:
        tables += [
            SourceTable(
                history_table(form.describes), history_columns(form), ("subject", "start"), Shape.SPAN
            ),
            SourceTable(
                subjects_table(form.describes),
                (
                    Column("subject", Type(Kind.REF, to=form.describes)),
                    Column("start", INSTANT),
                    Column("end", OPEN_END),
                ),
                ("subject",),
                Shape.SPAN,
            ),
        ]
    return tuple(tables)


_TABLES = WorkedOut(_form_tables)
