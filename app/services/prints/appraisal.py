"""The printed appraisal's contents, in the reader's language: score table, reasons, evidence, findings."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from hashlib import sha256
from urllib.parse import quote

from app.domain.core.numbers import format_number
from app.domain.kinds.appraisal import Appraisal
from app.domain.kinds.common import CitedText, Clause
from app.i18n import Translator
from app.i18n.citing import Cited, cited_shortly, document_key
from app.services.appraising.opened import Opened
from app.services.appraising.part_reasons import part_reason
from app.services.appraising.person_score import score_view
from app.services.appraising.ranking import findings_of
from app.services.appraising.record import RecordReader
from app.services.appraising.score_views import ScoreView, SheetView
from app.services.appraising.standings import Standing, posts_in, worker_of
from app.services.ports import AppraisalDocument, PrintedItem, PrintedLine
from app.services.prints.evidence import evidence_csv, evidence_json
from app.services.prints.record import appeals_of, bars_of, comments_of, posts_of, summaries_of
from app.services.reasons.arithmetic import sum_words
from app.services.reasons.evidence import Evidence
from app.services.reasons.period_words import period_words
from app.services.reasons.phrases import Percent, say
from app.services.reasons.reason_words import (
    counts_words,
    origin_words,
    points_of,
    sum_notes,
    titled,
    window_of,
)
from app.services.reasons.reasons import ItemReason, Quote, Reasons

MOST_LINES = 20
"""How many rows of evidence an item lists at most, the costly ones first; the score's page lists all of them."""

SIGNS = {"met": "○", "late": "△", "overdue": "△", "missed": "×", "waived": "—", "due": "…", "upcoming": "…"}
"""States on paper: a sign beside the word, since there are no colours."""


@dataclass(frozen=True, slots=True)
class Sources:
    """What a document is made from; `ledger` is the hash of the entries.

    `address` is where the app can be reached, empty where that isn't known; `reader` is shared by many documents.
    """

    opened: Opened
    appraisal: Appraisal
    about: str
    ledger: str
    now: datetime
    address: str = ""
    reader: RecordReader | None = None


Used = dict[str, CitedText]
"""The documents whose clauses are shown so far, by id: told in full once, at the end."""


def document_of(sources: Sources, t: Translator) -> AppraisalDocument:
    """Return the document of one person; nothing is checked here."""
    opened, appraisal, about = sources.opened, sources.appraisal, sources.about
    stands = Standing(appraisal, about)
    view = score_view(opened, worker_of(opened, about), sources.now, stands)
    posts = posts_in(opened, stands)
    role = opened.regulation.roles.get(posts[-1]["role"]) if posts else None
    place = posts[-1]["place"] if posts else about
    community = opened.regulation.place
    record = (sources.reader or RecordReader(opened, appraisal)).record(about)
    readers = [
        (sheet.name, Reasons(opened.evaluation, sheet.id, view.about, sheet.period)) for sheet in view.sheets
    ]
    sheets = list(dict.fromkeys(sheet.id for sheet in view.sheets))
    used: Used = {}
    made = AppraisalDocument(
        title=t.text(view.title),
        community=t.text(opened.labels.place(community.id)),
        period=t("score-year", year=opened.period),
        person=view.name if posts else t.text(opened.labels.place(about)),
        post=t.text(role.heading.title) if role is not None else "",
        place=t.text(opened.labels.place(place)),
        as_of=t.day_of_year(view.as_of),
        score="—" if view.score is None else t.number(Fraction(view.score)),
        maximum="" if view.most is None else t.number(Fraction(view.most)),
        grade=_grade(view, t),
        state=view.state,
        parts=tuple(_parts(view, t)),
        items=tuple(_items(view, readers, used, t)),
        grounds=tuple(_grounds(sources, view, used, t)),
        findings=tuple(
            (t.text(finding.title), _cited(finding.clause, used, t), _wording(finding.clause, t))
            for finding in findings_of(opened, appraisal, about)
        ),
        documents=tuple(document_key(t, of) for of in used.values()),
        regulation_hash=opened.regulation.revision,
        ledger_hash=sources.ledger,
        created=view.as_of,
        bonus=t.number(Fraction(view.bonus)) if view.bonus else "",
        next_grade=_next(view, t),
        appeal_days=appraisal.appeal_days,
        template=appraisal.print or "appraisal",
        prints=opened.regulation.prints,
        bars=tuple(bars_of(record, t)),
        posts=tuple(posts_of(opened, posts, t)),
        summaries=tuple(summaries_of(record, t)),
        comments=tuple(comments_of(record, t)),
        appeals=tuple(appeals_of(record, t)),
        trace=_trace(sources),
        json=evidence_json(opened, appraisal.id, about, sheets, sources.ledger),
        csv=evidence_csv(readers),
    )
    return replace(made, check=check_code(made, view))


def _trace(sources: Sources) -> str:
    """Return the address at which whoever may see it follows the score down to the entries."""
    if not sources.address:
        return ""
    opened = sources.opened
    year, about = quote(opened.period), quote(sources.about)
    return f"{sources.address.rstrip('/')}/appraisals/{quote(sources.appraisal.id)}/{year}/trace/{about}"


def check_code(document: AppraisalDocument, view: ScoreView) -> str:
    """Return `7F3A-19C2-E0B4`: the same for every print, in any language, of the same score from the same sources."""
    points = [
        f"{sheet.name}:{'/'.join(item.path)}={'' if item.points is None else format_number(item.points)}"
        for sheet in view.sheets
        for item in sheet.items
    ]
    score = "" if view.score is None else format_number(view.score)
    parts = (document.regulation_hash, document.ledger_hash, view.about, view.period, score, *points)
    digest = sha256("\n".join(parts).encode()).hexdigest().upper()
    return "-".join(digest[at : at + 4] for at in (0, 4, 8))


