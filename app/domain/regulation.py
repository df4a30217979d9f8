"""A regulation: everything that one revision of the files declares for one place, checked and frozen."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from app.domain.core.values import Type
from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.case import Case
from app.domain.kinds.classes import Classification
from app.domain.kinds.common import CitedText, Texts
from app.domain.kinds.duty import Duty
from app.domain.kinds.flag import Flag
from app.domain.kinds.form import Form
from app.domain.kinds.indicator import Indicator
from app.domain.kinds.layout import Layout
from app.domain.kinds.print_template import PrintTemplate
from app.domain.kinds.procedure import Procedure
from app.domain.kinds.role import Role
from app.domain.kinds.rule import Rule
from app.domain.kinds.sheet import Sheet
from app.domain.kinds.table import Table
from app.domain.kinds.versions import Succession
from app.domain.place import Place, PlaceTree
from app.domain.workdays import Calendar


@dataclass(frozen=True, slots=True)
class Regulation:
    """The definitions in force at `place`, by id, in declared order; `revision` is the SHA-256 of their files.

    Of what has versions each is a definition, and `successions` names those that share an id.
    `plugins` are the versions of the installed packages that are on. `facts` are the types of what the profiles of
    places tell, also of what none of these places tells. `prints` are print templates by the names of their files.
    `documents` are what clauses are of, by the ids that these name. `fact_titles` are what facts are called.
    """

    place: Place
    places: PlaceTree
    calendar: Calendar
    revision: str
    forms: Mapping[str, Form] = field(default_factory=dict)
    classes: Mapping[str, Classification] = field(default_factory=dict)
    duties: Mapping[str, Duty] = field(default_factory=dict)
    indicators: Mapping[str, Indicator] = field(default_factory=dict)
    rules: Mapping[str, Rule] = field(default_factory=dict)
    sheets: Mapping[str, Sheet] = field(default_factory=dict)
    appraisals: Mapping[str, Appraisal] = field(default_factory=dict)
    procedures: Mapping[str, Procedure] = field(default_factory=dict)
    tables: Mapping[str, Table] = field(default_factory=dict)
    roles: Mapping[str, Role] = field(default_factory=dict)
    layouts: Mapping[str, Layout] = field(default_factory=dict)
    flags: Mapping[str, Flag] = field(default_factory=dict)
    cases: tuple[Case, ...] = ()
    facts: Mapping[str, Type] = field(default_factory=dict)
    successions: Mapping[str, Succession] = field(default_factory=dict)
    plugins: Mapping[str, str] = field(default_factory=dict)
    prints: Mapping[str, PrintTemplate] = field(default_factory=dict)
    documents: Mapping[str, CitedText] = field(default_factory=dict)
    fact_titles: Mapping[str, Texts] = field(default_factory=dict)

    @property
    def is_above(self) -> bool:
        """Whether it is that of a place above communities: a street, a district."""
        return self.places.is_above(self.place.id)

    def latest(self, name: str) -> str:
        """Return the id of the definition that a name means: of one with versions that of the last.

        It says what sort of definition that is and what it is called; whose row it is, only lineage tells.
        """
        return self.versions(name)[-1]

    def on(self, name: str, day: date) -> str:
        """Return the id of the definition that a name means on `day`."""
        found = self.successions.get(name)
        return name if found is None else found.on(day)

    def versions(self, name: str) -> tuple[str, ...]:
        """Return the ids of the definitions that share a name, the earliest first: itself where it has no versions."""
        found = self.successions.get(name)
        return (name,) if found is None else found.versions


def sensitive_fields(regulation: Regulation) -> Mapping[str, frozenset[str]]:
    """Return, by form, the names of the fields that are stored apart, earlier ones too."""
    return {
        form.id: frozenset(name for field in form.fields if field.sensitive for name in field.names)
        for form in regulation.forms.values()
    }
