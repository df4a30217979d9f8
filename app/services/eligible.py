"""Whether somebody may be appointed: said before anything is stored.

An appointment that is imported gives a finding instead: the table `<role>.ineligible`.
"""

from datetime import datetime

from app.domain.calendar_context import context_of
from app.domain.core.compiled import condition
from app.domain.core.expressions import TRUE
from app.domain.core.values import Value
from app.domain.entry import Entry
from app.domain.kinds.form import Form
from app.domain.kinds.links import WORKER
from app.domain.kinds.role import Role
from app.domain.kinds.role_plan import asked_of_file
from app.domain.kinds.spine import class_table
from app.domain.membership import posts_fields
from app.domain.problem import Problem
from app.services.evaluate import Evaluation
from app.services.labels import Labels


def refused(evaluation: Evaluation, role: Role, worker: str, at: datetime, name: str) -> Problem | None:
    """Return why the worker can't be appointed to the role from `at`, or None: E943.

    Only what the file surely says stands against somebody; what it doesn't say, doesn't.
    """
    table = class_table(WORKER, evaluation.regulation)
    if (
        role.eligible == TRUE
        or not evaluation.has(table)
        or not asked_of_file(role, evaluation.schema(table))
    ):
        return None
    if _holds(evaluation, table, role, worker, at) is not False:
        return None
    return Problem("E943", values={"name": name})


def refused_appointment(evaluation: Evaluation, form: Form, entry: Entry) -> Problem | None:
    """Return why an entry of the form of appointments can't be sent in, or None; None for entries of other forms."""
    fields = posts_fields(form)
    if fields is None:
        return None
    worker, role = (entry.answers.get(field) for field in fields)
    found = evaluation.regulation.roles.get(str(role))
    if found is None or not isinstance(worker, str):
        return None
    return refused(evaluation, found, worker, entry.at, Labels(evaluation, entry.at).of(WORKER, worker).name)


def _holds(evaluation: Evaluation, table: str, role: Role, worker: str, at: datetime) -> Value:
    """Return whether the worker's file meets the condition as of `at`; None where there is no file."""
    schema = evaluation.schema(table)
    subject, start, end = (schema.position(name) for name in ("subject", "start", "end"))
    holds = condition(role.eligible, schema)
    context = context_of(evaluation.regulation.calendar)
    for row in evaluation.rows(table).values():
        if row[subject] == worker and row[start] <= at and (row[end] is None or at < row[end]):
            found: Value = holds(row, context)
            return found
    return None
