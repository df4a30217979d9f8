"""`appraise` and `print` on a community of two: names and points are those of the outcome for the same ledger."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from app.domain.entry import Entry
from app.exchange.entry_lines import entry_line
from app.printing import WeasyPrinter
from app.printing.press import Press
from tests.cli.conftest import Run, shows
from tests.fakes.checkout import write
from tests.services.declared import files_of

PLACE, PERIOD = "c1", "2025"
START = datetime(2024, 1, 1, tzinfo=UTC)
PEOPLE = {"w1": ("周敏", "c1/g1"), "w2": ("马骏䶮", "c1/g2")}
REPORTED = {"w1": range(1, 10), "w2": range(1, 4)}
"""In which months each of them reported."""

DECLARED = """
form: worker_file
describes: worker
label: [name]
fields: {name: {type: text, required: true}}
---
duty: report_due
title: {zh: 月报, en: Monthly report}
for_each: role leader
every: month
times: 1
met_by: {form: report, link: by}
---
sheet: score
title: {zh: 得分, en: Score}
for_each: role leader
every: year
max: 100
items:
  reports:
    title: {zh: 报告, en: Reports}
    max: 60
    start: max
    lines: {missed: {deduct: 2.5, for_each: report_due, where: {state: missed}}}
  kept:
    title: {zh: 完成, en: Kept}
    max: 40
    lines: {met: {add: 1.5, for_each: report_due, where: {state: met}}}
---
appraisal: year
title: {zh: 年度考核, en: Yearly appraisal}
for_each: role leader
every: year
parts: {duties: {weight: 100%, from: score}}
missing_part: not_computable
grades:
  fair: {title: {zh: 合格, en: Fair}, at_least: 60}
  poor: {title: {zh: 不合格, en: Poor}}
---
rule: praised
title: {zh: 通报表扬, en: Praise, es: Felicitación}
clause: {doc: 办法, ref: 第九条, text: 合格的通报表扬。}
for_each: year
when: {grade: fair}
then: {finding: praise, title: {zh: 通报表扬, en: Praise, es: Felicitación}, praise: true}
"""


STEPS = {
    "appraise": ("Reading", "Working out", "Ranking"),
    "print": ("Reading", "Working out", "Printing"),
    "evaluate": ("Reading", "Working out", "Writing"),
}
"""What a terminal shows of the work of a command."""


def entries() -> list[Entry]:
    found = []
    for worker, (name, grid) in PEOPLE.items():
        post = {"worker": worker, "role": "leader"}
        found.append(Entry(f"f-{worker}", PLACE, "worker_file", START, "w9", START, {"name": name}, worker))
        found.append(Entry(f"p-{worker}", grid, "appointment", START, "w9", START, post, f"post-{worker}"))
        for month in REPORTED[worker]:
            at = datetime(2025, month, 10, tzinfo=UTC)
            found.append(Entry(f"r-{worker}-{month}", PLACE, "report", at, worker, at, {"pages": 2}))
    return found


@dataclass(frozen=True, slots=True)
class Printed:
    """What the three commands said: the ranking, each person's PDF as text, and the outcome's tables."""

    ranking: list[dict[str, Any]]
    texts: Mapping[str, str]
    tables: Mapping[str, list[dict[str, Any]]]


@dataclass(frozen=True, slots=True)
class Stored:
    """Files, and the ledger that the commands find in the store."""

    ledger: Path
    variables: Mapping[str, str]
    period: Sequence[str] = ("--place", PLACE, "--period", PERIOD)


@pytest.fixture(scope="module")
def press() -> Iterator[Press]:
    made = Press()
    yield made
    made.end()


@pytest.fixture(autouse=True)
def one_printing_process(press: Press, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let all commands print by one process: each would start its own, which takes longer than its few pages."""
    monkeypatch.setattr("app.cli.printing.WeasyPrinter", partial(WeasyPrinter, press=press))


@pytest.fixture
def stored(run: Run, tmp_path: Path) -> Stored:
    files, ledger = tmp_path / "files", tmp_path / "ledger.jsonl"
    write(files, files_of(DECLARED))
    ledger.write_bytes(b"".join(entry_line(entry) for entry in entries()))
    made = Stored(ledger, {"GRIDBOOK_FILES": str(files)})
    for command in (("publish", "--place", PLACE, "--yes"), ("import", "--place", PLACE, str(ledger))):
        done = run(*command, variables=made.variables)
        assert done.returncode == 0, done.stderr
    return made


