"""The values that print templates read: plain texts, numbers, lists and mappings, described in docs/printing.md.

They carry a version. What is in it stays as it is: something new may come beside, nothing changes its meaning.
"""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, date, datetime, time
from typing import Any, Final

from app.i18n import HANT, SOURCE, Translator
from app.i18n.traditional import has_chinese
from app.services.lists import PrintedRegister
from app.services.money import Money
from app.services.ports import AppraisalDocument
from app.services.prints.report import Printable
from app.services.workbooks.workbook import CellValue

VERSION: Final = 1
_WORDS: Final = {
    "item": "print-item",
    "max": "figure-max",
    "points": "staff-col-score",
    "bonus": "print-bonus",
    "total": "print-total",
    "findings": "appraisal-findings",
    "rule": "print-rule",
    "figures": "print-figures",
    "arithmetic": "print-arithmetic",
    "semicolon": "print-semicolon",
    "documents": "print-documents",
    "number": "print-number",
    "plate": "score-col-plate",
    "name": "score-col-name",
    "window": "score-col-window",
    "state": "score-col-state",
    "row_points": "score-col-points",
    "sign_person": "print-sign-person",
    "sign_lead": "print-sign-lead",
    "seal": "print-seal",
    "date": "print-date",
    "regulation": "print-regulation",
    "ledger": "print-ledger",
    "hashes": "print-hashes",
    "app": "app-name",
    "chart": "print-chart",
    "own": "print-own",
    "median": "print-median",
    "posts": "print-posts",
    "summaries": "print-summaries",
    "comments": "print-comments",
    "appeals": "print-appeals",
    "no_appeals": "print-no-appeals",
    "trace": "print-trace",
    "certificate": "print-certificate",
    "rankings": "print-rankings",
    "compared_scores": "print-compared-scores",
    "indicators": "print-indicators",
    "compared_indicators": "print-compared-indicators",
    "duties": "print-duties",
    "share_means": "print-share-means",
    "grade": "print-grade",
    "bound": "print-bound-column",
    "people": "print-people",
    "rank": "print-rank",
    "who": "print-who",
    "place": "print-place",
    "note": "print-note",
    "why": "print-why",
    "left_out": "print-left-out",
    "average": "print-average",
    "lowest": "print-lowest",
    "highest": "print-highest",
    "counted": "print-counted",
    "all": "print-all",
    "value": "print-value",
    "target": "print-target",
    "reached": "print-reached-column",
    "owed": "print-owed",
    "figures_count": "print-figures-column",
    "met": "state-met",
    "late": "state-late",
    "missed": "state-missed",
    "waived": "state-waived",
    "open": "print-open",
    "share": "print-share",
    "made_by": "print-made-by",
    "checked_by": "print-checked-by",
    "report_hashes": "print-report-hashes",
    "record": "print-card-record",
    "tags": "print-card-tags",
    "owed_to": "print-card-owed",
    "duty": "print-card-duty",
    "history": "print-card-history",
    "no_history": "print-card-no-history",
    "at": "print-column-at",
    "what": "print-card-what",
    "by": "print-column-by",
    "said": "print-card-said",
    "certificate_number": "print-certificate-number",
    "no_rows": "print-no-rows",
}


_SCRIPTS: Final = {SOURCE: "Hans", HANT: "Hant"}
_NOT_FOR_TEMPLATES: Final = ("json", "csv", "prints", "template")


def words(t: Translator) -> dict[str, str]:
    """Return the words of the shipped templates in the reader's language.

    `page_before`, `page_between`, `page_after` stand around the page's number and how many there are.
    """
    before, _, rest = t("print-page", page="\x01", pages="\x02").partition("\x01")
    between, _, after = rest.partition("\x02")
    around = {"page_before": before, "page_between": between, "page_after": after}
    return {name: t(message) for name, message in _WORDS.items()} | around


def values(kind: str, document: Mapping[str, Any], t: Translator) -> dict[str, Any]:
    """Return all that a template of a kind reads."""
    head = {
        "version": VERSION,
        "kind": kind,
        # Both ways to write Chinese are one language to a template; what differs is the script, and the fonts.
        "language": t.language.partition("-")[0],
        "script": _SCRIPTS.get(t.language, "Latn"),
        "html_language": t.html_lang,
    }
    return {"print": head, "words": words(t), "document": plain(document)}


