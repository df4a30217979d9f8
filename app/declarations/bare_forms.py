"""The forms without their conditions: what other definitions need to know before anything else is built."""

from collections.abc import Mapping
from functools import partial

from app.declarations.asked import Answers, answers_of
from app.declarations.build.forms import bare_form
from app.declarations.checks.form_versions import renaming_faults
from app.declarations.deployment import FieldSort
from app.declarations.documents import Document
from app.declarations.fingerprints import Fingerprints
from app.declarations.made import Making
from app.declarations.names import Names
from app.declarations.schema.forms import FormFile
from app.declarations.switches import Switches
from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import whole_form
from app.domain.problem import Problem
from app.domain.workdays import Calendar


class BareForms:
    """Builds them; one whose file and ground are as in an earlier load comes from there."""

    def __init__(
        self,
        names: Names,
        field_types: Mapping[str, FieldSort],
        switches: Switches,
        fingerprints: Fingerprints,
        making: Making,
    ) -> None:
        """Build forms of `names`, with the types of question whose plugins are switched on."""
        self._names = names
        self._field_types = field_types
        self._switches = switches
        self._fingerprints = fingerprints
        self._making = making

    def all(self, calendar: Calendar) -> tuple[dict[str, Form], dict[str, Answers], list[Problem]]:
        """Return the forms by id, each as the whole of its versions, and what is wrong with them so far.

        Between the two stands what may be missing in the entries of each.
        """
        found: dict[str, Form] = {}
        answers: dict[str, Answers] = {}
        problems: list[Problem] = []
        types = {name: one for name, one in self._field_types.items() if self._is_on(one.plugin)}
        settled = repr((sorted(types), sorted(name for name, _ in calendar.fiscal_years)))
        for name, document in self._names.of("form").items():
            made, faults = self._making.kept(
                f"{self._fingerprints.bare(document, settled)}/bare",
                partial(self._one, document, types, calendar),
            )
            problems += faults
            if made is not None:
                found[name], answers[name] = made
        return found, answers, problems

    def _one(
        self, document: Document, types: Mapping[str, FieldSort], calendar: Calendar
    ) -> tuple[tuple[Form, Answers] | None, list[Problem]]:
        """Return a file's form as the whole of its versions, without conditions, and what is wrong with it so far.

        With it comes what may be missing in its entries; None where the file gives no form.
        """
        versions: list[Form] = []
        problems: list[Problem] = []
        for one in document.definitions:
            if isinstance(one.model, FormFile):
                form, faults = bare_form(one.model, one.at, self._names, types, calendar)
                versions.append(form)
                problems += map(self._switched_off, faults)
        if not versions:
            return None, problems
        whole = whole_form(versions)
        return (whole, answers_of(whole)), [*problems, *renaming_faults(document)]

    def _is_on(self, plugin: str) -> bool:
        return not plugin or self._switches.is_on(plugin)

    def _switched_off(self, problem: Problem) -> Problem:
        """Return the problem of a type of field that nobody knows; of one whose plugin is off, that it is."""
        name = str(problem.values.get("what", ""))
        sort = self._field_types.get(name)
        if problem.code != "E102" or problem.values.get("reason") != "field_type" or sort is None:
            return problem
        return Problem("E133", problem.where, {"what": name, "plugin": sort.plugin})
