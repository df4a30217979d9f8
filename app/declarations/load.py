"""From the files of a place to its regulation, or every fault of all files at once, ordered by place."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial
from importlib import resources
from typing import Concatenate, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from app.declarations.asked import Answers, together
from app.declarations.bare_forms import BareForms
from app.declarations.build.calendars import own_units
from app.declarations.build.cases import build_case
from app.declarations.build.classes import build_class
from app.declarations.build.context import Context
from app.declarations.build.duties import build_duty
from app.declarations.build.figures import build_appraisal, build_indicator
from app.declarations.build.flags import build_flag
from app.declarations.build.forms import finish_form
from app.declarations.build.layouts import build_layout
from app.declarations.build.procedures import build_procedure
from app.declarations.build.rules import build_rule
from app.declarations.build.sheets import build_sheet
from app.declarations.build.tables import DeclaredTables
from app.declarations.build.world import build_role, fact_titles
from app.declarations.checks import figures
from app.declarations.checks.acknowledged import answered
from app.declarations.checks.versions import times_of, version_faults
from app.declarations.checks.whole import CHECKS, problems_of
from app.declarations.cited import cited_texts, untitled
from app.declarations.closure import in_force
from app.declarations.columns import Columns
from app.declarations.deployment import FIELD_TYPES, CalendarSource, FieldSort
from app.declarations.documents import CASE_SUFFIX, Document, ReadDocument, read_document
from app.declarations.fingerprints import Fingerprints
from app.declarations.ground import Ground, ground_of
from app.declarations.located import At
from app.declarations.made import Making
from app.declarations.names import Names, names_of
from app.declarations.overlays import with_overlays
from app.declarations.place_folders import PLACE_FILE, place_folder
from app.declarations.prints import faults_of, prints_of
from app.declarations.schema.base import Model
from app.declarations.schema.cases import CaseFile, CaseIn
from app.declarations.schema.common import Versioned
from app.declarations.schema.duties import DutyFile
from app.declarations.schema.figures import AppraisalFile, IndicatorFile, RuleFile
from app.declarations.schema.flags import FlagFile
from app.declarations.schema.forms import ClassFile, FormFile
from app.declarations.schema.layouts import LayoutFile
from app.declarations.schema.procedures import ProcedureFile
from app.declarations.schema.sheets import SheetFile
from app.declarations.schema.world import RoleFile
from app.declarations.switches import Switches
from app.declarations.tables import Tables
from app.declarations.texts import revision_of
from app.declarations.versions import KEY as VERSIONS
from app.domain.kinds.case import Case
from app.domain.kinds.classes import Classification, whole_class
from app.domain.kinds.form import Form
from app.domain.kinds.form_versions import whole_form
from app.domain.kinds.print_template import documents
from app.domain.kinds.table import Table
from app.domain.kinds.versions import Succession, whole_of
from app.domain.place import profile_types
from app.domain.plugin import identity
from app.domain.problem import Problem, Where
from app.domain.regulation import Regulation
from app.services.ports import Loaded

M = TypeVar("M", bound=Model)
P = ParamSpec("P")
R = TypeVar("R")

_FOLLOWING = frozenset({"E106", "E113", "E120", "E121", "E122", "E123"})


@cache
def system_documents() -> tuple[ReadDocument, ...]:
    """Return the forms that every regulation has: withdrawal and publication."""
    folder = resources.files("app.declarations") / "system"
    found = [item for item in folder.iterdir() if item.name.endswith(".yaml")]
    return tuple(
        read_document(f"system/{item.name}", item.read_text(encoding="utf-8"))
        for item in sorted(found, key=lambda item: item.name)
    )


def load(
    place: str,
    files: Mapping[str, str],
    calendar_source: CalendarSource,
    field_types: Mapping[str, FieldSort] = FIELD_TYPES,
    *,
    with_cases: bool = True,
    making: Making | None = None,
    revision: str | None = None,
) -> Loaded:
    """Check and build the regulation of `place` from `files` (path → text). Never raises for what they say.

    Without cases their files are part of the revision, but neither read nor checked: nothing else depends on them.
    `making` brings what earlier loads built, and takes what this one did; `revision` is that of the files, if known.
    """
    wanted = (
        files
        if with_cases
        else {path: text for path, text in files.items() if not path.endswith(CASE_SUFFIX)}
    )
    chosen = in_force(place, wanted)
    read, forbidden = with_overlays(chosen.read, place=place, left_out=chosen.left_out)
    names, twice = names_of([*system_documents(), *read], chosen.left_out)
    shape = [problem for one in read for problem in one.problems]
    loading = _Loading(
        place,
        names,
        [*chosen.problems, *forbidden, *twice],
        calendar_source,
        field_types,
        files,
        making or Making(),
    )
    loading.revision = revision or revision_of(files)
    loading.broken_files = frozenset(
        one.path for one in read if any(problem.is_error for problem in one.problems)
    )
    regulation = loading.run()
    loading.making.found = loading.fingerprints.found()
    later = [problem for problem in loading.problems if not loading.follows(problem)]
    found = [*shape, *later]
    failed = any(problem.is_error for problem in found)
    documents = [one.document for one in read if one.document is not None]
    left, acknowledged = answered(found, documents, whole=not failed)
    return Loaded(
        None if failed else regulation,
        tuple(sorted(left, key=_order)),
        files,
        loading.revision,
        tuple(sorted(acknowledged, key=_order)),
    )


def _order(problem: Problem) -> tuple[Where, str, "_Values"]:
    return problem.where or Where(""), problem.code, _Values(problem)


class _Values:
    """What a problem says beside its code and place, told only where these two are the same as another one's."""

    __slots__ = ("_problem",)

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    def __str__(self) -> str:
        return str(sorted(self._problem.values.items()))

    def __lt__(self, other: "_Values") -> bool:
        return str(self) < str(other)


