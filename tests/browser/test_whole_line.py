"""The whole line on nothing that is a stand-in: a founded community in a served database, the rules engine's worker,
the shipped forms; from the login by a household that is due to a visit that counts and an appraisal on paper.
"""

import io
import json
import re
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import BrowserContext, Page, expect
from pypdf import PdfReader

from tests.browser.looking import DESK, PHONE, settle
from tests.browser.test_publish import Instance, copy_base, found, served

PLACE = "community_1"
SECRET = "a lamp beside the old gate"
# The shipped sheet takes off what was missed in periods that have ended, which a visit of today doesn't move on every
# day of the year; this one counts what was done.
SHEET = """
sheet: rounds_year
title: {zh: 走访得分, en: Rounds, es: Rondas}
for_each: role grid_leader
every: year
max: 100
items:
  rounds:
    title: {zh: 上门走访, en: Home visits, es: Visitas}
    max: 100
    lines:
      made:
        title: {zh: 办好一户次, en: A visit made, es: Visita hecha}
        add: 10
        for_each: home_visit
        where: {state: met}
"""
APPRAISAL = """
appraisal: rounds_appraisal
title: {zh: 走访年度考核, en: Appraisal of rounds, es: Evaluación de rondas}
for_each: role grid_leader
every: year
parts: {rounds: {title: {zh: 走访, en: Rounds, es: Rondas}, weight: 100%, from: rounds_year}}
missing_part: not_computable
grades:
  good: {title: {zh: 合格, en: Good, es: Apto}, at_least: 20}
  poor: {title: {zh: 待提高, en: Poor, es: Insuficiente}}
"""


@pytest.fixture
def instance(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Instance]:
    files = tmp_path / "files"
    monkeypatch.setenv("GRIDBOOK_DATA", str(tmp_path / "data"))  # for the commands of this process
    monkeypatch.setenv("GRIDBOOK_FILES", str(files))
    copy_base(files, "household_kind", "home_visit")
    (files / "rules" / "home_visit.case.yaml").unlink()  # speaks of calls, too
    (files / "rules" / "rounds_year.yaml").write_text(SHEET, "utf-8")
    (files / "rules" / "rounds_appraisal.yaml").write_text(APPRAISAL, "utf-8")
    with served(tmp_path, files) as made:
        yield made


def command(*arguments: str) -> None:
    """Run a command on the community's files and database while the server is at work; Playwright's thread has a loop
    already, and a command wants one of its own.
    """
    from app.cli.main import main  # noqa: PLC0415 - see conftest.py

    with ThreadPoolExecutor(1) as beside:
        assert beside.submit(main, arguments).result(timeout=120) == 0


def ledger(now: datetime) -> str:
    """Two leaders with a grid each; of the first one's two households, one was seen today."""
    long_ago = f"{now.year - 1}-01-01T00:00:00+08:00"
    lines: list[str] = []

    def entry(form: str, place: str, subject: str, answers: dict[str, object], at: str = long_ago) -> None:
        told = {"id": f"e{len(lines)}", "place": place, "form": form, "at": at, "by": "w-zhou"}
        lines.append(json.dumps({**told, "subject": subject, "answers": answers}, ensure_ascii=False))

    for person, name, grid in (("w-zhou", "周敏", "g1"), ("w-ma", "马骏", "g2")):
        file = {"name": name, "employed_as": "community_worker", "lives_in_grid": False}
        entry("worker_file", PLACE, person, file)
        entry("appointment", f"{PLACE}/{grid}", f"post-{person}", {"worker": person, "role": "grid_leader"})
    for number, head, grid in ((1, "陈桂芳", "g1"), (2, "何建国", "g1"), (3, "许晓梅", "g2")):
        place = f"{PLACE}/{grid}"
        of = {"grid": place, "building": "1号楼", "door": f"1-1-10{number}", "head": head}
        kind = {"registration": "local_urban", "members": 2, "special": ["empty_nest"]}
        entry("household", place, f"hh-{number}", {**of, **kind})
    visit = {"channel": "home", "result": "met", "purpose": "routine", "condition": "well"}
    whole = {**visit, "follow_up": False, "card": False}
    entry("visit", f"{PLACE}/g1", "hh-2", whole, now.isoformat())
    return "\n".join(lines) + "\n"


