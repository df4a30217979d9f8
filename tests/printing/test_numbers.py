"""Every number on paper is one of the outcome's, and every number of the outcome that belongs there is on paper.

What the pages show is read back from the PDF and held to the outcome's canonical JSON, worked out anew. The one way
round nothing is lost; the other way round nothing is told that nobody computed: what is left, when dates, names, hashes
and the regulation's own words are taken out, is a number of the outcome, a count of its rows, or a page's number.
"""

import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from statistics import median
from typing import Any

import pytest
from pypdf import PdfReader

from app.domain.period import parse_period
from app.i18n import Translator
from app.printing import WeasyPrinter
from app.services.appraising.opened import Opened
from app.services.canonical import outcome_text
from app.services.evaluate import evaluate
from app.services.prints.appraisal import Sources, document_of
from app.services.prints.place_report import report_of
from app.services.prints.report import ReportDocument
from app.services.prints.report_scene import ReportSources
from app.services.reasons.records import records
from tests.fakes.deciders import PlainDecider
from tests.services.declared import told
from tests.services.test_place_report import GIVEN, NOW, RULES, opened, street_entries, street_opened

T = Translator("zh")
HASH = "b" * 64
NUMBER = re.compile(r"(?<![\w.,])[−-]?\d[\d,]*(?:\.\d+)?%?")
Table = list[dict[str, Any]]
PEOPLE = ("w1", "w2", "w3", "w4", "w5")
FIGURES = (Fraction(5, 3), Fraction(1, 8), 90, 100, 6, 1)
"""What the regulation says: a missed report, one in time, a bound, the most, months in the post, a quota."""


# ---- reading -------------------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Read:
    """A PDF as it is read back: its text with what isn't a figure taken out, and the numbers that are left."""

    text: str
    numbers: frozenset[str]
    pages: int
    attached: Mapping[str, Any]


def read(content: bytes, *known: str) -> Read:
    """Read a PDF. `known` are names, titles and hashes that hold digits of their own."""
    reader = PdfReader(io.BytesIO(content))
    text = "\n".join(page.extract_text() for page in reader.pages)
    pages = len(reader.pages)
    bare = text
    for page in range(1, pages + 1):
        said = T("print-page", page=str(page), pages=str(pages))
        assert re.sub(r"\s", "", said) in re.sub(r"\s", "", text)
    bare = re.sub(r"第\s*\d+\s*页\s*，\s*共\s*\d+\s*页", " ", bare)
    for word in sorted(known, key=len, reverse=True):
        bare = re.sub(r"\s*".join(map(re.escape, word)), " ", bare)
    bare = re.sub(
        r"\d+\s*年\s*\d+\s*月\s*\d+\s*日|\d+\s*年度|\d+\s*月份?|[0-9A-F]{4}(-[0-9A-F]{4}){2}", " ", bare
    )
    found = frozenset(one.replace("-", "−") for one in NUMBER.findall(bare))
    attached = {
        name: json.loads(one[0]) for name, one in reader.attachments.items() if name.endswith(".json")
    }
    return Read(text, found, pages, attached)


def shown(value: object, *, percent: bool = False) -> Iterator[str]:
    """Yield how an exact number of the outcome's JSON stands on paper: halves away from zero, no needless zeros."""
    if isinstance(value, bool) or not isinstance(value, int | str | Fraction):
        return
    try:
        exact = Fraction(value)
    except ValueError:
        return
    exact *= 100 if percent else 1
    rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    text = f"{rounded:,.2f}".rstrip("0").rstrip(".").replace("-", "−")
    yield f"{text}%" if percent else text


def all_shown(values: Iterable[object], *, percent: bool = False) -> set[str]:
    return {text for value in values for text in shown(value, percent=percent)}


def tables_of(text: str) -> dict[str, Table]:
    return {
        name: [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]
        for name, table in json.loads(text)["tables"].items()
    }