@pytest.fixture
def printed(watched: Run, stored: Stored, tmp_path: Path) -> Printed:
    ledger = ("--ledger", str(stored.ledger), "--as-of", "2026-02-01")
    for command in (
        ("appraise", *stored.period, "--out", str(tmp_path / "ranking.json")),
        ("print", *stored.period, "--out", str(tmp_path / "pdf")),
        ("evaluate", *stored.period, *ledger, "--out", str(tmp_path / "o")),
    ):
        done = watched(*command, variables=stored.variables)
        assert done.returncode == 0, (command, done.stderr)
        assert shows(done, *STEPS[command[0]]), (command, done.stderr)
    outcome = json.loads((tmp_path / "o").read_text("utf-8"))
    return Printed(
        json.loads((tmp_path / "ranking.json").read_text("utf-8")),
        {path.name.split("-")[1]: text_of(path) for path in (tmp_path / "pdf").glob("*.pdf")},
        {
            name: [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]
            for name, table in outcome["tables"].items()
        },
    )


def text_of(path: Path) -> str:
    return re.sub(r"\s+", "", "".join(page.extract_text() for page in PdfReader(path).pages))


def number(value: object) -> str:
    """Return an exact number of the outcome as people read it."""
    return f"{float(Fraction(str(value))):g}"


def test_the_printed_points_are_those_of_the_outcome_and_each_print_has_its_own_name(
    printed: Printed,
) -> None:
    scores = {row["about"]: number(row["score"]) for row in printed.tables["year"]}
    assert scores == {"w1": "66", "w2": "42"}  # 60 − 3 × 2.5 + 9 × 1.5, and 60 − 9 × 2.5 + 3 × 1.5
    assert {row["about"]: row["score"] for row in printed.ranking} == scores
    ranks = {row["about"]: row["rank"] for row in printed.tables["year"]}
    assert {row["about"]: row["rank"] for row in printed.ranking} == ranks == {"w1": 1, "w2": 2}
    assert set(printed.texts) == set(PEOPLE)
    for worker, text in printed.texts.items():
        names = {other: name in text for other, (name, _) in PEOPLE.items()}
        assert names == {other: other == worker for other in PEOPLE}
        points = {
            row["item"]: number(row["points"])
            for row in printed.tables["score.items"]
            if row["about"] == worker
        }
        met = len(REPORTED[worker])
        assert f"60−{12 - met}×2.5={points['reports']}" in text
        assert f"{met}×1.5={points['kept']}" in text
        assert scores[worker] in text


def test_one_person_alone_can_be_printed_and_an_unknown_one_is_said(
    run: Run, stored: Stored, tmp_path: Path
) -> None:
    wanted = ("print", *stored.period, "--out", str(tmp_path / "pdf"))
    done = run(*wanted, "--person", "w2", variables=stored.variables)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in (tmp_path / "pdf").iterdir()] == ["year-w2-2025.pdf"]
    missing = run(*wanted, "--person", "w9", variables=stored.variables)
    assert missing.returncode == 1
    assert "E956" in missing.stderr
    assert "w1, w2" in missing.stderr
    assert "Traceback" not in missing.stderr


def test_the_report_certificates_and_a_card_are_printed_in_the_language_that_is_asked_for(
    run: Run, stored: Stored, tmp_path: Path
) -> None:
    found = {}
    for what, more in (("report", ()), ("certificates", ()), ("card", ("--subject", "worker/w2"))):
        folder = tmp_path / what
        wanted = ("print", what, *stored.period, *more, "--out", str(folder), "--in", "es")
        done = run(*wanted, variables=stored.variables)
        assert done.returncode == 0, (what, done.stderr)
        found[what] = {path.name: text_of(path) for path in folder.glob("*.pdf")}
    assert {what: sorted(names) for what, names in found.items()} == {
        "report": ["report-c1-2025.pdf"],
        "certificates": ["praised-w1-2025-1.pdf"],
        "card": ["worker-w2.pdf"],
    }
    (report,), (certificate,), (card,) = (list(texts.values()) for texts in found.values())
    assert all(
        name in report and score in report
        for (name, _), score in zip(PEOPLE.values(), ("66", "42"), strict=True)
    )
    assert "周敏" in certificate
    assert "Felicitación" in certificate
    assert "马骏䶮" in card


def test_what_there_is_nothing_of_to_print_is_said(run: Run, stored: Stored, tmp_path: Path) -> None:
    for more, ended, code in (
        (("certificates", "--person", "w2"), 1, "E578"),
        (("card",), 2, "E577"),
        (("card", "--subject", "worker/w9"), 1, "E707"),
    ):
        done = run(
            "print", more[0], *stored.period, *more[1:], "--out", str(tmp_path), variables=stored.variables
        )
        assert (done.returncode, code in done.stderr) == (ended, True), (more, done.stderr)
        assert "Traceback" not in done.stderr