def appraisal_values(document: AppraisalDocument, t: Translator) -> dict[str, Any]:
    """Return what a template of a personal appraisal reads."""
    found = asdict(document)
    for name in _NOT_FOR_TEMPLATES:
        del found[name]
    found["qr"] = qr(document.trace) if document.trace else None
    found["several_posts"] = len(document.posts) > 1 or any(not post.whole for post in document.posts)
    for post in found["posts"]:
        post["said"] = t.dotted(post["title"], post["place"], post["span"])
    for name in ("summaries", "comments", "appeals"):
        for note in found[name]:
            note["lines"] = [{"question": question, "answer": answer} for question, answer in note["lines"]]
    found["header"] = t.dotted(document.title, document.period, document.person)
    found["unit"] = t.dotted(document.community, t("app-name"))
    found["sub"] = t.dotted(
        document.community,
        document.period,
        document.person,
        document.post,
        document.place if document.place != document.person else "",
    )
    found["as_of"] = t("score-as-of", day=document.as_of)
    found["check"] = t("print-check", code=document.check)
    found["code"] = document.check
    found["parts"] = [
        {
            "title": t("print-part", title=title, weight=weight) if weight else title,
            "name": title,
            "weight": weight,
            "score": score,
        }
        for title, weight, score in document.parts
    ]
    found["findings"] = [
        {"title": title, "ref": ref, "clause": wording} for title, ref, wording in document.findings
    ]
    heads = {item.path for item in document.items if len(item.path) == 1}
    every = (
        *zip(found["items"], document.items, strict=True),
        *zip(found["grounds"], document.grounds, strict=True),
    )
    for given, item in every:
        given["depth"] = max(0, len(item.path) - (1 if item.path[:1] in heads else 2))
        given["more"] = t("print-more", n=item.more) if item.more else ""
        given["plates"] = any(line.plate for line in item.lines)
        given["pointed"] = any(line.points for line in item.lines)
        given["one_name"] = len({line.name for line in item.lines}) == 1
    shown = document.state in {"computed", "not_applicable"}
    found["state_word"] = "" if shown else t("score-" + document.state.replace("_", "-"))
    found["next_grade"] = t("print-next", grade=document.next_grade) if document.next_grade else ""
    found["quoted"] = t("print-quoted") if _quotes_chinese(document, t) else ""
    days = document.appeal_days
    found["objection"] = t("print-objection-days", days=days) if days else t("print-objection")
    return values("appraisal", found, t)


def _quotes_chinese(document: AppraisalDocument, t: Translator) -> bool:
    """Whether clauses, or reasons for figures, stand in Chinese before readers of another language."""
    if t.language.startswith(SOURCE):
        return False
    items = (*document.grounds, *document.items)
    quoted = [words for item in items for words in (item.clause_text, *item.figures)]
    return any(has_chinese(words) for words in (*quoted, *(wording for _, _, wording in document.findings)))


def document_values(document: Printable, t: Translator) -> dict[str, Any]:
    """Return what a template of any other document reads: its fields, with the lines at the edges of its pages."""
    found = asdict(document)  # type: ignore[call-overload]
    for name in (*_NOT_FOR_TEMPLATES, "kind"):
        found.pop(name, None)
    place = found.get("place", "")
    found["unit"] = t.dotted(document.author, t("app-name"))
    found["header"] = t.dotted(*document.heading.split(" · "))
    found["sub"] = t.dotted(place, found.get("keeper", "") or found.get("period", ""))
    found["check"] = t("print-check", code=found["code"]) if found.get("code") else ""
    found["qr"] = qr(found["trace"]) if found.get("trace") else None
    return values(document.kind, found, t)


def register_values(register: PrintedRegister, t: Translator) -> dict[str, Any]:
    """Return what a template of a register reads."""
    found = asdict(register)
    del found["prints"]
    found["columns"] = [{"title": title, "width": width} for title, width in register.columns]
    found["rows"] = [
        [str(number), *(shown(cell, t) for cell in row)] for number, row in enumerate(register.rows, 1)
    ]
    found["unit"] = t.dotted(register.place, register.title, register.made)
    found["about"] = t.dotted(register.when, register.count)
    return values("register", found, t)


def qr(address: str) -> dict[str, Any]:
    """Return an address as a QR code: the `path` of an SVG whose `size` is in modules, quiet zone included."""
    import segno  # noqa: PLC0415 - for prints with an address alone

    code = segno.make(address, error="m", micro=False)
    quiet = 4
    runs = []
    for y, row in enumerate(code.matrix):
        at = 0
        while at < len(row):
            end = at
            while end < len(row) and row[end]:
                end += 1
            if end > at:
                runs.append(f"M{at + quiet} {y + quiet}h{end - at}v1h-{end - at}z")
            at = end + 1
    return {"size": len(code.matrix) + 2 * quiet, "path": "".join(runs)}


def plain(value: Any) -> Any:  # noqa: ANN401 - any value
    """Return a value as texts, numbers, lists and mappings: instants as in `2026-01-05T00:00:00Z`."""
    match value:
        case Mapping():
            return {str(key): plain(one) for key, one in value.items()}
        case list() | tuple():
            return [plain(one) for one in value]
        case datetime():
            return f"{value.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"
        case date():
            return value.isoformat()
        case None | bool() | int() | str():
            return value
        case _:
            return str(value)


def shown(cell: CellValue, t: Translator) -> str:
    """Return a cell as text."""
    match cell:
        case None:
            return ""
        case bool():
            return t("answer-yes") if cell else t("answer-no")
        case datetime():
            return f"{_day(cell.date(), t)} {cell:%H:%M}"
        case date():
            return _day(cell, t)
        case time():
            return f"{cell:%H:%M}"
        case float():
            return t.money(cell, 6) if isinstance(cell, Money) else t.number(cell, 6)
        case _:
            return str(cell)


def _day(day: date, t: Translator) -> str:
    """Return a day for a column: as figures where those are read at a glance and take less room, else in words."""
    return day.isoformat() if t.language in _SCRIPTS else t.day_of_year(day)