# ---- one person ----------------------------------------------------------------------------------------------------
BONUS = """
---
sheet: extra
title: {zh: 奖惩}
for_each: role leader
every: year
lines: {met: {title: {zh: 按时}, add: 1/8, for_each: report_due, where: {state: met}}}
"""
PERSON_RULES = (
    RULES.replace("missing_part: not_computable\n", "missing_part: not_computable\nbonus: extra\n", 1) + BONUS
)
SHEETS = ("score", "extra")


@pytest.mark.parametrize("about", ["w3", "w5"])
def test_a_persons_print_has_the_outcomes_numbers_and_no_others(printer: WeasyPrinter, about: str) -> None:
    case = told(PERSON_RULES, GIVEN)
    found = opened(case)
    document = document_of(Sources(found, found.regulation.appraisals["year"], about, HASH, NOW), T)
    got = read(printer.appraisal(document, "zh"), HASH, "r1", *PEOPLE)
    tables = tables_of(outcome_text(case.outcome()))
    own = {
        name: [row for row in rows if row.get("about") == about and row.get("period") == "2025"]
        for name, rows in tables.items()
    }
    (year,) = own["year"]
    items = [row for sheet in SHEETS for row in own[f"{sheet}.items"]]
    lines = [row for sheet in SHEETS for row in own[f"{sheet}.lines"]]
    scores = all_shown([year["score"], year["bonus"], year["part_duties"]])
    of_items = all_shown(row[column] for row in items for column in ("points", "max"))
    points = all_shown(row["points"] for row in lines)
    # Every number of the score's lines is printed.
    for wanted in scores | of_items | points:
        assert wanted in got.numbers, (wanted, sorted(got.numbers))
    # And nothing else is, but the figures of the rules, how many rows there are, and their ordinals.
    duty = [row for row in tables["report_due"] if row["owner"] == about]
    many = [*Counter(row["line"] for row in lines).values(), *Counter(row["state"] for row in duty).values()]
    allowed = scores | of_items | points | all_shown([*many, len(duty), *range(1, len(duty) + 1), *FIGURES])
    # The chart: the median of all who are assessed, here of three, is the score's own row of one of them.
    allowed |= all_shown(row["points"] for row in (*tables["score.items"], *tables["extra.items"]))
    strange = (
        {one.strip("−") for one in got.numbers} - {one.strip("−") for one in allowed} - {"100%"}
    )  # the weight
    assert strange == set()
    (row,) = got.attached["evidence.json"]["tables"]["year"]["rows"]
    assert dict(zip(got.attached["evidence.json"]["tables"]["year"]["columns"], row, strict=True)) == year


# ---- a community ---------------------------------------------------------------------------------------------------
def report_read(printer: WeasyPrinter, found: Opened, *known: str) -> tuple[ReportDocument, Read]:
    document = report_of(ReportSources(found, HASH, NOW), T)
    content = printer.document(document, "zh")
    return document, read(content, HASH, document.regulation_hash, *known)


