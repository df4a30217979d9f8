"""Certificates: a document for each finding of a rule that praises somebody, once the results it rests on are public.

What is worth a certificate is the regulation's to say: a rule with `praise: true` over a grade, over years in a row,
over points of a sheet. Nothing is checked here.
"""

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Final
from urllib.parse import quote

from app.domain.kinds.common import Texts
from app.domain.kinds.links import WORKER
from app.domain.kinds.rule import Rule
from app.domain.zones import date_of
from app.i18n import Translator
from app.i18n.citing import cited
from app.services.appraising.opened import Opened
from app.services.appraising.person_score import grade_title
from app.services.prints.report import CertificateDocument
from app.services.reasons.records import as_record, records
from app.services.year.reading import YearReader

TEMPLATE: Final = "certificate"


@dataclass(frozen=True, slots=True)
class Praise:
    """A finding that praises: its id, the rule, whom it is about and how that one is called, and when it was found.

    `name` is a person's name, or a place's title.
    """

    finding: str
    rule: str
    title: Texts
    about: str
    name: Texts | str
    at: datetime


def praises_of(opened: Opened, now: datetime) -> tuple[Praise, ...]:
    """Return the findings of the period that praise somebody; none that may still become another.

    They are by rule; places in their order, people by name.

    A finding over the results of an appraisal stands once they are public; any other once the period is over.
    """
    regulation, evaluation = opened.regulation, opened.evaluation
    found = []
    for rule in regulation.rules.values():
        if not rule.then.praise or not evaluation.has(rule.id) or not _settled(opened, rule, now):
            continue
        to = evaluation.schema(rule.id).type_of("about").to or WORKER
        found += [
            Praise(
                str(row["id"]),
                rule.id,
                rule.then.certificate or rule.then.title or rule.heading.title or {"zh": rule.id},
                str(row["about"]),
                _called(opened, to, str(row["about"])),
                row["at"],
            )
            for row in records(evaluation, rule.id)
            if isinstance(row["about"], str)
        ]
    places = {place: number for number, place in enumerate(regulation.places.places)}
    return tuple(
        sorted(
            found,
            key=lambda one: (one.rule, places.get(one.about, 0), str(one.name), one.at, one.finding),
        )
    )


def _settled(opened: Opened, rule: Rule, now: datetime) -> bool:
    """Whether what a rule judges won't change any more by the year's going on."""
    if date_of(opened.regulation.calendar.zone, now) < opened.evaluation.period.end:
        return False
    source = rule.for_each.source
    appraisal = None if source is None else opened.regulation.appraisals.get(source.table)
    if appraisal is None or not appraisal.stages:
        return True
    return YearReader(opened, appraisal, now).public_since is not None


def _called(opened: Opened, to: str, about: str) -> Texts | str:
    if about in opened.regulation.places.places:
        return opened.labels.place(about)
    return opened.labels.of(to if opened.labels.form_of(to) is not None else WORKER, about).name


def certificate_of(opened: Opened, praise: Praise, address: str, t: Translator) -> CertificateDocument:
    """Return the certificate of a finding; `address` is where the app can be reached, "" where that isn't known."""
    regulation = opened.regulation
    rule = regulation.rules[praise.rule]
    clause = rule.heading.clause
    person = praise.name if isinstance(praise.name, str) else t.text(praise.name)
    period = t("score-year", year=opened.period)
    community = t.text(opened.labels.place(opened.actor.community))
    own = f"{TEMPLATE}_{rule.id}"
    number = sha256(f"{regulation.place.id}\0{opened.period}\0{praise.finding}".encode()).hexdigest().upper()
    as_of = opened.evaluation.as_of or opened.labels.now
    title = t.text(praise.title)
    return CertificateDocument(
        title=t("print-certificate"),
        community=community,
        person=person,
        praise=title,
        result=_result(opened, praise, t),
        sentence=t("print-certificate-sentence", period=period, title=title),
        clause=cited(t, clause),
        clause_text="" if clause is None else t.wording(clause.text),
        period=period,
        day=t.day_of_year(as_of),
        number="-".join(number[at : at + 4] for at in (0, 4, 8)),
        trace=_trace(opened, praise, address),
        created=as_of,
        template=own if f"{own}.html" in regulation.prints else TEMPLATE,
        prints=regulation.prints,
    )


def _result(opened: Opened, praise: Praise, t: Translator) -> str:
    """Return the appraisal and the grade that are praised; "" where the rule judges something else."""
    source = opened.regulation.rules[praise.rule].for_each.source
    appraisal = None if source is None else opened.regulation.appraisals.get(source.table)
    row = (
        None if appraisal is None else opened.evaluation.rows(appraisal.id).get((praise.about, opened.period))
    )
    if appraisal is None or row is None:
        return ""
    grade = grade_title(appraisal, as_record(opened.evaluation, appraisal.id, row))
    return "" if grade is None else t.dotted(t.text(appraisal.heading.title), t.text(grade))


def _trace(opened: Opened, praise: Praise, address: str) -> str:
    """Return the address at which whoever may see it finds the result that is praised; "" for none."""
    source = opened.regulation.rules[praise.rule].for_each.source
    if not address or source is None or source.table not in opened.regulation.appraisals:
        return ""
    parts = (quote(source.table), quote(opened.period), "trace", quote(praise.about))
    return f"{address.rstrip('/')}/appraisals/{'/'.join(parts)}"
