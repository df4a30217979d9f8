"""Which names a file that is typed can say at each spot: those of the draft's files, and of the regulation in force."""

from collections.abc import Mapping, Sequence

from app.domain.regulation import Regulation
from app.services.actor import Permission
from app.services.drafting.completion import Names
from app.services.drafting.described import Named
from app.services.drafting.ports import DeclaredFile

_SPACINGS = ("day", "working_day", "week", "month", "quarter", "half_year", "year")
_ROWS = ("form", "duty", "indicator", "rule", "sheet", "appraisal", "table", "procedure")


def names_offered(
    declared: Sequence[DeclaredFile], regulation: Regulation | None, field_types: Sequence[str]
) -> Names:
    """Return what names can be typed, by what they name."""
    by_kind: dict[str, list[str]] = {}
    for one in declared:
        if one.id:
            by_kind.setdefault(one.kind, []).append(one.id)
    rows = [name for kind in _ROWS for name in by_kind.get(kind, [])]
    found: dict[Named, Sequence[str]] = {
        named: by_kind[named.value] for named in Named if named.value in by_kind
    }
    found[Named.TABLE] = rows
    found[Named.FIELD_TYPE] = field_types
    found[Named.SPACING] = _SPACINGS
    found[Named.PERMISSION] = [one.value for one in Permission]
    if regulation is not None:
        found |= _of_regulation(regulation, by_kind.get("role", []), rows)
    return found


def _of_regulation(
    regulation: Regulation, roles: Sequence[str], rows: Sequence[str]
) -> Mapping[Named, Sequence[str]]:
    subjects = sorted({form.describes for form in regulation.forms.values() if form.describes})
    fields = sorted({field.id for form in regulation.forms.values() for field in form.fields})
    levels = sorted({place.level for place in regulation.places.places.values()})
    posts = [f"{word} {role}" for word in ("role", "post") for role in roles]
    return {
        Named.SUBJECT: subjects,
        Named.REFERENCE: [*subjects, *levels, "worker", "role"],
        Named.EACH: [*subjects, *posts, *levels, *rows],
        Named.LEVEL: levels,
        Named.FIELD: fields,
        Named.COLUMN: fields,
        Named.FINDING: sorted({rule.then.finding for rule in regulation.rules.values()}),
    }