def duty_numbers(rows: Table, parts: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return what each place's row of a duty has: the outcome's counts, and the sums and shares that follow."""
    counted, follows = set[str](), set[str]()
    for part in (*parts, ""):
        states = Counter(
            row["state"] for row in rows if str(row["place"]).startswith(part) and row["state"] != "upcoming"
        )
        counted |= all_shown(states.values())
        done, ended = states["met"] + states["late"], states["met"] + states["late"] + states["missed"]
        follows |= all_shown([states.total(), 0])
        follows |= all_shown([Fraction(done, ended)], percent=True) if ended else set()
    return counted, follows


def indicator_numbers(rows: Table, *, share: bool) -> set[str]:
    values = all_shown((row[name] for row in rows for name in ("value", "target")), percent=share)
    return values | (all_shown(row[name] for row in rows for name in ("part", "whole")) if share else set())


def test_a_communitys_print_has_the_outcomes_numbers_and_no_others(printer: WeasyPrinter) -> None:
    case = told(RULES, GIVEN)
    _, got = report_read(printer, opened(case), *PEOPLE)
    tables = tables_of(outcome_text(case.outcome()))
    year = tables["year"]
    scores = [Fraction(row["score"]) for row in year if isinstance(row["score"], int | str)]
    wanted = all_shown([*scores, *(row["rank"] for row in year)])
    wanted |= indicator_numbers(tables["reported"], share=True)
    wanted |= indicator_numbers(tables["reports_all"], share=False)
    follows = all_shown([len(year), len(scores), sum(scores) / len(scores), median(scores)])
    for name in ("report_due", "gathering"):
        counted, after = duty_numbers(tables[name], ("c1/g1", "c1/g2"))
        wanted, follows = wanted | counted, follows | after
    together = [*tables["report_due"], *tables["gathering"]]
    follows |= set.union(*duty_numbers(together, ("c1/g1", "c1/g2")))
    for one in wanted:
        assert one in got.numbers, (one, sorted(got.numbers))
    judged = [row["met"] for name in ("reported", "reports_all") for row in tables[name]]
    counts = range(len([one for one in judged if isinstance(one, bool)]) + 1)  # how many reach their target
    strange = got.numbers - wanted - follows - all_shown([*counts, *FIGURES])
    assert strange == set()
    attached = got.attached["community.json"]["tables"]
    for name in ("year", "reported", "reports_all"):
        of_outcome = json.loads(outcome_text(case.outcome()))["tables"][name]
        assert attached[name]["columns"] == of_outcome["columns"]
        assert sorted(map(str, attached[name]["rows"])) == sorted(map(str, of_outcome["rows"]))


# ---- a street ------------------------------------------------------------------------------------------------------
def test_a_streets_print_has_the_outcomes_numbers_and_no_others(printer: WeasyPrinter) -> None:
    found = street_opened()
    _, got = report_read(printer, found, "c1", "c2", "c3", "s1")
    entries = list(street_entries())
    outcome = evaluate(entries, found.regulation, parse_period("2025"), NOW, PlainDecider())
    tables = tables_of(outcome_text(outcome))
    parts = ("s1/c1", "s1/c2", "s1/c3")
    wanted = indicator_numbers(tables["kept"], share=True) | indicator_numbers(
        tables["street_kept"], share=True
    )
    wanted |= all_shown(row["score"] for row in tables["community_rank"])
    ranked = [
        Fraction(row["score"]) for row in tables["community_rank"] if not isinstance(row["score"], dict)
    ]
    follows = all_shown([sum(ranked) / len(ranked), median(ranked)])
    for name, values in (
        ("leader_year", {row["place"]: row["score"] for row in tables["leader_year"]}),
        ("walks", {walker_place(found, row["about"]): row["value"] for row in tables["walks"]}),
    ):
        for part in (*parts, "s1"):
            own = [
                Fraction(one)
                for place, one in values.items()
                if place.startswith(part) and not isinstance(one, dict)
            ]
            if own:
                share = name == "walks"
                follows |= all_shown([sum(own) / len(own), min(own), max(own)], percent=share)
                follows |= all_shown([len(own)])
    everything: Table = []
    for name in ("toured", "walked"):
        counted, after = duty_numbers(tables[name], parts)
        wanted, follows, everything = wanted | counted, follows | after, everything + tables[name]
    follows |= set.union(*duty_numbers(everything, parts))
    for one in wanted:
        assert one in got.numbers, (one, sorted(got.numbers))
    of_rules = {"50%", "60%", "60", "0.5", "1"}  # targets, bounds and a quota
    strange = got.numbers - wanted - follows - all_shown(range(4)) - of_rules
    assert strange == set()


def walker_place(found: Opened, worker: str) -> str:
    return {row["worker"]: str(row["place"]) for row in records(found.evaluation, "holder")}[worker]
