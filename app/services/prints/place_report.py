"""The report of a place for a period: rankings, indicators against their targets, what became of duties by place.

A community's report names its people and its grids; that of a street compares its communities by the same measure. Read
from the tables of one evaluation alone; nothing is checked here.
"""

from dataclasses import asdict, replace
from datetime import datetime
from hashlib import sha256
from typing import Any, Final

from app.domain.core.json_values import outcome_json
from app.domain.zones import date_of
from app.i18n import Translator
from app.i18n.citing import document_key
from app.services.canonical import canonical_json
from app.services.prints.report import ReportDocument
from app.services.prints.report_duties import Duties
from app.services.prints.report_indicators import Indicators
from app.services.prints.report_rankings import Rankings
from app.services.prints.report_scene import ReportSources, Scene

FORMAT: Final = 1


def report_of(sources: ReportSources, t: Translator) -> ReportDocument:
    """Return the report of the place at which the evaluation is."""
    scene = Scene(sources, t)
    evaluation, duties = scene.evaluation, Duties(scene)
    finished = date_of(scene.regulation.calendar.zone, scene.now) >= evaluation.period.end
    as_of = evaluation.as_of or scene.now
    made = ReportDocument(
        kind=scene.kind,
        title=t(f"print-report-{scene.kind}"),
        place=scene.title(scene.place.id),
        period=t("score-year", year=scene.opened.period),
        as_of=t("score-as-of", day=t.day_of_year(as_of)),
        expected="" if finished else t("print-report-unfinished"),
        parts=_level(scene.parts[0].level, t) if scene.parts else "",
        rankings=tuple(Rankings(scene).all()),
        indicators=tuple(Indicators(scene).all()),
        total=duties.whole(),
        duties=tuple(duties.all()),
        regulation_hash=scene.regulation.revision,
        ledger_hash=sources.ledger,
        created=as_of,
        code="",
        template=scene.kind,
        prints=scene.regulation.prints,
        documents=tuple(document_key(t, of) for of in scene.used.values()),
    )
    said = _json(scene, sources.ledger, duties, as_of) if sources.names else _printed_json(made, scene)
    made = replace(made, json=said)
    return replace(made, code=_code(made))


def _level(level: str, t: Translator) -> str:
    return t(f"level-{level}") if t.has(f"level-{level}") else level


def _json(scene: Scene, ledger: str, duties: Duties, as_of: datetime) -> str:
    """Return the outcome's rows of appraisals and indicators, and what became of duties, as canonical JSON."""
    named = [*scene.regulation.appraisals, *scene.regulation.indicators]
    of_duties = {
        duty: {
            place or scene.place.id: {str(state): n for state, n in own.items()}
            for place, own in counted.items()
        }
        for duty, counted in duties.counts.items()
    }
    return canonical_json(
        {
            "format": FORMAT,
            "place": scene.place.id,
            "period": scene.opened.period,
            "as_of": outcome_json(as_of),
            "revision": scene.regulation.revision,
            "ledger": ledger,
            "tables": {name: _table(scene, name) for name in named if scene.evaluation.has(name)},
            "duties": of_duties,
        }
    )


def _printed_json(made: ReportDocument, scene: Scene) -> str:
    """Return what is printed as canonical JSON: of nobody by id."""
    return canonical_json(
        {
            "format": FORMAT,
            "place": scene.place.id,
            "period": scene.opened.period,
            "as_of": outcome_json(made.created),
            "revision": made.regulation_hash,
            "ledger": made.ledger_hash,
            "rankings": [asdict(one) for one in made.rankings],
            "indicators": [asdict(one) for one in made.indicators],
            "total": asdict(made.total),
            "duties": [asdict(one) for one in made.duties],
        }
    )


def _table(scene: Scene, name: str) -> dict[str, Any]:
    columns = [column.name for column in scene.evaluation.schema(name).columns]
    rows = ([outcome_json(value) for value in row] for row in scene.evaluation.rows(name).values())
    return {"columns": columns, "rows": sorted(rows, key=str)}


def _code(document: ReportDocument) -> str:
    """Return a code that is the same for each print of the same report, in any language."""
    digest = sha256(document.json.encode()).hexdigest().upper()
    return "-".join(digest[at : at + 4] for at in (0, 4, 8))
