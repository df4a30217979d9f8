"""Rows of a file that came in before a question was dropped: without its answer they would look new."""

from collections.abc import Mapping, Sequence

from app.domain.entry import Entry
from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import as_asked
from app.services.workbooks.alike import says_so
from app.services.workbooks.entry import IMPORTED
from app.services.workbooks.register import Register


class Earlier:
    """What came in from files and answers questions that aren't asked any more."""

    def __init__(self, register: Register, form: Form, asked: Form) -> None:
        """Look among the standing entries of a form that describes nothing; `asked` is what it asks today."""
        self._asked = asked
        known = {item.id for item in asked.fields}
        self._found: dict[tuple[str | None, str], list[Mapping[str, object]]] = {}
        if form.describes is not None:
            return  # what describes somebody is held against what is known of them
        for entry in register.standing_of(form.id):
            if entry.source != IMPORTED:
                continue
            said = as_asked(form, asked, entry.answers)
            if any(value is not None and name not in known for name, value in said.items()):
                self._found.setdefault((entry.subject, entry.by), []).append(said)

    def __bool__(self) -> bool:
        """Return whether there is any."""
        return bool(self._found)

    def says(self, entry: Entry, told: Mapping[str, object]) -> bool:
        """Return whether one of them says of the same subject, by the same person, what a row tells."""
        found: Sequence[Mapping[str, object]] = self._found.get((entry.subject, entry.by), ())
        return any(says_so(one, told, self._asked) for one in found)