class _Loading:
    """One run of loading; `problems` grows, the rest is worked out in order."""

    def __init__(
        self,
        place: str,
        names: Names,
        problems: list[Problem],
        calendar_source: CalendarSource,
        field_types: Mapping[str, FieldSort],
        files: Mapping[str, str],
        making: Making,
    ) -> None:
        self.place_id = place
        self.names = names
        self.problems = problems
        self.calendar_source = calendar_source
        self.field_types = field_types
        self.revision = ""
        self.broken_files: frozenset[str] = frozenset()
        self.files = files
        self.making = making
        self.stages = making.stages
        self.settled = self.stages.of("settled", [field_types], (place, identity()), self._settled)
        titled = [*names.of("inventory").values(), *names.of("documents").values()]
        self.cited = self.stages.of("cited", titled, (), lambda: cited_texts(names))
        self.fingerprints = Fingerprints(names, files, self.settled, self.cited, making.found, making.latest)
        self.building: tuple[Document, int]
        self.switches: Switches
        self._whole_documents: Mapping[str, Document] = {}

    def follows(self, problem: Problem) -> bool:
        """Whether a problem may only follow from a part that was faulty and left out: sums, and what is missing."""
        path = problem.where.path if problem.where else ""
        if problem.code in ("W210", "W221", "W224"):
            return bool(self.broken_files)
        return path in self.broken_files and problem.code in _FOLLOWING

    def run(self) -> Regulation:
        """Build everything; what has faults is left as far as it goes, and the caller throws it away."""
        self.switches = Switches(self.names.of("plugins").values())
        self.problems += self.switches.problems
        ground = self._ground()
        self.problems += ground.problems
        tree, place, calendar, zone = ground.tree, ground.place, ground.calendar, ground.zone
        units = own_units(calendar)
        bare, answers_by_form, problems = BareForms(
            self.names, self.field_types, self.switches, self.fingerprints, self.making
        ).all(calendar)
        self.problems += problems
        tables = Tables(self.names, bare, profile_types(tree))
        answers = self.stages.of(
            "answers", [*answers_by_form.values()], [*answers_by_form], lambda: _declared(answers_by_form)
        )
        self.fingerprints.know(answers)
        context = Context(
            self.names, tables, self.problems, answers=answers, plugins=self.switches, cited=self.cited
        )
        declared = DeclaredTables(context, units, partial(self._table, context))
        tables.declared = declared.columns
        forms = self._forms(context, bare, units)
        classes = self._classes(context)
        duties = {
            name: self._built(build_duty, context, model, at, units)
            for name, model, at in self._each(context, "duty", DutyFile)
        }
        indicators = {
            name: self._built(build_indicator, context, model, at, units)
            for name, model, at in self._each(context, "indicator", IndicatorFile)
        }
        rules = {
            name: self._built(build_rule, context, model, at, units)
            for name, model, at in self._each(context, "rule", RuleFile)
        }
        sheets = {
            name: self._built(build_sheet, context, model, at, units)
            for name, model, at in self._each(context, "sheet", SheetFile)
        }
        appraisals = {
            name: self._built(build_appraisal, context, model, at, units)
            for name, model, at in self._each(context, "appraisal", AppraisalFile)
        }
        roles = {
            name: self._built(build_role, context, model, at)
            for name, model, at in self._each(context, "role", RoleFile)
        }
        regulation = Regulation(
            place=place,
            places=tree,
            calendar=calendar,
            revision=self.revision,
            forms=forms,
            classes=classes,
            duties=duties,
            indicators=indicators,
            rules=rules,
            sheets=sheets,
            appraisals=appraisals,
            tables=declared.all(),
            procedures={
                name: self._built(build_procedure, context, model, at)
                for name, model, at in self._each(context, "procedure", ProcedureFile)
            },
            successions=self._successions(context),
            roles=roles,
            layouts={
                name: self._built(build_layout, context, model, at, forms)
                for name, model, at in self._each(context, "layout", LayoutFile)
            },
            flags={
                name: self._built(build_flag, context, model, at, forms)
                for name, model, at in self._each(context, "flag", FlagFile)
            },
            cases=self._cases(context, forms, zone),
            facts=tables.profile,
            plugins=self.switches.versions,
            prints=prints_of(self.place_id, self.files),
            documents=self.cited,
            fact_titles=fact_titles(self.names.of("place")),
        )
        self._check(context, regulation)
        self.problems += faults_of(regulation.prints)
        self._check_prints(context, regulation)
        return regulation

    def _ground(self) -> Ground:
        """Return what the regulation stands on, from the load before where nothing changed of what says it."""
        said = [one for kind in ("place", "calendar", "plugins") for one in self.names.of(kind).values()]
        return self.stages.of(
            "ground",
            said,
            (
                f"{place_folder(self.place_id)}/{PLACE_FILE}" in self.broken_files,
                self.names.broken.intersection(one.data.get("calendar") for one in said),
            ),
            lambda: ground_of(
                self.place_id, self.names, self.calendar_source, self.switches, self.broken_files
            ),
        )

    def _check_prints(self, context: Context, regulation: Regulation) -> None:
        """Note where a document is to be printed from a template that there isn't."""
        known = documents(regulation.prints)
        for kind in ("appraisal", "layout"):
            for document in self.names.of(kind).values():
                for one in document.definitions:
                    name = getattr(one.model, "print", None)
                    if name is not None and name not in known:
                        context.unknown(name, one.at / "print", known, "template")

    def _each(self, context: Context, kind: str, model: type[M]) -> Iterator[tuple[str, M, At]]:
        """Yield the whole definitions of a kind, in the order of their files, as the ones being built."""
        for document in self.names.of(kind).values():
            for number, one in enumerate(document.definitions):
                context.current = one.id
                context.holds = times_of(one)
                self.building = document, number
                # Asked of each definition at each key: what a kind's class says of itself takes ten times as long.
                if one.model.__class__ is model or isinstance(one.model, model):
                    yield one.id, one.model, one.at

    def _successions(self, context: Context) -> dict[str, Succession]:
        """Return what has versions; whoever reads one of these reads each of its versions."""
        found: dict[str, Succession] = {}
        for document in [one for group in self.names.documents.values() for one in group.values()]:
            if document.versions and isinstance(document.model, Versioned):
                where = (document.at / VERSIONS).key
                context.uses[document.id] = [(one.id, where) for one in document.versions]
                self.problems += version_faults(document, context.tables)
                if document.kind in ("form", "class"):
                    continue  # one table, one column: whose versions are in the definition itself
                heading = context.heading(document.model, document.at)
                ids = tuple(one.id for one in document.versions)
                found[document.id] = Succession(
                    heading, ids, tuple(times_of(one)[0] for one in document.versions)
                )
        return found

    def _forms(self, context: Context, bare: Mapping[str, Form], units: frozenset[str]) -> dict[str, Form]:
        """Return the forms with all their conditions, each as the whole of its versions."""
        made: dict[str, list[Form]] = {}
        for name, model, at in self._each(context, "form", FormFile):
            whole = bare[whole_of(name)]
            so_far = made.setdefault(whole.id, [])
            one = whole.versions[len(so_far)] if whole.versions else whole
            so_far.append(self._built(finish_form, context, one, model, at, self.field_types, units))
        return {name: whole_form(versions) for name, versions in made.items()}

    def _classes(self, context: Context) -> dict[str, Classification]:
        """Return the classes, each as the whole of its versions."""
        made: dict[str, list[Classification]] = {}
        for name, model, at in self._each(context, "class", ClassFile):
            made.setdefault(whole_of(name), []).append(self._built(build_class, context, model, at))
        return {
            name: whole_class(tuple(versions), replace(versions[-1].heading, id=name))
            for name, versions in made.items()
        }

    def _built(
        self,
        build: Callable[Concatenate[Context, P], R],
        context: Context,
        *args: P.args,
        **options: P.kwargs,
    ) -> R:
        """Return the definition being built, from an earlier load where nothing that it rests on has changed."""
        document, number = self.building
        fingerprint = f"{self.fingerprints.of(document)}/{number}"
        return self.making.made(context, fingerprint, build, context, *args, **options)

    def _table(
        self, context: Context, version: Document, build: Callable[[], tuple[Table, Columns]]
    ) -> tuple[Table, Columns]:
        """Return a declared table, or one version of it, likewise."""
        whole = self.names.of("table")[whole_of(version.id)]
        return self.making.made(context, f"{self.fingerprints.of(whole)}/{version.id}", build)

    def _settled(self) -> list[object]:
        """Return what every definition rests on beside files: the place, and what the deployment's plugins give."""
        sorts = [
            (
                name,
                sort.kind,
                sorted((option, kind.__name__) for option, kind in sort.options.items()),
                sorted((part, repr(own)) for part, own in sort.parts.items()),
            )
            for name, sort in sorted(self.field_types.items())
        ]
        return [self.place_id, sorts, identity()]

    def _cases(self, context: Context, forms: Mapping[str, Form], zone: ZoneInfo) -> tuple[Case, ...]:
        found: list[Case] = []
        for _, document in sorted({**self.names.of("case"), **self.names.of("cases")}.items()):
            context.current = document.id
            self.building = document, 0
            found += self._built(_cases_of, context, document, forms, zone)
        return tuple(found)

    def _check(self, context: Context, regulation: Regulation) -> None:
        """Note what only shows when everything is built."""
        self.problems += self.stages.of(
            "cycles", (), {**context.uses}, lambda: [*figures.cycles(context.uses)]
        )
        documents = [document for group in self.names.documents.values() for document in group.values()]
        self._whole_documents = {document.id: document for document in documents if document.kind in CHECKS}
        # Places have ids of their own: one may be called like a definition.
        self._whole_documents |= {one.path: one for one in documents if one.kind == "place"}
        faulty = frozenset(
            problem.where.path for problem in self.problems if problem.is_error and problem.where
        )
        self.problems += problems_of(
            regulation, documents, faulty, whole=not self.broken_files, keep=self._kept, again=self._again
        )
        self.problems += figures.assumed(context.parameters)
        self.problems += untitled(self.names, self.cited)
        self.problems += figures.without_hours(context.parameters, regulation.calendar)

    def _again(self, name: str, of: object, find: Callable[[], list[Problem]]) -> Sequence[Problem]:
        """Return what is found of a built definition alone, from the load before where it is the same one."""
        return self.stages.of(name, [of], (), find)

    def _kept(self, check: str, names: Sequence[str], find: Callable[[], list[Problem]]) -> Sequence[Problem]:
        """Return what a check finds of definitions, from an earlier load where nothing that these rest on changed."""
        wholes = dict.fromkeys(map(whole_of, names))
        known = [self.fingerprints.of(self._whole_documents[name]) for name in wholes]
        _, problems = self.making.kept("/".join((*known, check)), lambda: (None, find()))
        return problems


def _cases_of(
    context: Context, document: Document, forms: Mapping[str, Form], zone: ZoneInfo
) -> tuple[Case, ...]:
    """Return the cases of a file, but for those that have a fault."""
    model, at = document.model, document.at
    items: list[str] = []
    rows: list[tuple[CaseIn, At]] = []
    if isinstance(model, CaseIn):
        rows = [(model, at)]
    elif isinstance(model, CaseFile):
        rows = [(one, at / "cases" / number) for number, one in enumerate(model.cases)]
        items = model.clause.items if model.clause else []
    made = (build_case(context, one, where, forms, zone, items) for one, where in rows)
    return tuple(case for case in made if case is not None)


def _declared(answers: Mapping[str, Answers]) -> Answers:
    """Return which answers of the declared forms may be missing, of those of each form."""
    system = {one.id for one in system_documents()}
    return together(own for name, own in answers.items() if name not in system)
