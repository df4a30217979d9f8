"""What sort of record it is, in a word: beside a name that doesn't say it."""

from app.domain.kinds.common import Texts
from app.services.clearance import clearance
from app.services.labels import SubjectLabel, sort_field
from app.services.registers.facts import Subjects


def sort_of(seen: Subjects, about: str, label: SubjectLabel) -> Texts:
    """Return the words of that answer; none where there is no such question, or where the actor may not see it."""
    form = seen.labels.form_of(about)
    item = None if form is None else sort_field(form)
    if item is None or not clearance(seen.actor, form).reads(item):
        return {}
    if item.type.to == "role":
        role = seen.regulation.roles.get(label.sort)
        return {} if role is None else role.heading.title
    return next((choice.title or {"zh": choice.id} for choice in item.choices if choice.id == label.sort), {})