def _grade(view: ScoreView, t: Translator) -> str:
    if view.grade is None:
        return ""
    grade = t.text(view.grade)
    return grade if view.finished else t("score-expected", grade=grade)


def _next(view: ScoreView, t: Translator) -> str:
    """Return from how many points the next grade starts, or what keeps from one that is reached."""
    if view.next is None:
        return ""
    if view.next.held_back is not None:
        return t(view.next.held_back.words, grade=t.text(view.next.held_back.title))
    return t("score-mark", points=t.number(Fraction(view.next.at_least)), grade=t.text(view.next.title))


def _parts(view: ScoreView, t: Translator) -> Iterator[tuple[str, str, str]]:
    for part in view.parts:
        yield (
            t.text(part.title),
            "" if part.weight is None else say(Percent(part.weight), t),
            "—" if part.score is None else t.number(Fraction(part.score)),
        )


def _grounds(sources: Sources, view: ScoreView, used: Used, t: Translator) -> Iterator[PrintedItem]:
    """Yield why the parts that are no score sheet have their points."""
    opened = sources.opened
    for part in view.parts:
        if not part.leaf or part.sheet:
            continue
        reason = part_reason(opened.evaluation, sources.appraisal, view.about, view.period, part.path)
        if reason is not None:
            yield _item((sources.appraisal.id,), reason, used, t, leaf=True)


# ---- items ---------------------------------------------------------------------------------------------------------
def _items(
    view: ScoreView, readers: list[tuple[str, Reasons]], used: Used, t: Translator
) -> Iterator[PrintedItem]:
    """Yield the items of the sheets that the appraisal rests on, sections before what is in them."""
    for sheet, (_, reasons) in zip(view.sheets, readers, strict=True):
        window = ""
        if sheet.period != view.period:
            window = say(period_words(sheet.period), t)
            yield _head(sheet, window, t)
        for path, item in reasons.rows.walk():
            reason = reasons.reason(path)
            if reason is not None:
                made = _item((sheet.name,), reason, used, t, window, leaf=not item.items)
                yield replace(made, title=titled(t, made.title, sheet.unit))


def _head(sheet: SheetView, window: str, t: Translator) -> PrintedItem:
    """Return the row of a sheet that is one of several windows': its items stand below it."""
    most = "" if sheet.most is None else t.number(Fraction(sheet.most))
    points = points_of(t, sheet.total, None, sheet.state)
    title = titled(t, t.dotted(t.text(sheet.title), window), sheet.unit)
    return PrintedItem((sheet.name,), title, most, points, "", "", "", (), "", (), leaf=False)


def _item(
    above: tuple[str, ...], reason: ItemReason, used: Used, t: Translator, window: str = "", *, leaf: bool
) -> PrintedItem:
    said = reason.quotes[0] if reason.quotes else None
    costly = [row for row in reason.rows if row.lost or row.points]
    listed = costly[:MOST_LINES]
    notes = list(sum_notes(t, reason.total)) if reason.total is not None else []
    if reason.policy is not None:
        notes.append(say(reason.policy, t))
    return PrintedItem(
        path=(*above, *reason.path),
        title=say(reason.titles[-1], t),
        max="" if reason.most is None else t.number(Fraction(reason.most)),
        points=points_of(t, reason.points, None, reason.state),
        clause=_cited(said if leaf else None, used, t),
        clause_text=_wording(said, t),
        rule=_sentences(reason, t),
        figures=tuple(_figures(reason, t)),
        arithmetic=_sum(reason, t),
        lines=tuple(_line(row, t) for row in listed),
        more=len(costly) - len(listed),
        counts=counts_words(t, reason),
        notes=tuple(notes),
        leaf=leaf,
        window=window,
    )


def _sentences(reason: ItemReason, t: Translator) -> str:
    return t("print-stop").join(say(sentence, t) for sentence in reason.sentences)


def _figures(reason: ItemReason, t: Translator) -> Iterator[str]:
    for figure in reason.figures:
        since = t("score-since", day=t.day_of_year(figure.since)) if figure.since is not None else ""
        # Why it was chosen is said in the regulation's own language: other readers are told what it is about.
        why = t.wording(figure.why) if figure.assumed else ""
        ground = t("print-assumed", why=why) if why else origin_words(figure, t)
        yield t(
            "print-figure",
            label=say(figure.label, t),
            value=say(figure.value, t),
            ground=t.dotted(since, ground),
        )


def _sum(reason: ItemReason, t: Translator) -> str:
    if reason.total is None:
        return ""
    return "".join(sum_words(reason.total, t))


def _line(row: Evidence, t: Translator) -> PrintedLine:
    state = t.text(row.line)
    if row.state is not None:
        state = f"{SIGNS.get(row.state, '')} {t(f'state-{row.state}')}".strip()
    return PrintedLine(
        row.plate,
        row.name or t.text(row.title),
        window_of(t, row),
        state,
        "" if row.points is None else t.number(Fraction(row.points)),
    )


# ---- clauses -------------------------------------------------------------------------------------------------------
def _cited(clause: Cited | None, used: Used, t: Translator) -> str:
    """Return where a clause stands, by the document's short title, and note the document as used."""
    if clause is not None and clause.of is not None and t.text(clause.of.title):
        used.setdefault(clause.of.id, clause.of)
    return cited_shortly(t, clause)


def _wording(clause: Clause | Quote | None, t: Translator) -> str:
    return "" if clause is None else t.wording(clause.text)