def invited(page: Page, instance: Instance) -> str:
    """Invite the first leader on the page of people; return the link."""
    page.goto(instance.url + "/people")
    settle(page)
    page.get_by_role("button", name="邀请 周敏").click()
    asked = page.get_by_role("dialog")
    asked.get_by_label("登录名").fill("zhoumin")
    asked.get_by_role("button", name="生成邀请链接").click()
    return page.locator(".gb-secret").inner_text()


def accept(page: Page, invitation: str) -> None:
    page.goto(invitation)
    page.fill("[name=password]", SECRET)
    page.fill("[name=repeated]", SECRET)
    page.click("main button[type=submit]")
    page.wait_for_url("**/today")


def log_in(page: Page, instance: Instance) -> None:
    """Type name and password into the form that stands before *Today*."""
    page.goto(instance.url + "/today")
    page.fill("[name=login]", "zhoumin")
    page.fill("[name=password]", SECRET)
    page.click("main button[type=submit]")
    page.wait_for_url("**/today")
    settle(page)


def outcome(instance: Instance) -> dict[str, dict[str, object]]:
    """Return each leader's row of the appraisal by `export` and `evaluate`, which don't go by the server."""
    folder, year = instance.files.parent, str(datetime.now(ZoneInfo("Asia/Shanghai")).year)
    written, told = str(folder / "ledger.jsonl"), folder / "outcome.json"
    command("export", "--place", PLACE, written)
    as_of = datetime.now(UTC).isoformat()
    options = ("--period", year, "--as-of", as_of, "--out", str(told))
    command("evaluate", "--place", PLACE, "--ledger", written, *options)
    table = json.loads(told.read_text("utf-8"))["tables"]["rounds_appraisal"]
    rows = [dict(zip(table["columns"], row, strict=True)) for row in table["rows"]]
    return {row["about"]: row for row in rows if row["period"] == year}


def points(page: Page, instance: Instance) -> str:
    page.goto(instance.url + "/score")
    settle(page)
    return page.locator(".sc-tot b").inner_text()


def test_a_visit_that_a_leader_fills_in_on_a_phone_is_met_counts_and_stands_in_the_printed_appraisal(
    instance: Instance, window: Callable[..., BrowserContext]
) -> None:
    office = window(DESK, accept_downloads=True).new_page()
    found(office, instance.url)
    entries = instance.files.parent / "before.jsonl"
    entries.write_text(ledger(datetime.now(ZoneInfo("Asia/Shanghai"))), "utf-8")
    command("import", "--place", PLACE, str(entries))
    accept(window(PHONE).new_page(), invited(office, instance))

    page = window(PHONE).new_page()
    log_in(page, instance)
    assert points(page, instance) == "10"
    page.goto(instance.url + "/today")
    settle(page)
    done = page.locator(".td-count", has_text="已办").locator("b")
    expect(done).to_have_text("1")
    later = page.locator(".gb-later button")
    if later.count():  # due in more than a week
        later.click()
    rows = page.locator("a.td-row")
    expect(rows).to_have_count(1)
    expect(rows).to_contain_text("陈桂芳")
    expect(rows).not_to_contain_text("已办")
    rows.click()
    page.wait_for_url("**/fill/visit**")
    settle(page)
    page.get_by_role("radio", name="需要关注").click()
    page.get_by_role("checkbox", name="居家安全").click()
    page.get_by_label("简单写两句").fill("电线老化，已提醒")
    page.click(".fm-bar button")
    page.wait_for_url("**/today?done=*")
    expect(page.get_by_role("status").filter(has_text="上门走访")).to_contain_text("已办")
    expect(done).to_have_text("2")
    done.click()
    expect(rows.filter(has_text="陈桂芳")).to_contain_text("已办")
    assert points(page, instance) == "20"

    office.goto(instance.url + "/appraisals")
    settle(office)
    with office.expect_download() as caught:
        office.click(".yr-rank:has-text('周敏') .yr-print")
    reader = PdfReader(io.BytesIO(caught.value.path().read_bytes()))
    printed = re.sub(r"\s+", "", "".join(sheet.extract_text() for sheet in reader.pages))
    told = outcome(instance)
    assert {about: row["score"] for about, row in told.items()} == {"w-zhou": 20, "w-ma": 0}
    assert "周敏" in printed
    assert "马骏" not in printed
    assert f"2×10={told['w-zhou']['score']}" in printed
